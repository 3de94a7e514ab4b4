"""Sessions held against each other: the same questions, tests of pairs, and a page that nothing breaks out of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.evaluate import comparison, comparison_page, statistics
from so8t_engine.session import history

EVIL = "<script>alert(1)</script>"


def session(root: Path, name: str, right: list[bool | None], prompt: str = "?", **report: Any) -> comparison.Measured:
    folder = root / name / "report"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(json.dumps({"name": EVIL, "algorithm": "ppo", "seed": 1} | report))
    items = [
        {
            "id": str(n),
            "prompt": prompt,
            "answers": {"tuned": "a\u2028b\x85c"},
            "category": "maths" if n % 2 else EVIL,
            "right": {"tuned": value},
        }
        for n, value in enumerate(right)
    ]
    lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)  # as report.write writes them
    (folder / "answers.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    points = [{"number": n, "kind": "point", "phase": "ppo", "loss": 1 / n, "reward": n / 9} for n in range(1, 9)]
    (root / name / history.NAME).write_bytes(b"".join(history.line(point) for point in points))
    return comparison.read(root / name)


def test_pairs_are_tested_on_the_same_questions(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [False] * 12 + [True] * 8 + [None])
    two = session(tmp_path, "two", [True] * 11 + [False] + [True] * 7 + [False, None])
    result = comparison.compare([one, two])
    [pair] = result["pairs"]

    assert (pair["all"]["graded"], pair["all"]["gained"], pair["all"]["lost"]) == (20, 11, 1)
    assert pair["all"]["p_value"] == statistics.mcnemar(1, 11)
    assert pair["all"]["difference"]["share"] == pytest.approx(0.5)
    assert "two answers better" in str(comparison.verdict(pair))
    assert "chance" in str(comparison.verdict(comparison.compare([one, one])["pairs"][0]))
    assert all(part["p_holm"] >= part["p_value"] for part in pair["categories"].values())


def test_sessions_that_were_asked_other_questions_are_not_compared(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [True] * 4)
    other = session(tmp_path, "other", [True] * 4, prompt="!")
    fewer = session(tmp_path, "fewer", [True] * 3)

    for second, shared in ((other, 0), (fewer, 3)):
        error = refused(lambda second=second: comparison.compare([one, second]))
        assert error.code == "not_comparable" and error.sentence.args["shared"] == shared


def test_a_report_without_answers_or_with_broken_ones_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = session(tmp_path, "one", [True]).path
    for content in (b"not json\n", b"{}\n", b"[]\n"):
        (path / "report" / "answers.jsonl").write_bytes(content)
        assert refused(lambda: comparison.read(path)).code == "not_comparable"
    (path / "report" / "answers.jsonl").unlink()
    assert refused(lambda: comparison.read(path)).sentence.code == "compare.no_answers"
    assert refused(lambda: comparison.read(tmp_path)).code == "report_missing"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_overlays_the_curves_and_names_what_differs(tmp_path: Path, language: str) -> None:
    settings = [["seed", "1"], ["learning", "PPO"]]
    one = session(tmp_path, "one", [True, False], settings=settings)
    two = session(tmp_path, "two", [True, True], settings=[["seed", "2"], ["learning", "PPO"]])
    result = comparison.compare([one, two])
    page = comparison_page.html([one, two], result, language)

    assert page.count('<polyline class="s0"') == page.count('<polyline class="s1"') == 2  # loss and reward
    assert comparison_page.settings(result) == [("seed", ["1", "2"])]
    assert "<script" not in page and "&lt;script&gt;" in page
