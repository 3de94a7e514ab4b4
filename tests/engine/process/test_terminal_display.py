"""Events drawn for people: every kind of event, in both languages."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest
from rich.cells import cell_len

from so8t_engine.errors import EngineError, failed, warning
from so8t_engine.process import columns
from so8t_engine.process.terminal_display import BAR, Display, interruption
from so8t_engine.protocol import Message
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.typed import Typed

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
    lines = drawn("en")
    action = lines.pop(13)

    assert action.startswith("`so8t report there --data-root /` shows its report")
    assert lines == [
        "Session 20260101-000000-x",
        "Folder  /there",
        "The last run was cut off (non-finite values (NaN or Inf)): lost 2 min 10 s, 4 parts to do again, resumed at "
        "train, part 8.",
        "  removed 000002.part, left over from an interruption",
        "[4/5] train ...",
        "    update 3/12, 0.5/s, 18 s left in this step, 1 min 15 s in all, loss 1.500, reward 0.250",
        "phase transition: the loss fell by 0.5 after update 7",
        "Note: The last save was given up; the one before it stands.",
        "Waiting: The disk is full. x: y The run continues once that is fixed; Ctrl+C stops it.",
        "[4/5] train      done",
        "The engine gave no sign of life for 9 seconds; its process was ended. A new process continues in 5 s.",
        "Paused (Ctrl+C), saved at train, part 3. `so8t resume there --data-root /` continues.",
        "Session x is finished.",
        "Finished.",
        "Right held-out answers   25.0% before    50.0% after",
        "Report  /there/r",
        "Model   /there/m",
        "GGUF    no file was made; the report says why",
    ]


class Hand:
    """A clock that moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_without_a_terminal_a_line_comes_every_ten_seconds_and_at_once_where_a_step_begins() -> None:
    out, clock = io.StringIO(), Hand()
    display = Display(out, "en", clock=clock)

    def said(event: Message) -> list[str]:
        out.seek(0)
        out.truncate()
        display(event)
        return out.getvalue().splitlines()

    begins, progress = EVENTS[2], Message("progress", {**PROGRESS, "metrics": {}})
    assert said(begins) == ["[4/5] train ..."], "nothing is known of it yet"
    line = "    update 3/12, 0.5/s, 18 s left in this step, 1 min 15 s in all"
    assert said(progress) == [line] and said(progress) == []
    clock.now += 9.5
    assert said(progress) == [] == said(Message("saved", {}))
    clock.now += 0.5
    assert said(progress) == [f"{line}, saved 0 s ago"] and said(progress) == []
    clock.now += 10.0
    assert said(Message("saved", {})) == [f"{line}, saved 0 s ago"], "a save draws the line anew"
    clock.now += 12.0
    assert said(progress) == [f"{line}, saved 12 s ago"]
    assert said(begins) == ["[4/5] train ..."] and said(progress) == [f"{line}, saved 12 s ago"]


@pytest.mark.parametrize(
    ("low", "high", "rate", "said"),
    [
        (75, 75, 0.5, "18 s left in this step, 1 min 15 s in all"),
        (30, 200, 0.5, "between 30 s and 3 min 20 s left in all"),
        (1, 200, 0.5, "time left: still measuring (at a guess 1 min 00 s)"),
        (75, 75, None, "18 s left in this step, 1 min 15 s in all"),
        (7, 700, None, "time left: still measuring (at a guess 1 min 00 s)"),
    ],
)
def test_the_time_left_is_told_as_certain_as_it_is(low: int, high: int, rate: float | None, said: str) -> None:
    out = io.StringIO()
    Display(out, "en")(
        Message("progress", {**PROGRESS, "rate": rate, "eta_low_seconds": low, "eta_high_seconds": high, "metrics": {}})
    )

    speed = "" if rate is None else "0.5/s, "
    assert out.getvalue() == f"    update 3/12, {speed}{said}\n"


def test_a_time_left_that_was_told_does_not_vanish_where_a_kind_begins_that_was_never_measured() -> None:
    out, clock = io.StringIO(), Hand()
    display = Display(out, "en", clock=clock)
    for low, high, rate in ((30, 200, 0.5), (8, 800, None)):
        clock.now += 60.0
        display(
            Message(
                "progress",
                {**PROGRESS, "rate": rate, "eta_low_seconds": low, "eta_high_seconds": high, "metrics": {}},
            )
        )
    assert out.getvalue().splitlines()[-1] == "    update 3/12, between 8 s and 13 min 20 s left in all"


@pytest.mark.parametrize(
    ("incident", "said"),
    [
        ({}, "The last run was cut off (non-finite values (NaN or Inf)): resumed at train, part 8."),
        ({"lost_seconds": 0, "lost_units": 0}, "(non-finite values (NaN or Inf)): lost 0 s, resumed at train, part 8."),
        ({"lost_units": 1}, "1 part to do again, resumed at"),
    ],
)
def test_of_a_cut_only_what_is_known_of_its_loss_is_told(incident: dict[str, int], said: str) -> None:
    about = {"kind": "not_finite", "step": "train", "unit": 8, **incident}

    assert said in str(interruption(about))


def test_a_loss_that_rose_is_told_so_and_a_mark_with_its_own_words_as_it_is() -> None:
    out = io.StringIO()
    display = Display(out, "en")
    display(Message("mark", {"mark": "phase_transition", "direction": "up", "size": 0.5, "since": 7}))
    display(Message("mark", {"mark": "data_changed", "why": to_json(sentence("run.save_given_up"))}))

    rose, other = out.getvalue().splitlines()
    assert rose == "phase transition: the loss rose by 0.5 after update 7"
    assert other.endswith("The last save was given up; the one before it stands.")


