"""Trash, rename, duplicate, report, autostart, tray, as people and the window call them: real processes of the command
line where more than its answer is looked at.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import program, sample_report, sample_sessions
from helpers.program import answered
from helpers.sessions import refused
from so8t_engine.config import file as config_file
from so8t_engine.errors import EXIT_ENVIRONMENT, EXIT_LOCKED, EXIT_SESSION, EXIT_USAGE
from so8t_engine.session import catalog, lock, store, verification

NAME = "20260101-000000-x"


def so8t(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """With a home of its own: nothing of this user's trash or autostart is touched."""
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "XDG_CONFIG_HOME": str(home / "config")}
    return program.so8t(*words, **own, **more)


def session(root: Path, *changes: str) -> Path:
    return store.create(root, NAME, config_file.dump(config_file.load_preset("demo", changes)), "then")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="would fill this user's own trash")
def test_a_session_goes_to_the_trash_and_could_come_back(tmp_path: Path) -> None:
    folder = session(tmp_path / "root")
    done = so8t(tmp_path, "trash", NAME, "--data-root", str(tmp_path / "root"), "--json")

    assert (done.returncode, json.loads(done.stdout)) == (0, {"session": NAME, "trashed": True})
    assert not folder.exists() and catalog.sessions(tmp_path / "root") == []
    kept = [path.parent for path in tmp_path.rglob(f"{NAME}/{store.CONFIG}")]
    assert len(kept) == 1
    kept[0].rename(folder)
    assert [entry.status for entry in catalog.sessions(tmp_path / "root")] == ["new"]


def test_a_running_session_is_no_rubbish(tmp_path: Path) -> None:
    folder = session(tmp_path)
    with lock.held(folder, {"pid": os.getpid(), "parent": os.getppid()}):
        done = so8t(tmp_path / "home", "trash", NAME, "--data-root", str(tmp_path), "--json")

    assert done.returncode == EXIT_LOCKED and folder.is_dir()
    assert json.loads(done.stdout)["code"] == "locked"


@pytest.mark.parametrize("waiting", [{"code": "disk.full", "args": {"path": "x", "error": "no space"}}, [1], {"x": 1}])
def test_status_of_a_run_that_waits_for_space_says_so(tmp_path: Path, waiting: object) -> None:
    folder = session(tmp_path)
    state = store.read_state(folder)
    live = {"run": state.run, "step": state.cursor.step, "kind": "shard", "unit": 1, "total": 2, "waiting": waiting}
    (folder / "progress.json").write_text(json.dumps(live))
    with lock.held(folder, {"pid": os.getpid(), "parent": os.getppid()}):
        done = answered("status", NAME, "--data-root", str(tmp_path), "--lang", "en")

    assert done.returncode == 0, done.stderr
    said = isinstance(waiting, dict) and "code" in waiting
    assert ("waiting: The disk is full. x: no space" in " ".join(done.stdout.split())) == said


@pytest.mark.parametrize(
    ("rate", "bounds", "said"),
    [
        (None, (30, 40), "about 34 s left in all"),
        (0, (30, 300), "between 30 s and 5 min 00 s left in all"),
        (None, (3, 300), "time left: still measuring (at a guess 35 s)"),
        (2.0, (), "about 34 s left in all"),
        (2.0, (30, 40), "about 34 s left in all"),
        (2.0, (29, 40), "between 29 s and 40 s left in all"),
        (2.0, (20, 240), "between 20 s and 4 min 00 s left in all"),
        (2.0, (20, 241), "time left: still measuring (at a guess 35 s)"),
        (2.0, ("x", 40), "time left: still measuring (at a guess 35 s)"),
    ],
)
def test_status_says_the_time_left_no_more_certain_than_it_is(
    tmp_path: Path, rate: float | None, bounds: tuple[float, ...], said: str
) -> None:
    folder = session(tmp_path)
    state = store.read_state(folder)
    live = {"run": state.run, "step": state.cursor.step, "kind": "warmup", "unit": 25, "total": 460, "of_kind": 25,
            "kind_total": 60, "eta_total_seconds": 34.0, "rate": rate}  # fmt: skip
    live |= dict(zip(("eta_low_seconds", "eta_high_seconds"), bounds, strict=False))
    (folder / "progress.json").write_text(json.dumps(live))
    with lock.held(folder, {"pid": os.getpid(), "parent": os.getppid()}):
        done = answered("status", NAME, "--data-root", str(tmp_path), "--lang", "en")

    text = " ".join(done.stdout.split())
    assert said in text and "warm-up update 25/60" in text
    assert ("34 s" in text) == ("34 s" in said)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their trash is no folder of ours")
