"""The names in the plot stand in rows of their own, above every curve; a plot without a curve says why."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from so8t_gui.i18n.language import Language
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.series import Table


@pytest.fixture(params=["en", "ja"])
def chart(request: pytest.FixtureRequest, qtbot: object) -> Iterator[Chart]:
    language = Language()
    language.use(request.param)
    made = Chart()
    made.resize(800, 400)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    language.use("en")


def table(pretrain: int, warmup: int, ppo: int) -> Table:
    """Its losses begin high at the left, where names stand, and alpha at one, at the top."""
    made, phases = Table(), ["pretrain"] * pretrain + ["warmup"] * warmup + ["ppo"] * ppo
    for number, phase in enumerate(phases, 1):
        loss = 8.0 / (1 + phases[:number].count(phase)) + 0.01
        learnt = {"reward": 0.5 + number / 100} if phase == "ppo" else {}
        made.add({"number": number, "phase": phase, "loss": loss, "alpha": 1.0 - number / 400, **learnt})
    return made


def curves(chart: Chart) -> Iterator[tuple[str, list[QPointF]]]:
    """Where each curve runs, in pixels of the scene, a point at every pixel."""
    for (_, name), (plot, item) in chart._curves.items():
        box = getattr(plot, "vb", plot)
        xs, ys = item.getData()
        if not len(xs):
            continue
        ends = [box.mapViewToScene(QPointF(x, y)) for x, y in zip(xs, ys, strict=True)]
        across = np.arange(ends[0].x(), ends[-1].x(), 1.0)
        heights = np.interp(across, [end.x() for end in ends], [end.y() for end in ends])
        yield name, [QPointF(x, y) for x, y in zip(across, heights, strict=True)]


def names(chart: Chart) -> list[QRectF]:
    QApplication.processEvents()
    labels = [line.label for line in chart._marks._lines if line.label.isVisible()]
    return [label.mapRectToScene(label.boundingRect()) for label in labels]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("sizes", [(120, 100, 8), (3, 3, 300), (300, 4, 3), (40, 0, 0)])
def test_no_curve_runs_through_a_name(chart: Chart, log: bool, sizes: tuple[int, int, int]) -> None:
    """ "base model" and "PPO" lay under the curves."""
    chart.choose(log=log)
    chart.put([SessionCurves("a", table(*sizes))])
    for width, height in ((800, 400), (560, 240), (1_200, 300)):
        chart.resize(width, height)
        QApplication.processEvents()
        chart.draw()
        places = names(chart)
        assert len(places) == sum(size > 0 for size in sizes)
        for name, points in curves(chart):
            for place in places:
                assert not any(place.contains(point) for point in points), (name, width)


def test_where_the_user_has_zoomed_in_a_name_stands_in_front_of_what_runs_behind_it(chart: Chart) -> None:
    chart.put([SessionCurves("a", table(100, 100, 100))])
    chart.draw()
    for line in chart._marks._lines:
        assert line.zValue() > max(item.zValue() for _, item in chart._curves.values())
        assert line.label.fill.color() == chart.palette().base().color()


def test_a_lower_plot_without_a_curve_says_why(chart: Chart) -> None:
    """It was an axis from 0 to 1 and nothing else."""
    chart.choose(extra="reward")
    said = dict[str, str]()
    for name, made in (
        ("nothing", Table()), ("before", table(30, 5, 0)), ("learning", table(30, 5, 9)), ("again", table(30, 5, 0)),
    ):  # fmt: skip
        chart.put([SessionCurves("a", made)])
        chart.draw()
        said[name] = chart.nothing
        assert chart._nothing.toPlainText() == chart.nothing
        numbers = chart._extra.getAxis("left").style["showValues"]
        assert numbers is (name == "learning")
    assert "PPO" in said["before"] == said["again"] and said["nothing"] == said["learning"] == ""
    place = chart._nothing.mapRectToScene(chart._nothing.boundingRect())
    assert chart._extra.vb.sceneBoundingRect().contains(place.center())
    chart.resize(260, 300)
    QApplication.processEvents()
    assert chart._nothing.boundingRect().width() <= chart._extra.vb.width() + 1
    chart.choose(extra="kl")
    chart.put([SessionCurves("a", table(0, 0, 9))])
    chart.draw()
    assert chart.nothing not in ("", said["before"]), "it has begun, and has none of them"
    chart.choose(extra="")
    assert chart.nothing == "" == chart._nothing.toPlainText()


def test_a_lower_plot_promises_nothing_that_the_run_does_not_have(chart: Chart) -> None:
    """A run without reinforcement learning had "Nothing yet", in step 5, too."""
    chart.choose(extra="reward")
    never, later = table(30, 5, 0), table(30, 5, 0)
    never.learns, later.learns = False, True
    said = list[str]()
    for shown in ([never], [later], [never, later]):
        chart.put([SessionCurves("a", made) for made in shown])
        said.append(chart.nothing)
    assert said[0].startswith(("No such values", "値はありません"))
    assert said[1] == said[2] and said[1].startswith(("Nothing yet", "まだ値がありません"))
