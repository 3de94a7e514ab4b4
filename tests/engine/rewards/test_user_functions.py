"""A user's reward functions are found beside the configuration, looked at before training, and named when they fail."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import refused
from so8t_engine.config.reward import Reward
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.rewards import code_consent, scoring, user_functions
from so8t_engine.sentences import sentence

SAID = "<think-logic>2 + 3 = 5</think-logic>\n<final>5</final>"
EXAMPLE = Example(
    id="0", source="s", category="maths", language="en", split="train", prompt="2 + 3?", completion=SAID, plain="5",
    answer="5", answer_kind="number", safety=None,
)  # fmt: skip
_numbers = itertools.count()


def written(folder: Path, text: str) -> str:
    """A module of that text under a name of its own (this process imports each name once)."""
    name = f"users_rewards_{next(_numbers)}"
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return name


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is allowed here is not allowed to this user's own sessions."""
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))


def resolved(folder: Path, *names: str) -> dict[str, scoring.Function]:
    settings = Reward(functions=list(names), folder=str(folder))
    code_consent.allow(settings)
    return scoring.resolve(settings, torch.device("cpu"))


def wrong(folder: Path, text: str, name: str = "f") -> EngineError:
    """What is said of a module before anything is scored."""
    module = written(folder, text)
    error = refused(lambda: resolved(folder, f"{module}:{name}"))
    assert error.code == "reward" and module in error.detail and "\n" not in error.detail
    return error


def test_a_function_sees_every_column_and_the_tokens(tmp_path: Path) -> None:
    module = written(
        tmp_path,
        "def short(prompts, completions, completion_ids, answer, **columns):\n"
        "    assert prompts == ['2 + 3?'] and answer == ['5'] and columns['category'] == ['maths']\n"
        "    return [0.25 * len(ids) for ids in completion_ids]\n",
    )
    name = f"{module}:short"
    settings = Reward(functions=[name], folder=str(tmp_path))
    with pytest.raises(EngineError, match="completion_ids"):
        user_functions.call(name, resolved(tmp_path, name)[name], [EXAMPLE], [SAID])
    functions = scoring.resolve(settings, torch.device("cpu"))
    result = scoring.score([EXAMPLE], [SAID], settings, functions, [[7, 8]])

    assert result.total == pytest.approx([1.5])
    assert result.means() == {"format": 1.0, "answer": 1.0, "safety": 1.0, name: 0.5}


def test_a_module_may_import_what_lies_beside_it_and_leaves_no_traces(tmp_path: Path) -> None:
    beside = written(tmp_path, "WORTH = 0.5\n")
    module = written(tmp_path, f"import {beside}\ndef f(**_):\n    return [{beside}.WORTH]\n")
    result = resolved(tmp_path, f"{module}:f")

    assert user_functions.call("f", result[f"{module}:f"], [EXAMPLE], [SAID]) == [0.5]
    assert not list(tmp_path.glob("__pycache__"))


def test_a_package_may_import_its_own_parts(tmp_path: Path) -> None:
    package = f"users_package_{next(_numbers)}"
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text(f"from {package}.part import f\n", encoding="utf-8")
    (tmp_path / package / "part.py").write_text(
        "from . import worth\n\n\ndef f(**_):\n    return [worth.WORTH]\n", encoding="utf-8"
    )
    (tmp_path / package / "worth.py").write_text("WORTH = 0.25\n", encoding="utf-8")
    result = resolved(tmp_path, f"{package}:f")

    assert user_functions.call("f", result[f"{package}:f"], [EXAMPLE], [SAID]) == [0.25]


def test_the_current_folder_is_looked_in_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that moved to another machine: the YAML's folder is not there."""
    module = written(tmp_path, "def f(**_):\n    return [1.0]\n")
    monkeypatch.chdir(tmp_path)

    assert resolved(Path("/no/such/folder"), f"{module}:f")


def test_a_changed_file_changes_the_digest(tmp_path: Path) -> None:
    module = written(tmp_path, "def f(**_):\n    return [1.0]\n")
    functions = resolved(tmp_path, f"{module}:f")
    before = scoring.digest(functions)
    (tmp_path / f"{module}.py").write_text("def f(**_):\n    return [2.0]\n", encoding="utf-8")

    assert scoring.digest(functions) != before


@pytest.mark.parametrize("name", ["no_such_module_here:f", "no.such.module:f", "math:no_such_function"])
def test_a_function_that_is_nowhere_is_named(tmp_path: Path, name: str) -> None:
    error = refused(lambda: resolved(tmp_path, name))

    assert error.code == "reward" and name.partition(":")[0] in error.detail and "\n" not in error.detail
    assert error.sentence.code == ("rewards.no_function" if name.startswith("math") else "rewards.no_module")


