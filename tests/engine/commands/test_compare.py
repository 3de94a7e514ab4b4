"""`so8t compare` as typed: the answer in JSON and in words, the page, and a refusal."""

from __future__ import annotations

import json
from pathlib import Path

from engine.evaluate.test_comparison import session
from helpers import program


def test_sessions_are_compared_in_words_and_in_json_whatever_they_were_asked(tmp_path: Path) -> None:
    root = tmp_path / "root"
    session(root, "20260101-000000-a", [False] * 12 + [True] * 3)
    session(root, "20260102-000000-b", [True] * 15)
    session(root, "20260103-000000-c", [True] * 14)
    names = ("20260101-000000-a", "20260102-000000-b")
    page = tmp_path / "page.html"
    told = program.so8t("--data-root", root, "compare", *names, "--to", page, "--lang", "ja")
    third = "20260103-000000-c"
    asked = program.so8t(
        "--data-root", root, "compare", *names, third, "--json", SO8T_CACHE_HOME=str(tmp_path / "cache")
    )
    twice = program.so8t("--data-root", root, "compare", names[0], names[0])

    assert told.returncode == 0 and "改善 12 問、悪化 0 問" in told.stdout and told.stdout.splitlines()[-1] == str(page)
    assert '<html lang="ja">' in page.read_text(encoding="utf-8")
    body = json.loads(asked.stdout)
    assert body["pairs"][0]["all"]["gained"] == 12 and Path(body["page"]).parent == tmp_path / "cache" / "compared"
    assert body["pairs"][1]["questions"] == {"of_first": 15, "of_second": 14, "shared": 14}
    assert f"{names[0]}: 15 問中 3 問正答" in told.stdout
    assert twice.returncode == 2 and "named twice" in twice.stdout
