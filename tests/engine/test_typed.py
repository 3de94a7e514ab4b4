"""Commands that are printed work when they are typed as they stand, wherever the session lies."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import so8t_resources
from helpers.paths import TOY
from helpers.toy_engine import session_in, toys
from so8t_engine import cli
from so8t_engine.sentences import say, sentence
from so8t_engine.session import store
from so8t_engine.typed import COMMAND, Typed, program, quoted

PLACES = {"SESSION": "20260101-000000-x", "FILE": "mine.yaml", "FOLDER": "folder", "PATH": "rows.jsonl", '"NAME"': "x",
          '"名前"': "x"}  # fmt: skip
ROOTS = ["my sessions", "データ $HOME's {0}"]


def templates() -> list[tuple[str, str]]:
    """(code, template) of the whole catalogue, in every language."""
    found = []
    for path in sorted(so8t_resources.path("sentences").glob("*.toml")):
        for name, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found += [(f"{path.stem}.{name}", text) for text in texts.values() if path.stem != "help"]
    return found


def test_every_command_that_a_sentence_names_is_one_with_all_that_it_needs() -> None:
    """`so8t data inspect` named no session, and was refused by the very program that had said it."""
    commands = [(code, found["words"]) for code, text in templates() for found in COMMAND.finditer(text)]
    assert len(commands) > 100
    for code, words in commands:
        typed = re.sub(r"\{[^}]*\}", "some-name", words)
        for place, value in PLACES.items():
            typed = typed.replace(place, value)
        if typed == "run" or "--help" in typed:
            continue
        assert not re.search(r"[A-Z]{3}|[^\x00-\x7f]", typed), (code, typed)
        try:
            cli.program().parse_args(shlex.split(typed))
        except SystemExit:
            pytest.fail(f"{code}: so8t {typed}")


@pytest.mark.parametrize("root", ROOTS)
def test_a_command_gets_the_folder_the_session_and_the_programs_place(root: str) -> None:
    typed = Typed(".venv/bin/so8t", root, "20260101-000000-x", "mine.yaml")
    for code, words in (
        ("action.disk_error", ["resume", "20260101-000000-x", "--data-root", root]),
        ("action.session_unknown", ["sessions", "--data-root", root]),
        ("action.source_changed", ["resume", "20260101-000000-x", "--accept-changes", "--data-root", root]),
        ("action.config_invalid", ["config", "check", "mine.yaml"]),
        ("action.preset_unknown", ["presets"]),
    ):
        for language in ("en", "ja"):
            [shown, *_] = re.findall(r"`(\S*so8t [^`]*)`", say(sentence(code), language, typed=typed))
            assert shlex.split(shown) == [".venv/bin/so8t", *words]


def test_what_lies_where_everybody_looks_needs_no_more_words() -> None:
    assert say(sentence("action.disk_error"), typed=Typed()).endswith("then `so8t resume`.")
    assert say(sentence("action.source_changed"), typed=Typed()).find("`so8t resume SESSION --accept-changes`") > 0


def test_the_program_is_named_as_it_was_called_where_the_shell_does_not_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "so8t.exe" if os.name == "nt" else "so8t"
    own = tmp_path / "my tools" / name
    own.parent.mkdir()
    own.write_text("")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program(str(own)) == quoted(str(own))
    assert program(os.path.join(".venv", "bin", "so8t")) == os.path.join(".venv", "bin", "so8t")  # noqa: PTH118
    assert program(str(tmp_path / "cli.py")) == program("so8t") == "so8t"
    monkeypatch.setenv("PATH", str(own.parent))
    assert program(str(own)) == "so8t"


def test_a_program_that_windows_calls_without_its_ending_is_the_one_that_the_shell_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file has the name it was called by; the ending is the shell's to add."""
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "so8t.exe"))
    (tmp_path / "so8t.exe").write_text("")

    assert program(str(tmp_path / "so8t")) == "so8t"
    assert program(str(tmp_path / "other" / "so8t")) == quoted(str(tmp_path / "other" / "so8t"))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert program(str(tmp_path / "so8t")) == quoted(str(tmp_path / "so8t"))


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell types")
@pytest.mark.parametrize("root", ROOTS)
def test_what_a_paused_run_prints_goes_on_with_it_when_it_is_typed_as_it_stands(tmp_path: Path, root: str) -> None:
    """In another folder than the usual one, with the program not on the PATH, and another session beside it that
    would go on first.
    """
    called, folder = Path(sys.executable).with_name("so8t"), tmp_path / root
    environment = {**os.environ, **toys(), "PATH": "/usr/bin:/bin", "SO8T_LANG": "en"}

    def shell(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line], capture_output=True, text=True, env=environment, timeout=200, check=False
        )

    begun = shlex.join([str(called), "run", str(TOY), "--data-root", str(folder)])
    paused = shell(f"{begun} | head -1")
    session = session_in(folder)
    other = store.create(folder, "20990101-000000-x", "name: x\n", "then", started=10**6)
    [line] = re.findall(r"`(.*)` goes on with it", paused.stderr)
    standing = shell(shlex.join([str(called), "status", session.name, "--data-root", str(folder)]))
    done = shell(line)

    assert store.read_state(session).status == "finished", (line, done.stdout, done.stderr)
    assert store.read_state(other).status == "new"
    assert standing.returncode == 0 and done.returncode == 0
