"""Looks at reward functions and a reward model without importing either: are they there, is the Python right?"""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path

from so8t_engine.config.reward import Reward
from so8t_engine.doctor import model_files
from so8t_engine.doctor.findings import Finding


def check(reward: Reward) -> list[Finding]:
    found = [_function(name, reward) for name in reward.functions]
    if reward.model is not None and Path(reward.model.name_or_path).is_dir():
        found.append(_model(Path(reward.model.name_or_path)))
    elif reward.model is not None and reward.model.name_or_path.startswith((".", "~", "/", "\\")):
        what = f"There is no reward model folder {reward.model.name_or_path}."
        found.append(Finding("error", what, "", "Correct reward.model."))
    return [finding for finding in found if finding is not None]


def _function(name: str, reward: Reward) -> Finding | None:
    """Running the user's module is left to training; it may load anything."""
    module, _, function = name.partition(":")
    folders = [*([Path(reward.folder)] if reward.folder else []), Path.cwd()]
    path = next((found for folder in folders if (found := _source(folder, module)) is not None), None)
    if path is None:
        if _installed(module):
            return None
        what = f"There is no reward module {module} in {folders[0]}, nor is one installed."
        return Finding("error", what, f"reward.functions names {name}.", f"Put {module.split('.')[0]}.py there.")
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    except SyntaxError as error:
        what = f"{path.name}, line {error.lineno}: this is not valid Python ({error.msg})."
        return Finding("error", what, f"reward.functions names {name}.", "Correct it.")
    except (OSError, ValueError) as error:
        return Finding("error", f"{path} cannot be read: {error}.", f"reward.functions names {name}.", "Correct it.")
    defined = _defined(tree)
    if defined is None or function in defined:
        return None
    public = sorted(name for name in defined if not name.startswith("_"))
    change = f"Write it, or name one of {', '.join(public)}." if public else "Write it."
    return Finding("error", f"{path.name} has no function {function}.", f"reward.functions names {name}.", change)


def _source(folder: Path, module: str) -> Path | None:
    base = folder.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _installed(module: str) -> bool:
    """Looks for the first part of the name only: looking for more would import it."""
    try:
        return importlib.util.find_spec(module.split(".")[0]) is not None
    except (ImportError, ValueError):
        return False


def _defined(tree: ast.Module) -> set[str] | None:
    """Names at the top of a module; None where it has some that only running it would show."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            if any(alias.name == "*" for alias in node.names):
                return None
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif not isinstance(node, ast.Expr):
            return None
    return names


def _model(folder: Path) -> Finding | None:
    change = "Correct reward.model, or fetch it again."
    try:
        body = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        labels = body.get("num_labels") or len(body.get("id2label") or {0: "", 1: ""})
    except (OSError, ValueError, AttributeError, TypeError):
        return Finding("error", f"The reward model {folder} has no readable config.json.", "", change)
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        return Finding("error", f"The reward model {folder} has no safetensors file.", "", change)
    cut = [path.name for path in files if not model_files.whole(path)]
    if cut:
        return Finding("error", f"The reward model {folder}: {cut[0]} is cut off or damaged.", "", change)
    if labels != 1:
        what = f"The reward model {folder} has {labels} outputs."
        return Finding("error", what, "A reward model has one.", "Choose another reward.model.")
    return None
