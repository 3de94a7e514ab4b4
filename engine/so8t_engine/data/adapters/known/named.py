"""Adapters for the datasets known by name: one function each, a row in, a ParsedRow out (or Skip).

A field a row must have is read with row[...]: its absence means that the adapter does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import option_thoughts, paragraphs
from so8t_engine.data.adapters.judged import verdict_values
from so8t_engine.data.adapters.known import added_reasons, passages
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip, choice, dialogue, text
from so8t_engine.data.adapters.talks import every_answer
from so8t_engine.data.texts.refusals import refuses

ANNOTATION = re.compile(r"<<[^<>]*>>")
NUMBER = re.compile(r"-?\$?\d[\d,]*(?:\.\d+)?(?:/\d+)?")
BOXED = re.compile(r"\\boxed\{([^{}]+)\}")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n+")
MATH_QA_OPTION = re.compile(r"(?:^|,)\s*([a-e])\s*\)\s*")
LANGUAGES_OF_CODE_CONTESTS = ("", "python", "cpp", "python", "java")  # UNKNOWN, PYTHON (2), CPP, PYTHON3, JAVA
PYTHON3 = 3
FACTS = ("combinedfact", "fact1", "fact2")
NOT_CONDEMNED = ("0", "0.0", "False", "false")
STEP_MARK = "ки"  # behind each step
WRONG_STEP = re.compile(r"-[^\S\n]*(?:\n|\Z)|-\s+(?=Step \d+:)")


def gsm8k(row: Fields, index: Index) -> ParsedRow:
    """openai/gsm8k: `answer` is a worked solution with <<calculator>> annotations, then `#### 18`."""
    question = text(row["question"])
    solution, mark, answer = text(row["answer"]).rpartition("####")
    if not mark or not answer.strip():
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    gold = answer.strip().replace(",", "")
    worked = ANNOTATION.sub("", solution).strip() or added_reasons.of(row)
    return ParsedRow(question, gold, "maths", gold, "number", reasoning=worked)


def orca_math(row: Fields, index: Index) -> ParsedRow:
    """microsoft/orca-math-word-problems-200k: prose. A gold answer only where it is plain."""
    question, solution = text(row["question"]), text(row["answer"]).strip()
    boxed = BOXED.findall(solution)
    sentences = [part for part in SENTENCE_END.split(solution) if part.strip()]
    numbers = {_plain_number(number) for number in NUMBER.findall(sentences[-1])}
    if boxed and NUMBER.fullmatch(boxed[-1].strip()):
        gold = _plain_number(boxed[-1].strip())
    elif len(numbers) == 1:
        gold = numbers.pop()
    else:
        worked = solution.removesuffix(sentences[-1]).strip() or None
        return ParsedRow(question, sentences[-1].strip(), "maths", reasoning=worked)
    return ParsedRow(question, gold, "maths", gold, "number", reasoning=solution)


def math_qa(row: Fields, index: Index) -> ParsedRow:
    """allenai/math_qa: options in one string, "a ) 38 , b ) 27.675 , ...", the right letter in `correct`."""
    pieces = MATH_QA_OPTION.split(text(row["options"]).strip().strip("[]").replace("'", ""))
    letters, options = pieces[1::2], [piece.strip(" ,") for piece in pieces[2::2]]
    if letters != list("abcde"[: len(letters)]) or len(options) < 2:
        raise Skip(drop_reasons.OTHER_OPTIONS)
    right = letters.index(row["correct"].strip().lower()) if row["correct"].strip().lower() in letters else -1
    rationale = text(row["Rationale"]).strip().strip('"').strip()
    return choice(text(row["Problem"]), options, right, option_thoughts.reasons(rationale, options, [right]), "en")


def math_shepherd(row: Fields, index: Index) -> ParsedRow:
    """peiyi9979/Math-Shepherd: a question with the steps of a solution, of which `label` marks the wrong ones "-"."""
    question, _, steps = text(row["input"]).partition(" Step 1: ")
    if WRONG_STEP.search(text(row["label"])):
        raise Skip(drop_reasons.labelled_bad("label", "-"))
    solution, _, answer = steps.replace(STEP_MARK, "").strip().rpartition("The answer is:")
    gold = answer.strip()
    if not solution.strip() or not gold:
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    is_number = NUMBER.fullmatch(gold) is not None
    return ParsedRow(
        question, gold, "maths", _plain_number(gold) if is_number else gold, "number" if is_number else "text",
        reasoning=re.sub(r" *\n *Step \d+: |\s*Step \d+:\s*$", "\n", solution).strip(),
    )  # fmt: skip


def code_contests(row: Fields, index: Index) -> ParsedRow:
    """deepmind/code_contests: one correct solution, the first in Python 3 or else the first there is."""
    solutions = row["solutions"]
    if isinstance(solutions, Mapping):  # a sequence of structs comes as a struct of lists
        pairs = list(zip(solutions["language"], solutions["solution"], strict=True))
    else:
        pairs = [(item["language"], item["solution"]) for item in solutions]
    if not pairs:
        raise Skip(drop_reasons.NO_CORRECT_SOLUTION)
    number, code = next((pair for pair in pairs if pair[0] == PYTHON3), pairs[0])
    fence = LANGUAGES_OF_CODE_CONTESTS[number] if number in range(5) else ""
    return ParsedRow(text(row["description"]), f"```{fence}\n{text(code).strip()}\n```", "code", language="en")


def oasst1(row: Fields, index: Index) -> ParsedRow:
    """OpenAssistant/oasst1: the reply ranked best (rank 0) to the first message of a tree; the rest is skipped.

    With `text_ja` beside it kunishou/oasst1-89k-ja.
    """
    if row["role"] != "assistant" or str(row["parent_id"]) not in index:
        raise Skip(drop_reasons.NOT_FIRST_REPLY)
    if row["rank"] != 0 or row.get("deleted"):
        raise Skip(drop_reasons.NOT_BEST_REPLY)
    if row.get("text_ja") and str(row.get("ng_translation") or 0) not in NOT_CONDEMNED:
        raise Skip(drop_reasons.labelled_bad("ng_translation", str(row["ng_translation"])))
    prompt, lang = index[str(row["parent_id"])]
    return ParsedRow(text(prompt), text(row.get("text_ja") or row["text"]), "chat", language=lang)


def oasst1_index(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """message id -> (text, language) of the first messages of all trees."""
    first = (row for row in rows if row["role"] == "prompter" and _is_root(row) and not row.get("deleted"))
    return {
        str(row["message_id"]): (row["text_ja"], "ja")
        if row.get("text_ja")
        else (row["text"], str(row["lang"]).split("-")[0])
        for row in first
    }


def _is_root(row: Fields) -> bool:
    """Whether it answers nothing, also in a copy that a table was saved from: "nan", or an empty cell."""
    return str(row["parent_id"]).strip().lower() in ("", "nan", "none", "null")


def oasst_tree(row: Fields, index: Index) -> ParsedRow:
    """OpenAssistant's trees of messages: from the root the reply ranked best at each turn, up to the last answer."""
    turns: list[tuple[str, str]] = []
    node: Mapping[str, Any] | None = row["prompt"]
    while node is not None:
        turns.append(("user" if node["role"] == "prompter" else "assistant", text(node["text"])))
        there = [reply for reply in node.get("replies") or [] if not reply.get("deleted")]
        node = min(
            there, key=lambda reply: reply["rank"] if reply.get("rank") is not None else len(there), default=None
        )
    last = max((place for place, (role, _) in enumerate(turns) if role == "assistant"), default=-1)
    if last < 0:
        raise Skip(drop_reasons.UNANSWERED)
    prompt, response, messages = dialogue(every_answer.up_to(turns[: last + 1], index))
    return ParsedRow(prompt, response, "chat", language=str(row["prompt"].get("lang", "")).split("-")[0] or None,
                     messages=messages)  # fmt: skip


