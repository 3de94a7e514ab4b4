"""What the report advises to do next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import so8t_resources
from helpers import sample_report
from so8t_engine import numerals
from so8t_engine.data import own_questions
from so8t_engine.evaluate import report_page, report_verdicts
from so8t_engine.sentences import named, to_json, verbatim

SPEAK = report_page.Speaker("en")
TOLD = {"interval": report_page.interval, "of": report_page.of}
BROKEN = {"Q8_0": {"error": "out of memory"}}


def advised(gguf: Any = None, learnt: bool = True, name: str = "mine", **figures: Any) -> list[tuple[str, str]]:
    result = sample_report.report(**figures)
    more = {"name": name, "training": {"ppo": {"reward": [0.1, 0.2]}} if learnt else {}}
    changed = {"gguf": gguf} if gguf is not None else {}
    return list(report_page._next_steps({**result, **more, **changed}, "run", SPEAK))


def codes(steps: list[tuple[str, str]]) -> list[str]:
    phase = named("phase", "ppo")
    known = {
        SPEAK.say(f"report.next_{code}", phase=phase): code
        for code in (
            "chat",
            "ollama",
            "lmstudio",
            "hf",
            "again",
            "heldout",
            "longer",
            "learning",
            "learning_demo",
            "worse",
        )
    }
    return [known[text] for text, _ in steps]


@pytest.mark.parametrize(
    ("figures", "last"),
    [
        ({}, ["learning"]),
        ({"name": "demo"}, ["learning_demo"]),
        ({"learnt": False}, []),
        ({"by_learning": sample_report.change(26, 2, 0.001, 0.03, 0.1)}, []),
        ({"p_value": 0.2, "learnt": False}, ["longer"]),
        ({"p_value": report_verdicts.SIGNIFICANT, "learnt": False}, ["longer"]),
        ({"p_value": report_verdicts.SIGNIFICANT - 1e-6, "learnt": False}, []),
        ({"by_learning": sample_report.change(26, 14, report_verdicts.SIGNIFICANT, 0.0, 0.1)}, ["learning"]),
        ({"records": 0, "graded": 0, "p_value": 1.0, "learnt": False}, ["heldout"]),
        ({"graded": 0, "p_value": 1.0, "learnt": False}, []),
        ({"p_value": 1.0, "gained": 7, "lost": 7, "learnt": False}, []),
        ({"p_value": 1.0, "gained": 0, "lost": 0, "learnt": False}, []),
        ({"gguf": {**sample_report.GGUF, **BROKEN}, "learnt": False}, ["again"]),
    ],
)
def test_what_is_advised_follows_from_what_was_measured(figures: dict[str, Any], last: list[str]) -> None:
    assert codes(advised(**figures)) == ["chat", "ollama", "lmstudio", "hf", *last]


def test_of_a_worse_model_it_is_said_first_and_what_to_do_before_the_lines_that_hand_it_on() -> None:
    worse = sample_report.change(25, 96, 5e-11, -0.27, -0.15)
    assert codes(advised(learnt=False, **worse)) == ["worse", "chat", "ollama", "lmstudio", "hf"]
    unformed = advised(learnt=False, **worse, tuned_format={"share": 0.499})
    assert "Only 49.9\N{NO-BREAK SPACE}% of its answers" in unformed[0][0] and "warmup.max_steps" in unformed[0][0]
    assert codes(advised(learnt=False, **worse, tuned_format={"share": 0.5}))[0] == "worse"
    assert "worse" not in codes(advised(learnt=False, **worse | {"p_value": 0.2}))


def source(name: str, source: str, path: str | None, use: str, held_out: int) -> dict[str, Any]:
    return {"name": name, "source": source, "path": path, "use": use, "became": {"held_out": held_out}}


DEMO_ASKED = source("sums", "local", "demo:maths.heldout", "evaluation", 9)
UNTOLD = {"name": "old", "source": "local", "path": None, "use": "train", "became": None}  # of an earlier version


@pytest.mark.parametrize(
    ("data", "unasked"),
    [
        ([source("mine", "local", None, "train", 0), DEMO_ASKED], ["mine"]),
        ([source("mine", "local", None, "train", 2), DEMO_ASKED], []),
        ([source("demo", "local", "demo:maths", "train", 0), DEMO_ASKED], []),
        ([source("mine", "hub", "a/b", "train", 0), DEMO_ASKED], ["mine"]),
        ([source("a", "local", None, "train", 0), source("b", "local", None, "evaluation", 3), DEMO_ASKED], []),
        ([source("mine", "local", None, "train", 0)], []),
        ([UNTOLD, DEMO_ASKED], []),
        ([], []),
    ],
)
def test_own_data_that_was_not_asked_is_told_beside_the_verdict(data: list[dict[str, Any]], unasked: list[str]) -> None:
    result = {**sample_report.report(), "data": data, "training": {}}
    assert own_questions.of_report(data) == unasked
    said = [SPEAK.say("report.next_own")] * bool(unasked)
    assert [text for text, _ in report_page._next_steps(result, "run", SPEAK) if "own data" in text] == said


@pytest.mark.parametrize(
    ("path", "said"),
    [(None, "a local file"), ("a/b", "a/b"), ("demo:chat", "comes with SO8T (the demo's questions)")],
)
def test_what_comes_with_so8t_is_no_local_file(path: str | None, said: str) -> None:
    assert SPEAK.origin({"path": path}) == said


def test_other_pages_look_as_the_report_does() -> None:
    style = report_page.style()

    assert style.startswith("<style>") and style.count("<") == 1 and "</style>" not in style
    assert f"{style}</style>" in so8t_resources.path("report", "report.html").read_text(encoding="utf-8")


def test_without_a_gguf_file_none_is_handed_on() -> None:
    assert codes(advised(gguf={}, learnt=False)) == ["hf"]
    assert codes(advised(gguf=BROKEN, learnt=False)) == ["hf", "again"]


def test_the_lines_to_type_name_the_session_and_the_file_that_is_advised() -> None:
    assert [line for _, line in advised(gguf=BROKEN | {"F16": sample_report.GGUF["F16"]}, learnt=False)] == [
        "so8t chat run --quant F16", "so8t use ollama run --quant F16", "so8t use lmstudio run --quant F16", "",
        "so8t resume run --evaluate-again",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (None, ""),
        ({}, ""),
        ({"name": None}, "base model built by this run"),
        ({"name": "owner/model"}, "owner/model"),
        ({"name": "owner/model", "revision": "0123456789abcdef"}, "owner/model (0123456789ab)"),
        ({"name": "owner/model", "licence": "mit"}, "owner/model, mit"),
        ({"name": "owner/model", "revision": "0" * 12, "licence": "mit"}, f"owner/model ({'0' * 12}), mit"),
    ],
)
def test_the_base_is_named_with_its_revision_and_licence_where_they_are_known(about: Any, said: str) -> None:
    assert said in report_page._base_model(about, SPEAK) and bool(said) == bool(report_page._base_model(about, SPEAK))


def test_steps_stand_in_their_order_and_those_of_a_later_version_behind_them() -> None:
    assert report_page.by_step({"train": 3.0, "collect": 1.0, "z": 9.0, "evaluate": 5.0, "a": 8.0}) == [
        ("collect", 1.0), ("train", 3.0), ("evaluate", 5.0), ("a", 8.0), ("z", 9.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0.0 MB"), (1_250_000, "1.2 MB"), (999_949_999, "999.9 MB"), (10**9, "1.00 GB"), (7_640_000_000, "7.64 GB"),
     (12_345 * 10**8, "1,234.50 GB")],
)  # fmt: skip
def test_a_size_is_told_in_what_leaves_a_number_of_at_least_one(size: int, said: str) -> None:
    assert report_page.megabytes(size).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "< 0.001"), (0.00099, "< 0.001"), (0.001, "0.001"), (0.0494, "0.049"), (1.0, "1.000")]
)
def test_a_p_value_below_a_thousandth_is_told_as_below_it(value: float, said: str) -> None:
    assert report_page.p_value(value).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_share_is_told_with_its_interval_and_its_counts_and_nothing_of_nothing() -> None:
    figures = {"right": 1_204, "total": 2_000, "low": 0.412, "high": 0.588}
    plain = {name: told(figures).replace("\N{NO-BREAK SPACE}", " ") for name, told in TOLD.items()}
    assert plain == {"interval": "41\N{EN DASH}59 %", "of": "1,204 / 2,000"}
    nothing = {"right": 0, "total": 0, "low": 0.0, "high": 1.0}
    assert [told(nothing) for told in TOLD.values()] == ["", numerals.NO_NUMBER]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a|b", "a\\|b"), ("`x`", "'x'"), ("[l](u)", "\\[l](u)"), ("*a* _b_", "\\*a\\* \\_b\\_"), ("c\\d", "c\\\\d"),
        ("R & D, p < 0.001", "R & D, p < 0.001"), ("<b>", "&lt;b>"), ("&amp;", "&amp;amp;"), (12, "12"),
    ],
)  # fmt: skip
def test_a_text_has_no_markdown_of_its_own(value: object, said: str) -> None:
    assert report_page.md(value) == said


@pytest.mark.parametrize(
    ("row", "code", "args"),
    [
        ({"kind": "cut", "seconds": None, "lost_units": 3}, "report.unknown", {}),
        ({"kind": "paused", "seconds": None}, None, {}),
        ({"kind": "paused", "seconds": 90.0}, "report.stood_still", {"seconds": 90.0}),
        ({"kind": "cut", "seconds": 9.25, "lost_units": None}, "report.lost_time", {"seconds": "9.2"}),
        ({"kind": "cut", "seconds": 9.25, "lost_units": 0}, "report.lost_work", {"seconds": "9.2", "units": 0}),
    ],
)
def test_what_a_rest_or_a_cut_cost_is_told_as_far_as_it_is_known(
    row: dict[str, Any], code: str | None, args: dict[str, Any]
) -> None:
    assert SPEAK.cost(row) == ("" if code is None else SPEAK.say(code, **args))


def test_an_interval_is_told_where_there_is_one() -> None:
    assert SPEAK.points({"difference": {"low": -0.01, "high": 0.02}}) == SPEAK.say(
        "report.to", low="\N{MINUS SIGN}1.0", high="+2.0"
    )
    assert SPEAK.points({"difference": {"low": 0.02, "high": 0.02}}) == numerals.NO_NUMBER


def test_what_can_be_said_of_the_figures_is_said_once_and_else_nothing(tmp_path: Path) -> None:
    result = {**sample_report.report(), "training": {"ppo": {"reward": [0.1, 0.2]}}}
    full = report_page._figures(result, tmp_path, SPEAK)
    assert full["verdict"] and full["learning"] and full["advice"] and full["answered"] and full["best"] == "Q8_0"
    assert full["problems"] == {} and list(full["files"]) == ["F16", "Q8_0", "Q4_K_M"]
    bare = {**result, "training": {}, "gguf": {"Q8_0": {"error": to_json(verbatim("out of memory"))}}}
    told = report_page._figures(bare, tmp_path, SPEAK)
    assert (told["learning"], told["advice"], told["answered"], told["best"]) == ("", "", False, None)
    assert told["problems"] == {"Q8_0": "out of memory"}
    mixed = {**result, "gguf": {"F16": {"bytes": 5, "argmax_agreement": 1.0}, "Q8_0": sample_report.GGUF["Q8_0"]}}
    assert report_page._figures(mixed, tmp_path, SPEAK)["answered"]
    plain = {**result, "gguf": {"F16": {"bytes": 5, "argmax_agreement": 1.0}}}
    assert not report_page._figures(plain, tmp_path, SPEAK)["answered"]
