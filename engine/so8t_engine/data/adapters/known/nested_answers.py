"""Datasets whose answers stand in a list or an object, or in rows of their own: DROP, PubMedQA, APPS, ELI5, Stack
Exchange's posts. Of several answers the one is learnt that votes or the asker call the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import left_overs
from so8t_engine.data.adapters.parsed_row import NO_INPUT, Fields, Index, ParsedRow, Skip, text
from so8t_engine.data.adapters.talks import talk

OF_ANNOTATORS = "spans are other people's answers"
LOOKED_AT = 500  # rows of DROP
OF_DROP = ("passage", "question", "answers_spans")
OF_PUBMED_QA = ("question", "context", "long_answer", "final_decision")
OF_APPS = ("question", "solutions", "input_output")
OF_ELI5 = ("title", "selftext", "answers")
OF_STACK = ("Id", "PostTypeId", "ParentId", "Score", "Title", "Body")
QUESTION, ANSWER = "1", "2"  # PostTypeId
BEST = "best answer of "
DELETED = ("[removed]", "[deleted]")


def drop(row: Fields, index: Index) -> ParsedRow:
    """DROP: spans of a passage, all of which are the answer; where several people answered, only what all say."""
    spans = list(dict.fromkeys(text(span).strip() for span in row["answers_spans"]["spans"]))
    if not spans:
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    if len(spans) > 1 and OF_ANNOTATORS in index:
        raise Skip(drop_reasons.SEVERAL_RIGHT)
    answer = ", ".join(spans)
    return ParsedRow(_about(row["passage"], row["question"]), answer, "chat", answer, "text")


def drop_index(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """Whether several people answered: some say the same, or two numbers."""
    several = any(_are_of_several(row["answers_spans"]) for row in islice(rows, LOOKED_AT))
    return {OF_ANNOTATORS: ("", "")} if several else {}


def _are_of_several(answers: Any) -> bool:
    if not isinstance(answers, Mapping) or not isinstance(spans := answers.get("spans"), list):
        return False
    types = answers.get("types")
    alike = len({str(span).lower() for span in spans}) < len(spans)
    return alike or (isinstance(types, list) and types.count("number") > 1)


def pubmed_qa(row: Fields, index: Index) -> ParsedRow:
    """PubMedQA: yes, no or maybe to a question about an abstract, whose conclusion says why."""
    decision = text(row["final_decision"]).strip()
    passages = "\n\n".join(row["context"]["contexts"])
    why = talk.words(row["long_answer"]).strip() or None
    return ParsedRow(_about(passages, row["question"]), decision, "chat", decision, "text", reasoning=why)


def apps(row: Fields, index: Index) -> ParsedRow:
    """APPS and TACO: the first of the solutions in Python, which are a list written as JSON."""
    solutions = [one for one in talk.opened(row["solutions"]) or [] if isinstance(one, str) and one.strip()]
    if not solutions:
        raise Skip(drop_reasons.NO_CORRECT_SOLUTION)
    begun = talk.words(row.get("starter_code")).strip()
    asked = text(row["question"]).strip() + (f"\n\n```python\n{begun}\n```" if begun else "")
    return ParsedRow(asked, f"```python\n{solutions[0].strip()}\n```", "code")


def eli5(row: Fields, index: Index) -> ParsedRow:
    """ELI5: of the answers that are still there the one with most votes."""
    texts, scores = row["answers"]["text"], row["answers"]["score"]
    if not texts:
        raise Skip(drop_reasons.UNANSWERED)
    there = [number for number, said in enumerate(texts) if said not in DELETED] or range(len(texts))
    score, number = max((scores[number], -number) for number in there)
    return _voted(row["title"], row["selftext"], texts[-number], score, "answers.score")


def stack(row: Fields, index: Index) -> ParsedRow:
    """Stack Exchange's posts, as its queries give them: the accepted answer, else the one with most votes."""
    asked = index.get(_key(row["ParentId"]))
    if _key(row["PostTypeId"]) != ANSWER or asked is None:
        raise Skip(drop_reasons.NOT_FIRST_REPLY)
    best = index.get(BEST + _key(row["ParentId"]), ("", ""))[0]
    if _key(row["Id"]) != best:
        raise Skip(drop_reasons.NOT_BEST_REPLY)
    return _voted(asked[0], asked[1], row["Body"], float(row["Score"] or 0), "Score")


def stack_index(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """Number of a question -> (title, text); with BEST before it -> (number of its best answer, votes)."""
    found: dict[str, tuple[str, str]] = {}
    accepted: dict[str, str] = {}
    there: set[str] = set()
    for row in rows:
        number, kind = _key(row["Id"]), _key(row["PostTypeId"])
        if kind == QUESTION:
            found[number] = (str(row["Title"]), str(row["Body"]))
            accepted[_key(row.get("AcceptedAnswerId"))] = number
        elif kind == ANSWER:
            place, votes = BEST + _key(row["ParentId"]), float(row["Score"] or 0)
            if place not in found or votes > float(found[place][1]):
                found[place] = (number, str(votes))
            there.add(number)
    best = {BEST + question: (answer, "inf") for answer, question in accepted.items() if answer in there}
    return found | best


def holds(row: Fields, name: str) -> bool:
    """Whether a row with the columns of the data set of that name has what is read of it."""
    if name == "drop":
        return _has(row["answers_spans"], "spans")
    if name == "pubmed_qa":
        return _has(row["context"], "contexts")
    if name == "apps":
        return isinstance(talk.opened(row["solutions"]), list)
    return name != "eli5" or (_has(row["answers"], "text") and _has(row["answers"], "score"))


def _has(value: Any, key: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), list)


def _about(passage: object, question: object) -> str:
    return f"{text(passage).strip()}\n\n{text(question).strip()}"


def _voted(title: Any, more: Any, answer: Any, score: float, column: str) -> ParsedRow:
    asked, more, said = text(title).strip(), talk.words(more).strip(), text(answer).strip()
    if more and more not in NO_INPUT and more not in DELETED:
        asked = f"{asked}\n\n{more}"
    if score < 0:
        raise Skip(drop_reasons.labelled_bad(column, str(int(score))))
    left_overs.refuse(asked, said)
    return ParsedRow(asked, said, "chat")


def _key(value: Any) -> str:
    """A number as it stands in a table, where pandas may have made 2.0 of it."""
    return str(value if value is not None else "").strip().removesuffix(".0")
