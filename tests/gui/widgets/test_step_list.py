"""The tiles of the five steps: what is said of each, of what is counted, of which one stopped, and their room."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_engine.protocol import STEPS
from so8t_gui.i18n.language import Language
from so8t_gui.view.state import Step, View
from so8t_gui.widgets.step_list import (
    BESIDE_SIGN,
    LEAST,
    ROOMY,
    SIGN,
    SLIM_MARGIN,
    StepList,
    StepTile,
    brief_texts,
    step_texts,
    what_is_counted,
)  # fmt: skip

TRAINS = View(
    phase="running", kind="update", unit=3, total=9,
    steps=tuple(Step(name, "done" if n < 3 else "running" if n == 3 else "todo") for n, name in enumerate(STEPS)),
)  # fmt: skip
TRAIN = TRAINS.steps[3]


@pytest.mark.parametrize(
    ("step", "view", "texts"),
    [
        (TRAIN, TRAINS, ("3 of 9 parts",)),
        (TRAIN, replace(TRAINS, total=0), ("running",)),
        (replace(TRAIN, name="evaluate"), TRAINS, ("running",)),
        (replace(TRAIN, seconds=20.0), TRAINS, ("3 of 9 parts", "20 s")),
        (replace(TRAIN, seconds=20.0), replace(TRAINS, total=0), ("running", "20 s")),
        (replace(TRAIN, began=90.0, seconds=20.0), TRAINS, ("3 of 9 parts", "30 s")),
        (replace(TRAIN, began=90.0), replace(TRAINS, total=0), ("10 s",)),
        (Step("train", "done", seconds=70.0), TRAINS, ("1 min 10 s",)),
        (Step("train", "done", seconds=0.0), TRAINS, ("0 s",)),
        (Step("train", "done"), TRAINS, ("done",)),
        (Step("train", "stopped", seconds=70.0), TRAINS, ("3 of 9 parts", "stopped here", "1 min 10 s")),
        (Step("train", "stopped", seconds=70.0), replace(TRAINS, total=0), ("stopped here", "1 min 10 s")),
        (Step("convert", "stopped"), TRAINS, ("stopped here",)),
        (Step("train"), TRAINS, ("not started",)),
    ],
)
def test_how_far_a_step_is_and_how_long_it_took(qtbot: QtBot, step: Step, view: View, texts: tuple[str, ...]) -> None:
    assert step_texts(step, view, 100.0) == texts


def test_what_a_part_is_is_said_where_parts_are_counted(qtbot: QtBot) -> None:
    made = StepList()
    qtbot.addWidget(made)
    for view, counted in ((TRAINS, True), (replace(TRAINS, total=0), False), (replace(TRAINS, phase="paused"), True)):
        made.render_view(view, 100.0)
        about = [tile.accessibleDescription() for tile in made._tiles]
        assert about == ["", "", "", what_is_counted("train", "update") if counted else "", ""]
        assert all((text in tile.toolTip().replace("\n", " ")) for text, tile in zip(about, made._tiles, strict=True))
    assert what_is_counted("train", "update").endswith("Now: updates.") and "Now" not in what_is_counted("train", "")
    assert len({what_is_counted(step, "") for step in STEPS}) == 4
    assert made.sentences[3].startswith("4. Train: ")


def test_the_step_that_failed_is_told_from_one_that_rests(qtbot: QtBot) -> None:
    made = StepList()
    qtbot.addWidget(made)
    stopped = tuple(replace(step, state="stopped") if step is TRAIN else step for step in TRAINS.steps)
    for phase, failed in (("failed", [3]), ("paused", []), ("failed", [3])):
        made.render_view(replace(TRAINS, phase=phase, steps=stopped), 100.0)  # type: ignore[arg-type]
        assert [n for n, tile in enumerate(made._tiles) if tile._failed] == failed


def test_the_tile_that_counts_has_the_room_of_its_last_count_from_the_first_where_there_is_room(qtbot: QtBot) -> None:
    made = StepList()
    qtbot.addWidget(made)
    made.show()
    tile = made._tiles[3]
    many = replace(TRAINS, unit=1, total=1_234)
    made.render_view(many, 100.0)
    wide = BESIDE_SIGN + tile.fontMetrics().horizontalAdvance("1234 of 1234 parts") + 1
    for width, least in ((900, wide), (ROOMY - 1, LEAST), (900, wide)):
        made.resize(width, made.sizeHint().height())
        assert tile.minimumSizeHint().width() == least > 0
        assert made._tiles[0].minimumSizeHint().width() == LEAST
    made.render_view(replace(many, phase="paused", steps=View().steps), 100.0)
    assert tile.minimumSizeHint().width() == LEAST


def test_all_of_its_texts_are_shown_where_they_fit_else_the_first(qtbot: QtBot) -> None:
    tile = StepTile(4, "train")
    qtbot.addWidget(tile)
    tile.put(TRAIN, ("3 of 9", "40 s"), failed=False)
    whole = tile.fontMetrics().horizontalAdvance("3 of 9, 40 s")
    assert tile.shown(whole + 1) == "3 of 9, 40 s" and tile.shown(whole) == "3 of 9"
    assert tile.accessibleName() == "4. Train: 3 of 9, 40 s"
    tile.put(TRAIN, ("3 of 9", "stopped here", "2 min 40 s"), failed=False, brief=("3/9",))
    for said, shorter in pairwise(
        ("3 of 9, stopped here, 2 min 40 s", "3/9, stopped here, 2 min 40 s", "3/9, 2 min 40 s", "3 of 9")
    ):
        wide = tile.fontMetrics().horizontalAdvance(said)
        assert tile.shown(wide + 1) == said and tile.shown(wide) == shorter
    assert tile.shown(tile.fontMetrics().horizontalAdvance("3 o…")).endswith("…")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [476, 520, 800, 1_200])
def test_names_and_counts_are_whole_at_every_width(qtbot: QtBot, language: str, width: int) -> None:
    """In a window of 640 x 480 the steps were called "1. Co..." and "4. Tr...", with "45 of..."."""
    spoken = Language()
    spoken.use(language)
    try:
        made = StepList()
        qtbot.addWidget(made)
        made.resize(width, made.sizeHint().height())
        made.show()
        steps = tuple(replace(step, seconds=70.0) if step.state == "done" else step for step in TRAINS.steps)
        made.render_view(replace(TRAINS, unit=45, total=232, steps=steps), 100.0)
        QApplication.processEvents()
        slim = {tile._slim for tile in made._tiles}
        assert len(slim) == 1, "all look alike"
        for tile, brief in zip(made._tiles, (True, True, True, True, False), strict=True):
            if tile._slim:
                assert tile.fontMetrics().horizontalAdvance(tile._called) <= tile.width() - SLIM_MARGIN - 3
                room = tile.width() - SLIM_MARGIN - SIGN - 4 - 3
                assert bool(tile.shown_briefly(room)) is brief
            else:
                assert tile.name_width <= tile.width() - BESIDE_SIGN
                assert "…" not in tile.shown(tile.width() - BESIDE_SIGN)
            assert tile.accessibleName().startswith(tile._called) and tile._texts[0] in tile.accessibleName()
        assert slim == {True} if width < 500 else slim == {False} if width >= 800 else True
    finally:
        spoken.use("en")


def test_a_slim_tile_says_as_much_as_fits_beside_its_sign(qtbot: QtBot) -> None:
    done = Step("train", "done", seconds=70.0)
    assert brief_texts(TRAIN, replace(TRAINS, unit=45, total=232), 0.0)[0] == "45/232"
    assert brief_texts(done, TRAINS, 0.0) == ("1 min 10 s", "1 min") and brief_texts(Step("train"), TRAINS, 0.0) == ()
    assert brief_texts(replace(done, seconds=9.0), TRAINS, 0.0) == ("9 s",)
    tile = StepTile(4, "train")
    qtbot.addWidget(tile)
    tile.put(done, ("1 min 10 s",), failed=False, brief=("1 min 10 s", "1 min"))
    width = tile.fontMetrics().horizontalAdvance
    assert [tile.shown_briefly(width(text)) for text in ("1 min 10 s", "1 min 10 ", "1 mi")] == [
        "1 min 10 s", "1 min", "",
    ]  # fmt: skip
