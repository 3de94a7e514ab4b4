"""Start at logon on macOS: the file as plistlib reads it (nothing here is macOS)."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so8t_gui.autostart import entry, macos
from so8t_gui.autostart.entry import Refused


def nothing(words: Sequence[str]) -> str:
    return ""


def program(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "so8t-tray").touch()
    return str(folder / "so8t-tray")


@pytest.mark.parametrize("word", ["plain", "with space", 'a "quote"', "it's", "100%", "学習 & <x>", ""])
def test_every_command_comes_back_as_it_was(word: str) -> None:
    keys = plistlib.loads(macos.text((f"/Applications/{word}/so8t-tray", word, "--hidden")))

    assert keys.pop("ProgramArguments") == [f"/Applications/{word}/so8t-tray", word, "--hidden"]
    assert keys == {
        "Label": "so8t.tray", "RunAtLoad": True, "KeepAlive": False,
        "LimitLoadToSessionType": "Aqua", "ProcessType": "Interactive",
    }  # fmt: skip


def test_on_and_off(tmp_path: Path) -> None:
    file = tmp_path / "Library/LaunchAgents/so8t.tray.plist"
    command = (program(tmp_path / "学習 x"), "--hidden")
    asked: list[list[str]] = []

    def ask(words: Sequence[str]) -> str:
        asked.append(list(words))
        return ""

    assert not macos.status(file, nothing).on
    macos.put(command, file, ask)
    found = macos.status(file, nothing)
    assert (found.on, found.way, found.command, found.ours) == (True, "launch-agent", command, True)
    assert asked[0][0] == "enable" and asked[0][1].endswith("/so8t.tray")
    macos.remove(file)
    macos.remove(file)
    assert not file.exists() and not macos.status(file, nothing).on
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("word", ["disabled", "true"])
def test_switched_off_in_the_settings_of_the_system_is_off(tmp_path: Path, word: str) -> None:
    file = tmp_path / "a.plist"
    macos.put((program(tmp_path),), file, nothing)
    said = f'disabled services = {{\n\t"com.apple.x" => enabled\n\t"so8t.tray" => {word}\n}}\n'

    assert macos.status(file, lambda _: said).chosen_off
    assert macos.status(file, lambda _: said.replace(word, "enabled")).on


def test_what_is_gone_or_damaged_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "a.plist"
    macos.put((str(tmp_path / "gone" / "so8t-tray"),), file, nothing)
    assert macos.status(file, nothing).broken and "gone" in macos.status(file, nothing).sentence
    for content in (b"", b"garbage", b"<plist><dict>", b"bplist00xx"):
        file.write_bytes(content)
        assert macos.status(file, nothing).broken
    file.write_bytes(plistlib.dumps([1]))
    assert macos.status(file, nothing).broken


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="cannot be written"):
        macos.put(("/x",), tmp_path / "file" / "a.plist", nothing)
    macos.remove(tmp_path / "file" / "a.plist")


def test_a_machine_without_launchctl_gives_no_answer() -> None:
    assert isinstance(macos.launchctl(["print-disabled", "gui/0"]), str)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_what_an_entry_can_hold_comes_back_and_the_rest_is_refused(command: list[str]) -> None:
    if not entry.unwritable(command):
        assert plistlib.loads(macos.text(command))["ProgramArguments"] == command


@pytest.mark.parametrize("path", ["/Applications/a\x01b/so8t-tray", "/Applications/a\ud800b/so8t-tray"])
def test_a_path_that_no_property_list_can_hold_is_a_sentence(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused, match="cannot hold"):
        macos.put((path, "--hidden"), tmp_path / "so8t.tray.plist", nothing)
    assert list(tmp_path.iterdir()) == []


def test_the_users_own_agents_lie_in_his_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert macos.path() == tmp_path / "Library" / "LaunchAgents" / "so8t.tray.plist"


def test_an_entry_that_cannot_be_read_is_broken_and_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    found = macos.status(tmp_path, nothing)  # a folder in its place
    assert (found.on, found.broken, found.ours, found.way) == (False, True, False, "launch-agent")
    assert str(tmp_path) in found.sentence and "cannot be read" in found.sentence


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
def test_what_launchctl_prints_is_heard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "launchctl"
    script.write_text('#!/bin/sh\necho "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert macos.launchctl(["print-disabled", "gui/501"]) == "print-disabled gui/501\n"


def test_what_the_file_says_is_told_with_its_place_its_command_and_whose_it_is(tmp_path: Path) -> None:
    file, there = tmp_path / "a.plist", program(tmp_path)
    foreign = str(tmp_path / "other")
    Path(foreign).touch()
    cases = [
        ({"ProgramArguments": [there, "--hidden"]}, (True, False, False, True)),
        ({"ProgramArguments": [there], "Disabled": True}, (False, False, True, True)),
        ({"ProgramArguments": [there], "Disabled": False}, (True, False, False, True)),
        ({"ProgramArguments": [foreign]}, (True, False, False, False)),
        ({"ProgramArguments": [str(tmp_path / "gone")]}, (False, True, False, False)),
    ]
    for keys, expected in cases:
        file.write_bytes(plistlib.dumps(keys))
        found = macos.status(file, nothing)
        assert (found.on, found.broken, found.chosen_off, found.ours) == expected, keys
        assert (found.way, found.place, list(found.command)) == ("launch-agent", str(file), keys["ProgramArguments"])
    assert macos.status(tmp_path / "none", nothing).way == "" == macos.status(tmp_path / "none", nothing).place


def test_the_system_is_asked_about_this_user_and_this_program_alone(tmp_path: Path) -> None:
    file, asked = tmp_path / "a.plist", list[list[str]]()

    def ask(words: Sequence[str]) -> str:
        asked.append(list(words))
        return '"xso8t.tray" => disabled\n"so8t.tray" => disabledly\n"so8tXtray" => true\n'

    said = macos.put((program(tmp_path),), file, ask)
    assert str(file) in said and macos.status(file, ask).on
    user = f"gui/{macos._user()}"
    assert asked == [["enable", f"{user}/so8t.tray"], ["print-disabled", user]]


def test_what_could_not_be_written_or_removed_leaves_nothing_half_made(tmp_path: Path) -> None:
    file = tmp_path / "a.plist"
    (file / "inside").mkdir(parents=True)  # a folder in its place
    with pytest.raises(Refused, match="cannot be written"):
        macos.put((program(tmp_path / "p"),), file, nothing)
    with pytest.raises(Refused, match="cannot be removed"):
        macos.remove(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.plist", "p"]
