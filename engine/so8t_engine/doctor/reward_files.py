"""Looks at reward functions and a reward model without importing either: are they there, is the Python right?"""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path
from typing import Literal

from so8t_engine import paths
from so8t_engine.config.reward import Reward
from so8t_engine.doctor import model_files
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.rewards import code_consent, source_files
from so8t_engine.sentences import sentence

OUTPUTS = 2  # that a model has for Hugging Face where its config.json says nothing of them


def check(reward: Reward) -> list[Finding]:
    findings = [_function(name, reward) for name in reward.functions]
    if reward.model is not None and Path(reward.model.name_or_path).is_dir():
        findings.append(_model(Path(reward.model.name_or_path)))
    elif reward.model is not None and paths.looks_local(reward.model.name_or_path):
        what = sentence("doctor.no_reward_model_folder", folder=reward.model.name_or_path)
        findings.append(Finding("error", what, change=sentence("doctor.correct_reward_model")))
    return [finding for finding in [*findings, own_code(reward)] if finding is not None]


def own_code(reward: Reward, level: Literal["error", "warning"] = "warning") -> Finding | None:
    """That its functions would run files which the user has not allowed yet."""
    try:
        code_consent.allowed(reward)
    except EngineError as error:
        return Finding(level, error.sentence, change=error.action)
    return None


def _function(name: str, reward: Reward) -> Finding | None:
    """Running the user's module is left to training; it may load anything."""
    module, _, function = name.partition(":")
    folders = code_consent.folders_of(reward)
    path = next((file for folder in folders if (file := source_files.file_of(folder, module)) is not None), None)
    why, correct = sentence("doctor.reward_functions_names", name=name), sentence("doctor.correct_it")
    if path is None:
        if _installed(module):
            return None
        what = sentence("doctor.no_reward_module", module=module, folder=folders[0])
        return Finding("error", what, why, sentence("doctor.put_file_there", file=f"{module.split('.')[0]}.py"))
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    except SyntaxError as error:
        what = sentence("doctor.not_python", file=path.name, line=error.lineno, error=error.msg)
        return Finding("error", what, why, correct)
    except (OSError, ValueError) as error:
        return Finding("error", sentence("doctor.unreadable", path=path, error=str(error)), why, correct)
    defined = _defined(tree)
    if defined is None or function in defined:
        return None
    public = sorted(name for name in defined if not name.startswith("_"))
    change = sentence("doctor.write_it_or_name", names=public) if public else sentence("doctor.write_it")
    return Finding("error", sentence("doctor.no_function", file=path.name, function=function), why, change)


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
    change = sentence("doctor.correct_or_fetch_reward_model")
    try:
        body = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        labels = body.get("num_labels") or len(body.get("id2label") or ()) or OUTPUTS
    except (OSError, ValueError, AttributeError, TypeError):
        return Finding("error", sentence("doctor.reward_model_config", folder=folder), change=change)
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        return Finding("error", sentence("doctor.reward_model_weights", folder=folder), change=change)
    cut = [path.name for path in files if not model_files.whole(path)]
    if cut:
        return Finding("error", sentence("doctor.weights_cut_off", name=folder, file=cut[0]), change=change)
    if labels != 1:
        what, why = (
            sentence("doctor.reward_model_outputs", folder=folder, outputs=labels),
            sentence("doctor.one_output"),
        )
        return Finding("error", what, why, sentence("doctor.choose_reward_model"))
    return None
