"""Data sets that judge the steps of solutions, or ask without answering: read for what is right in them.

PRM800K, ProcessBench: a solution is learnt where each of its steps was found right. Open-Reasoner-Zero: problems with
the gold answer alone. MT-Bench: questions turn by turn, of a few the answers that are right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip

RESULT = "# Answer"  # in the last step of a solution of PRM800K


def prm800k(row: Fields, index: Index) -> ParsedRow:
    """openai/prm800k: the steps that were chosen, of a solution that came to its end without a wrong one."""
    question, judged = row["question"], row["label"]
    if judged.get("finish_reason") != "solution":
        raise Skip(drop_reasons.labelled_bad("label.finish_reason", str(judged.get("finish_reason"))))
    steps = [_chosen(step) for step in judged["steps"]]
    thought, _, result = "\n".join(steps).partition(RESULT)
    flat = {"problem": question["problem"], "solution": thought.strip(), "result": result.strip() or steps[-1],
            "answer": question.get("ground_truth_answer")}  # fmt: skip
    where = Columns(prompt="problem", response="result", reasoning="solution", answer="answer")
    return mapped.read(where, flat)


def process_bench(row: Fields, index: Index) -> ParsedRow:
    """Qwen/ProcessBench: `label` is the first wrong step, -1 where there is none."""
    if row["label"] != -1 or row["final_answer_correct"] is not True:
        raise Skip(drop_reasons.labelled_bad("label", ">= 0"))
    flat = {"problem": row["problem"], "solution": "\n\n".join(row["steps"])}
    return mapped.read(Columns(prompt="problem", response="solution"), flat)


def orz(row: Fields, index: Index) -> ParsedRow:
    """Open-Reasoner-Zero: a talk whose last turn has no words but the `ground_truth`."""
    *asked, last = row["messages"]
    flat = {"messages": asked, "answer": str(last["ground_truth"]["value"])}
    return mapped.read(Columns(messages="messages", response="answer", answer="answer"), flat)


def mt_bench(row: Fields, index: Index) -> ParsedRow:
    """MT-Bench and its translations: `turns` are what is asked; `reference` what is right, where they have it."""
    answers = [answer for answer in row.get("reference") or [] if isinstance(answer, str) and answer.strip()]
    if len(answers) != len(row["turns"]):
        raise Skip(drop_reasons.UNANSWERED)
    talk = [{"input": asked, "output": answer} for asked, answer in zip(row["turns"], answers, strict=True)]
    return mapped.read(Columns(messages="talk"), {"talk": talk}, index=index)


def _chosen(step: Mapping[str, Any]) -> str:
    """A step's text: the one that was chosen, or written by whoever judged. Raises Skip where it is called wrong."""
    number, written = step.get("chosen_completion"), step.get("human_completion")
    taken = written if number is None else step["completions"][number]
    if isinstance(taken, str):
        return taken.strip()
    if not isinstance(taken, Mapping) or taken.get("flagged") or (number is not None and (taken["rating"] or 0) < 0):
        raise Skip(drop_reasons.labelled_bad("label.steps.completions.rating", "-1"))
    return str(taken["text"]).strip()
