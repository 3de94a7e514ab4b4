"""Events drawn for people: every kind of event, in both languages."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from so8t_engine.errors import EngineError, failed, warning
from so8t_engine.process import columns
from so8t_engine.process.terminal_display import BAR, Display
from so8t_engine.protocol import Message
from so8t_engine.sentences import sentence, to_json

PROGRESS = {
    "step": "train", "kind": "update", "unit": 3, "total": 12, "rate": 0.5, "eta_seconds": 18, "eta_total_seconds": 75,
    "metrics": {"reward": 0.25}, "unsaved_seconds": 1,
}  # fmt: skip
INCIDENT = {
    "kind": "not_finite", "lost_seconds": 130, "lost_units": 4, "step": "train", "unit": 8,
    "notes": [to_json(sentence("session.removed", name="000002.part"))],
}  # fmt: skip
EVENTS = [
    Message("session", {"session": "20260101-000000-x", "path": "/there"}),
    Message("incident", INCIDENT),
    Message("step", {"step": "train", "index": 4, "steps": 5, "state": "running"}),
    Message("point", {"number": 1, "loss": 1.5, "alpha": None}),
    Message("progress", PROGRESS),
    Message("mark", {"number": 2, "mark": "phase_transition", "direction": "down", "size": -0.5, "since": 7}),
    warning("disk_error", sentence("run.save_given_up")),
    Message("waiting", {"code": "disk_full", "sentence": to_json(sentence("disk.full", path="x", error="y"))}),
    Message("step", {"step": "train", "index": 4, "steps": 5, "state": "done"}),
    Message(
        "restarting",
        {"code": "stuck", "sentence": to_json(sentence("process.stuck", seconds=9)), "attempt": 1, "in_seconds": 5.0},
    ),
    Message("paused", {"reason": to_json(sentence("run.pause_ctrl_c")), "step": "train", "unit": 3}),
    failed(EngineError("session_finished", sentence("session.finished", session="x"))),
    Message(
        "finished",
        {"path": "/there", "report": "r", "final_model": "m", "gguf": "g", "results": {"base": 0.25, "tuned": 0.5}},
    ),
]


def drawn(language: str) -> list[str]:
    out = io.StringIO()
    display = Display(out, language)
    for event in EVENTS:
        display(event)
    display.close()
    return out.getvalue().splitlines()


def test_every_event_is_said_in_english() -> None:
    text = "\n".join(drawn("en"))

    for line in (
        "Session 20260101-000000-x",
        "Folder  /there",
        "The last run was cut off (non-finite values (NaN or Inf)): lost 2 min 10 s, 4 units to do again, resumed at "
        "train unit 8.",
        "  removed 000002.part, left over from an interruption",
        "    update 3/12, 0.5/s, 18 s left in this step, 1 min 15 s in all, loss 1.500, reward 0.250",
        "its process was ended. A new process continues in 5 s.",
        "phase transition: the loss fell by 0.5 after update 7",
        "Note: The last save was given up; the one before it stands.",
        "Waiting: The disk is full. x: y The run continues once that is fixed; Ctrl+C stops it.",
        "Paused (Ctrl+C), saved at train unit 3. `so8t resume there --data-root /` continues.",
        "[4/5] train      done",
        "Right held-out answers   25.0% before    50.0% after",
    ):
        assert line in text, line


def test_a_terminal_has_a_bar_as_long_as_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # for rich this is a terminal
    monkeypatch.setenv("TERM", "xterm")
    out = io.StringIO()
    display = Display(out, "en")
    display(EVENTS[0])
    display(EVENTS[2])
    assert "[4/5] train" in out.getvalue() and "loading" in out.getvalue()  # before anything of it is done
    display(Message("progress", {**PROGRESS, "unit": 3, "total": 12}))
    assert "\x1b[36m" + "━" * (BAR // 4) + "\x1b[0m" in out.getvalue()
    assert "[4/5]" in out.getvalue()
    display.close()


def test_at_the_end_the_bar_is_gone_and_the_terminal_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    out, printed_to = io.StringIO(), sys.stdout
    display = Display(out, "en")
    for event in [EVENTS[0], EVENTS[2], Message("progress", PROGRESS)]:
        display(event)
    assert sys.stdout is not printed_to  # what others print meanwhile stands above the bar
    drawn = len(out.getvalue())
    display.close()

    end = out.getvalue()[drawn:]
    assert sys.stdout is printed_to
    assert "\x1b[2K" in end and "\x1b[?25h" in end  # the line is cleared, the cursor is shown


def test_the_folder_of_gguf_files_is_named_where_there_are_any(tmp_path: Path) -> None:
    def said() -> str:
        out = io.StringIO()
        places = {"path": str(tmp_path), "report": "r", "final_model": "m", "gguf": "gguf", "results": {}}
        Display(out, "en")(Message("finished", places))
        return out.getvalue()

    (tmp_path / "gguf").mkdir()
    assert "no file was made" in said() and str(tmp_path / "gguf") not in said()
    (tmp_path / "gguf" / "x-Q8_0.gguf").touch()
    assert "no file was made" not in said() and str(tmp_path / "gguf") in said()


@pytest.mark.parametrize(
    ("results", "lines"),
    [
        ({"base_sections": 0.5, "tuned_sections": 1.25}, ["Sections that think, of six  0.5 before  1.2 after"]),
        ({"base_sections": None, "tuned_sections": 1.25}, []),
        ({"tuned_sections": 1.25}, []),
        ({"base_sections": 0.5}, []),
        ({}, []),
    ],
)
def test_sections_that_think_are_told_where_both_were_measured(results: dict[str, float], lines: list[str]) -> None:
    out = io.StringIO()
    places = {"path": "/there", "report": "r", "final_model": "m", "gguf": "gguf", "results": results}
    Display(out, "en")(Message("finished", places))

    assert [line for line in out.getvalue().splitlines() if line.startswith("Sections")] == lines


def test_how_much_of_a_source_has_arrived_is_said_while_it_does() -> None:
    def said(**metrics: object) -> str:
        out = io.StringIO()
        about = {"step": "collect", "kind": "shard", "unit": 1, "total": 2, "metrics": {"source": "maths", **metrics}}
        Display(out, "en")(Message("progress", about))
        return out.getvalue()

    assert "maths: 12 MiB of 48 MiB fetched, 12 s left" in said(fetched=12 << 20, to_fetch=48 << 20, fetch_seconds=12.0)
    assert "maths: 0 MiB of 48 MiB fetched" in said(fetched=0, to_fetch=48 << 20, fetch_seconds=None)
    assert "fetched" not in said(fetched=48 << 20, to_fetch=48 << 20)


def test_every_event_is_said_in_japanese_too() -> None:
    english, japanese = drawn("en"), drawn("ja")

    assert len(japanese) == len(english)
    assert not [line for line in japanese if line in english], "left in English"
    assert "  中断で残った 000002.part を削除しました" in japanese
    assert any(line.startswith("[4/5] 学習 ") and line.endswith("完了") for line in japanese)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_columns_stay_below_each_other(language: str) -> None:
    places = [line for line in drawn(language) if line.endswith(("/there/r", "/there/m", "/there/g"))]

    assert len(places) == 2 and len({cell_len(line.partition("/there")[0]) for line in places}) == 1


def test_a_japanese_character_is_two_wide() -> None:
    assert columns.padded("学習", 6) == "学習  " and columns.padded("long enough", 3) == "long enough"
    assert columns.aligned([("学習", "a"), ("train", "b")]) == ["学習   a", "train  b"] and columns.aligned([]) == []
