"""Limits of a record to the character, and which of two alike is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from helpers.admitted_rows import record_of
from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, admitted, drop_reasons, trial
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.data.admitted import Admitted
from so8t_engine.data.sieve import duplicates
from so8t_engine.sentences import Sentence


def kept(row: dict[str, str], seen: admission.Seen | None = None, use: str = "train") -> admission.KeptRecord:
    source = local(
        "a", "unused", adapter="columns", columns={"prompt": "p", "response": "r", "reasoning": "why"}, use=use
    )
    config = make_config([source], integrate={"max_prompt_chars": 20, "max_response_chars": 30})
    return record_of(config, row, seen=seen)


def reason(row: dict[str, str], seen: admission.Seen | None = None) -> object:
    with pytest.raises(Skip) as skipped:
        kept(row, seen)
    return skipped.value.reason


def test_a_prompt_and_an_answer_as_long_as_allowed_are_kept_and_one_longer_is_not() -> None:
    assert kept({"p": "p" * 20, "r": "r" * 30, "why": ""}).record.prompt == "p" * 20
    assert kept({"p": "p", "r": "r" * 10, "why": "w" * 20}).record.reasoning == "w" * 20
    assert reason({"p": "p" * 21, "r": "r", "why": ""}) == drop_reasons.LONG_PROMPT
    assert reason({"p": "p", "r": "r" * 31, "why": ""}) == drop_reasons.LONG_RESPONSE
    assert reason({"p": "p", "r": "r" * 11, "why": "w" * 20}) == drop_reasons.LONG_RESPONSE


@pytest.mark.parametrize(
    ("asked", "said", "why"),
    [
        ("What is it?", "~~A stone.~~", drop_reasons.STRUCK_OUT),
        ("What is it?", "<s>A stone.</s>", drop_reasons.STRUCK_OUT),
        ("~~What is it?~~", "A stone.", drop_reasons.STRUCK_OUT), ("What is it?", "<p></p>", drop_reasons.EMPTY_FIELD),
        ("What is it?", "", drop_reasons.EMPTY_FIELD),
    ],
)  # fmt: skip
def test_what_is_all_struck_through_is_left_out_as_such(asked: str, said: str, why: Sentence) -> None:
    assert reason({"p": asked, "r": said, "why": ""}) == why


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("So it is. " * 5, drop_reasons.REPEATS), ("Call [Your Name] now.", drop_reasons.UNFILLED),
        ("As an AI language model, I don't have access to real-time data.", drop_reasons.DISCLAIMS),
    ],
)  # fmt: skip
def test_an_answer_that_nobody_should_learn_from_may_be_asked_about_all_the_same(said: str, why: Sentence) -> None:
    row = {"prompt": "What is the weather in Rome today?", "response": said}
    train, asked = (make_config([local("a", "unused", use=use)]) for use in ("train", "evaluation"))
    with pytest.raises(Skip) as skipped:
        record_of(train, row)
    assert skipped.value.reason == why and record_of(asked, row).record.response == said.strip()


@pytest.mark.parametrize(
    ("sources", "response"), [(["a", "b"], "Ice floats [1]. It is light [2]."), ([], "Ice floats. It is light.")]
)
def test_marks_of_sources_stay_where_the_row_has_these(sources: list[str], response: str) -> None:
    row = {"prompt": "What does ice do?", "response": "Ice floats [1]. It is light [2].", "sources": sources}
    config = make_config([local("a", "unused")], integrate={"cut_citations": True})
    assert record_of(config, row).record.response == response


def test_the_same_again_is_a_duplicate_and_an_evaluated_prompt_is_not_trained_on() -> None:
    seen, row = admission.Seen(), {"p": "What is it?", "r": "A stone.", "why": ""}
    seen.add(kept(row), make_config([local("a", "unused")]).datasets[0])
    assert reason(row, seen) == drop_reasons.DUPLICATE
    assert kept({**row, "r": "A tree."}, seen).record.response == "A tree."

    evaluated = admission.Seen()
    evaluation = make_config([local("a", "unused"), local("b", "unused", use="evaluation")]).datasets[1]
    evaluated.add(kept(row, use="evaluation"), evaluation)
    assert reason({**row, "r": "A tree."}, evaluated) == drop_reasons.EVALUATED


def test_a_row_becomes_the_same_record_among_others_as_alone() -> None:
    texts = [
        "A stone.",
        "",
        "a" * 31,
        "e-mail: a.b@corp.org",
        "石です。",
        "<final>A stone.</final>",
        "A tree.",
        "Un \ufffd.",
    ]
    rows = [ParsedRow(f"What is {number}?", text, "chat") for number, text in enumerate(texts)]
    rows += [rows[0]._replace(bad_answer=drop_reasons.LABELLED_BAD), rows[0]._replace(language="fr")]
    config = make_config([local("a", "unused")], integrate={"max_response_chars": 30, "languages": ["en", "ja"]})

    def of(parsed: list[ParsedRow]) -> list[admission.Found]:
        return admission.records(config, config.datasets[0], source="a", parsed=parsed)

    found = of(rows)
    assert found == [each for row in rows for each in of([row])]
    reasons = [each if isinstance(each, Sentence) else None for each in found]
    assert reasons == [
        None, drop_reasons.EMPTY_FIELD, drop_reasons.LONG_RESPONSE, None, None, drop_reasons.HOLDS_TAGS, None,
        drop_reasons.BROKEN_ENCODING, None, drop_reasons.OTHER_LANGUAGE,
    ]  # fmt: skip


def test_a_record_in_another_encoding_is_repaired_whole_or_left_out() -> None:
    lost = {"p": "山は？".encode().decode("latin-1"), "r": "富士山です。".encode().decode("latin-1"), "why": ""}
    found = kept(lost)

    assert (found.record.prompt, found.record.response, found.changed) == ("山は？", "富士山です。", ("fix_encoding",))
    half = {"p": "山は？", "r": "富士山です。".encode().decode("cp1252", errors="ignore"), "why": ""}
    assert reason(half, admission.Seen()) == drop_reasons.BROKEN_ENCODING


def test_a_source_that_is_tried_out_says_what_of_it_is_there_twice(tmp_path: Path) -> None:
    rows = [{"prompt": f"What is {number}?", "response": "A stone."} for number in (1, 2, 1, 1)]
    tried = trial.run(make_config([local("a", write_lines(tmp_path / "a.jsonl", rows))]))

    assert (tried.rows, tried.kept, tried.dropped) == (4, 2, {str(drop_reasons.DUPLICATE): 2})


def test_a_shard_is_the_same_in_parts_of_any_size_and_on_the_way_between_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"prompt": f"{'何' * (n % 3)}Question {n}?", "response": f"Answer {n}." if n % 5 else ""} for n in range(40)
    ]
    session = Session(tmp_path, make_config([local("a", write_lines(tmp_path / "a.jsonl", rows))]))
    session.run("collect")
    [path] = (session.path / "data" / "collected").glob("*.parquet")

    def admit(rows_at_once: int) -> Admitted:
        monkeypatch.setattr(admitted, "ROWS", rows_at_once)
        return admitted.admit(session.config, session.config.datasets[0], path, {})

    whole = admit(1_000)
    assert (whole.table.num_rows, len(whole.left_out), whole.table["key"].num_chunks) == (32, 8, 1)
    for other in (admit(7), admit(8), admitted.from_bytes(admitted.to_bytes(whole))):
        assert other.table.equals(whole.table) and other.left_out == whole.left_out
        assert other.bands is not None and np.array_equal(other.bands, whole.bands)


def test_what_the_configuration_says_of_a_source_goes_into_its_records() -> None:
    row = ParsedRow("Why?", "So.", "chat")
    for more, category, split in (
        ({}, "chat", "train"), ({"category": "maths"}, "maths", "train"), ({"use": "evaluation"}, "chat", "heldout"),
    ):  # fmt: skip
        config = make_config([local("a", "unused", **more)], integrate={"heldout_fraction": 0.0})
        [found] = admission.records(config, config.datasets[0], source="a", parsed=[row])
        assert isinstance(found, admission.KeptRecord)
        assert (found.record.category, found.record.split) == (category, split)
    config = make_config([local("a", "unused")], integrate={"heldout_fraction": 0.9})
    every = admission.records(
        config, config.datasets[0], source="a", parsed=[row._replace(prompt=f"Why {n}?") for n in range(20)]
    )
    assert {each.record.split for each in every if isinstance(each, admission.KeptRecord)} == {"heldout", "train"}


def test_of_a_row_everything_that_is_known_is_kept_clean() -> None:
    parsed = ParsedRow(
        "Which?  \nA. x\nB. y", "B. y\r\n", "choice", answer="B", answer_kind="choice", reasoning=" It is y. ",
        choices=[" x", "y "], safety="safe", messages=[("user", " Hi\r\n"), ("user", "Which?")],
    )  # fmt: skip
    config = make_config([local("a", "unused")], integrate={"heldout_fraction": 0.0})
    [found] = admission.records(config, config.datasets[0], source="a", parsed=[parsed])
    assert isinstance(found, admission.KeptRecord)
    record = found.record

    assert (record.response, record.reasoning, record.choices) == ("B. y", "It is y.", ["x", "y"])
    assert (record.answer, record.answer_kind, record.safety) == ("B", "choice", "safe")
    assert record.messages == '[{"role": "user", "content": "Hi"}, {"role": "user", "content": "Which?"}]'
    assert found.plain == (duplicates.plain(record.prompt), "b. y")
    assert record.id == duplicates.key_of("a", found.key)[:16]


def test_a_bad_answer_is_left_away_with_its_reasoning_and_says_why_its_question_comes_twice() -> None:
    row = ParsedRow("Why?", "No.", "chat", reasoning="It is so.", bad_answer=drop_reasons.LABELLED_BAD)
    config = make_config([local("a", "unused")])
    [found] = admission.records(config, config.datasets[0], source="a", parsed=[row])

    assert isinstance(found, admission.KeptRecord)
    assert (found.record.response, found.record.reasoning, found.bad_answer) == ("", None, drop_reasons.LABELLED_BAD)
    again, seen = {"question": "3 + 4?", "response": "8", "answer": "7", "is_correct": False}, admission.Seen()
    first = record_of(config, again, seen=seen)
    with pytest.raises(Skip) as skipped:
        record_of(config, again, seen=seen)
    assert skipped.value.reason == first.bad_answer is not None


BLANK = {"x": "1", "y": "2"}


@pytest.mark.parametrize(
    ("rows", "more", "code"),
    [
        ([BLANK], {"adapter": "dolly"}, "steps.adapter_does_not_fit"),
        ([{"ã§ã™ã€‚": "1"}], {}, "steps.garbled"),
        ([{"x": "ã§ã™ã€‚"}, {"x": "ã§ã™ã€‚"}, {"x": "a"}], {}, "steps.garbled"),
        ([{"x": "ã§ã™ã€‚"}, {"x": "a"}], {}, "steps.no_adapter_fits"),
        ([{"input_ids": [1], "labels": [2]}], {}, "steps.tokens_alone"),
        ([{"input_ids": [1], "x": "y"}], {}, "steps.nothing_answers"),
        ([{"data": [{"q": "a", "a": "b"}, {"q": "c", "a": "d"}]}], {}, "steps.rows_in_a_list"),
    ],
)
def test_why_no_row_is_read_is_said_by_what_is_there(
    rows: list[dict[str, object]], more: dict[str, str], code: str
) -> None:
    dataset = make_config([local("a", "a.jsonl", **more)]).datasets[0]
    assert not any(admission.fits(dataset, row) for row in rows)
    said = admission.unfit(dataset, rows)
    assert (said.code, said.args["path"]) == (code, "a.jsonl")


def test_a_row_that_is_left_out_is_one_that_fits_all_the_same() -> None:
    dataset = make_config([local("a", "a.jsonl")]).datasets[0]
    assert admission.fits(dataset, {"prompt": "Why?", "response": "So."})
    assert admission.fits(dataset, {"prompt": "Why?", "response": ""})
    assert admission.fits(dataset, {"question": "Which?", "choices": ["x", "y"], "answer": "z"})


@pytest.mark.parametrize("count", [1, 2, 3])
def test_of_texts_that_were_lost_in_a_wrong_encoding_the_first_is_shown(count: int) -> None:
    lost = [{"x": text} for text in ("ã§ã™ã€‚", "ã¯ã„ã€‚", "ã§ã™ã€‚ã§ã™ã€‚")]
    said = admission.unfit(Dataset(name="d", source="local", path="x"), lost[:count])
    assert (said.code, said.args["example"]) == ("steps.garbled", "ã§ã™ã€‚")
