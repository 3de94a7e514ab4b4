"""The charts' own arithmetic, by hand-computed values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from so8t_engine.evaluate import comparison_page, report_chart
from so8t_engine.evaluate.report_chart import Axis, Plane, UpdatePoint
from so8t_engine.sentences import named, say, to_json, verbatim


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([], 0.0, 1.04),
        ([0.0], 0.0, 1.04),
        ([2.0, 4.0], 0.0, 4.16),
        ([-1.0, 3.0], -1.16, 3.16),
        ([-2.0], -2.08, 0.08),
    ],
)
def test_an_axis_begins_at_nought_or_below_and_has_a_little_air(values: list[float], low: float, high: float) -> None:
    found = report_chart.axis("label", "loss", values)
    assert (found.label, found.line) == ("label", "loss")
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("low", "high", "marked"),
    [
        (0.0, 1.04, [0, 0.25, 0.5, 0.75, 1]),
        (0.0, 4.16, [0, 1, 2, 3, 4]),
        (-1.16, 3.16, [-1, 0, 1, 2, 3]),
        (0.0, 3.0, [0, 1, 2, 3]),
        (0.0, 0.06, [0, 0.02, 0.04, 0.06]),
        (0.0, 16.0, [0, 5, 10, 15]),
        (2.5, 5.0, [2.5, 3.0, 3.5, 4.0, 4.5, 5.0]),
    ],
)
def test_an_axis_is_marked_at_round_numbers(low: float, high: float, marked: list[float]) -> None:
    assert report_chart.ticks(low, high) == pytest.approx(marked)


def test_a_strong_line_is_a_running_mean_and_has_no_more_corners_than_are_seen() -> None:
    short = [(float(x), float(x % 2)) for x in range(20)]
    assert report_chart.smooth(short) == short, "a window of one value"
    first, second, *_ = report_chart.smooth([(float(x), float(x)) for x in range(1, 41)])
    assert first == (1.0, 1.0) and second == (2.0, pytest.approx((0.5 * 0.5 * 1 + 0.5 * 2) / 0.75))
    line = [(float(x), 2.0 * x) for x in range(1001)]
    thin = report_chart.thinned(line)
    assert len(thin) == 334 and thin[:2] == [(1.0, 2.0), (4.0, 8.0)] and thin[-1] == (999.5, 1999.0)
    assert report_chart.thinned(line[:500]) == line[:500] and report_chart.thinned([]) == []


def test_updates_are_marked_in_quarters_on_both_pages() -> None:
    axis, plane = Axis("loss", "loss", 0.0, 1.0), Plane(101, 109)
    words = {"optimizer_update": "update"}
    for grid in (report_chart._grid(axis, axis, plane, words), comparison_page._grid(axis, plane)):
        below = [part for part in grid if 'y="277"' in part]
        assert below == [
            f'<text class="middle" x="{64 + quarter * 198}.0" y="277">{101 + 2 * quarter}</text>'
            for quarter in range(5)
        ]
        lines = [part for part in grid if part.startswith("<line")]
        assert lines[0] == '<line class="grid" x1="64" x2="856" y1="260.0" y2="260.0"/>'
        assert lines[-1] == '<line class="grid" x1="64" x2="856" y1="54.0" y2="54.0"/>'
        assert '<text class="left" x="56" y="58.0">1</text>' in grid
    right = report_chart._grid(axis, Axis("alpha", "alpha", 0.0, 2.0), plane, words)
    assert [part for part in right if part.startswith('<text x="864"')] == [
        f'<text x="864" y="{264 - step * 206 / 4:.1f}">{step / 2:g}</text>' for step in range(5)
    ]
    [mark] = report_chart._marks([(0, "a < b")], Plane(1, 2))
    assert mark == '<line class="mark" x1="64.0" x2="64.0" y1="54" y2="260"><title>a &lt; b</title></line>'


HISTORY: list[dict[str, Any]] = [
    {"kind": "point", "phase": "pretrain", "loss": 4.0},
    {"kind": "mark", "mark": "phase_transition"},
    {"kind": "point", "phase": "warmup", "loss": 2.0, "alpha": 1.0},
    {"kind": "other", "phase": "warmup", "loss": 9.0},
    {"kind": "point", "phase": "none of ours", "loss": 9.0},
    {"kind": "point", "phase": "ppo", "loss": None, "alpha": 0.5, "reward": 0.25, "kl": 0.1},
    {"kind": "mark", "mark": "exactness_break", "why": to_json(verbatim("a < b"))},
    {"kind": "point", "phase": "ppo", "loss": 1.0, "alpha": 0.25, "reward": 0.5},
]
UPDATES = [
    UpdatePoint(1, "pretrain", 4.0, None, None, None),
    UpdatePoint(2, "warmup", 2.0, 1.0, None, None),
    UpdatePoint(3, "ppo", None, 0.5, 0.25, 0.1),
    UpdatePoint(4, "ppo", 1.0, 0.25, 0.5, None),
]


def test_updates_are_numbered_over_all_phases_and_marks_stand_behind_one() -> None:
    assert report_chart.updates_of(HISTORY) == UPDATES and report_chart.updates_of([]) == []
    [(first, plain), (second, why)] = report_chart.marks(HISTORY)
    assert (first, second) == (1, 3)
    assert ":" not in plain and why.endswith(": a < b")
    assert report_chart.marks(HISTORY, "ja")[0][1] == say(named("mark", "phase_transition"), "ja")


def test_a_value_lies_between_the_margins() -> None:
    plane, axis = Plane(1, 5), Axis("loss", "loss", -1.0, 3.0)
    assert [plane.across(x) for x in (1, 3, 5)] == [64.0, 460.0, 856.0]
    assert [plane.up(y, axis) for y in (-1.0, 1.0, 3.0)] == [260.0, 157.0, 54.0]
    assert Plane(7, 7).across(7) == 64.0 and Plane(7, 8).across(8) == 856.0
    assert report_chart.corners([(1.0, -1.0), (5.0, 3.0)], axis, plane) == "64.0,260.0 856.0,54.0"


def test_phases_are_bands_that_meet_half_way_between_their_updates() -> None:
    said = {"pretrain": "first", "warmup": "a & b", "ppo": "PPO"}
    bands = report_chart._phases(UPDATES, Plane(1, 4), said)
    assert bands == [
        '<rect class="band even" x="64.0" y="54" width="132.0" height="206"/>'
        '<text class="phase" x="130.0" y="46">first</text>',
        '<rect class="band odd" x="196.0" y="54" width="264.0" height="206"/>'
        '<text class="phase" x="328.0" y="46">a &amp; b</text>',
        '<rect class="band even" x="460.0" y="54" width="396.0" height="206"/>'
        '<text class="phase" x="658.0" y="46">PPO</text>',
    ]
    two_each = [*UPDATES[:1], replace(UPDATES[0], x=2), *UPDATES[2:]]
    assert [part.partition(' y="54"')[0] for part in report_chart._phases(two_each, Plane(1, 4), said)] == [
        '<rect class="band even" x="64.0"', '<rect class="band odd" x="460.0"',
    ]  # fmt: skip
    assert all('width="396.0"' in part for part in report_chart._phases(two_each, Plane(1, 4), said))
    [alone] = report_chart._phases(UPDATES[:1], Plane(1, 1), said)
    assert 'x="64.0"' in alone and 'width="1.0"' in alone


def test_a_line_is_drawn_phase_by_phase_faint_and_strong_and_alpha_once() -> None:
    axis, plane = Axis("loss", "loss", 0.0, 4.0), Plane(1, 4)
    assert report_chart._line("loss", axis, UPDATES, plane) == [
        '<polyline class="faint loss" points="64.0,54.0"/>', '<polyline class="loss" points="64.0,54.0"/>',
        '<polyline class="faint loss" points="328.0,157.0"/>', '<polyline class="loss" points="328.0,157.0"/>',
        '<polyline class="faint loss" points="856.0,208.5"/>', '<polyline class="loss" points="856.0,208.5"/>',
    ]  # fmt: skip
    alpha = Axis("alpha", "alpha", 0.0, 1.0)
    assert report_chart._line("alpha", alpha, UPDATES, plane) == [
        '<polyline class="alpha" points="328.0,54.0"/>', '<polyline class="alpha" points="592.0,157.0 856.0,208.5"/>',
    ]  # fmt: skip


def test_the_legend_leaves_room_for_each_name_also_of_wide_letters() -> None:
    legend = report_chart._legend(["loss", "alpha"], {"loss": "損失", "alpha": "a<"})
    assert legend == [
        '<line class="key loss" x1="64" x2="90" y1="14" y2="14"/>', '<text class="name" x="97" y="18">損失</text>',
        '<line class="key alpha" x1="150" x2="176" y1="14" y2="14"/>', '<text class="name" x="183" y="18">a&lt;</text>',
    ]  # fmt: skip
    assert 'x1="138"' in report_chart._legend(["loss", "alpha"], {"loss": "ab", "alpha": "x"})[2]


def test_a_drawing_has_both_axes_and_only_updates_that_belong_there() -> None:
    said = report_chart.words()
    drawn = report_chart.loss_and_alpha(UPDATES, [(3, "here")], said)
    assert drawn.startswith('<svg viewBox="0 0 920 306" role="img"') and drawn.endswith("</svg>")
    assert drawn.count('class="alpha"') == 2 and drawn.count('class="loss"') == 3 and "<title>here</title>" in drawn
    assert f"<title>{said['chart_loss']}</title>" in drawn and drawn.count("band ") == 3
    assert f'translate(14 157.0) rotate(-90)">{said["loss"]}<' in drawn
    assert f'translate(910 157.0) rotate(90)">{said["alpha"]}<' in drawn
    assert f'x="460.0" y="298">{said["optimizer_update"]}<' in drawn
    later = report_chart.reward_and_kl(UPDATES, said)
    assert later.count("band ") == 1 and '<polyline class="kl" points="64.0' in later and "mark" not in later
    assert f"<title>{said['chart_reward']}</title>" in later and f'rotate(90)">{said["kl_axis"]}<' in later
    assert report_chart.reward_and_kl(UPDATES[:2]) == "" == report_chart.loss_and_alpha(UPDATES[2:3])
    assert report_chart.loss_and_alpha([]) == "" == report_chart.reward_and_kl([])
    assert report_chart.loss_and_alpha(UPDATES) == report_chart.loss_and_alpha(UPDATES, (), said)
    assert report_chart.reward_and_kl(UPDATES) == later
    for phase in ("grpo", "rloo"):
        assert report_chart.reward_and_kl([UpdatePoint(1, phase, None, None, 0.5)])


def test_what_a_drawing_says_is_in_the_readers_language() -> None:
    english, japanese = report_chart.words(), report_chart.words("ja")
    assert english.keys() == japanese.keys()
    assert all(english[key] != japanese[key] for key in ("loss", "reward", "chart_loss"))
    assert set(english) == {
        "loss", "alpha", "reward", "kl", "pretrain", "warmup", "ppo", "grpo", "rloo", "kl_axis", "optimizer_update",
        "chart_loss", "chart_reward",
    }  # fmt: skip


def test_sessions_are_overlaid_one_curve_each_of_those_that_have_the_value() -> None:
    drawn = comparison_page.overlaid("reward", {"a < b": UPDATES, "none": UPDATES[:2], "c": UPDATES[2:]}, "en")
    assert drawn.count("<polyline") == 2 and '<polyline class="s0"' in drawn and '<polyline class="s2"' in drawn
    assert "<title>a &lt; b</title>" in drawn and "<title>c</title>" in drawn and "none" not in drawn
    name = say(named("figure", "reward"))
    assert f'aria-label="{name}"' in drawn and f'<text class="name" x="64" y="38">{name}</text>' in drawn
    assert all((f">{x}</text>" in drawn) is (x in (3, 4)) for x in (2, 3, 4)), "from its first update to its last"
    assert comparison_page.overlaid("kl", {"a": UPDATES[:2]}, "en") == "" == comparison_page.overlaid("kl", {}, "en")
    smooth = comparison_page.overlaid("alpha", {"a": UPDATES}, "en")
    assert smooth.count(",") >= 3


def test_settings_that_all_sessions_share_are_not_listed() -> None:
    sessions = [
        {"settings": [["seed", "1"], ["lora", "r 8"], ["only here", "x"]]},
        {"settings": [["seed", "1"], ["lora", "r 16"]]},
    ]
    assert comparison_page.settings({"sessions": sessions}) == [("lora", ["r 8", "r 16"]), ("only here", ["x", ""])]
