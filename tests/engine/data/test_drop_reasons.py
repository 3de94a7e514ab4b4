"""Files hold the reasons of left-out rows in English: it stays as it is, and is read back in any language."""

from __future__ import annotations

from typing import get_args

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons, provenance
from so8t_engine.data.files.row_readers import BadRow, Unit
from so8t_engine.sentences import Sentence, say, sentence, verbatim

IN_FILES = {  # of sessions that exist: counts.json, provenance.json, report.json and the checkpoints of the data steps
    "not UTF-8", "longer than collect.max_line_bytes", "not JSON", "not a JSON object",
    "holds text that is not Unicode", "another number of fields than the header",
    "a quotation mark that is not closed", "another shape", "an empty field",
    "one paragraph only: nothing to answer", "no question with an answer", "no right option",
    "options in another form", "no gold answer", "no correct solution", "not a reply to a first message",
    "not the reply ranked best", "safety is neither safe nor unsafe",
    "holds tags of the thinking format or of a chat template",
    "its prompt is longer than integrate.max_prompt_chars",
    "its response is longer than integrate.max_response_chars", "its language is not in integrate.languages",
    "its prompt is in an evaluation source", "a duplicate", "nearly the same as an earlier record",
    "holds a question that the model is evaluated on",
    "some of its characters were lost in a wrong encoding",
    "its response repeats itself",
    "its answer has holes of a template that nobody has filled in (`integrate.drop_unfilled: false` keeps it)",
    "its answer only says what a language model is or lacks (`integrate.drop_disclaimers: false` keeps it)",
    "its licence is not in integrate.licenses",
    "more than integrate.max_records allows",
    "beyond the share that integrate.weights keeps",
    "too many of the model's tokens to be learnt or asked (convert.drop_too_long)",
    "it says how an answer is checked, and has none", "a question without an answer",
    "several right options, of which no single one can be learnt",
    "its answer was not corrected, so nobody says that the draft is right",
    "its answer is labelled bad", "an answer to a request that may be harmful, which does not refuse",
    "its preferred answer does not refuse, and nothing says whether the request was harmful",
    "a refusal without a reason, as in hh-rlhf; its request serves the reward",
    "an unknown role (name it under `roles:`)", "its reasoning is cut off, or nothing follows it",
    "nothing but a final answer, beyond convert.final_only_share",
    "in place of its answer a word for none, a formula or an error message",
    "its question or its answer is struck through",
    "where a text should stand, a placeholder, a spreadsheet's error, or a word that it will come or stands elsewhere",
    "a total, a note or a heading of a table, no question",
    "a turn of a talk that is read as a whole at its first row",
    "it needs an image, audio or video, which a text model cannot take",
    "reasoning that comes to another result than its answer",
    "two columns that name different options as the right one",
    "the letter of the right option is one's and its text another's",
    "talks that begin with the same row, and no column tells them apart",
    "it ends in the call of a tool, and nothing answers",
    "no answer to the question is accepted", "a note among colleagues, which no customer reads",
}  # fmt: skip


def test_the_english_of_the_reasons_is_that_of_earlier_versions() -> None:
    assert {str(reason) for reason in (*drop_reasons.BAD, *drop_reasons.DROPPED)} == IN_FILES


def test_every_constant_of_the_module_is_in_the_closed_list() -> None:
    named = [value for value in vars(drop_reasons).values() if isinstance(value, Sentence)]

    assert named == [*drop_reasons.BAD, *drop_reasons.DROPPED]


def test_a_reason_is_found_again_by_its_english_and_a_foreign_one_is_kept_as_it_is() -> None:
    assert say(drop_reasons.of_text("a duplicate"), "ja") == "重複"
    assert drop_reasons.of_text("of another version") == verbatim("of another version")


@pytest.mark.parametrize(("column", "value"), [("is_correct", "false"), ("a: b (c)", "0"), ("metadata.正解", "誤り")])
def test_a_reason_that_names_a_column_and_its_value_is_found_again_too(column: str, value: str) -> None:
    reason = drop_reasons.labelled_bad(column, value)

    assert str(reason) == f"its answer is labelled bad ('{column}': {value})"
    assert drop_reasons.of_text(str(reason)) == reason and drop_reasons.is_expected(str(reason))
    ended = drop_reasons.cut_off(column, value)
    assert drop_reasons.of_text(str(ended)) == ended and drop_reasons.is_expected(str(ended))
    unpaired = drop_reasons.unpaired(column, "answers")
    assert drop_reasons.of_text(str(unpaired)) == unpaired and not drop_reasons.is_expected(str(unpaired))
    assert drop_reasons.is_expected("its answer is labelled bad") and not drop_reasons.is_expected("a duplicate")


def test_reasons_are_told_by_how_many_rows_they_took_and_those_of_as_many_by_the_alphabet() -> None:
    said = drop_reasons.with_counts({"x": 2, "a duplicate": 5, "b": 2, "another shape": 11})

    assert [(str(each.args["reason"]), each.args["count"]) for each in said] == [
        ("another shape", 11), ("a duplicate", 5), ("b", 2), ("x", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("unit", get_args(Unit))
@pytest.mark.parametrize("reason", drop_reasons.BAD, ids=lambda reason: reason.code)
def test_a_skipped_row_that_lies_in_a_file_is_said_in_japanese(unit: Unit, reason: Sentence) -> None:
    file = "deep, line 3: x/a, b.jsonl"
    bad = BadRow(number=5, unit=unit, at=7, reason=reason)
    source = provenance.with_bad(provenance.begin(Dataset(name="x", path="x", source="local")), file, bad)
    told = provenance.summary(source)

    assert source.examples == [f"{file}, {unit} 7: {reason}"]
    assert told.args["examples"] == [sentence("data.bad_row", file=file, place=bad.place, reason=reason)]
    assert say(reason, "ja") in say(told, "ja")


def test_an_example_that_another_version_wrote_is_shown_as_it_is() -> None:
    source = provenance.Provenance("x", "local", "x", "train", skipped={"odd": 1}, examples=["a.jsonl: odd"])

    assert "a.jsonl: odd" in str(provenance.summary(source))
