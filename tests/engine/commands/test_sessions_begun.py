"""How a session comes to be or goes on: its configuration, its name, and who has allowed the code of its rewards."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine import session_name
from so8t_engine.commands import queries, start
from so8t_engine.config import file as config_file
from so8t_engine.doctor import checkup, facts, reward_files
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError, action
from so8t_engine.rewards import code_consent
from so8t_engine.sentences import in_turn, sentence, verbatim
from so8t_engine.session import catalog, identity, recovery, store


@pytest.mark.parametrize(("file", "preset"), [(None, None), ("a.yaml", "demo")])
def test_a_configuration_is_a_file_or_a_preset(file: str | None, preset: str | None) -> None:
    error = refused(lambda: start.load_config(file, preset, []))
    assert (error.code, error.sentence) == ("usage", sentence("commands.file_or_preset"))


def test_values_are_changed_in_either(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(config_file.dump(config_file.load_preset("demo")), encoding="utf-8")
    assert start.load_config(str(tmp_path / "own.yaml"), None, ["seed=77"]).seed == 77
    assert start.load_config(None, "demo", ["seed=78"]).seed == 78


def test_a_name_that_another_start_has_just_taken_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["taken", "free"])
    store.create(tmp_path, "taken", "", "then")
    monkeypatch.setattr(start.paths, "session_id", lambda *_: next(names))
    made = start._created(config_file.load_preset("demo"), tmp_path)

    assert made == tmp_path / "free" and catalog.entry(made).name == ""
    state = store.read_state(made)
    assert state.started > 0 and len(state.identity) == 32
    assert store.read_state(tmp_path / "taken").started == 0


def test_a_name_that_is_no_folder_s_is_kept_beside_it(tmp_path: Path) -> None:
    made = start._created(config_file.load_preset("demo", ["name=My FAQ"]), tmp_path)
    assert session_name.folder("My FAQ") == "my-faq" and catalog.entry(made).name == "My FAQ"


@pytest.mark.parametrize(
    ("allow", "evaluate", "calls"),
    [
        (False, False, ["allowed"]), (True, False, ["allow", "allowed"]), (False, True, []),
        (True, True, ["allow"]),
    ],
)  # fmt: skip
def test_the_code_of_rewards_is_asked_for_where_they_will_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allow: bool, evaluate: bool, calls: list[str]
) -> None:
    done: list[tuple[str, Any]] = []
    for name in ("allow", "allowed"):
        monkeypatch.setattr(code_consent, name, lambda reward, name=name: done.append((name, reward)))
    config = config_file.load_preset("demo", ["reward.section_share=0.125"])
    session = store.create(tmp_path, "s", config_file.dump(config), "then")
    options = argparse.Namespace(allow_code=allow, evaluate_again=evaluate)
    start._consent(session, options)

    assert done == [(name, config.reward) for name in calls]

    def damaged(*_: object) -> None:
        raise EngineError("session_damaged", WHY)

    monkeypatch.setattr(start.session_config, "read", damaged)
    start._consent(session, options)
    assert len(done) == len(calls), "the run itself says what is wrong with it"


@pytest.mark.parametrize("allow", [True, False])
@pytest.mark.parametrize("beside", [True, False])
def test_consent_comes_before_the_checks_and_the_refusal_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allow: bool, beside: bool
) -> None:
    done: list[str] = []
    for name in ("allow", "allowed"):
        monkeypatch.setattr(code_consent, name, lambda _, name=name: done.append(name))
    monkeypatch.setattr(start.one_run, "refuse_beside", lambda _: done.append("alone"))
    monkeypatch.setattr(start.one_run, "held", lambda root, beside: nullcontext())
    monkeypatch.setattr(start, "before_a_run", lambda *_: done.append("checked") or [])
    config = config_file.load_preset("demo")
    with start.new_session(config, str(tmp_path), lambda _: None, allow_code=allow, beside=beside):
        pass

    assert done == [*["allow"] * allow, *["alone"] * (not beside), "checked", "allowed"]


def entries(count: int) -> list[catalog.Entry]:
    return [catalog.Entry(f"s{number}", Path(f"s{number}"), "paused") for number in range(count)]


@pytest.mark.parametrize(("running", "code"), [(True, "commands.others_later"), (False, "commands.others_instead")])
def test_three_others_are_named_and_the_first_of_them_is_the_example(running: bool, code: str) -> None:
    three = sentence("commands.others", sessions=["s0", "s1", "s2"])
    more = sentence("commands.others_and_more", sessions=["s0", "s1", "s2"], more=2)

    assert start.others(entries(3), running) == [sentence(code, what=three, first="s0")]
    assert start.others(entries(5), running) == [sentence(code, what=more, first="s0")]


WRONG, WHY = EngineError("session_damaged", verbatim("torn")), verbatim("no number")


@pytest.mark.parametrize(
    ("config", "outlook", "found"),
    [
        ({}, {}, []),
        ({"changed": WHY}, {}, [Finding("error", WHY, change=action("config_changed"))]),
        ({"wrong": WRONG}, {}, [Finding("error", WRONG.sentence, change=WRONG.action)]),
        (
            {"unusable": WHY},
            {},
            [Finding("warning", sentence("session.config_will_be_put_back", file=store.CONFIG), why=WHY)],
        ),
        ({}, {"refused": WRONG}, [Finding("error", WRONG.sentence, change=WRONG.action)]),
        ({}, {"wrong": WHY}, [Finding("warning", WHY)]),
        ({}, {"refused": WRONG, "wrong": WHY}, [Finding("error", WRONG.sentence, change=WRONG.action)]),
    ],
)
def test_what_is_in_a_session_s_way_is_what_a_start_would_refuse_or_mend(
    monkeypatch: pytest.MonkeyPatch, config: dict[str, Any], outlook: dict[str, Any], found: list[Finding]
) -> None:
    nothing, asked = {"changed": None, "wrong": None, "unusable": None, "refused": None}, list[Any]()
    monkeypatch.setattr(queries.recovery, "sealed_config", lambda session: "seal")
    monkeypatch.setattr(queries.session_config, "read", lambda *given: SimpleNamespace(**nothing | config))
    monkeypatch.setattr(recovery, "outlook", lambda *given: asked.append(given) or SimpleNamespace(**nothing | outlook))

    assert queries.hindrances(Path("s"), 9) == found and asked == [(Path("s"), 9)]


@pytest.mark.parametrize(
    ("status", "outlook", "said"),
    [
        ("paused", {"refused": WRONG, "wrong": None}, in_turn(WRONG.sentence, WRONG.action)),
        ("paused", {"refused": None, "wrong": WHY}, WHY), ("paused", {"refused": None, "wrong": None}, None),
        ("paused", WRONG, None), ("running", {"refused": None, "wrong": WHY}, None),
        ("finished", {"refused": None, "wrong": WHY}, None),
    ],
)  # fmt: skip
def test_the_newest_checkpoint_of_a_session_at_rest_is_looked_at_by_names_and_sizes(
    monkeypatch: pytest.MonkeyPatch, status: str, outlook: Any, said: Any
) -> None:
    def look(session: Path, most: int) -> Any:
        assert (session, most) == (Path("s"), 0)
        if isinstance(outlook, EngineError):
            raise outlook
        return SimpleNamespace(**outlook)

    monkeypatch.setattr(recovery, "outlook", look)
    assert queries.newest_checkpoint(catalog.Entry("s", Path("s"), status)) == said


def test_code_that_nobody_has_allowed_is_an_error_for_a_session_that_is_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(tmp_path, "s", config_file.dump(config_file.load_preset("demo")), "then")
    (session / "data").mkdir(exist_ok=True)
    code, other, own = Finding("error", WHY), Finding("note", verbatim("slow")), Finding("warning", verbatim("mended"))
    seen: list[Any] = []
    monkeypatch.setattr(identity, "refuse_foreign", seen.append)
    monkeypatch.setattr(facts, "look", lambda root: SimpleNamespace(free=100, root=root))
    monkeypatch.setattr(queries, "replace", lambda machine, free: seen.append(free - machine.free) or "machine")
    monkeypatch.setattr(queries, "_taken", lambda _: 7)
    monkeypatch.setattr(queries, "hindrances", lambda _: [own])
    monkeypatch.setattr(checkup, "check", lambda *given, left: [Finding("note", WHY), other])
    monkeypatch.setattr(reward_files, "own_code", lambda reward, level: code if level == "error" else None)

    assert queries.ready(session) == [own, code, other] and seen == [session, 7]
    monkeypatch.setattr(reward_files, "own_code", lambda *_: None)
    assert queries.ready(session) == [own, Finding("note", WHY), other]
