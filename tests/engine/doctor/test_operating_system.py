"""What is said of a Windows or a Mac that lacks something, and that nothing is said of one that has all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from so8t_engine.doctor import checkup, operating_system
from so8t_engine.doctor.operating_system import MacOs, Windows
from so8t_engine.sentences import say

PC = Windows(runtime=True, long_paths=False, environment="C:\\SO8T\\.venv", python="C:\\Python312")
HERE = Path("sessions")


@pytest.mark.parametrize("machine", [PC, MacOs(14, "arm64"), MacOs(None, "arm64"), None])
def test_a_machine_that_has_all_is_left_in_peace(machine: Windows | MacOs | None) -> None:
    assert operating_system.check(machine, HERE) == []


@pytest.mark.parametrize(
    ("machine", "level", "words"),
    [
        (replace(PC, runtime=False), "error", "msvcp140.dll"),
        (replace(PC, environment="C:\\" + 80 * "x"), "warning", "83 characters"),
        (replace(PC, python="C:\\Program Files\\WindowsApps\\Python.3.12_x64"), "warning", "Microsoft Store"),
        (MacOs(13, "arm64"), "warning", "macOS 13"),
        (MacOs(15, "x86_64"), "warning", "x86_64"),
    ],
)
def test_what_is_lacking_is_said_with_what_to_do(machine: Windows | MacOs, level: str, words: str) -> None:
    (finding,) = operating_system.check(machine, HERE)

    assert finding.level == level and words in say(finding.whole, "en") and say(finding.whole, "ja")


def test_a_deep_folder_is_no_matter_where_windows_allows_long_paths() -> None:
    deep = Path("C:/" + 90 * "d")

    assert len(operating_system.check(PC, deep)) == 1
    assert operating_system.check(replace(PC, long_paths=True), deep) == []


def test_the_report_of_a_windows_machine_tells_of_updates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(operating_system, "look", lambda: replace(PC, runtime=False))
    report = "\n".join(checkup.doctor_report(tmp_path))

    assert "active hours" in report and "vc_redist.x64.exe" in report


def test_only_the_owner_of_a_windows_machine_is_told_of_updates_and_of_files_that_are_scanned() -> None:
    updates, scanned = operating_system.hints(PC)

    assert (updates.level, updates.what.code, updates.why and updates.why.code) == (
        "ok", "doctor.windows_updates", "doctor.updates_stop_a_run",
    )  # fmt: skip
    assert (scanned.level, scanned.what.code, scanned.why) == ("ok", "doctor.files_are_scanned", None)
    assert operating_system.hints(None) == [] == operating_system.hints(MacOs(14, "arm64"))


@pytest.mark.parametrize(("length", "said"), [(79, 0), (80, 0), (81, 1)])
def test_a_folder_is_long_from_eighty_one_characters_on(length: int, said: int) -> None:
    folder = "C:\\" + "x" * (length - 3)
    found = operating_system.check(replace(PC, environment=folder), HERE)

    assert [each.what.args for each in found] == [{"folder": folder, "characters": length}] * said
    assert len(operating_system.check(PC, Path("d" * length))) == said


@pytest.mark.parametrize(
    ("machine", "version"), [(MacOs(13, "arm64"), "13"), (MacOs(None, "x86_64"), "?"), (MacOs(15, "x86_64"), "15")]
)
def test_a_mac_that_torch_is_not_built_for_is_named(machine: MacOs, version: str) -> None:
    [found] = operating_system.check(machine, HERE)

    assert found.what.args == {"processor": machine.processor, "version": version}
    assert found.why and found.why.args == {"oldest": 14}
