"""A session whose own files are not as they were written, as the commands tell of it: nothing is used silently."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crash.soak import digests
from helpers import program, toy_engine
from helpers.loaded_program import LoadedProgram
from helpers.toy_engine import toys
from so8t_engine.commands import queries
from so8t_engine.session import catalog, history, incidents, store

Ask = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A command about a session: its exit code, and what it said."""
    loaded = LoadedProgram(tmp_path_factory.mktemp("said"), (*program.COMMANDS, "crash.toy"), **toys())

    def ask(command: str, session: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
        done = loaded.so8t(command, session.name, "--data-root", session.parent, "--json", *more)
        return done.returncode, program.events(done)

    return ask


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session broken off in the middle of training, of steps that need no torch."""
    return toy_engine.broken_off(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def untouched(asked: Ask, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """How it ends if nobody touches it."""
    session = copied(made, tmp_path_factory.mktemp("untouched"))
    assert asked("resume", session)[0] == 0
    return session


def copied(session: Path, root: Path) -> Path:
    return Path(shutil.copytree(session, root / session.name))


def problems(session: Path) -> str:
    """What `verify` finds, in words."""
    return "\n".join(map(str, queries.problems(session)))


def findings(session: Path) -> dict[str, str]:
    """What `ready` says of the session's own files: level by code."""
    return {finding.what.code: finding.level for finding in queries.hindrances(session)}


def troubles(session: Path) -> list[str]:
    """What `status` says of them."""
    return [what["code"] for what in queries.status(catalog.entry(session))["problems"]]


def files(session: Path) -> dict[str, bytes]:
    """All but the log, what only tells people who holds it, and what was half written when it was cut off."""
    return {
        path.relative_to(session).as_posix(): path.read_bytes()
        for path in session.rglob("*")
        if path.is_file() and "logs" not in path.parts and path.name != "engine.json" and ".part" not in path.as_posix()
    }


def edited(session: Path, old: str, new: str) -> None:
    path = session / store.CONFIG
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_fault_34_an_edited_configuration_is_refused_by_key_and_value_until_it_is_accepted(
    asked: Ask, made: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    edited(session, "kl_coef: 0.05", "kl_coef: 0.5")
    edited(session, "seed: 17", "seed: 18")
    before = files(session)
    for command in ("resume", "ready", "verify"):
        code, said = asked(command, session)
        assert code == 4, said
        whole = json.dumps(said[-1])
        assert "ppo.kl_coef was 0.05 and is 0.5" in whole and "seed was 17 and is 18" in whole, command
    refused = asked("resume", session)[1][-1]
    assert refused["code"] == "config_changed" and "--accept-changes" in refused["action"]["text"]
    assert asked("resume", session, "--from-start")[1][-1]["code"] == "config_changed"
    assert troubles(session) == ["run.config_changed"]
    after = files(session)
    for found in (before, after):  # what no save vouches for is cut off at any start
        found[history.NAME] = found[history.NAME][: store.read_state(session).history_bytes]
    assert {name for name in {**before, **after} if before.get(name) != after.get(name)} == set(), "nothing was touched"

    code, said = asked("resume", session, "--accept-changes")
    assert code == 0
    [warned] = [event for event in said if event["name"] == "warning"]
    assert warned["code"] == "exactness_break" and "kl_coef" in warned["sentence"]["text"]
    [mark] = [entry for entry in history.read(session / history.NAME) if entry.get("mark") == "exactness_break"]
    assert mark["why"]["code"] == "run.config_changed"
    assert problems(session) == "", "what was accepted is sealed"


def test_an_edited_configuration_that_is_none_is_refused_with_what_to_correct_whatever_is_accepted(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    edited(session, "kl_coef: 0.05", "kl_coef: high")
    before, told = (session / store.CONFIG).read_bytes(), incidents.read(session)
    for options in ((), ("--accept-changes",), ("--from-start",)):
        code, said = asked("resume", session, *options)
        assert (code, said[-1]["code"]) == (2, "config_invalid") and "ppo.kl_coef: " in said[-1]["sentence"]["text"]
    assert "ppo.kl_coef: " in problems(session)
    assert list(findings(session).values()) == ["error"] and len(troubles(session)) == 1
    assert (session / store.CONFIG).read_bytes() == before and not (session / "set-aside").exists()
    assert incidents.read(session) == told

    (session / store.CONFIG).unlink()
    assert asked("resume", session)[0] == 0
    assert digests(session) == digests(untouched)


def test_a_configuration_whose_values_are_put_back_or_only_rewritten_goes_on_with_the_same_bytes(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    path = session / store.CONFIG
    path.write_bytes(b"# my notes\r\n" + path.read_bytes().replace(b"\n", b"\r\n").replace(b"0.05", b"5.0e-2"))

    assert problems(session) == "" and findings(session) == {}
    assert asked("resume", session)[0] == 0
    assert digests(session) == digests(untouched)


def test_fault_12_14_a_damaged_configuration_is_set_aside_and_the_sealed_one_goes_on_with_the_same_bytes(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    path = session / store.CONFIG
    before = path.read_bytes()
    path.write_bytes(bytes(len(before)))

    assert "config.yaml" in problems(session)
    assert findings(session) == {"session.config_will_be_put_back": "warning"}
    assert asked("resume", session)[0] == 0
    assert digests(session) == digests(untouched) and path.read_bytes() == before
    assert (session / "set-aside" / "001-config.yaml").read_bytes() == bytes(len(before))
    assert any("session.config_put_back" in json.dumps(one["notes"]) for one in incidents.read(session))


def test_a_session_of_a_version_that_sealed_nothing_goes_on_and_is_sealed_by_it(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    shutil.rmtree(session / "checkpoints")
    (session / "checkpoints").mkdir()
    body = json.loads((session / store.STATE).read_bytes())
    fresh = {"checkpoint": None, "points": 0, "history_bytes": 0, "history_crc": 0, "status": "paused"}
    body |= {**fresh, "cursor": {"step": "collect", "unit": 0}}
    del body["config"]
    (session / store.STATE).write_text(json.dumps(body), encoding="utf-8")
    assert asked("resume", session)[0] == 0

    assert digests(session) == digests(untouched)
    sealed = store.read_state(session).config
    assert sealed is not None and sealed.text == (session / store.CONFIG).read_text(encoding="utf-8")


def test_fault_13_a_damaged_history_is_told_by_every_command_and_goes_on_or_over_by_choice(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path / "on")
    path = session / history.NAME
    before = path.read_bytes()
    hurt = before[:60] + b"????" + before[64:]
    path.write_bytes(hurt)
    over = copied(session, tmp_path / "over")
    code, said = asked("resume", session)
    assert code == 4 and "(no. 1)" in said[-1]["sentence"]["text"]
    assert "(no. 1)" in problems(session)
    assert findings(session) == {"session.history_damaged": "error"} and troubles(session) == [
        "session.history_damaged"
    ]

    code, said = asked("resume", session, "--accept-changes")
    assert code == 0 and next(event for event in said if event["name"] == "mark")["mark"] == "exactness_break"
    for result in ("adapter/adapter.bin", "final_model/out.bin", "gguf/out.bin"):
        assert (session / result).read_bytes() == (untouched / result).read_bytes(), "the weights were whole"
    kinds = [entry["kind"] for entry in history.read(path)]
    assert kinds.count("lost") == 1 and kinds.count("mark") == 1 and kinds.count("point") == 119

    assert asked("resume", over, "--from-start")[0] == 0
    assert digests(over) == digests(untouched)
    [kept] = (over / "set-aside").glob("*-history.jsonl")
    assert kept.read_bytes() == hurt


def test_a_flipped_bit_in_an_early_line_of_the_history_costs_nothing(
    asked: Ask, made: Path, untouched: Path, tmp_path: Path
) -> None:
    session = copied(made, tmp_path)
    path = session / history.NAME
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)
    assert asked("resume", session)[0] == 0

    assert digests(session) == digests(untouched)
    incident = incidents.read(session)[-1]
    assert incident["kind"] == "crashed", "what ended that run; what was found is told beside it"
    assert [note["code"] for note in incident["notes"]] == ["session.history_flipped"]