def test_a_trash_that_takes_nothing_is_a_sentence_and_the_session_stays(tmp_path: Path) -> None:
    folder = session(tmp_path / "root")
    (tmp_path / "share").write_text("a file where the trash should be")
    done = so8t(tmp_path, "trash", NAME, "--data-root", str(tmp_path / "root"), "--json")

    assert json.loads(done.stdout)["code"] == "trash" and "Traceback" not in done.stderr
    assert verification.problems(folder) == []


def test_no_other_folder_goes_to_the_trash(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.png").touch()
    session(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / NAME)
    for name in ("photos", "link", "../photos", "nobody"):
        done = so8t(tmp_path / "home", "trash", name, "--data-root", str(tmp_path))
        assert done.returncode == EXIT_SESSION, name

    assert (tmp_path / "photos" / "a.png").exists() and (tmp_path / "link").exists()


def test_a_session_is_shown_by_the_name_it_was_given_until_that_is_taken_back(tmp_path: Path) -> None:
    folder, root = session(tmp_path), str(tmp_path)
    before = (folder / store.STATE).read_bytes()
    with lock.held(folder, {"pid": os.getpid(), "parent": os.getppid()}):  # also while it runs
        done = answered("rename", NAME, "夜 <b>", "--data-root", root, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"session": NAME, "name": "夜 <b>"})

    for command in ("sessions", "status"):
        words = answered(command, "--data-root", root, "--lang", "en").stdout
        assert f'{NAME} "夜 <b>"' in words, words
    [listed] = json.loads(answered("sessions", "--data-root", root, "--json").stdout)
    assert (listed["session"], listed["name"]) == (NAME, "夜 <b>")
    assert folder.is_dir() and (folder / store.STATE).read_bytes() == before

    assert answered("rename", NAME, "", "--data-root", root).returncode == 0
    assert '"' not in answered("sessions", "--data-root", root, "--lang", "en").stdout
    assert answered("rename", NAME, "x" * 81, "--data-root", root).returncode == EXIT_USAGE
    assert answered("rename", "nobody", "x", "--data-root", root).returncode == EXIT_SESSION


def test_a_duplicate_is_a_configuration_that_makes_the_same_run(tmp_path: Path) -> None:
    root = str(tmp_path)
    folder = session(tmp_path, "seed=7", "description=学習")
    made = tmp_path / "new one.yaml"
    done = answered("duplicate", NAME, "--data-root", root, "--to", str(made))

    assert done.returncode == 0 and str(made) in done.stdout
    original = config_file.parse((folder / store.CONFIG).read_text(encoding="utf-8"), "session")
    assert config_file.load(made) == original
    made.write_text(answered("duplicate", NAME, "--data-root", root).stdout, encoding="utf-8")
    assert config_file.load(made) == original
    body = json.loads(answered("duplicate", NAME, "--data-root", root, "--json").stdout)
    assert body["values"] == original.model_dump(mode="json")


def test_a_duplicate_overwrites_nothing(tmp_path: Path) -> None:
    session(tmp_path)
    made = tmp_path / "mine.yaml"
    made.write_text("mine")
    done = answered("duplicate", NAME, "--data-root", str(tmp_path), "--to", str(made))

    assert done.returncode == EXIT_USAGE and made.read_text() == "mine"
    missing = answered("duplicate", NAME, "--data-root", str(tmp_path), "--to", str(tmp_path / "no" / "a.yaml"))
    assert missing.returncode == EXIT_USAGE and "cannot be written" in missing.stdout


def test_a_damaged_configuration_is_told_by_its_sealed_copy_or_is_a_sentence(tmp_path: Path) -> None:
    """A session of an older version has none."""
    folder = session(tmp_path)
    whole = answered("duplicate", NAME, "--data-root", str(tmp_path))
    sealed, unsealed = store.read_state(folder), store.read_state(folder).changed(config=None)
    for content in (b"\xff\xfe\x00", b"- a\n", b""):
        (folder / store.CONFIG).write_bytes(content)
        store.write_state(folder, sealed)
        done = answered("duplicate", NAME, "--data-root", str(tmp_path))
        assert done.returncode == 0 and done.stdout == whole.stdout
        store.write_state(folder, unsealed)
        done = answered("duplicate", NAME, "--data-root", str(tmp_path))
        assert done.returncode == EXIT_USAGE and "Traceback" not in done.stdout + done.stderr


def test_the_report_is_found_once_it_is_there(tmp_path: Path) -> None:
    folder = session(tmp_path)
    assert answered("report", NAME, "--data-root", str(tmp_path)).returncode == EXIT_SESSION
    (folder / "report").mkdir()
    (folder / "report" / "report.html").write_text("<html>")
    done = answered("report", NAME, "--data-root", str(tmp_path))

    assert (done.returncode, done.stdout) == (0, f"{folder / 'report' / 'report.html'}\n")
    body = json.loads(answered("report", NAME, "--data-root", str(tmp_path), "--json").stdout)
    assert body == {"session": NAME, "report": str(folder / "report" / "report.html")}
    (folder / "report" / "report.ja.html").write_text("<html>")
    done = answered("report", NAME, "--data-root", str(tmp_path), "--lang", "ja")
    assert done.stdout == f"{folder / 'report' / 'report.ja.html'}\n", "the page in the language that is spoken"


