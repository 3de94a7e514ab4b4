"""What is said of columns that judge, at its bounds: one row, the values that tell nothing, the line that is given."""

from __future__ import annotations

from typing import Any

from engine.data.adapters.known.test_tickets import zendesk
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data.notes import label_notes, source_notes

Q, A = "Which saw is it?", "The small one."
W = Columns(prompt="question", response="answer")
D = Dataset(name="d", source="local", path="x")


def rows(**columns: list[Any]) -> list[dict[str, Any]]:
    length = max(map(len, columns.values()))
    return [
        {"question": f"{Q} {at}", "answer": A, **{name: values[at] for name, values in columns.items()}}
        for at in range(length)
    ]


def named(given: list[dict[str, Any]], label: str) -> list[str]:
    return [note.code for note in label_notes.of_named(given, W.model_copy(update={"label": label}), {}, None)]


def unused(given: list[dict[str, Any]], **more: Any) -> list[tuple[str, Any]]:
    found = source_notes.verdicts_unused(more.pop("dataset", D), given, **more)
    return [(note.code.removeprefix("data."), note.args.get("count")) for note in found]


def test_a_label_is_told_of_one_row_as_of_many() -> None:
    for values, label, codes in (
        ({"marks": [4]}, "marks", ["label_read", "label_wants_limit"]),
        ({"marks": [4]}, "marks >= 3", ["label_read"]),
        ({"keep": ["yes"]}, "keep", ["label_read"]),
        ({"blue": ["yes"]}, "blue", ["label_read", "label_may_be_turned"]),
        ({"blue": ["yes"]}, "not blue", ["label_read"]), ({"superseded_by": ["4"]}, "superseded_by", ["label_read"]),
        ({"blue": ["yes", "null"]}, "blue", ["label_read", "label_may_be_turned"]),
        ({"blue": ["yes", "red"]}, "blue", ["label_read"]),
    ):  # fmt: skip
        assert named(rows(**values), label) == [f"data.{code}" for code in codes], (values, label)


def test_a_draft_that_nobody_has_judged_is_not_told_as_judged() -> None:
    where = Columns(prompt="question", response="corrected_answer, answer", label="is_correct")
    for judged, codes in (("", ["data.label_good"]), ("false", ["data.label_good", "data.label_of_draft"])):
        given = rows(corrected_answer=["Mine.", ""], is_correct=[judged, "true"])
        [note] = label_notes.of_named(given, where, {}, None)
        assert [reading.code for reading in note.args["readings"]] == codes, judged


def test_states_of_which_some_are_known_are_told_and_of_unknown_ones_the_line() -> None:
    for said, code in (
        (["approved", "zork", "blim"], "data.label_by_its_name"), (["zork", "blim"], "data.looks_like_label"),
        (["approved", "rejected"], None), (["zork", "zork"], None),
    ):  # fmt: skip
        found = label_notes.by_their_names(rows(status=said), W.model_copy(update={"label": "status"}), {})
        assert [note.code for note in found] == ([code] if code else []), said
    note = label_notes.may_judge(
        "status", {"zork": 1, "blim": 2, "a|b": 1}, W.model_copy(update={"label": "grade, status"}), None
    )
    assert "label: 'grade, status = blim|zork'" in str(note.args["line"]).replace('"', "'")


def test_a_dataset_known_by_name_has_no_mapping_and_a_remark_judges_where_all_rows_are_known() -> None:
    assert source_notes.mapping(D, zendesk()) is None
    assert source_notes.roles_unknown(D, [zendesk()]) == []
    [row] = rows(remark=["See page 4."])
    alone, among = source_notes.mapping(D, row), source_notes.mapping(D, row, {})
    assert alone is not None and among is not None and (alone.label, among.label) == (None, "remark")


def test_verdicts_that_are_not_read_are_told_unless_the_user_has_named_what_judges() -> None:
    given = rows(status=["pending", "final", "pending"])
    by_hand = Dataset(name="d", source="local", path="x", columns=W.model_copy(update={"label": "status"}))
    assert unused(given) == [("unsettled_line", 2)]
    assert unused(given, dataset=by_hand) == []
    assert unused(given, dataset=by_hand, proposed=True) == [("unsettled_line", 2)]
    assert unused([]) == []


def test_a_line_names_the_good_states_where_they_are_few_and_can_be_written() -> None:
    six = [f"state {name}" for name in "abcdef"]
    for said, code in (
        (["pending", *six], "unsettled_line"), (["pending", *six, "state g"], "looks_unsettled"),
        (["pending", "a|b"], "looks_unsettled"),
        (["pending", "合計：4件"], "looks_unsettled"), (["pending", "合計：4件", "final"], "unsettled_line"),
    ):  # fmt: skip
        assert unused(rows(status=said)) == [(code, 1)], said
    assert unused(rows(status=["pending", "pending"])) == unused(rows(status=["final", "final"])) == []


def test_what_is_not_shown_or_not_approved_yet_is_told() -> None:
    for values, told in (
        ({"published": [True, False, True]}, [("unsettled_line", 1)]), ({"published": [True, True]}, []),
        ({"is_correct": ["true", "", "true"]}, [("looks_unsettled", 1)]), ({"is_correct": ["true", "", "false"]}, []),
        ({"is_correct": ["true", "true"]}, []),
    ):  # fmt: skip
        assert unused(rows(**values)) == told, values


def test_what_is_of_another_answer_is_no_verdict_on_this_one() -> None:
    given = rows(gpt_answer=["x", "y"], gpt_answer_score=[1, 5], score_reason=["x", "y"])
    assert not [
        note for note in source_notes.verdicts_unused(D, given) if note.args.get("column") == "gpt_answer_score"
    ]
