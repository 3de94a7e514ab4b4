"""What is told of a source besides what is read of it."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import counting
from so8t_engine.data.adapters.judged import verdict_evidence
from so8t_engine.data.adapters.known import annotation_tools
from so8t_engine.data.notes import label_notes, source_notes
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence

Q = "Which are birds?\nA. hen\nB. cat\nC. owl"


@pytest.mark.parametrize(
    ("answers", "several"),
    [
        ([["A hen.", "An owl."], ["A hen.", "A hen."], ["A hen."], "A hen."], 1),
        ([["A hen.", "An owl."], ["An owl.", "A hen."]], 2),
        ([["A", "C"], ["A", "C"]], 0),
        ([["A", "C"], ["A hen.", "An owl."]], 1),
        ([["A hen.", None], ["A hen.", 3]], 0),
    ],
)
@pytest.mark.parametrize("column", ["answer", "chosen"])
def test_of_how_many_lists_of_answers_only_the_first_is_learnt_is_told(
    answers: list[Any], several: int, column: str
) -> None:
    beside = {"rejected": "A cat."} if column == "chosen" else {}
    rows = [{"question": Q, column: answer, **beside} for answer in answers]
    told = source_notes.of_rows(Dataset(name="x", path="x.jsonl", source="local"), rows, {})
    found = [said for said in told if said.code == "data.first_of_list"]

    assert [said.args["count"] for said in found] == ([several] if several else [])
    assert all(said.args["column"] == column for said in found)


def test_of_answers_of_which_nothing_tells_the_best_none_is_learnt() -> None:
    rows = [{"question": Q, "responses": ["A hen.", "An owl."]}] * 2
    dataset = Dataset(name="x", path="x", source="local", columns=Columns(prompt="question", response="responses"))
    assert "data.first_of_list" not in [said.code for said in source_notes.of_rows(dataset, rows, {})]


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["Q"] * 9, False), (["Q"] * 10, True), (["Q"] * 9 + ["R"], True), (["Q"] * 7 + ["R", "S"], False),
     (["Q"] * 8 + ["R", "S"], False), (["Q"] * 13 + ["R", "S"], True), ([], False)],
)  # fmt: skip
def test_that_a_question_comes_five_times_as_often_as_there_are_questions_is_told(asked: list[str], told: bool) -> None:
    said = source_notes.equal_prompts(Dataset(name="x", path="x.jsonl", source="local"), ["context"], asked)
    assert (said is not None) is told
    if said is not None:
        wanted = {
            "source": "x",
            "records": len(asked),
            "prompts": len(set(asked)),
            "most": asked.count("Q"),
            "example": "Q",
        }
        assert {key: said.args[key] for key in wanted} == wanted
        assert "context" in str(said.args["unused"])


D = Dataset(name="d", path="d.jsonl", source="local")
WHERE = Columns(prompt="q", response="a", label="z", answer="g")


def record(asked: str, said: str) -> Record:
    return Record("x", "s", asked, said, "chat", "en", "train")


def test_which_verdicts_were_obeyed_is_told_with_the_line_that_learns_all_the_same() -> None:
    reasons = [
        Sentence(code, {"column": column}) for code, column in zip(drop_reasons.BY_A_VERDICT, "zyz", strict=True)
    ]
    said = source_notes.verdicts_obeyed(WHERE, [drop_reasons.CONTRADICTS, *reasons])
    assert said == Sentence(
        "data.verdicts_obeyed", {"columns": ["z", "y"], "line": "columns: {prompt: q, response: a, answer: g}"}
    )
    assert source_notes.verdicts_obeyed(WHERE, [drop_reasons.CONTRADICTS]) is None
    tool = "prodigy"
    own = Sentence(drop_reasons.BY_A_VERDICT[0], {"column": str(annotation_tools.TOOLS[tool].verdict)})
    assert source_notes.verdicts_obeyed(WHERE, [own], tool) is None
    both = source_notes.verdicts_obeyed(WHERE, [own, reasons[0]], tool)
    assert both is not None and both.args["columns"] == ["z"]


def test_answers_with_another_result_and_reasoning_that_contradicts_its_answer_are_told() -> None:
    other = Sentence(drop_reasons.OTHER_THAN_GOLD, {"column": "g"})
    assert source_notes.other_results(WHERE, [drop_reasons.CONTRADICTS, other]) == Sentence(
        "data.other_results", {"column": "g", "line": "columns: {prompt: q, response: a}"}
    )
    assert source_notes.contradictions(WHERE, [drop_reasons.CONTRADICTS, other, drop_reasons.CONTRADICTS]) == Sentence(
        "data.contradictions", {"count": 2, "line": "columns: {prompt: q, response: a, answer: g, label: z}"}
    )
    assert source_notes.other_results(WHERE, [drop_reasons.CONTRADICTS]) is None
    assert source_notes.contradictions(WHERE, [other]) is None


def test_of_a_comparison_the_columns_are_told() -> None:
    talk = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    for row, code, args in (
        ({"prompt": "x", "response_a": "y", "response_b": "z", "winner": "a"}, "data.compared",
         {"asks": "prompt", "answers": ["response_a", "response_b"], "judge": ["winner"]}),
        ({"conversation_a": talk, "conversation_b": talk, "winner": "model_a"}, "data.compared_talks",
         {"answers": ["conversation_a", "conversation_b"], "judge": ["winner"]}),
    ):  # fmt: skip
        assert source_notes.compared(D, row) == Sentence(code, args)
        assert source_notes.unused(D, {**row, "zork": 1}) == ["zork"]
    assert source_notes.compared(D, {"question": "x", "answer": "y"}) is None
    assert source_notes.unused(D, {"question": "x", "answer": "y", "zork": 1, "blim": 2}) == ["zork", "blim"]


def test_that_preferred_answers_do_harm_and_from_where_numbers_count_is_told_where_all_rows_tell_it() -> None:
    talks, pairs = Columns(chosen="c", rejected="r"), Columns(prompt="q", chosen="c", rejected="r")
    for where, line in ((talks, "columns: {messages: c}"), (pairs, "columns: {prompt: q, response: c}")):
        said = source_notes.prefers_harm(where, {verdict_evidence.PREFERS_HARM: ("", "")})
        assert said == Sentence("data.prefers_harm", {"chosen": "c", "rejected": "r", "line": line})
        assert source_notes.prefers_harm(where, {}) is None
    untold = {counting.UNTOLD: ("z", "2")}
    for index, start, line in ((untold, 0, 'labels: {"1": "A", "2": "B"}'),
                               ({**untold, counting.FROM: ("", "")}, 1, 'labels: {"0": "A", "1": "B"}')):  # fmt: skip
        args = {"column": "z", "start": start, "other": 1 - start, "line": line}
        assert label_notes.numbers_untold(index) == [Sentence("data.numbers_untold", args)]
    assert label_notes.numbers_untold({counting.FROM: ("", "")}) == []


@pytest.mark.parametrize(
    ("revised", "count"), [(["b", "", None], 2), (["b", "b", ""], 1), (["b", "b"], 0), (["b", " "], 0)]
)
def test_how_many_drafts_nobody_has_revised_is_told(revised: list[str | None], count: int) -> None:
    rows = [{"question": f"{n}?", "answer": f"draft {n}", "answer_revised": one} for n, one in enumerate(revised)]
    said = [note.args for note in source_notes.of_rows(D, rows, {}) if note.code == "data.unrevised_left_out"]
    line = 'columns: {prompt: question, response: "answer_revised, answer"}'
    wanted = {"column": "answer_revised", "count": count, "draft": "answer", "line": line}
    assert said == ([wanted] if count else [])


def test_what_is_said_once_of_a_source_is_the_equal_questions_or_the_columns_that_are_not_read() -> None:
    row = {"question": "x", "answer": "y", "zork": 1}
    unread = Sentence("data.columns_not_read", {"columns": ["zork"]})
    assert source_notes.notes(D, row, ["a"] * 9) == [
        Sentence("steps.columns_unused", {"source": "d", "columns": ["zork"]})
    ]
    [same] = source_notes.notes(D, row, ["a"] * 10)
    assert (same.code, same.args["unused"]) == ("data.equal_prompts", unread)
    [same] = source_notes.notes(D, None, ["a" * 81] * 10)
    assert (str(same.args["unused"]), same.args["example"]) == ("", "a" * 79 + "…")
    assert source_notes.notes(D, {"question": "x", "answer": "y"}, ["a"] * 9) == [] == source_notes.notes(D, None, [])


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([("q", "a"), ("q", "b"), ("q", "c"), ("r", "a"), ("r", "b"), ("s", "a")], (2, "q", ["a", "b"])),
        ([("q", "a"), ("q", "b")] * 2, (1, "q", ["a", "b"])), ([*[("q", "a"), ("q", "b")] * 2, ("q", "c")], None),
        ([("q", "a"), ("q", "")], None), ([("q", "a"), ("q", "a")], None), ([], None),
        ([("q" * 81, "a" * 80), ("q" * 81, "b" * 81)], (1, "q" * 79 + "…", ["a" * 80, "b" * 79 + "…"])),
    ],
)  # fmt: skip
def test_that_questions_have_several_answers_is_told_with_an_example(
    said: list[tuple[str, str]], wanted: tuple[int, str, list[str]] | None
) -> None:
    source = Dataset(name="d", source="local", path="x")
    notes = source_notes.of_records(source, [{}], [record(*pair) for pair in said])
    found = [(note.args["count"], note.args["example"], note.args["answers"]) for note in notes]
    assert found == ([wanted] if wanted else [])
