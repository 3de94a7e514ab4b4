"""Step 5 of a finished session done again: what was lost comes back, in the same bytes.

By a program that has loaded all of it: to start takes the real one as long as the step itself.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from e2e import nobody_asks
from helpers import program
from helpers.loaded_program import FORKS, LoadedProgram
from helpers.sessions import Cut
from so8t_engine.run import evaluation_again
from so8t_engine.session import durable, history, manifest, recovery, store, verification

RESULTS = ("final_model", "gguf", "report")


def copied(session: Path, root: Path) -> Path:
    return Path(shutil.copytree(session, root / session.name))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedProgram:
    """With all that step 5 loads."""
    in_evaluation = str(Path(__file__).with_name("in_evaluation"))
    return LoadedProgram(tmp_path_factory.mktemp("said"), program.TRAINING, PYTHONPATH=in_evaluation)


def again(session: Path, *more: str, by: LoadedProgram, known: str = "") -> tuple[int, list[dict[str, Any]]]:
    """`known`: the answers that may not be asked for once more."""
    asked = ("resume", session.name, "--evaluate-again", "--data-root", session.parent, "--json", *more)
    done = by.so8t(*asked, **{nobody_asks.VARIABLE: known})
    return done.returncode, program.events(done)


def results(session: Path) -> dict[str, str]:
    """Digests of everything step 5 promises to be the same; pages tell of the clock."""
    told = {path.name: path for path in (session / "report").iterdir() if path.name in ("report.json", "answers.jsonl")}
    files = [*told.values(), *(session / "final_model").rglob("*"), *(session / "gguf").rglob("*")]
    return {str(path.relative_to(session)): str(manifest.digest_file(path)) for path in files if path.is_file()}


def marks(session: Path) -> list[dict[str, Any]]:
    return [entry for entry in history.read(session / history.NAME) if entry.get("mark") == "evaluated_again"]


LOST = [RESULTS, ("report",), ("gguf",), ("final_model/model.safetensors",), ()]  # the kills below lose half of them


@pytest.mark.parametrize("lost", [pytest.param(lost, marks=[pytest.mark.soak] * (lost != RESULTS)) for lost in LOST])
def test_what_a_finished_session_has_lost_comes_back_in_the_same_bytes_and_nobody_is_asked_twice(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram, lost: tuple[str, ...]
) -> None:
    session = copied(untouched, tmp_path)
    for name in lost:
        path = session / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert bool(verification.problems(session)) == bool(lost)
    if lost == RESULTS:
        is_advised(session, RESULTS, "--evaluate-again")

    code, events = again(session, by=loaded, known=f"{nobody_asks.ANSWERS} {nobody_asks.GGUF_ANSWERS}")

    assert code == 0, events[-3:]
    assert results(session) == results(untouched)
    kept = {name: digest for name, digest in program.digests(untouched).items() if name != history.NAME}
    assert kept.items() <= program.digests(session).items()
    assert history.load(session / history.NAME).startswith(history.load(untouched / history.NAME))
    assert verification.problems(session) == [] and store.read_state(session).status == "finished"
    assert len(marks(session)) == 1
    assert [event["mark"] for event in program.named(events, "mark")] == ["evaluated_again"]


def test_another_quantisation_is_made_of_the_same_answers(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = copied(untouched, tmp_path)
    config = session / store.CONFIG
    config.write_text(config.read_text(encoding="utf-8").replace("- Q8_0", "- BF16"), encoding="utf-8")
    assert loaded.so8t("resume", session.name, "--data-root", tmp_path).returncode == 4

    code, events = again(session, by=loaded, known=nobody_asks.ANSWERS)

    assert code == 0, events[-3:]
    assert sorted(path.name for path in (session / "gguf").glob("*.gguf")) == ["small-BF16.gguf", "small-F16.gguf"]
    report, before = (json.loads((each / "report/report.json").read_bytes()) for each in (session, untouched))
    assert list(report["gguf"]) == ["BF16", "F16"] and report["gguf"]["F16"] == before["gguf"]["F16"]
    assert report["heldout"] == before["heldout"]
    [mark] = marks(session)
    assert "evaluate.gguf was [F16, Q8_0] and is [F16, BF16]" in mark["why"]["text"]
    assert verification.problems(session) == []


@pytest.mark.parametrize(("old", "new"), [("- Q8_0", "- Q4_0"), ("  gguf:", "  ggufs:"), ("- Q8_0", "- [Q8_0")])
def test_a_typing_error_is_refused_with_what_to_correct_and_nothing_is_touched(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram, old: str, new: str
) -> None:
    session = copied(untouched, tmp_path)
    config = session / store.CONFIG
    typed = config.read_text(encoding="utf-8").replace(old, new)
    config.write_text(typed, encoding="utf-8")

    code, events = again(session, "--accept-changes", by=loaded)

    assert (code, events[-1]["code"]) == (2, "config_invalid") and "config.yaml:" in events[-1]["sentence"]["text"]
    assert config.read_text(encoding="utf-8") == typed and not (session / "set-aside").exists()
    assert store.read_state(session).status == "finished" and not marks(session)


def test_without_gguf_files_asked_for_none_are_left_and_a_file_in_the_place_of_a_folder_is_kept(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = copied(untouched, tmp_path)
    config = session / store.CONFIG
    config.write_text(config.read_text(encoding="utf-8").replace("gguf:\n  - F16\n  - Q8_0", "gguf: []"), "utf-8")
    shutil.rmtree(session / "final_model")
    (session / "final_model").write_text("mine", encoding="utf-8")
    assert "final_model" in str(verification.problems(session)[0])

    code, events = again(session, by=loaded)

    assert code == 0, events[-3:]
    assert not (session / "gguf").exists() and verification.problems(session) == []
    assert "evaluate.gguf was [F16, Q8_0] and is []" in marks(session)[0]["why"]["text"]
    assert (session / "set-aside" / "001-final_model").read_text(encoding="utf-8") == "mine"
    assert "001-final_model" in str(program.named(events, "warning"))


@pytest.mark.parametrize(
    ("lost", "named"),
    [(("checkpoints", "gguf"), ("No checkpoint of session", "gguf")), (("adapter", "gguf"), ("adapter", "gguf"))],
)
def test_verify_names_all_that_is_lost_and_advises_what_is_not_refused(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram, lost: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """Where the results alone are lost: see the first test."""
    session = copied(untouched, tmp_path)
    for name in lost:
        shutil.rmtree(session / name)
    is_advised(session, named, "--from-start")

    assert again(session, by=loaded)[0] != 0


def is_advised(session: Path, named: tuple[str, ...], wanted: str) -> None:
    """`verify` names just this as lost and advises what is wanted, in words and in JSON."""
    command = ("verify", session.name, "--data-root", session.parent, "--lang", "en")
    done = program.answered(*command)
    *problems, _, advice = done.stdout.splitlines()
    found = json.loads(program.answered(*command, "--json").stdout)

    assert done.returncode == 4 and len(problems) == len(named), done.stdout
    assert all(any(line.startswith(name) for line in problems) for name in named)
    assert wanted in advice and wanted in found["advice"]["text"]
    assert (found["refused"] is None) == ("--evaluate-again" in advice) == (wanted == "--evaluate-again")


def test_other_values_of_the_training_are_refused_and_nothing_is_touched(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = copied(untouched, tmp_path)
    config = session / store.CONFIG
    config.write_text(config.read_text(encoding="utf-8").replace("kl_coef: 0.05", "kl_coef: 0.5"), encoding="utf-8")

    code, events = again(session, by=loaded)

    assert (code, events[-1]["code"]) == (4, "training_config_changed")
    assert "--evaluate-again --accept-changes" in events[-1]["action"]["text"]
    assert store.read_state(session).status == "finished" and not marks(session)


@pytest.mark.parametrize("gone", ["adapter/adapter_model.safetensors", "model", "data/converted", "adapter"])
def test_without_what_was_trained_a_sentence_says_so_and_nothing_is_touched(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram, gone: str
) -> None:
    session = copied(untouched, tmp_path)
    path = session / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    code, events = again(session, by=loaded)

    assert (code, events[-1]["code"], events[-1]["sentence"]["code"]) == (
        4,
        "session_damaged",
        "run.nothing_to_evaluate",
    )
    assert store.read_state(session).status == "finished" and results(session) == results(untouched)


def test_it_is_asked_for_by_name_and_of_a_session_that_has_come_so_far(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = copied(untouched, tmp_path)
    nameless = program.answered("resume", "--evaluate-again", "--data-root", tmp_path)
    both = program.answered("resume", session.name, "--evaluate-again", "--from-start", "--data-root", tmp_path)
    shutil.rmtree(tmp_path / session.name)
    with program.engine("run", program.SMALL, "--data-root", tmp_path, loaded=program.TRAINING) as engine:
        assert engine.stdin is not None
        engine.stdin.close()
        engine.wait()
    code, events = again(program.session_in(tmp_path), by=loaded)

    assert nameless.returncode == 2 and "--evaluate-again" in nameless.stdout + nameless.stderr
    assert both.returncode == 2
    assert (code, events[-1]["sentence"]["code"]) == (2, "run.not_trained_yet")


@pytest.mark.skipif(not FORKS, reason="kills forks of a program that has loaded its libraries")
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak), pytest.param(3, marks=pytest.mark.soak)])
def test_killed_at_any_instant_old_or_new_results_are_whole_and_the_end_is_the_same(
    untouched: Path, tmp_path: Path, loaded: LoadedProgram, seed: int
) -> None:
    """Its report and a GGUF file lost; killed four times, whatever it was at, then left alone."""
    session, chance = copied(untouched, tmp_path), random.Random(seed)
    shutil.rmtree(session / "report")
    (session / "gguf" / "small-F16.gguf").unlink()
    first, asked = ["--evaluate-again"], ("resume", session.name, "--data-root", tmp_path, "--json")
    for _ in range(4):
        engine = loaded.start(*asked, *first)
        until_open(loaded)
        time.sleep(chance.uniform(0, 2))
        try:
            os.killpg(engine, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has ended
        loaded.ended()
        state = store.read_state(session)
        assert not manifest.problems(session / "final_model")
        if state.status == "finished":
            break
        first = [] if marks(session) else first
    if store.read_state(session).status != "finished":
        done = loaded.so8t(*asked, *first)
        assert done.returncode == 0, done.stdout

    assert results(session) == results(untouched) and len(marks(session)) == 1
    assert verification.problems(session) == []


def test_a_cut_at_each_write_of_its_beginning_leaves_the_session_finished_or_begun_again(
    untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for once more it is at its beginning, with all answers, and one mark in the history."""
    for number in range(100):
        session = copied(untouched, tmp_path / str(number))
        with monkeypatch.context() as patched:
            cut = cut_at_write(number, patched)
            try:
                evaluation_again.begin(session, recovery.recover(session), False)
            except Cut:
                pass
        state = store.read_state(session)
        assert state.status == "finished" or state.cursor == evaluation_again.BEGINNING
        begun = evaluation_again.begin(session, recovery.recover(session), False)
        assert begun.state.cursor == evaluation_again.BEGINNING and len(marks(session)) == 1
        assert begun.folder is not None
        answered = json.loads((begun.folder / evaluation_again.ANSWERED).read_bytes())
        assert len(answered["tuned"]) == len(answered["base"]) == 12
        assert results(session) == results(untouched)
        if not cut:
            assert number > 5
            return
        shutil.rmtree(session)
    raise AssertionError("it is never done")


def cut_at_write(number: int, patched: pytest.MonkeyPatch) -> list[str]:
    """The write of this number ends as by a kill; holds its name once it was met."""
    met: list[str] = []
    counter = itertools.count()
    for name in ("append", "write", "rename", "replace", "make_folder", "flush_folder"):
        whole = getattr(durable, name)

        def write(*words: Any, name: str = name, whole: Any = whole, **more: Any) -> Any:
            if met or next(counter) == number:
                met.append(name)
                raise Cut
            return whole(*words, **more)

        patched.setattr(durable, name, write)
    return met


def until_open(engine: LoadedProgram) -> None:
    def told() -> list[Any]:
        return [json.loads(line)["name"] for line in engine.out.read_bytes().splitlines(True) if line[-1:] == b"\n"]

    while not {"session", "failed"} & {*told()}:
        time.sleep(0.01)
