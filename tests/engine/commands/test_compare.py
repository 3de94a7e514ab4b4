"""`so8t compare` as typed: the answer in JSON and in words, the page, and a refusal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.evaluate.test_comparison import session
from helpers import program
from helpers.sessions import local, make_config
from so8t_engine.config import file, in_words


def test_sessions_are_compared_in_words_and_in_json_whatever_they_were_asked(tmp_path: Path) -> None:
    root = tmp_path / "root"
    session(root, "20260101-000000-a", [False] * 12 + [True] * 3)
    session(root, "20260102-000000-b", [True] * 15)
    session(root, "20260103-000000-c", [True] * 14)
    names = ("20260101-000000-a", "20260102-000000-b")
    page = tmp_path / "page.html"
    told = program.so8t("--data-root", root, "compare", *names, "--to", page, "--lang", "ja")
    third = "20260103-000000-c"
    asked = program.answered(
        "--data-root", root, "compare", *names, third, "--json", SO8T_CACHE_HOME=str(tmp_path / "cache")
    )
    twice = program.answered("--data-root", root, "compare", names[0], names[0])

    assert told.returncode == 0 and "改善 12 問、悪化 0 問" in told.stdout and told.stdout.splitlines()[-1] == str(page)
    assert '<html lang="ja">' in page.read_text(encoding="utf-8")
    body = json.loads(asked.stdout)
    assert body["pairs"][0]["all"]["gained"] == 12 and Path(body["page"]).parent == tmp_path / "cache" / "compared"
    assert body["pairs"][1]["questions"] == {"of_first": 15, "of_second": 14, "shared": 14}
    assert told.stdout.startswith("a: 15 問中 3 問正答")
    assert twice.returncode == 2 and "named twice" in twice.stdout


@pytest.mark.parametrize(
    ("count", "code"),
    [(1, "compare.too_many"), (2, "session.unknown"), (6, "session.unknown"), (7, "compare.too_many")],
)
def test_from_two_to_six_sessions_are_compared(tmp_path: Path, count: int, code: str) -> None:
    words = ["--data-root", str(tmp_path), "compare", *(f"run-{number}" for number in range(count)), "--json"]
    told = program.answered(*words)
    assert json.loads(told.stdout)["sentence"]["code"] == code


def test_what_two_runs_differ_in_is_said_in_the_readers_language(tmp_path: Path) -> None:
    """report.json says it in English; the configuration of each session has the same words as sentences."""
    configs = [make_config([local("x", "x")], lora={"enabled": enabled}) for enabled in (True, False)]
    for name, config in zip("ab", configs, strict=True):
        settings = [[key, str(value)] for key, value in in_words.settings(config)]
        folder = session(tmp_path, name, [True, False], settings=settings).path
        (folder / "config.yaml").write_text(file.dump(config), encoding="utf-8")
    told = program.answered(
        "--data-root", tmp_path, "compare", "a", "b", "--lang", "ja", "--to", tmp_path / "x.html"
    ).stdout
    asked = program.answered(
        "--data-root", tmp_path, "compare", "a", "b", "--lang", "en", "--to", tmp_path / "x.html"
    ).stdout

    [line] = [line for line in told.splitlines() if line.startswith("学習対象: ")]
    assert line.endswith(" | 全パラメーター") and "all parameters" not in told
    assert " | all parameters\n" in asked


@pytest.mark.parametrize("content", ['{"name": ', "{}", '{"name": "a", "algorithm": "ppo", "seed": 2}', "[1, 2]"])
def test_a_damaged_report_is_said_to_be_one_with_what_mends_it(tmp_path: Path, content: str) -> None:
    """Also where it could be read, with figures that nobody has measured."""
    for name in "ab":
        session(tmp_path, name, [True])
    (tmp_path / "b" / "report" / "report.json").write_text(content, encoding="utf-8")
    said = program.answered("--data-root", tmp_path, "compare", "a", "b", "--lang", "en")

    assert said.returncode == 4 and "JSONDecodeError" not in said.stdout + said.stderr
    assert "report of session b cannot be read: report/report.json:" in said.stdout
    assert "--evaluate-again" in said.stdout


@pytest.mark.parametrize("place", ["no/such/folder/page.html", "."])
def test_a_page_that_cannot_be_written_there_is_said_to_be_one(tmp_path: Path, place: str) -> None:
    for name in "ab":
        session(tmp_path, name, [True])
    said = program.so8t("--data-root", tmp_path, "compare", "a", "b", "--lang", "en", "--to", tmp_path / place)

    assert said.returncode == 2 and "cannot be written" in said.stdout and "unexpected" not in said.stdout


def test_what_is_compared_is_said_only_where_two_were_not_asked_the_same(tmp_path: Path) -> None:
    for name, count in (("a", 15), ("b", 15), ("c", 14)):
        session(tmp_path, name, [True] * count)

    def told(other: str) -> str:
        page = tmp_path / "x.html"
        return program.answered("--data-root", tmp_path, "compare", "a", other, "--lang", "en", "--to", page).stdout

    assert "compared on the" not in told("b") and "compared on the 14 that both were asked" in told("c")
