"""The first rows that a rule took are kept as people would read them."""

from __future__ import annotations

from so8t_engine.data import drop_examples, drop_reasons
from so8t_engine.data.drop_examples import CHARS, MOST, LeftOut


def test_a_row_that_became_no_record_is_shown_in_its_own_letters_and_cut_where_it_is_long() -> None:
    items = [
        LeftOut(1, drop_reasons.NOT_OBJECT, row={"問": "空?"}),
        LeftOut(2, drop_reasons.NOT_OBJECT, row={"q": "x" * 999}),
    ]
    [[short, long]] = drop_examples.added({}, "a", items)["a"].values()

    assert short == {"number": 1, "row": '{"問": "空?"}'}
    assert (long["number"], len(long["row"]), long["row"][-2:]) == (2, CHARS, "x…")


def test_a_text_of_just_the_most_characters_is_whole_and_of_one_more_cut() -> None:
    assert drop_examples.short("x" * CHARS) == "x" * CHARS
    assert drop_examples.short("x" * (CHARS + 1)) == "x" * (CHARS - 1) + "…"


def test_of_each_source_and_reason_the_first_ten_are_kept() -> None:
    examples = drop_examples.added({}, "a", [LeftOut(n, drop_reasons.NOT_OBJECT) for n in range(MOST - 1)])
    examples = drop_examples.added(examples, "a", [LeftOut(n, drop_reasons.NOT_OBJECT) for n in range(MOST - 1, 99)])

    assert examples == {"a": {str(drop_reasons.NOT_OBJECT): [{"number": n} for n in range(MOST)]}}
    assert drop_examples.added(examples, "b", []) == examples
