"""A session's held-out questions as tasks of lm-evaluation-harness: a YAML file and JSON lines a category, no network.

Each question is a chat of one turn, answered greedily. Two figures: `acc` is right by our own rule (grading.py), so
that it can be held against the report's; `exact_match` is lm-eval's, of the final answer's text with the gold answer.
https://github.com/EleutherAI/lm-evaluation-harness/blob/main/docs/task_guide.md
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from so8t_engine.data.record import Example
from so8t_engine.evaluate import grading

PREFIX = "so8t_"
RULE = f"!function {__name__}.judged"  # how a YAML file names a function of Python
IGNORED = [",", r"\$", r"[.。]\s*$"]  # by exact_match
IGNORED_OF_A_CHOICE = [r"^\s*[(（]?(?=[A-J]\b)", r"(?<=^[A-J])[.:)）、：].*$"]  # "(B) train" is the letter


def task_of(example: Example) -> str:
    return PREFIX + example.category


def choose(examples: Sequence[Example], lengths: Sequence[int], room: int) -> list[Example]:
    """Those that can be graded, are one turn, and leave room for an answer. `lengths`: of the prompts, in tokens."""
    return [
        example
        for example, length in zip(examples, lengths, strict=True)
        if (example.answer is not None or example.safety is not None) and not example.messages and length <= room
    ]


def write(folder: Path, examples: Sequence[Example], max_new_tokens: int, stop: str) -> list[str]:
    """Fills `folder`; returns the names of the tasks. A task's n-th row is the n-th of its examples here."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted({task_of(example) for example in examples})
    for name in names:
        rows = [example for example in examples if task_of(example) == name]
        data = folder / f"{name}.jsonl"
        # One text holds the record: read column by column, a gold answer such as 2012-01-01 would become a date.
        lines = [json.dumps({"prompt": row.prompt, "record": json.dumps(row._asdict())}) for row in rows]
        data.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        body = _task(name, data, max_new_tokens, stop)
        text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False)
        text = text.replace(f"'{RULE}'", RULE)  # a tag, not a text
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    return names


def _task(name: str, data: Path, max_new_tokens: int, stop: str) -> dict[str, Any]:
    return {
        "task": name,
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": data.as_posix()}},
        "test_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{prompt}}",
        "doc_to_target": "",
        "process_results": RULE,
        "generation_kwargs": {"until": [stop], "do_sample": False, "temperature": 0.0, "max_gen_toks": max_new_tokens},
        "metric_list": [
            {"metric": metric, "aggregation": "mean", "higher_is_better": True} for metric in ("acc", "exact_match")
        ],
        "metadata": {"version": 1},
    }


def judged(row: Mapping[str, Any], answers: Sequence[str]) -> dict[str, float]:
    """Called by lm-eval for each row with what the model wrote."""
    example = Example(**json.loads(row["record"]))
    figures = {"acc": float(bool(grading.grade(example, answers[0]).right))}
    if example.answer is None:
        return figures
    from lm_eval.api.metrics import exact_match_hf_evaluate  # lm-eval's own rule

    said = grading.for_the_reader(answers[0]).strip()
    found = exact_match_hf_evaluate(
        predictions=[said],
        references=[example.answer.strip()],
        regexes_to_ignore=IGNORED + (IGNORED_OF_A_CHOICE if example.answer_kind == "choice" else []),
        ignore_case=True,
    )
    return figures | {"exact_match": float(found["exact_match"])}
