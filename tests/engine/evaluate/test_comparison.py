"""Sessions held against each other: the same questions, tests of pairs, and a page that nothing breaks out of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.evaluate import comparison, comparison_page, statistics
from so8t_engine.session import display_name, history, manifest

EVIL = "<script>alert(1)</script>"


def session(
    root: Path,
    name: str,
    right: list[bool | None],
    prompt: str = "?",
    *,
    first: int = 0,
    ids: str = "",
    gold: str = "7",
    **report: Any,
) -> comparison.Measured:
    """`first`: number of its first question; `ids`: what stands before each number in its id."""
    folder = root / name / "report"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(json.dumps({"name": EVIL, "algorithm": "ppo", "seed": 1} | report))
    items = [
        {
            "id": f"{ids}{n}",
            "prompt": f"{prompt} {n}",
            "gold": gold,
            "answers": {"tuned": "a\u2028b\x85c"},
            "category": "maths" if n % 2 else EVIL,
            "right": {"tuned": value},
        }
        for n, value in enumerate(right, first)
    ]
    lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)  # as report.write writes them
    (folder / "answers.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    sealed(folder)
    points = [{"number": n, "kind": "point", "phase": "ppo", "loss": 1 / n, "reward": n / 9} for n in range(1, 9)]
    (root / name / history.NAME).write_bytes(b"".join(history.line(point) for point in points))
    return comparison.read(root / name)


def sealed(folder: Path) -> None:
    (folder / manifest.NAME).write_bytes(manifest.build(manifest.of_folder(folder), {}))


def test_pairs_are_tested_on_the_same_questions(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [False] * 12 + [True] * 8 + [None])
    two = session(tmp_path, "two", [True] * 11 + [False] + [True] * 7 + [False, None])
    result = comparison.compare([one, two])
    [pair] = result["pairs"]

    assert (pair["all"]["graded"], pair["all"]["gained"], pair["all"]["lost"]) == (20, 11, 1)
    assert pair["all"]["p_value"] == statistics.mcnemar(1, 11)
    assert pair["all"]["difference"]["share"] == pytest.approx(0.5)
    assert "two answers better" in str(comparison.verdict(pair))
    assert "no difference" in str(comparison.verdict(comparison.compare([one, one])["pairs"][0]))
    assert all(part["p_holm"] >= part["p_value"] for part in pair["categories"].values())


def test_as_many_gained_as_lost_is_no_difference_that_could_be_chance(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [True] * 5 + [False] * 5)
    two = session(tmp_path, "two", [False] * 5 + [True] * 5)
    other = session(tmp_path, "other", [True] * 5 + [False] * 5, ids="others", prompt="others")
    paired, unpaired = (comparison.compare([one, each])["pairs"][0] for each in (two, other))

    for pair in (paired, unpaired):
        said = comparison.verdict(pair)
        assert said.code == "compare.even" and "chance" not in str(said)
    assert (paired["paired"], unpaired["paired"]) == (True, False)


@pytest.mark.parametrize(("right", "share"), [([True], 1.0), ([None], 0.0)])
def test_one_question_in_common_or_none_that_can_be_graded_is_a_difference_too(
    tmp_path: Path, right: list[bool | None], share: float
) -> None:
    one, two = session(tmp_path, "one", [False]), session(tmp_path, "two", right)
    [pair] = comparison.compare([one, two])["pairs"]

    assert (pair["all"]["graded"], pair["all"]["difference"]["share"]) == (int(share), share)
    assert (pair["all"]["first"], pair["all"]["second"]) == (0.0, share)


def test_sessions_are_called_by_the_names_people_gave_them_and_by_their_ids_for_programs(tmp_path: Path) -> None:
    """Two of the same name are told apart; one without a name has its id."""
    each = [
        session(tmp_path, name, [right] * 9) for name, right in (("20260101-000000-a", False), ("b", True), ("c", True))
    ]
    for named in each[:2]:
        display_name.give(named.path, "<b>猫</b>")
    result = comparison.compare(each)

    assert [about["title"] for about in result["sessions"]] == [
        "<b>猫</b> (20260101-000000-a)", "<b>猫</b> (b)", "c",
    ]  # fmt: skip
    assert [(pair["first"], pair["second"]) for pair in result["pairs"]] == [(each[0].name, "b"), (each[0].name, "c")]
    assert "<b>猫</b> (b) answers better" in str(comparison.verdict(result["pairs"][0]))
    display_name.give(each[1].path, "dog")
    page = comparison_page.html(each, comparison.compare(each), "en")
    assert (
        "20260101-000000-a" not in page
        and "dog answers better" in page
        and "&lt;b&gt;猫" in page
        and "<b>猫" not in page
    )


def test_sessions_of_other_seeds_are_compared_on_the_questions_that_both_were_asked(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [False] * 12 + [True] * 8)
    more = session(tmp_path, "more", [True] * 30, seed=2, first=5)
    result = comparison.compare([one, more])
    [pair] = result["pairs"]

    assert pair["paired"] and pair["questions"] == {"of_first": 20, "of_second": 30, "shared": 15}
    assert (pair["all"]["graded"], pair["all"]["gained"], pair["all"]["lost"]) == (15, 7, 0)
    assert "on the 15 that both were asked" in str(comparison.asked(pair))
    assert [about["seed"] for about in result["sessions"]] == [1, 2]
    assert comparison.asked(comparison.compare([one, one])["pairs"][0]) is None


def test_the_same_question_of_another_name_is_the_same_and_one_with_another_answer_is_not(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [True, False, True])
    renamed = session(tmp_path, "renamed", [True, True, True], ids="other-")
    regraded = session(tmp_path, "regraded", [True, True, True], gold="8")

    assert comparison.compare([one, renamed])["pairs"][0]["questions"]["shared"] == 3
    assert comparison.compare([one, renamed])["pairs"][0]["all"]["gained"] == 1
    assert comparison.compare([one, regraded])["pairs"][0]["questions"]["shared"] == 0


def test_sessions_that_were_asked_other_questions_are_compared_by_their_shares_and_it_is_said(tmp_path: Path) -> None:
    one = session(tmp_path, "one", [False] * 30 + [True] * 10)
    other = session(tmp_path, "other", [True] * 45 + [False] * 5, prompt="!", data=[{"name": "mine", "kept": 9}])
    result = comparison.compare([one, other])
    [pair] = result["pairs"]

    assert not pair["paired"] and "gained" not in pair["all"] and pair["all"]["graded"] == 40
    assert pair["all"]["p_value"] == statistics.fisher((10, 40), (45, 50))
    assert pair["all"]["difference"]["share"] == pytest.approx(0.65)
    maths = pair["categories"]["maths"]
    assert (maths["graded"], maths["first"], maths["second"]) == (20, 5 / 20, 22 / 25)
    said = str(comparison.verdict(pair))
    assert "+65.0 points" in said and "other has the higher share" in said
    assert "shared: 0, too few" in str(comparison.asked(pair))
    page = comparison_page.html([one, other], result, "en")
    assert "too few" in page and "mine (9)" in page
    unknown = session(tmp_path, "unknown", [None] * 3, prompt="-")
    assert "nothing can be said" in str(comparison.verdict(comparison.compare([one, unknown])["pairs"][0]))


@pytest.mark.parametrize("figures", [{"settings": 3, "data": {}, "base_model": []}, {"settings": [[{}, []], "x"]},
                                     {"heldout": {"groups": 1}, "data": [1, {}]}])  # fmt: skip
def test_a_report_of_any_content_is_compared_all_the_same(tmp_path: Path, figures: dict[str, Any]) -> None:
    one, two = (session(tmp_path, name, [True, False], **figures) for name in ("one", "two"))
    assert "two" in comparison_page.html([one, two], comparison.compare([one, two]), "ja")


def test_a_report_without_answers_or_with_broken_ones_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = session(tmp_path, "one", [True]).path
    whole, broken = b'{"id": "1", "right": {}}\n', b'{"id": "2", "right": 1}\n'
    for content in (b"not json\n", b"{}\n", b"[]\n", broken, whole + broken):
        (path / "report" / "answers.jsonl").write_bytes(content)
        sealed(path / "report")
        damaged = refused(lambda: comparison.read(path))
        assert damaged.code == "results_damaged" and "Error" not in str(damaged)
        assert "--evaluate-again" in str(damaged.action)
    (path / "report" / "answers.jsonl").unlink()
    sealed(path / "report")
    assert refused(lambda: comparison.read(path)).sentence.code == "compare.no_answers"
    assert refused(lambda: comparison.read(tmp_path)).code == "report_missing"


def test_base_model_and_data_are_compared_as_settings_are_each_under_its_own_name(tmp_path: Path) -> None:
    base, data = {"name": "phi", "revision": "1"}, [{"name": "sums", "kept": 9}, {"name": "talk", "kept": 2}]
    one = session(tmp_path, "one", [True, False], base_model=base, data=data)
    two = session(tmp_path, "two", [True, True], base_model={"name": "phi"}, data=data[:1])

    assert comparison_page.settings(comparison.compare([one, two])) == [
        ("base_model", ["phi 1", "phi"]),
        ("data", ["sums (9), talk (2)", "sums (9)"]),
    ]


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


def test_the_bases_share_counts_its_right_answers_alone() -> None:
    answers: list[Any] = [{"right": {"base": right, "tuned": False}} for right in (True, False, False, None)]
    assert comparison._base([*answers, {"right": {}}]) == statistics.share(1, 5)
