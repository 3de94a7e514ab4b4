"""The engine's own command line: whatever it is given, its last word is a sentence with a code."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from helpers import program, toy_engine
from helpers.paths import TOY
from helpers.sessions import refused
from so8t_engine.commands import start
from so8t_engine.config import file as config_file
from so8t_engine.doctor import checkup
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import CODES, EXIT_LOCKED, EXIT_PAUSED
from so8t_engine.process import in_this_process
from so8t_engine.process.output import Channel
from so8t_engine.process.stop import Stop
from so8t_engine.protocol import Message
from so8t_engine.run.resumption import GOES_ON, Resumption
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog, lock, store


@pytest.mark.parametrize("words", [[], ["walk"], ["run", "--no-such"], ["resume", "a", "b"]])
def test_what_is_no_command_is_refused_as_such(words: list[str]) -> None:
    events: list[Message] = []
    code = start.engine(words, events.append, Channel(io.StringIO(), json=True), Stop())

    assert code == CODES["usage"]
    assert [(event.name, event.data["code"]) for event in events] == [("failed", "usage")]


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(start, "find_session", broken)
    events: list[Message] = []
    code = start.engine(["resume"], events.append, Channel(io.StringIO(), json=True), Stop())

    assert code == CODES["unexpected"]
    [failure] = [event.data for event in events]
    assert failure["code"] == "unexpected"
    assert "ZeroDivisionError" in failure["sentence"]["text"] and "by nought" in failure["sentence"]["text"]


def engine_of(words: list[str]) -> tuple[int, list[Message]]:
    events: list[Message] = []
    return start.engine(words, events.append, Channel(io.StringIO(), json=True), Stop()), events


def test_a_second_run_beside_another_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    """Both on one GPU would end without memory, hours later perhaps."""
    text, names = TOY.read_text(encoding="utf-8"), ("20260101-000000-first", "20260101-000000-other")
    first, other = (store.create(tmp_path, name, text, "then") for name in names)
    with lock.held(first, {"pid": 42}):
        for words in (["run", str(TOY)], ["resume", other.name]):
            code, refused = engine_of([*words, "--data-root", str(tmp_path)])
            assert code == EXIT_LOCKED
            assert [(event.name, event.data["code"]) for event in refused] == [("failed", "another_runs")]
            assert first.name in refused[0].data["sentence"]["text"] and "--beside" in refused[0].data["action"]["text"]
        assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == list(names)
        events, code = toy_engine.resume(tmp_path, first.name)
        assert code == EXIT_LOCKED and "locked" in [event.get("code") for event in events]
        events, code = toy_engine.resume(tmp_path, other.name, "--beside")
        assert code == 0 and "finished" in [event["name"] for event in events]


def test_a_new_session_warns_of_what_could_be_better_and_what_is_wrong_refuses_it_unless_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = [Finding("ok", verbatim("ok")), Finding("note", verbatim("note")), Finding("warning", verbatim("slow"))]
    monkeypatch.setattr(checkup, "check", lambda *_, **__: findings)
    teacher = "convert.missing_sections=teacher", "convert.teacher=http://127.0.0.1:1", "convert.teaching.model=m"
    config = config_file.load_preset("demo", teacher)

    def warned(force: bool = False) -> list[str]:
        events: list[Message] = []
        with start.new_session(config, str(tmp_path), events.append, force=force) as session:
            assert store.read_state(session).status == "new"
        warnings = [event.data for event in events if event.name == "warning"]
        assert {warning["code"] for warning in warnings} == {"environment"}
        assert warnings[-1]["sentence"]["code"] == "teacher.unreachable"
        return [warning["sentence"]["text"] for warning in warnings[:-1]]

    assert warned() == ["slow"]
    findings.append(Finding("error", verbatim("no room")))
    error = refused(warned)
    assert (error.code, len(catalog.sessions(tmp_path))) == ("environment", 1)
    assert "no room" in error.detail and "slow" not in error.detail
    assert warned(force=True) == ["slow", "no room"]


def test_a_session_is_known_by_the_name_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "check", lambda *_, **__: [])
    for typed, ends in (("社内 FAQ", "-faq"), ("My FAQ", "-my-faq"), ("plain", "-plain")):
        events: list[Message] = []
        config = config_file.load_preset("demo", [f"name={typed}"])
        with start.new_session(config, str(tmp_path), events.append) as session:
            assert session.name.endswith(ends) and catalog.entry(session).title == typed
            assert events[0].data["title"] == typed


def test_a_session_where_nobody_looks_unasked_says_how_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its configuration named a folder: after a power cut `so8t resume` knew of no session."""
    monkeypatch.setenv("SO8T_DATA_ROOT", str(tmp_path / "default"))
    monkeypatch.setattr(checkup, "check", lambda *_, **__: [])
    other = tmp_path / "other"

    def warned(folder: Path, chosen: Path | None) -> list[str]:
        events: list[Message] = []
        config = config_file.load_preset("demo", [f"data_root={folder}"])
        with start.new_session(config, chosen and str(chosen), events.append) as session:
            assert session.parent == (chosen or folder)
        return [event.data["sentence"]["text"] for event in events if event.name == "warning"]

    [said] = warned(other, None)
    assert f"`so8t resume --data-root {other}`" in said
    assert warned(tmp_path / "default", None) == [] and warned(other, tmp_path / "chosen") == []


