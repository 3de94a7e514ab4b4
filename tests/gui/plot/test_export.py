"""The plot as words and as files: what is written is what is seen, whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from so8t_gui.plot import export
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.labels import values_at
from so8t_gui.plot.series import Table


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def test_a_picture_has_two_pixels_for_each_of_the_screens_and_shows_the_plot_to_its_corner(
    chart: Chart, tmp_path: Path
) -> None:
    export.save_picture(tmp_path / "plot.png", chart)
    picture, seen = QImage(str(tmp_path / "plot.png")), chart.grab().toImage()

    assert (picture.width(), picture.height()) == (600, 400)
    assert picture.pixelColor(598, 398) == seen.pixelColor(299, 199) == picture.pixelColor(1, 1)


def test_a_vector_picture_is_written_with_its_size(chart: Chart, tmp_path: Path) -> None:
    export.save_picture(tmp_path / "plot.SVG", chart)
    text = (tmp_path / "plot.SVG").read_text(encoding="utf-8")

    assert "<title>SO8T</title>" in text and 'viewBox="0 0 300 200"' in text and "<path" in text


def test_a_vector_picture_shows_what_is_seen(chart: Chart, tmp_path: Path) -> None:
    """It had a small plot in a corner, its curves beside their axes, and no ground."""
    chart.put([curves("ichi", "warmup")])
    chart.draw()
    export.save_picture(tmp_path / "plot.svg", chart)
    seen = chart.grab().toImage()
    drawn = QImage(seen.size(), QImage.Format.Format_RGB32)
    drawn.fill(0)
    painter = QPainter(drawn)
    QSvgRenderer(str(tmp_path / "plot.svg")).render(painter)
    painter.end()
    light = [[one.pixelColor(x, y).lightness() for x in range(300) for y in range(200)] for one in (seen, drawn)]
    other = sum(abs(there - here) > 64 for there, here in zip(*light, strict=True))
    assert other < 0.04 * 300 * 200


def curves(title: str, first: str) -> SessionCurves:
    made = Table()
    for number, phase in enumerate((first, "warmup"), 1):
        made.add({"number": number, "phase": phase, "loss": number / 2, "alpha": 1.0})
    return SessionCurves(title, made, [(1, 34.575799999999994), (2, 103.72739999999999)])


def test_the_csv_says_of_several_sessions_whose_each_row_is_and_no_alpha_where_there_are_no_gates(
    tmp_path: Path,
) -> None:
    """It had the rows of the first alone, and the base's alpha was 1."""
    lines, path = [curves("a", "pretrain"), curves("b, c", "warmup")], tmp_path / "plot.csv"
    export.save_csv(path, lines)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [(row["session"], row["update"], row["loss"], row["alpha"]) for row in rows] == [
        ("a", "1", "0.5", ""), ("a", "2", "1.0", "1.0"), ("b, c", "1", "0.5", "1.0"), ("b, c", "2", "1.0", "1.0"),
    ]  # fmt: skip
    assert [row["active_seconds"] for row in rows] == ["34.576", "103.727"] * 2
    export.save_csv(path, lines[:1])
    assert path.read_text(encoding="utf-8").startswith("update,")


def test_a_picture_of_several_sessions_says_which_curve_is_whose(chart: Chart, tmp_path: Path) -> None:
    """The names stood in the window alone."""
    for titles, above in ((["ichi"], 0), (["ichi", "ni, san"], 1), (["ichi", "m" * 200, "x" * 200], 3)):
        chart.put([curves(title, "warmup") for title in titles])
        chart.draw()
        for ending in ("png", "svg"):
            export.save_picture(tmp_path / f"plot.{ending}", chart)
        picture = QImage(str(tmp_path / "plot.png"))
        legend = picture.height() // 2 - 200
        row = chart.fontMetrics().lineSpacing() + export.SPACE
        assert (picture.width(), legend) == (600, above * row + bool(above) * export.SPACE)
        seen = {picture.pixelColor(x, y).name() for x in range(600) for y in range(2 * legend)}
        assert {chart.colour(place).name() for place in range(len(titles))} <= seen or not above
        text = (tmp_path / "plot.svg").read_text(encoding="utf-8")
        assert all(title in text for title in titles if len(title) < 99) is bool(above)
        assert f'viewBox="0 0 300 {200 + legend}"' in text


