"""The user's reward functions, from `module:function` in the configuration to a list of finite numbers.

TRL's signature: `f(prompts, completions, completion_ids=..., **columns) -> list[float]`, all by keyword, one number per
completion; the columns are those of an example (id, source, category, language, answer, answer_kind, safety, ...).
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, in_turn, sentence, verbatim

Function = Callable[..., Sequence[float]]

MODEL = "model"  # the reward model's name among functions
OWN = ("prompt", "completion", "messages")  # fields of an example that go by other names in the call, or not at all
COLUMNS = tuple(name for name in Example._fields if name not in OWN)


def find(name: str, folders: Sequence[Path]) -> Function:
    """Imports `module:function`. `folders`: where it was looked for, to be named. Raises EngineError reward."""
    module_name, _, function_name = name.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise EngineError("reward", _not_found(name, module_name, error, folders)) from error
    except (Exception, SystemExit) as error:
        what = sentence("rewards.import_failed", module=module_name, function=name, why=told(error))
        raise EngineError("reward", what) from error
    file = getattr(module, "__file__", None) or sentence("rewards.built_in")
    function = getattr(module, function_name, None)
    if function is None:
        names = [attribute for attribute in vars(module) if attribute[0] != "_"]
        near = difflib.get_close_matches(function_name, names)
        what = sentence("rewards.no_function", module=module_name, file=file, function=function_name)
        raise EngineError("reward", in_turn(what, sentence("rewards.did_you_mean", near=near[0])) if near else what)
    _check_call(name, function)
    return function


def call(
    name: str,
    function: Function,
    examples: Sequence[Example],
    completions: Sequence[str],
    completion_ids: Sequence[Sequence[int]] | None = None,
) -> list[float]:
    """One finite number per completion. Raises EngineError reward, which names the function, for anything else."""
    arguments: dict[str, Any] = {column: [getattr(example, column) for example in examples] for column in COLUMNS}
    if completion_ids is not None and _takes(function, "completion_ids"):
        arguments["completion_ids"] = [list(ids) for ids in completion_ids]
    prompts = [example.prompt for example in examples]
    try:
        result = function(prompts=prompts, completions=list(completions), **arguments)
        values = list(result) if isinstance(result, Iterable) and not isinstance(result, (str, bytes, dict)) else None
    except (Exception, SystemExit) as error:
        raise EngineError("reward", sentence("rewards.failed", who=_named(name), why=told(error))) from error
    if values is None and result is None:
        raise EngineError("reward", sentence("rewards.returned_nothing", who=_named(name)))
    if values is None:
        raise EngineError("reward", sentence("rewards.returned_type", who=_named(name), type=type(result).__name__))
    if len(values) != len(completions):
        what = sentence("rewards.returned_count", who=_named(name), values=len(values), completions=len(completions))
        raise EngineError("reward", what)
    return [_number(name, place, value) for place, value in enumerate(values)]


def files(functions: Sequence[Function]) -> list[Path]:
    """The source files of functions, as far as they have any; by their digest a change is noticed."""
    paths = {getattr(sys.modules.get(getattr(function, "__module__", "")), "__file__", None) for function in functions}
    return sorted(Path(path) for path in paths if path is not None)


def told(error: BaseException) -> Sentence:
    """What an exception says in one line, with the line of the user's file where it was raised."""
    message = " ".join(str(error).split()).rstrip(".")
    text = f"{type(error).__name__}: {message}" if message else type(error).__name__
    frames = inspect.getinnerframes(error.__traceback__) if error.__traceback__ else []
    if not frames or frames[-1].filename == __file__:
        return verbatim(text)
    return sentence("rewards.raised_at", error=text, file=Path(frames[-1].filename).name, line=frames[-1].lineno)


def _named(name: str) -> Sentence:
    return sentence("rewards.the_model") if name == MODEL else sentence("rewards.the_function", name=name)


def _number(name: str, place: int, value: Any) -> float:
    try:
        number = math.nan if isinstance(value, (str, bytes)) else float(value)
    except (TypeError, ValueError, RuntimeError):  # RuntimeError: a tensor with more than one number in it
        number = math.nan
    if not math.isfinite(number):
        shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
        what = sentence("rewards.returned_value", who=_named(name), value=shown, completion=place + 1)
        raise EngineError("reward", what)
    return number


def _check_call(name: str, function: Any) -> None:
    if not callable(function):
        raise EngineError("reward", sentence("rewards.not_a_function", name=name, type=type(function).__name__))
    if inspect.iscoroutinefunction(function):
        raise EngineError("reward", sentence("rewards.async", name=name))
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # a built-in without a signature: the first call will tell
    try:
        keywords = [*COLUMNS, *(["completion_ids"] if _takes(function, "completion_ids") else [])]
        signature.bind(prompts=[], completions=[], **{column: [] for column in keywords})
    except TypeError as error:
        raise EngineError("reward", sentence("rewards.signature", name=name, error=error)) from error


def _takes(function: Any, keyword: str) -> bool:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
    return keyword in parameters or any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())


def _not_found(name: str, module: str, error: ModuleNotFoundError, folders: Sequence[Path]) -> Sentence:
    if error.name is not None and error.name != module and not module.startswith(f"{error.name}."):
        return sentence("rewards.needs_module", module=module, missing=error.name, function=name)
    return sentence("rewards.no_module", module=module, folders=folders, function=name)
