"""Statements that are true or false in other languages, and conclusions from premises: what the line asks."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.notes import bare_classes

WHY = ("Always stop at the line first.", "The limit is lower than that.", "So the law has it since.", "It is older.")


@pytest.mark.parametrize(
    ("topic", "statement", "verdict", "marks", "labels"),
    [
        ("argomento", "affermazione", "V/F", "VF", '{"F": "false", "V": "true"}'),
        ("thème", "énoncé", "V/F", "VF", '{"F": "false", "V": "true"}'),
        ("Thema", "Aussage", "R/F", "RF", '{"F": "false", "R": "true"}'),
        ("temat", "stwierdzenie", "P/F", "PF", '{"F": "false", "P": "true"}'),
        ("konu", "ifade", "D/Y", "DY", '{"D": "true", "Y": "false"}'),
        ("onderwerp", "stelling", "juist/onjuist", ("juist", "onjuist"), None),
        ("тема", "утверждение", "верно/неверно", ("верно", "неверно"), None),
        ("téma", "tvrzení", "pravda/nepravda", ("pravda", "nepravda"), None),
    ],
)
def test_a_statement_is_asked_not_its_topic(
    topic: str, statement: str, verdict: str, marks: str | tuple[str, str], labels: str | None
) -> None:
    rows = [
        {topic: f"x{n}", statement: f"The {n} signs stand there.", verdict: marks[n % 2], "explanation": why}
        for n, why in enumerate(WHY)
    ]
    where = proposals.propose(rows)
    assert where is not None
    asks = f"Is this true or false?\\n\\n{{{statement}}}"
    assert (where.prompt, where.response, where.reasoning) == (asks, verdict, "explanation")
    assert bare_classes.lettered(rows, where) == (f", labels: {labels}" if labels else "")


PREMISES = (
    ["All bakers rise early.", "Ulla bakes."],
    ["It rains.", "If it rains, all is wet."],
    ["Some cats are black."],
)


@pytest.mark.parametrize(
    ("premises", "conclusion", "label", "said"),
    [
        ("premises", "conclusion", "label", ("False", "True", "Uncertain")),
        ("facts", "hypothesis", "gold", ("entailment", "contradiction", "neutral")),
        ("theory", "statement", "answer", (True, False, True)),
    ],
)
def test_a_conclusion_is_asked_of_all_premises(
    premises: str, conclusion: str, label: str, said: tuple[Any, ...]
) -> None:
    rows = [
        {premises: given, f"{premises}-FOL": ["∀x", "y"], conclusion: f"Is so in {n}.", label: says}
        for n, (given, says) in enumerate(zip(PREMISES, said, strict=True))
    ]
    where = proposals.propose(rows)
    assert where is not None
    for row, one in zip(rows, of_source(rows, columns=where.model_dump(exclude_none=True)), strict=True):
        assert isinstance(one, ParsedRow) and one.response.lower() == str(row[label]).lower()
        assert [text in one.prompt for text in (*row[premises], row[conclusion], "∀x")] == [True] * (
            len(row[premises]) + 1
        ) + [False]


def test_a_conclusion_without_a_list_of_premises_or_a_label_is_asked_otherwise() -> None:
    rows: list[dict[str, Any]] = [
        {"premises": given, "conclusion": f"So {n} it is.", "note": "x"} for n, given in enumerate(PREMISES)
    ]
    assert proposals.premises.mapping(rows) is None
    for said in ("perhaps", None, 3):
        rows[0]["label"], rows[1]["label"], rows[2]["label"] = "true", "false", said
        assert proposals.premises.mapping(rows) is None
    one = {"premises": ["It rains."], "conclusion": "So.", "label": "true"}
    assert proposals.premises.mapping([one]) is not None
    for other in ({"premises": "It rains."}, {"conclusion": 3}, {"premises": [3]}):
        assert proposals.premises.mapping([one, {**one, **other}]) is None
    for premises in ("It rains.", ["It rains.", 3], []):
        assert proposals.premises.mapping([{"premises": premises, "conclusion": "So.", "label": "true"}]) is None