@pytest.mark.parametrize("words", ["run", "resume"])
def test_of_two_that_start_in_the_same_instant_one_runs_and_the_other_is_told_its_name(
    tmp_path: Path, words: str
) -> None:
    """Both look whether another runs before either has a worker that holds its session."""
    root = tmp_path / "sessions"
    starts = [["run", str(TOY)], ["run", str(TOY)]]
    if words == "resume":
        text, names = TOY.read_text(encoding="utf-8"), ("20260101-000000-first", "20260101-000000-other")
        starts = [["resume", store.create(root, name, text, "then").name] for name in names]
    engines = [toy_engine.start(root, *each) for each in starts]
    ended = [toy_engine.told(engine) for engine in engines]

    assert sorted(code for _, code in ended) == [0, EXIT_LOCKED]
    [refused] = [events for events, code in ended if code == EXIT_LOCKED]
    [ran] = [entry.session for entry in catalog.sessions(root) if entry.status == "finished"]
    [failed] = toy_engine.named(refused, "failed")
    assert failed["code"] == "another_runs" and ran in failed["sentence"]["text"]
    assert len(catalog.sessions(root)) == (1 if words == "run" else 2)


def test_unfinished_sessions_that_were_not_chosen_are_named_up_to_a_few() -> None:
    def said(count: int) -> list[tuple[str, object]]:
        entries = [catalog.Entry(f"s{number}", Path(f"s{number}"), "paused") for number in range(count)]
        whats = [line.args["what"] for line in start.others(entries)]
        return [(what.code, what.args.get("more")) for what in whats]

    assert said(0) == []
    assert said(1) == said(start.OTHERS) == [("commands.others", None)]
    assert said(start.OTHERS + 2) == [("commands.others_and_more", 2)]


def test_while_a_session_runs_the_others_are_not_offered_instead(tmp_path: Path) -> None:
    """`so8t status` names them all the same."""
    made = [store.create(tmp_path, f"2026010{day}-000000-x", "name: x\n", f"{day}") for day in (1, 2)]
    at_rest = program.so8t("status", "--data-root", tmp_path, "--lang", "en").stdout
    with lock.held(made[0], {"pid": 1}):
        running = program.so8t("status", "--data-root", tmp_path, "--lang", "en").stdout

    other = f"`so8t resume 20260101-000000-x --data-root {tmp_path}`"
    assert f"Also unfinished: 20260101-000000-x. To go on with one of these instead, name it: {other}." in at_rest
    assert "Also unfinished: 20260102-000000-x." in running and "instead" not in running
    assert "Once this one has ended or is paused" in running


def test_a_finished_session_is_finished_whatever_runs_beside_it(tmp_path: Path) -> None:
    """`resume` refuses it as such: `--beside` would not help."""
    done, running = (store.create(tmp_path, f"2026010{day}-000000-x", "name: x\n", f"{day}") for day in (1, 2))
    store.write_state(done, store.read_state(done).changed(status="finished"))
    with lock.held(running, {"pid": 1}):
        said = program.so8t("resume", done.name, "--data-root", tmp_path, "--lang", "en")

    assert said.returncode == 4 and "is finished" in said.stdout and "--beside" not in said.stdout


@pytest.mark.parametrize(
    ("session", "from_start", "code"), [(None, False, "usage"), ("x", True, "usage"), ("x", False, "session_unknown")]
)
def test_only_a_session_that_is_named_is_evaluated_again_and_not_from_the_start(
    tmp_path: Path, session: str | None, from_start: bool, code: str
) -> None:
    options = argparse.Namespace(evaluate_again=True, session=session, from_start=from_start, data_root=tmp_path)

    assert refused(lambda: start.session_to_resume(options).__enter__()).code == code


def test_the_exit_code_of_a_run_is_that_of_the_program_and_what_was_asked_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, Resumption]] = []

    def run(session: Path, emit: object, channel: object, stop: object, asked: Resumption = GOES_ON) -> int:
        ran.append((session.name, asked))
        return EXIT_PAUSED

    monkeypatch.setattr(in_this_process, "run", run)
    text = config_file.dump(config_file.load_preset("demo"))
    names = [store.create(tmp_path, f"2026010{day}-000000-x", text, f"{day}").name for day in (1, 2, 3)]
    done = tmp_path / names[0]
    store.write_state(done, store.read_state(done).changed(status="finished"))

    def resumed(*words: str) -> tuple[int, str]:
        both = {engine_of(["resume", *words, "--data-root", str(tmp_path)])[0]}
        answer = program.answered("resume", *words, "--data-root", tmp_path, "--lang", "en")
        assert both == {answer.returncode}
        return answer.returncode, answer.stdout + answer.stderr

    code, said = resumed()
    assert code == EXIT_PAUSED and names[1] in said and names[2] not in said  # of those that were not chosen
    assert names[1] not in resumed(names[2], "--accept-changes")[1]
    assert resumed(names[0])[0] == CODES["session_finished"]
    assert [resumed(names[0], words)[0] for words in ("--from-start", "--evaluate-again")] == [EXIT_PAUSED] * 2
    asked = [
        Resumption(),
        Resumption(accept_changes=True),
        Resumption(from_start=True),
        Resumption(evaluate_again=True),
    ]
    chosen = [names[2], names[2], names[0], names[0]]
    assert ran[::2] == ran[1::2] == list(zip(chosen, asked, strict=True))
