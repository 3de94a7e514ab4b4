"""A question to a model, where no program is there to answer it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from so8t_gui.engine.answers import AnswerProcess, Heard


def test_a_program_that_does_not_start_is_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    failed, others = list[str](), list[object]()
    heard = Heard(
        answering=others.append, text=lambda *_: others.append(_), notice=others.append, answered=others.append,
        over=lambda: others.append("over"), failed=failed.append,
    )  # fmt: skip
    process = AnswerProcess(tmp_path, "7 + 8?", heard, engine=[str(tmp_path / "none")])
    qtbot.waitUntil(lambda: bool(failed))

    assert len(failed) == 1 and "could not be started" in failed[0] and process.over and not others