def test_the_newest_finished_session_is_meant_where_no_report_is_named_and_the_list_has_its_result(
    tmp_path: Path,
) -> None:
    none = answered("report", "--data-root", str(tmp_path / "root"))
    assert none.returncode == EXIT_SESSION and "no session" in none.stdout and "resume" not in none.stdout
    made = sample_sessions.make_all(tmp_path / "root")
    finished = [entry.path for entry in catalog.sessions(tmp_path / "root") if entry.status == "finished"]
    assert finished and finished[0] != catalog.sessions(tmp_path / "root")[0].path
    done = answered("report", "--data-root", str(tmp_path / "root"))
    assert (done.returncode, done.stdout) == (0, f"{finished[0] / 'report' / 'report.html'}\n")
    done = answered("sessions", "--data-root", str(tmp_path / "root"), "--lang", "ja")
    told = [
        line for line in done.stdout.splitlines() if "正答率 40.9\N{NO-BREAK SPACE}% → 61.8\N{NO-BREAK SPACE}%" in line
    ]
    assert len(told) == len(finished) < len(made)
    assert all("(評価)  100 %  " in line for line in told)


@pytest.mark.parametrize("name", ["りんご 🍎", "a - Copy (2)"])
def test_a_renamed_session_that_the_list_shows_is_named_as_such_whoever_asks_for_it(tmp_path: Path, name: str) -> None:
    session(tmp_path).rename(tmp_path / name)
    assert [entry.session for entry in catalog.sessions(tmp_path)] == [name]
    error = refused(lambda: catalog.find(tmp_path, name))
    assert (error.code, "so8t adopt" in str(error.action), NAME in error.detail) == ("session_foreign", True, True)
    (tmp_path / "photos 2026").mkdir()
    for no_session in ("photos 2026", f"../{tmp_path.name}/{name}", "りんご"):
        assert refused(functools.partial(catalog.find, tmp_path, no_session)).code == "session_name"


def test_a_newer_finished_session_whose_report_is_gone_is_passed_over_aloud(tmp_path: Path) -> None:
    """The command answers with the older one, on standard output alone."""
    for name in (NAME, "20260102-000000-x"):
        folder = store.create(tmp_path / "root", name, "name: x\n", "now")
        store.write_state(folder, store.read_state(folder).changed(status="finished"))
    report = tmp_path / "root" / NAME / "report" / "report.html"
    report.parent.mkdir()
    report.write_text("<html>")
    done = so8t(tmp_path, "report", "--data-root", str(tmp_path / "root"), "--lang", "en")

    assert (done.returncode, done.stdout) == (0, f"{report}\n")
    assert "20260102-000000-x is newer" in done.stderr and "--evaluate-again" in done.stderr


def test_results_that_are_not_as_they_were_written_are_told_of_where_the_session_is_asked_about(
    tmp_path: Path,
) -> None:
    """The page is named all the same."""
    folder = session(tmp_path)
    store.write_state(folder, store.read_state(folder).changed(status="finished"))
    report = sample_report.write(folder)
    whole = answered("status", NAME, "--data-root", str(tmp_path), "--lang", "en")
    (report / "report.json").write_text("{}", encoding="utf-8")
    (folder / "final_model").rename(folder / "elsewhere")
    asked = {
        name: so8t(tmp_path, name, NAME, "--data-root", str(tmp_path), "--lang", "en") for name in ("status", "report")
    }

    assert "report.json" not in whole.stdout and whole.stderr == ""
    assert asked["report"].stdout == f"{report / 'report.html'}\n"
    for told in (asked["status"].stdout, asked["report"].stderr):
        assert "report/report.json: 2 bytes" in told and "final_model: missing" in told and "--evaluate-again" in told