def dolly(row: Fields, index: Index) -> ParsedRow:
    """databricks/databricks-dolly-15k: instruction, an optional context, response."""
    context = (row["context"] or "").strip()
    prompt = text(row["instruction"]).strip() + (f"\n\n{context}" if context else "")
    return ParsedRow(prompt, text(row["response"]), "chat", language="en", reasoning=added_reasons.of(row))


def elyza(row: Fields, index: Index) -> ParsedRow:
    """elyza/ELYZA-tasks-100: input and a model answer, Japanese, for evaluation."""
    why = added_reasons.of(row)
    return ParsedRow(text(row["input"]), text(row["output"]), "chat", language="ja", reasoning=why)


def jcommonsenseqa(row: Fields, index: Index) -> ParsedRow:
    """JCommonsenseQA (JGLUE's files and the Parquet copies on the Hub): question, choice0.., label.

    With reasons where somebody has added why.
    """
    options: list[str] = []
    while f"choice{len(options)}" in row:
        options.append(text(row[f"choice{len(options)}"]))
    if not options:
        raise KeyError("choice0")
    right = int(row["label"])
    why = option_thoughts.reasons(added_reasons.of(row), options, [right])
    return choice(text(row["question"]), options, right, why, "ja")  # a hint: Latin text stays English


