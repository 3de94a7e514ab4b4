"""Where things live: what is a folder and what a name of the hub, and which start of the machine this is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import psutil
import pytest

from so8t_engine import paths
from so8t_engine.session import incidents

FOLDERS = ["C:\\models\\judge", "C:/models/judge", "c:judge", "models\\judge", "\\\\server\\share\\judge", "\\judge",
           "/models/judge", "./judge", "../judge", "~/judge", "~\\judge", ".\\judge", "judge", "a/b/c",
           "//server/judge", "owner/judge/", "owner/ judge", "owner/judge\n", "モデル/judge", ""]  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_what_can_only_be_a_folder_is_one_on_every_system(name: str) -> None:
    assert paths.looks_local(name)


@pytest.mark.parametrize("name", ["microsoft/Phi-3.5-mini-instruct", "a/b", "0x/my_model.v2"])
def test_a_name_of_the_hub_is_no_folder(name: str) -> None:
    assert not paths.looks_local(name)


@pytest.mark.skipif(sys.platform == "win32", reason="paths as they are read elsewhere than on Windows")
def test_a_path_of_windows_is_named_elsewhere_as_it_was_written(tmp_path: Path) -> None:
    assert paths.absolute("C:\\models\\judge", tmp_path) == "C:\\models\\judge"
    assert paths.absolute("models/judge", tmp_path) == str(tmp_path / "models" / "judge")
    assert paths.absolute("~/judge", tmp_path) == str(Path.home() / "judge")


def test_a_name_that_begins_like_a_home_and_is_none_stays_as_it_is(tmp_path: Path) -> None:
    assert paths.at_home("~/judge") == Path.home() / "judge"
    for name in ("~$sales.csv", "~nobody-has-this-name/rows.jsonl", "./~"):
        assert paths.at_home(name) == Path(name)
    assert paths.absolute("~$sales.csv", tmp_path) == str(tmp_path / "~$sales.csv")
    assert paths.data_root("~nobody-has-this-name") == Path.cwd() / "~nobody-has-this-name"


def test_the_folder_chosen_in_the_window_is_that_of_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`so8t resume` looked in the default folder: what the window had begun was not there."""
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("SO8T_DATA_ROOT", raising=False)
    usual = Path(platformdirs.user_data_dir("so8t", appauthor=False)) / "sessions"
    nothing: list[bytes] = [
        b"",
        b"{",
        b"[]",
        b'{"data_root": ""}',
        b'{"data_root": 7}',
        b'{"data_root": null}',
        b"\xff",
    ]
    for content in (None, *nothing):
        if content is not None:
            (tmp_path / paths.SETTINGS).write_bytes(content)
        assert paths.data_root(None) == paths.default_root() == usual and paths.named_root(None) == ""
    other = tmp_path / "other"
    (tmp_path / paths.SETTINGS).write_text(json.dumps({"data_root": str(other)}), encoding="utf-8")
    assert paths.data_root(None) == other and paths.default_root() == usual
    assert paths.named_root(other) == "" and paths.named_root(usual) == str(usual)
    assert paths.data_root(tmp_path / "named") == tmp_path / "named"
    monkeypatch.setenv("SO8T_DATA_ROOT", str(tmp_path / "set"))
    assert paths.data_root(None) == paths.default_root() == tmp_path / "set"


def test_two_processes_name_this_start_of_the_machine_alike() -> None:
    code = "from so8t_engine import paths; print(paths.boot_id())"
    said = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout for _ in range(2)}

    assert said == {paths.boot_id() + "\n"} and paths.boot_id()


@pytest.mark.parametrize(("wobble", "cause"), [(-1, "killed"), (1, "killed"), (100, "killed"), (-86_400, "power")])
def test_a_start_recorded_in_seconds_is_known_again_although_the_clock_moved(wobble: int, cause: str) -> None:
    owner = {"boot": str(int(psutil.boot_time()) + wobble)}

    assert incidents.cause(owner, boot_now=paths.boot_id(like=owner["boot"])) == cause


def test_another_start_is_a_power_cut_and_the_same_a_kill() -> None:
    for recorded, cause in ((paths.boot_id(), "killed"), ("boot-41", "power"), (None, "killed")):
        assert incidents.cause({"boot": recorded}, boot_now=paths.boot_id(like=recorded)) == cause
    assert paths.boot_id(like={"not": "a text"}) == paths.boot_id()


def test_where_the_system_counts_no_starts_its_seconds_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_boot_counted", lambda: "")
    first = paths.boot_id()
    monkeypatch.setattr(psutil, "boot_time", lambda: float(first) + 1.6)

    assert paths.boot_id() != first and paths.boot_id(like=first) == first


def test_sessions_lie_in_the_data_folder_of_the_user_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SO8T_DATA_ROOT", raising=False)
    assert paths.data_root(None) == Path(platformdirs.user_data_dir("so8t", appauthor=False), "sessions")
    monkeypatch.setenv("SO8T_DATA_ROOT", str(tmp_path / "a"))
    assert paths.data_root(None) == tmp_path / "a"
    assert paths.data_root(tmp_path / "b") == tmp_path / "b"


def test_a_number_that_no_process_can_have_is_of_none() -> None:
    assert paths.process_lives(os.getpid())
    assert paths.process_lives(1 << 70) is False


def test_where_nobody_knows_the_home_folder_a_text_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)

    assert paths.homely("in /srv/data") == "in /srv/data"


@pytest.mark.parametrize(
    ("like", "seconds", "said"),
    [
        ("1000", 1000, "1000"), ("1000", 1000 + paths.CLOCK_SECONDS, "1000"),
        ("1000", 1001 + paths.CLOCK_SECONDS, str(1001 + paths.CLOCK_SECONDS)),
        ("1000", 1000 - paths.CLOCK_SECONDS, "1000"), ("1000", None, ""),
    ],
)  # fmt: skip
def test_a_start_in_seconds_is_the_recorded_one_within_what_a_clock_may_move(
    monkeypatch: pytest.MonkeyPatch, like: str, seconds: int | None, said: str
) -> None:
    monkeypatch.setattr(paths, "_boot_seconds", lambda: seconds)

    assert paths.boot_id(like=like) == said
