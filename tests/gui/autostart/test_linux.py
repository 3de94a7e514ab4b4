"""Start at logon on freedesktop's desktops: the real file, read by the tools that real desktops read it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so8t_gui import autostart
from so8t_gui.autostart import desktop_entry, entry, linux
from so8t_gui.autostart.entry import Refused

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the desktop files of freedesktop")

ODD = [
    "plain",
    "with space",
    'a "quote"',
    "it's",
    "100%",
    "50%u",
    "back\\slash",
    "$HOME `x`",
    "学習 フォルダ",
    "wide　",
    "a=b;c&d",
]


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def program(folder: Path) -> Path:
    """A program that notes its arguments, one a line, beside itself, in one instant."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "so8t-tray"
    path.write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\nprintf "%s\\n" "$@" > "$here/part"\nmv "$here/part" "$here/said"\n'
    )
    path.chmod(0o755)
    return path


def said(folder: Path) -> str:
    for _ in range(3_000):
        if (folder / "said").exists():
            return (folder / "said").read_text()
        time.sleep(0.02)
    raise AssertionError("it was not started")


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> linux.EntryFiles:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    found = linux.files()
    assert found.own == tmp_path / "config/autostart/so8t.desktop"
    return found


@pytest.mark.parametrize("name", ODD)
def test_every_path_comes_back_as_it_was(name: str) -> None:
    command = (f"/opt/{name}/python", "-m", "so8t_gui", name, "--hidden")
    keys = desktop_entry.values(desktop_entry.text(command, "SO8T", linux.COMMENT, "so8t"))

    assert desktop_entry.command(keys) == command
    assert keys["Name"] == "SO8T"