@pytest.mark.parametrize(("module", "file"), [("sys", sentence("rewards.built_in")), ("json", json.__file__)])
def test_where_a_function_was_looked_for_is_its_file_or_python_itself(
    tmp_path: Path, module: str, file: object
) -> None:
    error = refused(lambda: resolved(tmp_path, f"{module}:no_such_function"))

    assert error.sentence.args["file"] == file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(:\n", ["SyntaxError", "line 1"]),
        ("import no_such_thing\ndef f(**_): ...\n", ["needs the module no_such_thing"]),
        ("x = 1 / 0\n", ["cannot be imported", "ZeroDivisionError", "line 1"]),
        ("import sys\nsys.exit(3)\n", ["cannot be imported", "SystemExit"]),
        ("def ff(**_): ...\n", ["no function f", "Did you mean ff?"]),
        ("def ff(**_): ...\ndef _f(**_): ...\nx = g = 1\n", ["Did you mean ff?"]),
        ("f = 3\n", ["is of type int, not a function"]),
        ("def f(completions):\n    return [1.0]\n", ["TRL's keywords", "**columns"]),
        ("def f(prompts, completions, gold, **columns):\n    return [1.0]\n", ["TRL's keywords", "gold"]),
        ("async def f(**_):\n    return [1.0]\n", ["async"]),
    ],
)
def test_a_module_that_cannot_work_is_refused_before_training(tmp_path: Path, text: str, expected: list[str]) -> None:
    error = wrong(tmp_path, text)

    assert all(word in error.detail for word in expected), error.detail


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[float('nan')]", "nan for completion 1"), ("[float('inf')]", "inf"), ("[]", "0 values for 1"),
        ("[1.0, 2.0]", "2 values for 1"), ("['0.5']", "'0.5'"), ("None", "returned nothing"),
        ("[None]", "None for completion 1"),
        (f"[{'x' * 38!r}]", repr("x" * 38) + " for"), (f"[{'x' * 39!r}]", repr("x" * 36)[:-1] + "... for"),
        ("0.5", "of type float"), ("{'a': 1}", "of type dict"), ("'x'", "of type str"), ("[[1.0]]", "[1.0]"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_finite_numbers_is_named(tmp_path: Path, value: str, expected: str) -> None:
    module = written(tmp_path, f"def f(**_):\n    return {value}\n")
    functions = resolved(tmp_path, f"{module}:f")
    error = refused(lambda: scoring.score([EXAMPLE], [SAID], Reward(), functions))

    assert error.code == "reward" and module in error.detail and expected in error.detail


@pytest.mark.parametrize("value", ["torch.tensor([0.5])", "numpy.array([0.5])", "(x for x in [0.5])", "[True]", "[1]"])
def test_tensors_arrays_and_whole_numbers_are_numbers(tmp_path: Path, value: str) -> None:
    module = written(tmp_path, f"import numpy, torch\ndef f(**_):\n    return {value}\n")
    [result] = user_functions.call("f", resolved(tmp_path, f"{module}:f")[f"{module}:f"], [EXAMPLE], [SAID])

    assert type(result) is float and result in (0.5, 1.0)


def test_a_function_that_raises_is_named_with_its_line(tmp_path: Path) -> None:
    module = written(tmp_path, "def f(**_):\n    raise ValueError('by nought')\n")
    functions = resolved(tmp_path, f"{module}:f")
    error = refused(lambda: scoring.score([EXAMPLE], [SAID], Reward(), functions))

    assert "by nought" in error.detail and f"{module}.py, line 2" in error.detail


def test_a_function_cannot_change_what_others_see(tmp_path: Path) -> None:
    module = written(
        tmp_path,
        "def greedy(completions, **_):\n    completions.clear()\n    return [1.0]\n"
        "def after(completions, **_):\n    return [float(len(completions))]\n",
    )
    names = [f"{module}:greedy", f"{module}:after"]
    result: Any = scoring.score([EXAMPLE], [SAID], Reward(functions=names), resolved(tmp_path, *names))

    assert result.components[names[1]] == [1.0]


def test_what_has_no_signature_takes_nothing_that_not_all_take() -> None:
    class Odd:
        __signature__ = "none"

        def __call__(self, prompts: list[str], completions: list[str], **columns: Any) -> list[float]:
            return [0.0 for _ in completions]

    def of_all(prompts: list[str], completions: list[str], **columns: Any) -> list[float]:
        return []

    def by_name(prompts: list[str], completions: list[str], completion_ids: list[list[int]]) -> list[float]:
        return []

    takes = [user_functions._takes(function, "completion_ids") for function in (Odd(), of_all, by_name, of_all)]
    assert takes == [False, True, True, True]
    assert not user_functions._takes(lambda prompts, completions: [], "completion_ids")