def test_of_a_copy_that_has_lost_results_it_is_said_that_it_must_be_adopted_before_they_are_rebuilt(
    tmp_path: Path,
) -> None:
    folder = session(tmp_path)
    store.write_state(folder, store.read_state(folder).changed(status="finished"))
    sample_report.write(folder)
    copy = shutil.copytree(folder, folder.with_name("backup"))
    shutil.rmtree(copy / "final_model")
    for name in ("report", "verify"):
        asked = so8t(tmp_path, name, "backup", "--data-root", str(tmp_path), "--lang", "en")
        told = asked.stdout + asked.stderr
        adopt = f"`so8t adopt backup --data-root {tmp_path}`"
        assert "final_model: missing" in told and adopt in told and "--evaluate-again" not in told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Its folder is called {name}-2 now (before: りんご): names of sessions have only small letters, digits"),
        (
            "ja",
            "フォルダーの名前は りんご から {name}-2 に変わりました (セッションの名前に使えるのは英小文字・数字",
        ),
    ],
)
def test_a_session_renamed_in_japanese_is_told_what_its_folder_is_called_and_how_to_show_its_name(
    tmp_path: Path, language: str, said: str
) -> None:
    session(tmp_path).rename(tmp_path / "りんご")
    root = ("--data-root", str(tmp_path), "--lang", language)
    told = answered("adopt", "りんご", *root).stdout

    assert said.format(name=NAME) in told and f'`so8t rename {NAME}-2 "' in told
    assert (tmp_path / f"{NAME}-2").is_dir() and not (tmp_path / "りんご").exists()
    assert answered("rename", f"{NAME}-2", "りんご", *root).returncode == 0
    assert "りんご" in answered("sessions", *root).stdout


def test_a_session_renamed_as_sessions_are_called_is_told_nothing_of_its_folder(tmp_path: Path) -> None:
    session(tmp_path).rename(tmp_path / "20270101-mine")
    told = answered("adopt", "20270101-mine", "--data-root", str(tmp_path), "--lang", "en").stdout

    assert "20270101-mine is a session of its own now" in told and "Its folder" not in told


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="BROWSER names a program of the test's own")
def test_the_report_is_shown_in_the_users_browser(tmp_path: Path) -> None:
    folder = session(tmp_path)
    (folder / "report").mkdir()
    (folder / "report" / "report.html").write_text("<html>")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "shown"}\n')
    browser.chmod(0o755)
    done = so8t(tmp_path, "report", NAME, "--open", "--data-root", str(tmp_path), BROWSER=f"{browser} %s")

    broken = so8t(tmp_path, "report", NAME, "--open", "--data-root", str(tmp_path), BROWSER="/no/such/browser")

    assert done.returncode == broken.returncode == 0
    assert broken.stdout.splitlines() == [
        "No browser could be started; open this page in one:", str(folder / "report" / "report.html"),
    ]  # fmt: skip
    assert (tmp_path / "shown").read_text() == (folder / "report" / "report.html").as_uri() + "\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="would change this user's own logon")
def test_autostart_is_passed_on_with_its_words_and_its_exit_code(tmp_path: Path) -> None:
    on = so8t(tmp_path, "autostart", "on", "--lang", "ja")
    assert on.returncode == 0 and "ログオン" in on.stdout
    found = json.loads(so8t(tmp_path, "autostart", "status", "--json").stdout)
    assert found["on"] and Path(found["place"]).exists()
    assert so8t(tmp_path, "autostart", "off").returncode == 0
    assert not Path(found["place"]).exists()
    Path(found["place"]).parent.rmdir()
    Path(found["place"]).parent.write_text("a file where the folder should be")
    refused = so8t(tmp_path, "autostart", "on")
    assert refused.returncode == 1 and "cannot be written" in refused.stdout


def test_tray_starts_the_window_with_its_words(tmp_path: Path) -> None:
    """A program of the window's name stands in for it: whether the real one opens is tested with the window."""
    (tmp_path / "so8t_gui").mkdir()
    (tmp_path / "so8t_gui" / "__init__.py").touch()
    (tmp_path / "so8t_gui" / "__main__.py").write_text("import sys; print(sys.argv[1:]); sys.exit(9)")
    path = os.pathsep.join([str(tmp_path), *(entry for entry in sys.path if entry)])
    done = so8t(tmp_path, "tray", "--hidden", PYTHONPATH=path)
    elsewhere = so8t(tmp_path, "tray", "--data-root", "my runs", PYTHONPATH=path)

    assert (done.returncode, done.stdout) == (9, "['--hidden']\n")
    assert (elsewhere.returncode, elsewhere.stdout) == (9, "['--data-root', 'my runs']\n"), "it was passed over"


def test_an_engine_without_the_window_says_so(tmp_path: Path) -> None:
    hidden = "import importlib.util as u, sys; u.find_spec = lambda name: None"
    code = f"{hidden}; from so8t_engine import cli; sys.exit(cli.main(sys.argv[1:]))"
    for words in (("autostart", "status", "--json"), ("tray",)):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
        assert done.returncode == EXIT_ENVIRONMENT and "not installed" in done.stdout


def test_a_command_that_is_answered_in_the_tests_process_leaves_its_signals_alone(tmp_path: Path) -> None:
    """A run listens to Ctrl+C to its process's end: a later test that waited for one waited for ever."""
    before = signal.getsignal(signal.SIGINT)
    answered("resume", "nobody", "--data-root", tmp_path)

    assert signal.getsignal(signal.SIGINT) is before