def cells(text: str) -> list[dict[str, str]]:
    names, *rows = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_table_has_the_loss_that_the_line_below_the_plot_has_and_says_what_is_smoothed() -> None:
    """It had the smoothed one alone, under the name of the loss; and an alpha for the base, which has no gates."""
    made = Table()
    for number in range(1, 21):
        phase = "pretrain" if number <= 10 else "warmup"
        made.add({"number": number, "phase": phase, "loss": 1.0 + number % 2, "alpha": 1.0})
    curves = SessionCurves("s", made)
    table = cells(export.as_text(curves, 0.9))
    assert [row["loss"] for row in table] == [f"{1.0 + number % 2:.4g}" for number in range(1, 21)]
    assert [row["smoothed"] for row in table] == [f"{value:.4g}" for value in made.smoothed("loss", 0.9)]
    assert [row["alpha"] for row in table] == ["-"] * 10 + ["1"] * 10
    for row, shown in enumerate(table):
        assert f"loss {shown['loss']}" in values_at(made, row)
    assert "smoothed" not in cells(export.as_text(curves, 0.0))[0], "it is the same"


def test_a_long_table_has_the_ends_of_each_phase_and_the_newest_and_says_what_it_leaves_out() -> None:
    """Of four updates of PPO it had the last, and said nothing of the others."""
    made = Table()
    for number in range(1, 901):
        phase = "pretrain" if number <= 511 else "warmup" if number <= 896 else "ppo"
        made.add({"number": number, "phase": phase, "loss": 1.0})
    made.interrupted(46, "The power went.")
    *lines, told = export.as_text(SessionCurves("s", made), 0.0).splitlines()
    place = lines.index("After update 46: The power went.")
    assert lines[place - 1].startswith("45\t") and lines[place + 1].startswith("50\t")
    shown = [int(line.partition("\t")[0]) for line in lines[1:] if "\t" in line]
    assert shown == sorted({1, 511, 512, *range(5, 890, 5), *range(889, 901)}), "of PPO all four"
    assert told.startswith("Shown: one update in 5,") and "newest 12" in told and "every update" in told
    for count, step in ((49, 1), (200, 1), (201, 2), (388, 2), (389, 5), (1_000_000, 10_000)):
        assert export._step(count) == step


def test_what_is_measured_once_a_batch_is_written_once() -> None:
    """Four updates of PPO had the same reward, KL and share of right answers, as if each had been measured."""
    made = Table()
    for batch in (0, 1):
        made.add({"number": 1 + 5 * batch, "phase": "rollout", "reward_answer": 0.25 * (1 + batch)})
        for update in range(4):
            number = 2 + 5 * batch + update
            made.add({"number": number, "phase": "ppo", "loss": 1.0 * number, "alpha": 1.0, "reward": 0.2, "kl": 0.0})
    text, _, told = export.as_text(SessionCurves("s", made), 0.0).rpartition("\n")
    table = cells(text)
    of_batches = [[row[name] for name in ("reward", "KL", "right answers")] for row in table[:8]]
    first = [["0.2", "0", f"{share}\N{NO-BREAK SPACE}%"] for share in ("25.0", "50.0")]
    assert of_batches == [first[0], *3 * [3 * [export.AGAIN]], first[1], *3 * [3 * [export.AGAIN]]]
    assert [row["loss"] for row in table[:4]] == ["2", "3", "4", "5"]
    assert told.startswith(f"{export.AGAIN} As above")


def test_a_plot_without_updates_says_so_in_words() -> None:
    assert export.as_text(SessionCurves("s", Table()), 0.9) == "No updates yet."


def test_a_share_is_in_percent_in_the_line_in_the_table_and_on_the_axis(chart: Chart) -> None:
    """Right answers were 0.01562 there, and 1.6 % everywhere else."""
    made = Table()
    for number in range(1, 21, 2):
        made.add({"number": number, "phase": "rollout", "reward_answer": number / 64})
        made.add({"number": number + 1, "phase": "ppo", "loss": 1.0, "alpha": 1.0})
    curves = SessionCurves("s", made)
    first = "1.6\N{NO-BREAK SPACE}%"
    assert values_at(made, 0).endswith(f"right answers {first}") and "loss 1," in values_at(made, 0)
    table = cells(export.as_text(curves, 0.0))
    assert [row["right answers"] for row in table][::9] == [first, "29.7\N{NO-BREAK SPACE}%"]
    chart.put([curves])
    chart.choose(extra="accuracy")
    axis = chart._extra.getAxis("left")
    assert axis.tickStrings([0.0, 0.1, 0.2], 1.0, 0.1) == [f"{value}\N{NO-BREAK SPACE}%" for value in (0, 10, 20)]
    assert axis.tickStrings([0.005], 1.0, 0.005) == ["0.5\N{NO-BREAK SPACE}%"]
    chart.choose(extra="reward")
    assert axis.tickStrings([0.5], 1.0, 0.5) == ["0.5"] == chart._main.getAxis("left").tickStrings([0.5], 1.0, 0.5)
