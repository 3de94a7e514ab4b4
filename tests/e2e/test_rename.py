"""A finished session under another name: its report says it, and no result changes by a byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from helpers import program
from so8t_engine.session import lock

NAME = "<script>夜</script> & 2"


def test_the_report_has_the_name_and_all_results_their_bytes(untouched: Path, tmp_path: Path) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    before, pages = program.digests(session), [session / "report" / name for name in ("report.html", "report.ja.html")]
    assert all("<h1>small</h1>" in page.read_text(encoding="utf-8") for page in pages)
    code = "import sys; from so8t_engine import cli; sys.exit(cli.main(sys.argv[1:]) or 'torch' in sys.modules)"
    command = [sys.executable, "-c", code, "rename", session.name, NAME, "--data-root", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env=program.environment(), timeout=300, check=False)
    assert done.returncode == 0 and not done.stderr, done  # without torch, which alone takes seconds

    escaped = "&lt;script&gt;夜&lt;/script&gt; &amp; 2"
    renamed = [page.read_text(encoding="utf-8") for page in pages]
    assert all(f"<title>{escaped} · SO8T" in page and f"<h1>{escaped}</h1>" in page for page in renamed)
    assert program.digests(session) == before
    assert program.so8t("verify", session.name, "--data-root", tmp_path).returncode == 0

    program.so8t("rename", session.name, "", "--data-root", tmp_path)
    assert [page.read_text(encoding="utf-8") for page in pages] == [page.replace(escaped, "small") for page in renamed]


def test_where_the_report_cannot_be_renewed_the_name_is_given_all_the_same_and_that_is_said(
    untouched: Path, tmp_path: Path
) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    with lock.held(session, {"for": "a test"}):
        done = program.so8t("rename", session.name, "mine", "--data-root", tmp_path, "--json", SO8T_LANG="en")
    assert done.returncode == 0 and json.loads(done.stdout)["name"] == "mine"
    assert "The report keeps its old title" in done.stderr
    (session / "report" / "report.json").write_text("{", encoding="utf-8")
    done = program.so8t("rename", session.name, "other", "--data-root", tmp_path, SO8T_LANG="en")
    assert done.returncode == 0 and "report.json" in done.stderr