def test_right_answers_are_told_where_both_were_measured(tmp_path: Path) -> None:
    def said(**results: float | None) -> list[str]:
        out = io.StringIO()
        places = {"path": str(tmp_path), "report": "r", "final_model": "m", "gguf": "g", "results": results}
        Display(out, "en")(Message("finished", places))
        return [line for line in out.getvalue().splitlines() if "before" in line]

    assert said(base=0.25) == [] == said(tuned=0.25) and said(base=None, tuned=0.5) == []
    assert said(base_format=0.0, tuned_format=1.0) == ["Well-formed answers    0.0% before   100.0% after"]
    assert len(said(base=0.25, tuned=0.5, base_format=0.0, tuned_format=1.0)) == 2


@pytest.mark.parametrize(
    ("began", "named", "command"),
    [("", "x", "`so8t report x`"), ("y", "x", "`so8t report y`"), ("", None, "`so8t report SESSION`")],
)
def test_what_is_refused_names_the_session_it_is_about_where_none_runs(
    began: str, named: str | None, command: str
) -> None:
    out = io.StringIO()
    about = sentence("session.finished", session="x") if named else sentence("run.save_given_up")
    Display(out, "en", Typed(session=began))(failed(EngineError("session_finished", about)))

    assert command in out.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    monkeypatch.setenv("FORCE_COLOR", "1")  # for rich this is a terminal
    monkeypatch.setenv("TERM", "xterm")
    return io.StringIO()


@pytest.mark.parametrize(
    ("unit", "total", "filled"), [(0, 12, 0), (3, 12, BAR // 4), (11, 12, 22), (12, 12, BAR), (0, 0, 0), (1, 0, 0)]
)
def test_a_terminal_has_a_bar_as_long_as_what_is_done(
    terminal: io.StringIO, unit: int, total: int, filled: int
) -> None:
    display = Display(terminal, "en")
    display(EVENTS[0])
    display(EVENTS[2])
    assert "[4/5] train" in terminal.getvalue() and "loading" in terminal.getvalue()  # before anything of it is done
    assert "[4/5] train ..." not in terminal.getvalue()
    before = len(terminal.getvalue())
    display(Message("progress", {**PROGRESS, "unit": unit, "total": total}))
    drawn = terminal.getvalue()[before:]
    display.close()
    done, open_ = (
        f"\x1b[{colour}m{'━' * length}\x1b[0m" if length else ""
        for colour, length in ((36, filled), (90, BAR - filled))
    )
    assert f"\x1b[1m[4/5] train\x1b[0m {done}{open_} update {unit}/{total}" in drawn and drawn.count("━") == BAR
    assert drawn.startswith("\r\x1b[2K\x1b[1m[4/5] train")  # over the one before, without a line of air


def test_only_an_event_draws(terminal: io.StringIO) -> None:
    threads = threading.active_count()
    display = Display(terminal, "en")
    display(EVENTS[0])
    assert threading.active_count() == threads  # none that draws by the clock
    display.close()


def test_what_has_several_lines_keeps_them() -> None:
    out = io.StringIO()
    Display(out, "en")(failed(EngineError("config_invalid", verbatim("run.yaml:1: a\nrun.yaml:2: b"))))

    assert out.getvalue().splitlines()[:2] == ["run.yaml:1: a", "run.yaml:2: b"]


def test_a_save_is_as_old_as_the_moment_that_it_holds() -> None:
    now, out = [100.0], io.StringIO()
    display = Display(out, "en", clock=lambda: now[0])
    display(Message("saved", {"seconds": 2.0}))
    now[0] = 103.0
    display(EVENTS[4])
    assert "saved 5 s ago" in out.getvalue()


def test_before_the_first_step_the_bar_is_empty(terminal: io.StringIO) -> None:
    display = Display(terminal, "en")
    display(EVENTS[0])
    display(Message("saved", {}))
    display.close()

    assert "[0/5] " in terminal.getvalue() and f"\x1b[90m{'━' * BAR}\x1b[0m" in terminal.getvalue()


@pytest.mark.parametrize(
    ("event", "style"),
    [(1, "33"), (5, "35"), (6, "33"), (7, "33"), (8, "32"), (9, "33"), (10, "33"), (11, "1;31"), (12, "1;32")],
)
def test_a_line_has_the_colour_of_what_it_is(terminal: io.StringIO, event: int, style: str) -> None:
    Display(terminal, "en")(EVENTS[event])

    assert f"\x1b[{style}m" in terminal.getvalue()


@pytest.mark.parametrize("event", [9, 10, 11, 12])
def test_what_ends_a_run_takes_the_bar_away_before_it_speaks(terminal: io.StringIO, event: int) -> None:
    display, printed_to = Display(terminal, "en"), sys.stdout
    for one in (EVENTS[0], EVENTS[2], EVENTS[event]):
        display(one)
    assert sys.stdout is printed_to
    before = len(terminal.getvalue())
    display(Message("saved", {}))

    assert terminal.getvalue()[before:] == "", "nothing is drawn any more"


def test_a_cursor_that_was_hidden_by_what_was_killed_is_shown_again(terminal: io.StringIO) -> None:
    Display(terminal, "en").close()
    assert terminal.getvalue() == "\x1b[?25h"


def test_on_no_terminal_nothing_is_written_at_its_end() -> None:
    out = io.StringIO()
    Display(out, "en").close()
    assert out.getvalue() == ""


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
