"""The user's reward functions: found by `module:function`, looked at before training, called with care.

TRL's signature: `f(prompts, completions, completion_ids=..., **columns) -> list[float]`, all by keyword, one number per
completion; the columns are those of an example (id, source, category, language, answer, answer_kind, safety, ...).
"""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import inspect
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError

Function = Callable[..., Sequence[float]]

MODEL = "model"  # the reward model's name among functions
OWN = ("prompt", "completion")  # fields of an example that go by other names in the call
COLUMNS = tuple(field.name for field in dataclasses.fields(Example) if field.name not in OWN)


def find(name: str, folders: Sequence[Path]) -> Function:
    """Imports `module:function`, the module looked for in `folders` first. Raises EngineError reward."""
    module_name, _, function_name = name.partition(":")
    with _looked_in(folders):
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            raise EngineError("reward", _not_found(name, module_name, error, folders)) from error
        except (Exception, SystemExit) as error:
            what = f"The reward module {module_name} cannot be imported: {said(error)}"
            raise EngineError("reward", f"{what} (reward.functions: {name}).") from error
    place = getattr(module, "__file__", None) or "built in"
    function = getattr(module, function_name, None)
    if function is None:
        near = difflib.get_close_matches(function_name, [word for word in vars(module) if word[0] != "_"], 1)
        detail = f"The reward module {module_name} ({place}) has no function {function_name}"
        raise EngineError("reward", f"{detail}; did you mean {near[0]}?" if near else f"{detail}.")
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
    try:
        found = function(
            prompts=[example.prompt for example in examples], completions=list(completions), **arguments
        )  # fmt: skip
        values = list(found) if isinstance(found, Iterable) and not isinstance(found, (str, bytes, dict)) else None
    except (Exception, SystemExit) as error:
        raise EngineError("reward", f"{_called(name)} failed: {said(error)}.") from error
    if values is None:
        kind = "nothing" if found is None else f"a {type(found).__name__}"
        raise EngineError("reward", f"{_called(name)} returned {kind} instead of a list of numbers.")
    if len(values) != len(completions):
        raise EngineError(
            "reward", f"{_called(name)} returned {len(values)} values for {len(completions)} completions."
        )
    return [_number(name, place, value) for place, value in enumerate(values)]


def files(functions: Sequence[Function]) -> list[Path]:
    """The source files of functions, as far as they have any, for noticing that one was changed."""
    found = {getattr(sys.modules.get(getattr(function, "__module__", "")), "__file__", None) for function in functions}
    return sorted(Path(path) for path in found if path is not None)


def said(error: BaseException) -> str:
    """What an exception says in one line, with the line of the user's file where it came from."""
    words = " ".join(str(error).split()).rstrip(".")
    text = f"{type(error).__name__}: {words}" if words else type(error).__name__
    frames = [frame for frame in inspect.getinnerframes(error.__traceback__)] if error.__traceback__ else []
    last = frames[-1] if frames else None
    return f"{text} ({Path(last.filename).name}, line {last.lineno})" if last and last.filename != __file__ else text


def _called(name: str) -> str:
    return "The reward model" if name == MODEL else f"The reward function {name}"


def _number(name: str, place: int, value: Any) -> float:
    try:
        number = math.nan if isinstance(value, (str, bytes)) else float(value)
    except (TypeError, ValueError, RuntimeError):  # RuntimeError: a tensor with more than one number in it
        number = math.nan
    if not math.isfinite(number):
        shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
        raise EngineError(
            "reward", f"{_called(name)} returned {shown} for completion {place + 1}, not a finite number."
        )
    return number


def _check_call(name: str, function: Any) -> None:
    if not callable(function):
        raise EngineError("reward", f"The reward function {name} is a {type(function).__name__}, not a function.")
    if inspect.iscoroutinefunction(function):
        raise EngineError("reward", f"The reward function {name} is `async`; write it as a plain function.")
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # a built-in that does not tell: the first call will
    try:
        keywords = [*COLUMNS, *(["completion_ids"] if _takes(function, "completion_ids") else [])]
        signature.bind(prompts=[], completions=[], **{column: [] for column in keywords})
    except TypeError as error:
        raise EngineError(
            "reward",
            f"The reward function {name} cannot be called with TRL's keywords ({error}); "
            "write it as f(prompts, completions, **columns).",
        ) from error


def _takes(function: Any, keyword: str) -> bool:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
    return keyword in parameters or any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())


def _not_found(name: str, module: str, error: ModuleNotFoundError, folders: Sequence[Path]) -> str:
    if error.name is not None and error.name != module and not module.startswith(f"{error.name}."):
        return f"The reward module {module} needs the module {error.name}, which is not installed ({name})."
    places = " or ".join(str(folder) for folder in folders)
    return f"There is no reward module {module} in {places}, nor is one installed (reward.functions: {name})."


@contextmanager
def _looked_in(folders: Sequence[Path]) -> Iterator[None]:
    """`folders` before everything else while a module is imported, behind everything else from then on.

    No `.pyc` is written: it would lie beside the user's files, and one made within the same second as a correction of
    the same length would be taken for the corrected module.
    """
    wanted, before, writes = [str(folder) for folder in folders], list(sys.path), sys.dont_write_bytecode
    sys.path[:0] = wanted
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = [*before, *(folder for folder in wanted if folder not in before)]
        sys.dont_write_bytecode = writes