def commonsense_qa(row: Fields, index: Index) -> ParsedRow:
    """The shape of commonsense_qa and ARC: choices {label, text}, answerKey."""
    labels, options = list(row["choices"]["label"]), list(row["choices"]["text"])
    right = labels.index(row["answerKey"]) if row["answerKey"] in labels else -1
    facts = [str(row[name]).strip() for name in FACTS if row.get(name)]  # of QASC
    why = facts[0] if row.get(FACTS[0]) else "\n".join(facts)
    why = option_thoughts.reasons(why or added_reasons.of(row), options, [right]) or ""
    return choice(text(row["question"]), [text(option) for option in options], right, why or None, None)


def safety(row: Fields, index: Index) -> ParsedRow:
    """prompt, response and safety (safe or unsafe, in any words), with an optional reason: to refuse, or only alike.

    Of an unsafe request whose answer does not refuse the prompt is kept, for the reward.
    """
    harmful = verdict_values.of_harm(row["safety"])
    if harmful is None:
        raise Skip(drop_reasons.UNKNOWN_SAFETY)
    complies = harmful and not refuses(text(row["response"]).strip())
    return ParsedRow(
        text(row["prompt"]), text(row["response"]), "safety", safety="unsafe" if harmful else "safe",
        reasoning=row.get("reason") or added_reasons.of(row),
        bad_answer=drop_reasons.ANSWERS_UNSAFE if complies else None,
    )  # fmt: skip


def pku_saferlhf(row: Fields, index: Index) -> ParsedRow:
    """PKU-Alignment/PKU-SafeRLHF: two answers, each safe or not. The better one of the safe ones is learnt.

    Of a request that drew harm from both the prompt is kept, for the reward.
    """
    better = int(row.get("better_response_id", row.get("safer_response_id", 0)))
    safe = [number for number in (better, 1 - better) if row[f"is_response_{number}_safe"]]
    response = text(row[f"response_{(safe or [better])[0]}"])
    if not safe:
        return ParsedRow(
            text(row["prompt"]), response, "safety", safety="unsafe", bad_answer=drop_reasons.ANSWERS_UNSAFE
        )
    if refuses(response.strip()):
        return ParsedRow(text(row["prompt"]), response, "safety", safety="unsafe")
    return ParsedRow(text(row["prompt"]), response, "chat")


def shp(row: Fields, index: Index) -> ParsedRow:
    """stanfordnlp/SHP: a post and two replies; `labels` is 1 where people preferred A."""
    return ParsedRow(
        text(row["history"]), text(row["human_ref_A" if int(row["labels"]) == 1 else "human_ref_B"]), "chat"
    )


def squad(row: Fields, index: Index) -> ParsedRow:
    """SQuAD, JSQuAD and the like: a question about a context, answered by a span of it, or by none."""
    spans = row["answers"]["text"] if isinstance(row["answers"], Mapping) else [one["text"] for one in row["answers"]]
    if not spans:
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    span = text(spans[0]).strip()
    if span == passages.NO_ANSWER:
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    passage = paragraphs.below_title(passages.without_mark(text(row["context"]))).strip()
    prompt = f"{passage}\n\n{text(row['question']).strip()}"
    return ParsedRow(prompt, span, "chat", span, "text", reasoning=added_reasons.of(row))


def _plain_number(number: str) -> str:
    return number.replace(",", "").replace("$", "").rstrip(".")
