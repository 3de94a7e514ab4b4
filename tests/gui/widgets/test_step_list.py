"""The tiles of the five steps: what is said of each, of what is counted, of which one stopped, and their room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from so8t_engine.protocol import STEPS
from so8t_gui.view.state import Step, View
from so8t_gui.widgets.step_list import BESIDE_SIGN, LEAST, ROOMY, StepList, StepTile, step_texts, what_is_counted

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
    for width, least in ((ROOMY, wide), (ROOMY - 1, LEAST), (ROOMY, wide)):
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
    assert tile.shown(tile.fontMetrics().horizontalAdvance("3 o…")).endswith("…")
