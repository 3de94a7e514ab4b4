"""The check opens the first rows of every local source; what it says holds for what it has seen, and it says so."""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from so8t_engine import cli
from so8t_engine.commands import queries
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import first_rows, provenance
from so8t_engine.data.files import byte_streams
from so8t_engine.data.record import Example
from so8t_engine.doctor import data_sources
from so8t_engine.doctor.data_sources import Sources
from so8t_engine.sentences import say

SOLVED = [
    {"question": f"What is {n} + 1?", "answer": f"One more than {n} is counted.\n#### {n + 1}"} for n in range(1_000)
]
GOOD = [{"prompt": f"What is {n} + 1?", "response": str(n + 1)} for n in range(1_000)]


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def config(*sources: Path | dict[str, Any], **integrate: Any) -> RunConfig:
    datasets = [
        {"name": f"d{n}", **(source if isinstance(source, dict) else {"source": "local", "path": str(source)})}
        for n, source in enumerate(sources)
    ]
    return RunConfig.model_validate({"datasets": datasets, "model": {"build": {}}, "integrate": integrate})


def check(*sources: Path | dict[str, Any], **integrate: Any) -> Sources:
    return data_sources.check(config(*sources, **integrate))


def codes(found: Sources) -> list[tuple[str, str]]:
    return [(finding.level, finding.what.code) for finding in found.findings]


def test_a_source_that_can_be_read_is_told_with_its_rows_and_columns(tmp_path: Path) -> None:
    found = check(lines(tmp_path / "a.jsonl", GOOD[:150]), lines(tmp_path / "b.jsonl", GOOD[200:]))
    assert codes(found)[:2] == [("ok", "doctor.data_fits"), ("ok", "doctor.data_begins_well")]
    assert str(found.findings[0].what) == "d0: 150 rows; columns 'prompt', 'response'."
    assert str(found.findings[1].what) == "d1: the first 200 rows can be read; columns 'prompt', 'response'."
    assert found.problems == () and found.levels == ("ok", "ok")


