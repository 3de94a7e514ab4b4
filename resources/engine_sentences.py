"""What the engine says in words, as templates: `There is no file {path}.`, for translation in the window.

The engine speaks English, on every screen and in every log. The window knows its sentences by these templates, which
are read out of its source: a string, or an f-string with its values as named places.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "engine" / "so8t_engine"
PRESETS = ROOT / "resources" / "so8t_resources" / "presets"
BESIDE = (ROOT / "gui" / "so8t_gui" / "reduce.py",)  # speaks for an engine that is gone
# Said only on a terminal, in the log, in a report, to a model or to another program.
UNSEEN = {
    "cli.py", "display.py", "protocol.py", "session_files.py", "stdout.py", "evaluate/report.py", "evaluate/chart.py",
    "export/modelfile.py", "data/refusals.py", "data/draft.py", "doctor/machine.py", "train/maths.py",
}  # fmt: skip
# Parts of sentences: in here, whatever they look like.
IN_PARTS = (
    "config*.py", "doctor/memory.py", "doctor/needs.py", "doctor/model_files.py", "manifest.py", "data/lines.py",
    "data/named.py", "data/local.py", "data/generic.py", "steps/integrate.py", "steps/train.py", "adjust.py",
    "train/runtime.py", "train/opened.py", "train/preflight.py", "supervise.py",
)  # fmt: skip
ELSEWHERE = re.compile(r"State in one sentence|Explain step by step|Question:|.* ERROR ")  # said to a model, to the log
LEAST_LETTERS = 5
LEAST_IN_PARTS = 5


def collect() -> dict[str, str]:
    """Every template, with the file that says it, sorted by that."""
    found: dict[str, str] = {}
    for path in [*sorted(ENGINE.rglob("*.py")), *BESIDE]:
        below = path.relative_to(ENGINE) if path.is_relative_to(ENGINE) else path
        if below.as_posix() in UNSEEN:
            continue
        parts = any(below.match(pattern) for pattern in IN_PARTS)
        for text in strings(ast.parse(path.read_text(encoding="utf-8"))):
            if (_is_part if parts else _is_sentence)(text):
                found.setdefault(text.strip(), path.relative_to(ROOT).as_posix())
    for path in sorted(PRESETS.glob("*.yaml")):
        about = yaml.safe_load(path.read_text(encoding="utf-8"))["description"]
        found[about.replace("{", "{{").replace("}", "}}")] = path.relative_to(ROOT).as_posix()
    return found


def strings(tree: ast.AST) -> Iterator[str]:
    """Strings and f-strings of a module as templates; docstrings and what stands inside another left out."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            inner.add(id(node.value))
        elif id(node) not in inner and isinstance(node, ast.JoinedStr):
            yield _template(node)
        elif id(node) not in inner and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.replace("{", "{{").replace("}", "}}")


def letters(template: str) -> int:
    """How many letters of a template are its own."""
    return sum(ch.isalpha() for text, *_ in string.Formatter().parse(template) for ch in text)


def _is_sentence(text: str) -> bool:
    text = text.strip()
    if ELSEWHERE.match(text) or not re.match(r"[\w`{]\S*\s", text) or letters(text) < LEAST_LETTERS:
        return False
    return text.endswith((".", ":")) or (text[0].isupper() and text.endswith("}"))


def _is_part(text: str) -> bool:
    known = " " in text.strip() and not {"\\", "<", "%"} & set(text) and letters(text) >= LEAST_IN_PARTS
    return known and not ELSEWHERE.match(text)


def _template(node: ast.JoinedStr) -> str:
    text, used = "", set[str]()
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "{{").replace("}", "}}")
        elif isinstance(part, ast.FormattedValue):
            name = _name(part.value, used)
            used.add(name)
            text += f"{{{name}}}"
    return text


def _name(value: ast.expr, used: set[str]) -> str:
    """The last word of what is filled in: `path` of `file.path`, `gib` never, `total` of `gib(gpu.total)`."""
    while isinstance(value, ast.Call) and value.args:
        value = value.args[0]
    words = [node.attr if isinstance(node, ast.Attribute) else node.id
             for node in ast.walk(value) if isinstance(node, ast.Attribute | ast.Name)]  # fmt: skip
    name = words[0] if words else "value"
    number = 2
    while name in used:
        name, number = f"{name.rstrip('0123456789')}{number}", number + 1
    return name
