"""`so8t --lang ja` as people run it: Japanese, no sentence of English; `--json` stays English with codes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from helpers import program
from helpers.paths import TOY
from helpers.toy_engine import ENDS_IN_TRAINING, toys
from so8t_engine.protocol import EVENTS
from so8t_engine.session import store

ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2,}")  # three words in a row
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one finished session, of steps that need no torch."""
    folder = tmp_path_factory.mktemp("sessions")
    done = program.so8t("run", TOY, "--data-root", folder, "--json", **toys())
    assert done.returncode == 0, done.stdout
    (folder / "heard.jsonl").write_text(done.stdout, encoding="utf-8")
    return folder


def japanese(*arguments: object, code: int = 0, **extra: str) -> str:
    """What is said, which must be Japanese. Commands in backquotes, keys and paths are no sentences."""
    ask = program.so8t if arguments[0] in ("run", "resume") else program.answered
    done = ask("--lang", "ja", *arguments, **extra)
    text = re.sub(r"`[^`]*`|\S*/\S*", "", done.stdout)
    assert (done.returncode, done.stderr) == (code, "")
    assert JAPANESE.search(text) and not ENGLISH.findall(text), done.stdout
    return done.stdout


def values(*arguments: object) -> Any:
    return json.loads(program.answered("--lang", "ja", "--json", *arguments).stdout.splitlines()[-1])


def test_a_run_is_shown_in_japanese(tmp_path: Path) -> None:
    text = japanese("run", TOY, "--data-root", tmp_path, **toys())

    assert "学習" in text and "完了しました。" in text and "レポート" in text


def test_a_run_as_json_has_just_the_fields_of_the_protocol(root: Path) -> None:
    heard = [json.loads(line) for line in (root / "heard.jsonl").read_text(encoding="utf-8").splitlines()]

    assert {event["name"] for event in heard} >= {"session", "step", "progress", "point", "saved", "finished"}
    for event in heard:
        kind, fields = EVENTS[event["name"]], set(event) - {"v", "name"}
        assert fields >= set(kind.fields) if kind.open else fields == set(kind.fields), event


def test_an_unknown_session(root: Path) -> None:
    text = japanese("verify", "nobody", "--data-root", root, code=4)
    answer = values("verify", "nobody", "--data-root", root)

    assert "nobody はありません。" in text
    assert (answer["code"], answer["sentence"]["code"]) == ("session_unknown", "session.unknown")
    assert answer["sentence"]["text"] == f"There is no session nobody in {root}."
    assert answer["action"]["text"].startswith("`so8t sessions` lists")


def test_a_broken_configuration(tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    file.write_text("name: ' '\nseed: x\nfoo: 1\nmodel: {build: {}}\ndatasets: []\n", encoding="utf-8")
    text = japanese("config", "check", file, code=2)
    problems = values("config", "check", file)["problems"]

    assert "run.yaml:2:1: seed: 整数を指定してください ('x' は使えません)" in text
    assert {problem["key"]: problem["sentence"]["code"] for problem in problems} == {
        "name": "config.no_run_name",
        "seed": "config.no_whole_number",
        "foo": "config.unknown_key",
        "datasets": "config.no_datasets",
    }
    assert problems[0]["sentence"]["text"].isascii()


def test_the_list_of_sessions_and_the_status_of_one(root: Path) -> None:
    folder = program.session_in(root)
    listed, status = japanese("sessions", "--data-root", root), japanese("status", "--data-root", root)

    assert "完了" in listed and "ステップ 5/5 (評価)" in status
    assert values("sessions", "--data-root", root)[0]["status"] == "finished"
    assert values("status", folder.name, "--data-root", root)["detail"] is None
    assert "ありません" in japanese("sessions", "--data-root", root / "empty")


def test_presets_and_the_check_of_the_machine(root: Path) -> None:
    session = store.create(root / "more", "20260101-000000-x", TOY.read_text(encoding="utf-8"), "then")

    assert "本番用" in japanese("presets")
    assert "ディスク: " in japanese("ready", session.name, "--data-root", root / "more")
    findings = values("ready", session.name, "--data-root", root / "more")["findings"]
    assert {"doctor.disk", "doctor.memory"} <= {finding["what"]["code"] for finding in findings}
    assert all(finding["what"]["text"].isascii() for finding in findings)


def test_a_damaged_session(root: Path) -> None:
    folder = store.create(root / "bad", "20260101-000000-x", TOY.read_text(encoding="utf-8"), "then")
    assert "すべてのファイル" in japanese("verify", folder.name, "--data-root", root / "bad")
    (folder / store.STATE).write_bytes(b"{")
    text = japanese("verify", folder.name, "--data-root", root / "bad", code=4)
    [problem] = values("verify", folder.name, "--data-root", root / "bad")["problems"]

    assert "問題が 1 件" in text
    assert problem["code"] == "session.pointer_unreadable" and "is unreadable" in problem["text"]


def test_a_pause_is_said_in_the_language_of_the_command_by_the_process_at_work(tmp_path: Path) -> None:
    command = ["--lang", "ja", "run", TOY, "--data-root", tmp_path]
    done = program.so8t(*command, **toys(), **ENDS_IN_TRAINING)

    assert isinstance(done, subprocess.CompletedProcess) and done.returncode == 76
    assert "プロセスを 3 回起動し直しましたが" in done.stdout and "SIGKILL" in done.stdout
    assert not ENGLISH.findall(re.sub(r"`[^`]*`|\S*/\S*", "", done.stdout)), done.stdout