@pytest.mark.parametrize("name", ODD)
def test_the_file_is_valid(name: str, tmp_path: Path) -> None:
    check = tool("desktop-file-validate")
    path = tmp_path / "so8t.desktop"
    path.write_text(desktop_entry.text((f"/opt/{name}/python", name), "SO8T", linux.COMMENT, f"/opt/{name}.svg"))
    done = subprocess.run([check, str(path)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", ODD)
def test_glib_starts_what_was_meant(name: str, where: linux.EntryFiles, tmp_path: Path) -> None:
    """The parser of GNOME, Xfce and MATE."""
    launch = tool("gio")
    folder = tmp_path / name
    linux.put((str(program(folder)), name, "--hidden"), where)
    done = subprocess.run([launch, "launch", str(where.own)], capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 0, done.stderr
    assert said(folder) == f"{name}\n--hidden\n"


def test_the_autostart_of_a_session_starts_it(where: linux.EntryFiles, tmp_path: Path) -> None:
    dex = tool("dex")
    folder = tmp_path / "学習 folder"
    linux.put((str(program(folder)), "--hidden"), where)
    subprocess.run([dex, "-a", "-e", "TEST"], check=True, timeout=60)

    assert said(folder) == "--hidden\n"


def test_what_is_switched_off_in_the_desktop_is_not_started_and_stays_off(
    where: linux.EntryFiles, tmp_path: Path
) -> None:
    dex = tool("dex")
    linux.put((str(program(tmp_path / "a")), "--hidden"), where)
    where.own.write_text(where.own.read_text() + "Hidden=true\n")
    done = subprocess.run([dex, "-d", "-a", "-e", "TEST"], capture_output=True, text=True, check=True, timeout=60)
    found = autostart.status()

    assert "so8t-tray" not in done.stdout
    assert (found.on, found.chosen_off, found.broken) == (False, True, False) and "desktop's settings" in found.sentence
    assert autostart.repair() == "" and "Hidden=true" in where.own.read_text()
    autostart.enable()
    assert autostart.status().on


def test_gnomes_own_switch_counts_too(where: linux.EntryFiles, tmp_path: Path) -> None:
    linux.put((str(program(tmp_path / "a")),), where)
    where.own.write_text(where.own.read_text().replace("enabled=true", "enabled=false"))

    assert autostart.status().chosen_off


def test_on_and_off(where: linux.EntryFiles) -> None:
    assert not autostart.status().on
    assert "starts at logon" in autostart.enable()
    found = autostart.status()
    assert (found.on, found.way, found.place, found.ours) == (True, "xdg", str(where.own), True)
    assert found.command[-1] == "--hidden" and Path(found.command[0]).parent == Path(sys.executable).parent
    assert "not start" in autostart.disable()
    assert not autostart.status().on and not where.own.exists()
    autostart.disable()


def test_an_entry_whose_program_moved_starts_this_one_from_now_on(where: linux.EntryFiles, tmp_path: Path) -> None:
    folder = tmp_path / "before"
    linux.put((str(program(folder)), "--hidden"), where)
    folder.rename(tmp_path / "after")
    found = autostart.status()

    assert (found.on, found.broken, found.level) == (False, True, "warning") and str(folder) in found.sentence
    assert "this one" in autostart.repair()
    assert autostart.status().on and autostart.repair() == ""


def test_an_entry_that_a_person_wrote_is_reported_and_left_alone(where: linux.EntryFiles, tmp_path: Path) -> None:
    linux.put(("/opt/my wrapper", "--with", "so8t"), where)
    before = where.own.read_bytes()

    assert "left alone" in autostart.repair() and where.own.read_bytes() == before


def test_an_entry_whose_program_is_gone_and_that_cannot_be_mended_is_told_with_both_reasons(
    where: linux.EntryFiles, tmp_path: Path
) -> None:
    linux.put((str(tmp_path / "gone" / "so8t-tray"), "--hidden"), linux.EntryFiles(where.others[0]))
    where.own.parent.mkdir(parents=True)
    where.own.with_name(f".{where.own.name}.{os.getpid()}.part").mkdir()  # in the way of what would be written
    told = autostart.repair()

    assert told.startswith(autostart.status().sentence) and "cannot be written" in told


def test_an_empty_file_left_by_a_power_cut_is_written_anew(where: linux.EntryFiles) -> None:
    where.own.parent.mkdir(parents=True)
    where.own.touch()

    assert autostart.status().broken and autostart.repair() and autostart.status().on


def test_the_entry_of_the_whole_system_is_seen_and_switched_off_for_one_user(
    where: linux.EntryFiles, tmp_path: Path
) -> None:
    shared = linux.EntryFiles(where.others[0])
    linux.put((str(program(tmp_path / "a")), "--hidden"), shared)
    assert autostart.status().place == str(shared.own)
    autostart.disable()

    assert not autostart.status().on and shared.own.exists()


def test_a_place_that_cannot_be_written_is_a_sentence(where: linux.EntryFiles) -> None:
    where.own.parent.parent.mkdir()
    where.own.parent.write_text("a file where the folder should be")
    with pytest.raises(Refused):
        linux.put(("/bin/true",), where)

    assert "cannot be written" in autostart.enable()
    assert "autostart" in autostart.status().sentence or not autostart.status().on
    assert autostart.disable()


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_sentence(where: linux.EntryFiles) -> None:
    where.own.parent.mkdir(parents=True)
    where.own.parent.chmod(0o555)
    try:
        assert "denied" in autostart.enable()
    finally:
        where.own.parent.chmod(0o755)


def test_relative_folders_are_ignored_as_the_specification_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.setenv("XDG_CONFIG_DIRS", "other:/etc/xdg")

    assert linux.files() == linux.EntryFiles(
        Path.home() / ".config/autostart/so8t.desktop", (Path("/etc/xdg/autostart/so8t.desktop"),)
    )


def test_the_script_beside_the_interpreter_comes_first(tmp_path: Path) -> None:
    python = str(tmp_path / "python")
    assert entry.command(python, True) == (python, "-m", "so8t_gui", "--hidden")
    script = program(tmp_path)
    assert entry.command(python, False) == (str(script),)


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        (("/a/python3.11", "-m", "so8t_gui", "--hidden"), True),
        (("/a/so8t-tray", "--hidden"), True),
        (("C:\\Program Files\\so8t\\pythonw.exe", "-m", "so8t_gui"), True),
        (("C:\\x\\so8t-tray.exe",), True),
        (("/a/so8t-tray", "--data-root", "/x"), False),
        (("/usr/bin/env", "A=1", "/a/so8t-tray"), False),
        (("/a/python", "-m", "other"), False),
        ((), False),
    ],
)
def test_what_we_wrote_is_told_from_what_a_person_wrote(words: tuple[str, ...], ours: bool) -> None:
    assert entry.is_ours(words) == ours


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=1, max_size=4))
def test_no_path_breaks_out_of_the_exec_line(command: list[str]) -> None:
    content = desktop_entry.text(command, "SO8T", {"": "x"}, "icon")
    keys = desktop_entry.values(content)

    assert desktop_entry.command(keys) == tuple(command) and keys["TryExec"] == command[0]
    assert len(content.split("\n")) == 11, "nothing adds a line"
