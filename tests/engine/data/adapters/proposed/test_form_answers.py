"""What people answered in a form: told as such, with the right answers where points or a key say which those are."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.proposed import form_answers

WHERE, LEGS = "Where is Kyoto?", "How many legs has a spider?"
ABOUT: list[dict[str, Any]] = [
    {"Timestamp": "2024/01/02 10:00", WHERE: "In Japan", LEGS: "Eight"},
    {"Timestamp": "2024/01/03 10:00", WHERE: "In China", LEGS: "Six"},
]


def with_column(name: str, *values: str) -> list[dict[str, Any]]:
    return [row | {name: value} for row, value in zip(ABOUT, values, strict=True)]


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (ABOUT, []), (with_column("Score", "1 / 2", "0 / 2"), []), (with_column("Name", "Key West", "Bob"), []),
        (with_column("Score", "1 / 2", "2 / 2"), [f"{WHERE} = In China", f"{LEGS} = Six"]),
        (with_column("スコア", "２ / ２", "0 / 2"), [f"{WHERE} = In Japan", f"{LEGS} = Eight"]),
        (with_column("Name", "Bob", "ANSWER KEY"), [f"{WHERE} = In China", f"{LEGS} = Six"]),
        (with_column("氏名", "正解", "山田"), [f"{WHERE} = In Japan", f"{LEGS} = Eight"]),
        (with_column(f"{LEGS} [Score]", "1.00 / 1", "0.00 / 1"), [f"{LEGS} = Eight"]),
        (with_column(f"{LEGS} [Score]", "0 / 0", "-- / 1"), []),
    ],
)  # fmt: skip
def test_a_form_is_told_with_what_is_right_in_it(rows: list[dict[str, Any]], right: list[str]) -> None:
    said = admission.unfit(Dataset(name="d", source="local", path="x.csv"), rows)
    assert said.code == ("steps.form_with_key" if right else "steps.form_answers")
    assert said.args.get("pairs", []) == right


def test_three_columns_that_ask_are_a_form_whatever_stands_beside_them_and_three_of_them_are_shown() -> None:
    beside = [{"complaint": "It is late.", "advice": "Ask them."}, {"complaint": "It is lost.", "advice": "Wait."},
              {"complaint": "It broke.", "advice": "Send it."}]  # fmt: skip
    asked = ("Is it good?", "Is it new?", "Is it dear?", "Is it blue?")
    for count, code in ((2, "steps.no_adapter_fits"), (3, "steps.form_answers"), (4, "steps.form_answers")):
        rows = [{**dict.fromkeys(asked[:count], f"yes {n}"), **row} for n, row in enumerate(beside)]
        said = admission.unfit(Dataset(name="d", source="local", path="x.csv"), rows)
        assert said.code == code
        assert said.args.get("questions", [*asked[:3]]) == [*asked[:3]]


@pytest.mark.parametrize(
    ("names", "is_form"),
    [
        (("当社を知ったきっかけは何ですか", "良い点は何ですか？"), True), (("What is good? *", "What is bad?"), True),
        (("question", "Why?"), False), (("name", "role"), False), (("Is it true?",), False),
    ],
)  # fmt: skip
def test_columns_that_ask_are_those_of_a_form(names: tuple[str, ...], is_form: bool) -> None:
    assert (form_answers.said("x.csv", [dict.fromkeys(names, "y")]) is not None) is is_form