def test_lines_that_are_no_json_stop_the_run_before_it_begins(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"prompt": \nxx\n{{\n[]\nq\n')
    found = check(lines(tmp_path / "good.jsonl", GOOD), broken)
    [(key, problem)] = found.problems
    assert key == "datasets.1.path" and found.levels == ("ok", "error")
    assert "5 of 5 rows" in str(problem) and "line 2 of broken.jsonl (not JSON)" in str(problem)
    assert "or raise collect.max_bad_fraction (" in str(problem)


def test_a_few_bad_lines_are_counted_and_shown(tmp_path: Path) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text(lines(some, GOOD[:199]).read_text() + "oops\n")
    found = check(some)
    assert codes(found)[0] == ("warning", "data.rows_skipped") and "line 200 of some.jsonl" in str(
        found.findings[0].what
    )
    assert check({"source": "local", "path": str(some), "max_rows": 50}).levels == ("ok",)


def test_unknown_columns_are_named_with_what_can_be_done(tmp_path: Path) -> None:
    odd = lines(tmp_path / "odd.jsonl", [{"demando": f"q {n}", "respondo": f"a {n}"} for n in range(1_000)])
    short = lines(tmp_path / "short.jsonl", [{"demando": "q", "respondo": "a"}])
    found = check(odd)
    assert codes(found)[0] == ("error", "doctor.data_no_row_fits")
    line = "`columns: {prompt: demando, response: respondo}`"
    assert "'demando', 'respondo'" in str(found.findings[0].whole) and line in str(found.findings[0].whole)
    [(key, problem)] = check(short).problems
    assert key == "datasets.0.path" and "'demando', 'respondo'" in str(problem) and line in str(problem)
    assert "label_studio" not in str(problem)  # a list of all adapters hides what is proposed
    none = check(lines(tmp_path / "none.jsonl", [{"a": n} for n in range(1_000)]))
    assert "label_studio" in str(none.findings[0].whole) and "adapter: columns" in str(none.findings[0].whole)
    named = {
        "source": "local",
        "path": str(odd),
        "adapter": "columns",
        "columns": {"prompt": "demando", "response": "respondo"},
    }
    assert check(named).levels == ("ok",)


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_source_without_rows_is_told(tmp_path: Path, content: str) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text(content)
    [(_, problem)] = check(empty).problems
    assert problem.args["parts"][0].code == "steps.no_rows" and "saved completely" in str(problem)


def test_no_question_held_out_is_told_where_it_is_known(tmp_path: Path) -> None:
    few, many = lines(tmp_path / "few.jsonl", GOOD[:3]), lines(tmp_path / "many.jsonl", GOOD)
    assert ("warning", "doctor.no_heldout") in codes(check(few))
    assert ("warning", "doctor.no_heldout") in codes(check(many, heldout_fraction=0))
    assert ("warning", "doctor.no_heldout") not in codes(check(many))
    asked = {"source": "local", "path": str(few), "use": "evaluation"}
    assert ("warning", "doctor.no_heldout") not in codes(check(many, asked, heldout_fraction=0))


def test_only_questions_of_the_evaluation_are_nothing_to_train_on(tmp_path: Path) -> None:
    few = lines(tmp_path / "few.jsonl", GOOD[:3])
    asked = {"source": "local", "path": str(few), "use": "evaluation"}
    assert ("error", "doctor.nothing_to_train_on") in codes(check(few, asked))


def test_why_no_row_is_left_to_train_on_stands_with_it(tmp_path: Path) -> None:
    rows = [{"prompt": f"<image>What is in picture {n}?", "response": "A tree.", "images": ["a.png"]} for n in range(3)]
    [(level, told)] = [
        (finding.level, say(finding.what_and_why))
        for finding in check(lines(tmp_path / "pictures.jsonl", rows)).findings
        if finding.what.code == "doctor.nothing_to_train_on"
    ]
    assert level == "error" and "image, audio or video" in told and "(3)" in told


def test_that_every_record_is_held_out_is_told_as_what_it_is(tmp_path: Path) -> None:
    same = lines(tmp_path / "same.jsonl", [{"prompt": "Write a line.", "response": f"Line {n}."} for n in range(24)])
    found = check(same, heldout_fraction=0.99)
    [what] = [str(each.what) for each in found.findings if each.level == "error"]
    assert "all 24 records were held out" in what
    assert ("warning", "data.equal_prompts") in codes(found)


def test_of_a_source_that_was_not_seen_to_its_end_nothing_is_concluded(tmp_path: Path) -> None:
    few = lines(tmp_path / "few.jsonl", GOOD[:3])
    asked = {"source": "local", "path": str(few), "use": "evaluation"}
    pictures = [{"prompt": f"What is in {n}?", "response": "A tree.", "images": ["a.png"]} for n in range(1_000)]
    same = [{"prompt": "Write a line.", "response": f"Line {n}."} for n in range(1_000)]
    cases: list[tuple[Path | dict[str, Any], list[Any], float]] = [
        (few, GOOD[3:], 1e-4), (asked, pictures, 0.1), (asked, same, 0.99)
    ]  # fmt: skip
    for known, rows, share in cases:
        told = {code for _, code in codes(check(known, lines(tmp_path / "more.jsonl", rows), heldout_fraction=share))}
        assert not told & {"doctor.no_heldout", "doctor.nothing_to_train_on", "steps.all_held_out"}


def test_rows_that_most_limits_leave_out_are_counted(tmp_path: Path) -> None:
    found = check(lines(tmp_path / "same.jsonl", GOOD[:10] * 5))
    assert (
        str(found.findings[0].what) == "d0: of 50 rows that were looked at, 10 can be used; left out: a duplicate (40)."
    )


def test_a_name_that_no_record_has_is_told_with_the_one_that_is_probably_meant(tmp_path: Path) -> None:
    judged = {"source": "local", "path": str(lines(tmp_path / "b.jsonl", GOOD[200:])), "use": "evaluation"}
    caps = {"source:d0": 9, "source:D0": 9, "language:jp": 9, "category:math": 9, "category:maths": 9, "source:d1": 9}
    found = check(
        lines(tmp_path / "a.jsonl", GOOD),
        judged,
        max_records=caps,
        weights={"source:d00": 0.5},
        languages=["en", "German"],
    )

    assert [str(finding.whole) for finding in found.findings[:6] if finding.level == "warning"] == [
        "integrate.max_records: no record matches source:D0. Did you mean source:d0?",
        "integrate.max_records: no record matches language:jp. There are: language:ja, language:en, language:other.",
        "integrate.max_records: no record matches category:math. Did you mean category:maths?",
        "integrate.max_records: source:d1 is a source for evaluation, of which every record is kept.",
        "integrate.weights: no record matches source:d00. Did you mean source:d0?",
        "integrate.languages: no record matches German. There are: ja, en, other.",
    ]


def test_the_hub_is_not_looked_at_and_nothing_says_that_it_was(tmp_path: Path) -> None:
    found = check({"path": "openai/gsm8k"}, lines(tmp_path / "a.jsonl", GOOD))
    assert codes(found)[:2] == [("ok", "doctor.data_begins_well"), ("note", "doctor.data_of_the_hub")]
    assert found.levels == ("note", "ok")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs a sparse file")
def test_a_file_of_a_terabyte_takes_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One without any end of line, one array, one of good lines: bytes that are read are counted."""
    endless, array = tmp_path / "endless.jsonl", tmp_path / "array.json"
    begins = lines(tmp_path / "begins.jsonl", GOOD)
    array.write_text("[")
    for path in (endless, array, begins):
        path.touch()
        os.truncate(path, 1 << 40)
    read: list[int] = []
    within = byte_streams.Head._within
    monkeypatch.setattr(byte_streams.Head, "_within", lambda head, data: read.append(len(data)) or within(head, data))
    found = check(endless, array, begins)
    assert found.levels == ("note", "note", "ok") and sum(read) < 4 * first_rows.BYTES
    assert [code for _, code in codes(found)[:2]] == ["doctor.data_not_opened"] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert check(tmp_path / "pipe.jsonl").levels == ("note",)
    lines(tmp_path / "beside.jsonl", GOOD)
    both = check(tmp_path / "pipe.jsonl", tmp_path / "beside.jsonl")
    assert [code for _, code in codes(both)].count("doctor.data_not_opened") == 1


def test_every_file_of_a_folder_is_opened(tmp_path: Path) -> None:
    for name in "abc":
        lines(tmp_path / f"{name}.jsonl", GOOD[:300])
    assert check(tmp_path).levels == ("ok",)
    for name, data in (("c.parquet", b"no parquet at all"), ("b.jsonl.gz", gzip.compress(b"{}")[:-9])):
        (tmp_path / name).write_bytes(data)
        [(_, problem)] = check(tmp_path).problems
        assert name in str(problem)


def test_a_file_that_ends_at_the_limit_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = lines(tmp_path / "a.jsonl", GOOD[:20])
    monkeypatch.setattr(first_rows, "BYTES", file.stat().st_size)
    assert str(check(file).findings[0].what).startswith("d0: 20 rows;")
    monkeypatch.setattr(first_rows, "BYTES", file.stat().st_size - 1)
    assert str(check(file).findings[0].what).startswith("d0: the first 19 rows")


def test_the_check_of_a_file_says_what_was_opened(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines(tmp_path / "mine.jsonl", GOOD)
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\ndatasets:\n- {name: mine, source: local, path: mine.jsonl}\n- {name: far, path: a/b}\n"
                    "model: {build: {}}\n", encoding="utf-8")  # fmt: skip
    assert cli.main(["config", "check", str(file)]) == 0
    said = capfd.readouterr().out.splitlines()
    assert said[0].endswith(
        "correct as far as it was looked at; what was not is named below. Run name mine, 2 datasets."
    )
    assert said[1:3] == [
        "ok: mine: the first 200 rows can be read; columns 'prompt', 'response'.",
        "note: Datasets that are fetched from the Hugging Face Hub when the run starts: far. Whether that is there, "
        "and what it holds, was not looked at.",
    ]
    assert said[3:6] == [
        "note: It learns from your data and from other sources beside it; to learn from yours alone, take the others "
        "out of `datasets`:",
        "- mine (yours): 1,000 rows",
        "- far (of the Hub): not known before it is fetched",
    ]
    assert "an answer and no thought: 100%" in said[7] and "convert.missing_sections" in said[8]
    found = queries.check(lambda: config_file.load(file), tmp_path)
    assert found["datasets"] == ["ok", "note"]


def test_beside_what_cannot_run_the_check_says_what_else_is_amiss(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines(tmp_path / "thin.jsonl", [*GOOD[:2], *({"prompt": f"Why is {n}?", "response": ""} for n in range(8))])
    file = tmp_path / "mine.yaml"
    sources = [f"- {{name: {name}, source: local, path: {name}.jsonl}}\n" for name in ("thin", "gone")]
    file.write_text(f"name: mine\ndatasets:\n{''.join(sources)}model: {{build: {{}}}}\n", encoding="utf-8")
    assert cli.main(["config", "check", str(file)]) == 2
    said = "".join(capfd.readouterr())
    assert "datasets.1.path (gone)" in said
    assert "warning: thin: " in said


def test_the_thought_of_the_rows_is_told_and_too_little_of_it_is_a_warning(tmp_path: Path) -> None:
    bare, solved = lines(tmp_path / "bare.jsonl", GOOD[:100]), lines(tmp_path / "solved.jsonl", SOLVED[100:200])
    few, enough = check(bare).findings[-1], check(bare, solved).findings[-1]
    beyond = next(one for one in check(bare, solved).findings if one.what.code == "doctor.bare_left_out")
    assert check(bare).findings[-2].what.code == "doctor.thought"

    assert (few.level, few.what.code) == ("warning", "data.no_thought")
    assert "None of the records" in str(few.what) and "convert.missing_sections" in str(few.whole)
    assert (enough.level, enough.what.code) == ("ok", "doctor.thought")
    assert "d1: 100 records. With thought in the section: logic 100%; with an answer and no thought: none;" in str(
        enough.what
    )
    assert beyond.level == "warning" and "convert.final_only_share" in str(beyond.what)


def test_an_unused_column_that_looks_like_a_verdict_is_told_before_the_run(tmp_path: Path) -> None:
    rows = [{"question": f"Why {n}?", "answer": "So.", "by": ("good", "bad")[n % 2]} for n in range(4)]
    told = [str(finding.what) for finding in check(lines(tmp_path / "a.jsonl", rows)).findings]
    assert any("'by' looks like a verdict" in what and "label: by" in what for what in told)


def look(name: str = "a", **seen: Any) -> first_rows.FirstRows:
    [dataset] = config(
        {"path": f"{name}.jsonl", "source": "local", "name": name, "use": seen.pop("use", "train")}
    ).datasets
    found = first_rows.FirstRows(dataset, provenance.begin(dataset), **seen)
    found.source = dataclasses.replace(found.source, kept=seen.get("train", 0))
    return found


@pytest.mark.parametrize(
    ("looks", "fraction", "said"),
    [
        ([look(whole=True, train=5, heldout=1)], 0.1, []),
        ([look(whole=True, train=5)], 0.1, ["warning doctor.no_heldout"]),
        ([look(train=5)], 0.1, []),
        ([look(train=5)], 0, ["warning doctor.no_heldout"]),
        ([look(whole=True, heldout=3)], 0.5, ["error steps.all_held_out"]),
        ([look(heldout=3)], 0.5, []),
        ([look(whole=True)], 0.1, ["error doctor.nothing_to_train_on"]),
        ([look(whole=True), look("b", whole=True, train=2, heldout=1)], 0.1, []),
        ([look(whole=True, heldout=3, use="evaluation")], 0.1, ["error doctor.nothing_to_train_on"]),
        ([look(whole=True, train=5), look("b", whole=True, heldout=3, use="evaluation")], 0, []),
        ([look(train=5), look("b", use="evaluation")], 0, []),
        ([look(whole=True, train=5), look("b", train=5)], 0.1, []),
        ([look(whole=True, train=5), look("b", whole=True, train=5)], 0.1, ["warning doctor.no_heldout"]),
        ([look(whole=True, train=5), look("b", whole=True, train=5, heldout=1)], 0.1, []),
    ],
)
def test_whether_there_is_anything_to_train_on_and_to_ask(
    looks: list[first_rows.FirstRows], fraction: float, said: list[str]
) -> None:
    found = data_sources._together(config({"path": "o/n"}, heldout_fraction=fraction), looks)

    assert [f"{each.level} {each.what.code}" for each in found] == said


def example(number: int, source: str = "a", language: str = "en") -> Example:
    return Example(str(number), source, "chat", language, "train", "?", "!", "!", None, None, None)


@pytest.mark.parametrize(
    ("weights", "examples", "whole", "code", "repeated"),
    [
        ({"source:a": 3}, 4, True, "doctor.passes", 12),
        ({"source:a": 3}, 4, False, "doctor.repeats", 12),
        ({"source:b": 3}, 4, True, "doctor.passes", 4),
        ({"source:a": 2, "language:en": 3}, 4, True, "doctor.passes", 24),
        ({"source:a": 2}, 4, True, "doctor.passes", 8),
        ({"source:a": 1}, 4, True, None, 0),
        ({"source:a": 0.5}, 4, True, None, 0),
        ({}, 4, True, None, 0),
        ({"source:a": 3}, 0, True, None, 0),
    ],
)
def test_where_records_are_repeated_it_is_told_how_often_training_goes_through_them(
    weights: dict[str, float], examples: int, whole: bool, code: str | None, repeated: int
) -> None:
    run = config({"path": "o/n", "name": "a"}, {"path": "o/m", "name": "b"}, weights=weights)
    warmup = run.warmup.model_copy(
        update={"max_steps": 6, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 4}
    )
    seen = look(whole=whole, examples=[example(n) for n in range(examples)])
    found = data_sources._passes(run.model_copy(update={"warmup": warmup}), [seen])
    if code is None:
        assert found == []
        return
    [finding] = found
    args = {"records": examples, "repeated": repeated, "learnt": 48}
    assert (finding.level, finding.what.code) == ("note", code)
    assert finding.what.args == args | ({"passes": 48 / repeated} if code == "doctor.passes" else {})


@pytest.mark.parametrize(("dropped", "level"), [(10, "ok"), (11, "warning"), (0, "ok"), (100, "warning")])
def test_more_than_a_tenth_left_out_is_a_warning(dropped: int, level: str) -> None:
    seen = look(whole=True, train=100 - dropped, dropped=Counter({"too short": dropped}))
    seen.source = dataclasses.replace(seen.source, kept=100)

    assert (seen.rows, data_sources._of_source(seen).level) == (100, level)
    by_design = look(whole=True, train=5, dropped=Counter({str(data_sources.BY_DESIGN[0]): 95}))
    by_design.source = dataclasses.replace(by_design.source, kept=100)
    assert data_sources._of_source(by_design).level == "ok"
