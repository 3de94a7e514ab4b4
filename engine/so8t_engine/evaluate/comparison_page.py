"""Sessions held against each other, as a page of its own: verdicts, figures, and their curves in one drawing each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import jinja2
from markupsafe import Markup

import so8t_resources
from so8t_engine import numerals
from so8t_engine.evaluate import comparison, report_chart, report_page, settings_in_words
from so8t_engine.evaluate.comparison import Measured
from so8t_engine.evaluate.report_chart import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Axis, Plane, UpdatePoint
from so8t_engine.sentences import Sentence, named, say, verbatim
from so8t_engine.session import history

SERIES = ("loss", "reward", "kl", "alpha")


def html(sessions: Sequence[Measured], result: Mapping[str, Any], language: str) -> str:
    """`result`: of comparison.compare. Every text from a session is escaped."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    speak = report_page.Speaker(language)
    environment.filters |= {**report_page.NUMERALS, "points": speak.points}
    environment.globals |= {"say": speak.say, "word": speak.word}
    environment.globals |= {"gained_and_lost": numerals.gained_and_lost, "points_between": numerals.points_between}
    folder = so8t_resources.path("report")
    called = zip(comparison.titles(sessions), sessions, strict=True)
    updates = {title: report_chart.updates_of(history.read(each.path / history.NAME)) for title, each in called}
    drawn = [overlaid(name, updates, language) for name in SERIES]
    return environment.from_string((folder / "compare.html").read_text(encoding="utf-8")).render(
        language=language,
        style=Markup(report_page.style()),
        result=result,
        verdicts=[speak.spoken(comparison.verdict(pair)) for pair in result["pairs"]],
        asked=[speak.spoken(told) if told is not None else "" for told in map(comparison.asked, result["pairs"])],
        charts=[Markup(svg) for svg in drawn if svg],
        settings=[
            (speak.word("setting", key), [speak.spoken(each) for each in in_words(values, sessions)])
            for key, values in settings(result)
        ],
    )


def settings(result: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Those that are not the same in all sessions: key and the value of each."""
    each = [{key: value for key, value in about["settings"]} for about in result["sessions"]]
    keys = dict.fromkeys(key for values in each for key in values)
    rows = [(str(key), [str(values.get(key, "")) for values in each]) for key in keys]
    return [(key, values) for key, values in rows if len(set(values)) > 1]


def in_words(values: Sequence[str], sessions: Sequence[Measured]) -> list[Sentence]:
    """What report.json says in English, the value of each session, as sentences."""
    each = [settings_in_words.of(measured.path) for measured in sessions]
    return [words.get(value, verbatim(value)) for value, words in zip(values, each, strict=True)]


def overlaid(series: str, updates: Mapping[str, Sequence[UpdatePoint]], language: str) -> str:
    """One curve for each session, of the updates that have such a value; "" where none has."""
    lines = {
        name: [
            (float(point.x), float(getattr(point, series))) for point in points if getattr(point, series) is not None
        ]
        for name, points in updates.items()
    }
    values = [y for line in lines.values() for _, y in line]
    if not values:
        return ""
    title = say(named("figure", series), language)
    axis = report_chart.axis(title, series, values)
    xs = [int(x) for line in lines.values() for x, _ in line]
    plane = Plane(min(xs), max(xs))
    parts = _grid(axis, plane)
    for number, (name, line) in enumerate(lines.items()):
        if line:
            strong = report_chart.thinned(line if series == "alpha" else report_chart.smooth(line))
            parts.append(
                f'<polyline class="s{number}" points="{report_chart.corners(strong, axis, plane)}">'
                f"<title>{escape(name)}</title></polyline>"
            )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f'<text class="name" x="{LEFT}" y="{TOP - 16}">{escape(title)}</text>{"".join(parts)}</svg>'
    )


def _grid(axis: Axis, plane: Plane) -> list[str]:
    parts = []
    for value in report_chart.ticks(axis.low, axis.high):
        y = plane.up(value, axis)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="left" x="{LEFT - 8}" y="{y + 4:.1f}">{report_chart.tick_text(value)}</text>')
    for x in sorted({plane.first + round(quarter / 4 * (plane.last - plane.first)) for quarter in range(5)}):
        place = f'x="{plane.across(x):.1f}" y="{HEIGHT - report_chart.BOTTOM + 17}"'
        parts.append(f'<text class="middle" {place}>{x}</text>')
    return parts
