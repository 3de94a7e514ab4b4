"""What the report advises to do next."""

from __future__ import annotations

from typing import Any

import pytest

from helpers import sample_report
from so8t_engine.evaluate import report_page, report_verdicts
from so8t_engine.sentences import named

SPEAK = report_page.Speaker("en")
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
        for code in ("chat", "ollama", "lmstudio", "hf", "again", "heldout", "longer", "learning", "learning_demo")
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


def test_without_a_gguf_file_none_is_handed_on() -> None:
    assert codes(advised(gguf={}, learnt=False)) == ["hf"]
    assert codes(advised(gguf=BROKEN, learnt=False)) == ["hf", "again"]


def test_the_lines_to_type_name_the_session_and_the_file_that_is_advised() -> None:
    assert [line for _, line in advised(gguf=BROKEN | {"F16": sample_report.GGUF["F16"]}, learnt=False)] == [
        "so8t chat run --quant F16", "so8t use ollama run --quant F16", "so8t use lmstudio run --quant F16", "",
        "so8t resume run --evaluate-again",
    ]  # fmt: skip
