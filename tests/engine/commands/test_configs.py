"""What `config`, `data`, `alpha` and `use` are asked and answer, with what they look at put aside."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.commands import configs, queries, start, use
from so8t_engine.commands.printer import Printer
from so8t_engine.config import file as config_file
from so8t_engine.data import inspection, trial
from so8t_engine.data.files import local_files
from so8t_engine.doctor import checkup, token_estimate
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EXIT_DATA, EXIT_ENVIRONMENT, EXIT_FINISHED
from so8t_engine.export import gguf_choice, lm_studio, ollama
from so8t_engine.export.other_program import Delivery
from so8t_engine.sentences import listed, named, sentence, to_json, verbatim

NO_ROOM, NO_DATA, SLOW = (verbatim(text) for text in ("no room", "no data", "slow"))
ERROR, WARNING, OK = Finding("error", NO_ROOM), Finding("warning", SLOW), Finding("ok", verbatim("fine"))
WARNED = sentence("commands.finding", level=named("level", "warning"), finding=SLOW)
UNSEEN = Finding("note", verbatim("unseen"), why=sentence("doctor.data_too_large"))


def asked(**more: Any) -> argparse.Namespace:
    nothing = {"data_root": None, "file": None, "preset": "demo", "set": [], "example": None, "session": None}
    return argparse.Namespace(**nothing | more)


def told(answer: Any, options: argparse.Namespace, as_json: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    return answer(options, Printer(out, json=as_json)), out.getvalue()


@pytest.mark.parametrize(
    ("problems", "of_data", "of_inputs", "of_machine", "code", "head", "lines"),
    [
        ([("datasets.1.path", NO_DATA)], [], [], [WARNING], "config_invalid", "valid_but_unfit", ["key", "warning"]),
        ([], [ERROR], [], [OK], "config_invalid", "valid_but_unfit", ["error"]),
        ([], [], [ERROR], [WARNING], "config_invalid", "valid_but_unfit", ["error", "warning"]),
        ([], [WARNING], [], [ERROR], "environment", "valid_elsewhere", ["error", "warning"]),
    ],
)
def test_what_is_wrong_is_the_configurations_or_the_machines(
    monkeypatch: pytest.MonkeyPatch,
    problems: list[Any],
    of_data: list[Finding],
    of_inputs: list[Finding],
    of_machine: list[Finding],
    code: str,
    head: str,
    lines: list[str],
) -> None:
    sources = SimpleNamespace(findings=of_data, problems=problems)
    monkeypatch.setattr(queries, "data_sources", lambda config: sources)
    monkeypatch.setattr(checkup, "inputs", lambda config: of_inputs)
    monkeypatch.setattr(start, "before_a_run", lambda config, root, inputs: [*inputs, *of_machine])
    error = refused(lambda: configs._check(asked(), Printer(io.StringIO())))
    name = config_file.load_preset("demo").datasets[1].name
    said = {
        "key": sentence("config.problem_of_key", key=f"datasets.1.path ({name})", what=NO_DATA),
        "error": NO_ROOM, "warning": WARNED,
    }  # fmt: skip
    source = sentence("config.preset", name="demo")
    assert (error.code, error.sentence) == (
        code,
        listed(sentence(f"commands.{head}", source=source), [said[line] for line in lines]),
    )


@pytest.mark.parametrize(("finding", "code"), [(WARNING, "commands.correct"), (UNSEEN, "commands.correct_as_far")])
def test_a_right_configuration_is_said_to_be_as_far_as_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, finding: Finding, code: str
) -> None:
    looked: list[Any] = []
    monkeypatch.setattr(queries, "data_sources", lambda config: SimpleNamespace(findings=[OK], problems=[]))
    monkeypatch.setattr(checkup, "inputs", lambda config: [])
    monkeypatch.setattr(start, "before_a_run", lambda config, root, inputs: looked.append(root) or [finding])
    config = config_file.load_preset("demo")
    (tmp_path / "a.yaml").write_text(config_file.dump(config), encoding="utf-8")
    file = str(tmp_path / "a.yaml")
    printer = Printer(io.StringIO())
    code_of, said = told(configs._check, asked(file=file, preset=None))
    looked.clear()
    for chosen in (None, str(tmp_path / "chosen")):
        told(configs._check, asked(set=[f"data_root={tmp_path / 'own'}"], data_root=chosen))

    about = {"source": file, "name": "demo", "datasets": len(config.datasets)}
    assert said.splitlines() == [
        printer.say(sentence(code, **about)), printer.say(configs._line(OK)), printer.say(configs._line(finding)),
    ]  # fmt: skip
    assert code_of == EXIT_FINISHED and looked == [tmp_path / "own", tmp_path / "chosen"]
    monkeypatch.setattr(queries, "check", lambda load, root: {"seed": load().seed, "root": root})
    assert json.loads(told(configs._config, asked(action="check", set=["seed=9"]), True)[1]) == {
        "seed": 9,
        "root": None,
    }


def test_a_configuration_is_shown_for_people_or_programs_and_a_form_for_programs_alone() -> None:
    shown = told(configs._config, asked(action="show", set=["seed=9"]))[1]
    assert shown == config_file.dump(config_file.load_preset("demo", ["seed=9"]))
    assert json.loads(told(configs._config, asked(action="show", set=["seed=9"]), True)[1])["values"]["seed"] == 9
    for as_json in (True, False):
        assert json.loads(told(configs._config, asked(action="form"), as_json)[1])["values"]["name"] == "demo"


def test_alpha_is_drawn_in_some_twenty_lines_as_long_as_it_is_strong(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [(at / 100, 1 - at / 200) for at in range(101)]
    monkeypatch.setattr(queries, "alpha_curve", lambda config: points)
    lines = told(configs._alpha, asked())[1].splitlines()

    assert lines[0] == "   0%  1.0000  " + "#" * 60 and lines[-1] == " 100%  0.5000  " + "#" * 30
    assert [line[:5] for line in lines] == [f"{5 * at:>4}%" for at in range(21)]
    assert json.loads(told(configs._alpha, asked(), True)[1]) == {"points": [list(point) for point in points]}


@pytest.mark.parametrize(
    ("path", "known", "source"),
    [
        ("demo:maths", False, "local"), ("owner/name", False, "hub"), ("./x", False, "local"), ("x.csv", True, "local"),
        ("own*", False, "local"), ("owner/there", False, "local"),
    ],
)  # fmt: skip
def test_a_dataset_to_try_is_a_file_where_one_is_meant_and_its_exit_code_says_whether_any_row_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, known: bool, source: str
) -> None:
    (tmp_path / "owner" / "there").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    seen: list[Any] = []
    config = SimpleNamespace(model=SimpleNamespace(model_name_or_path=None, revision=None))
    monkeypatch.setattr(local_files, "is_known", lambda path: known)
    monkeypatch.setattr(config_file, "no_address", lambda path: None)
    monkeypatch.setattr(config_file, "of_source", lambda *given: seen.append(given) or config)
    monkeypatch.setattr(trial, "run", lambda *given: seen.append(given) or SimpleNamespace(kept=[1] if known else []))
    monkeypatch.setattr(trial, "to_json", lambda found: {})
    monkeypatch.setattr(trial, "lines", lambda found: [])
    code = configs._data(asked(action="try", path=path, set=["a=b"]), Printer(io.StringIO()))
    assert seen == [(source, path, ["a=b"]), (config, None)]
    assert code == (EXIT_FINISHED if known else EXIT_DATA)
    config.model = SimpleNamespace(model_name_or_path="m", revision="r")
    monkeypatch.setattr(token_estimate, "counter", lambda *given: given)
    configs._data(asked(action="try", path=path), Printer(io.StringIO()))
    assert seen[-1] == (config, ("m", "r"))


@pytest.mark.parametrize(
    ("options", "option"),
    [({"action": "inspect", "set": ["a=b"]}, "--set"), ({"action": "try", "example": "1"}, "--example")],
)
def test_an_option_of_the_other_action_is_refused(options: dict[str, Any], option: str) -> None:
    error = refused(lambda: configs._data(asked(path="x", **options), Printer(io.StringIO())))
    said = sentence("commands.option_of_other", option=option, action=options["action"])
    assert (error.code, error.sentence) == ("usage", said)


@pytest.mark.parametrize("example", [None, "07"])
def test_a_session_is_inspected_as_a_whole_or_one_example_of_it(
    monkeypatch: pytest.MonkeyPatch, example: str | None
) -> None:
    monkeypatch.setattr(configs.catalog, "find", lambda root, name: Path(name))
    monkeypatch.setattr(inspection, "look", lambda session, one: {"session": session.name, "one": one})
    monkeypatch.setattr(inspection, "lines", lambda seen, alone: [f"{seen['one']} {alone}"])
    options = asked(action="inspect", path="s", example=example)
    assert told(configs._data, options) == (EXIT_FINISHED, f"{example} {example is not None}\n")
    assert json.loads(told(configs._data, options, True)[1]) == {"session": "s", "one": example}


def test_an_address_that_is_none_is_named_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config_file, "no_address", lambda path: NO_DATA)
    error = refused(lambda: configs._data(asked(action="try", path="http://x"), Printer(io.StringIO())))
    said = sentence("config.problem_of_key", key="http://x", what=NO_DATA)
    assert (error.code, error.sentence) == ("dataset_missing", said)


@pytest.mark.parametrize(
    ("program", "done", "place", "shown", "code"),
    [
        ("ollama", True, None, True, EXIT_FINISHED), ("ollama", False, Path("recipe"), True, EXIT_ENVIRONMENT),
        ("lmstudio", True, Path("x.gguf"), False, EXIT_FINISHED), ("lmstudio", False, None, True, EXIT_ENVIRONMENT),
    ],
)  # fmt: skip
def test_what_became_of_a_model_in_another_program_and_what_to_type(
    monkeypatch: pytest.MonkeyPatch, program: str, done: bool, place: Path | None, shown: bool, code: int
) -> None:
    given: list[Any] = []
    delivery = Delivery(done, "so8t/x", "the line", NO_ROOM, place)
    for name, module in (("ollama", ollama), ("lmstudio", lm_studio)):
        monkeypatch.setattr(module, "add", lambda *each, name=name: given.append((name, *each)) or delivery)
    monkeypatch.setattr(use.catalog, "find", lambda root, name: Path(f"found {name}"))
    monkeypatch.setattr(gguf_choice, "latest", lambda root, tell: Path("newest"))
    options = asked(program=program, quant="F16", name="x")
    said = told(use._use, options)
    value = json.loads(told(use._use, asked(program=program, quant=None, name=None, session="mine"), True)[1])

    assert said == (code, "no room\n" + "  the line\n" * shown) and options.session == "newest"
    assert given == [(program, Path("newest"), "F16", "x"), (program, Path("found mine"), None, None)]
    assert value == {
        "session": "found mine", "program": program, "done": done, "model": "so8t/x", "line": "the line",
        "path": None if place is None else str(place), "sentence": to_json(NO_ROOM),
    }  # fmt: skip
