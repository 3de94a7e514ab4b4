"""Collects the sentences of window and engine into so8t_ja.ts and compiles it: `make_translations.py [--check]`.

Qt's own lupdate knows neither our `tr` nor its {places}. New sentences stand in the file as unfinished, those that no
longer occur leave it; a translator edits the file by hand or in Qt Linguist. The engine's templates are also written to
engine_sentences.json, by which the window knows them. `--check` writes nothing and fails where something is missing,
has other places, or where the other two files are not what is made from this.
"""

from __future__ import annotations

import ast
import json
import string
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import engine_sentences

HERE = Path(__file__).resolve().parent
WINDOW = HERE.parent / "gui" / "so8t_gui"
I18N = HERE / "so8t_resources" / "i18n"
TEMPLATES = I18N / "engine_sentences.json"
WINDOW_CONTEXT, ENGINE_CONTEXT = "so8t", "engine"  # words.CONTEXT, spoken.CONTEXT
LANGUAGE = "ja_JP"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


Sentences = dict[tuple[str, str], str]  # (context, source) to the file that says it, or to the translation


def collect() -> Sentences:
    """What the window says, and what the engine does."""
    window = {(WINDOW_CONTEXT, text): file for text, file in of_the_window().items()}
    return window | {(ENGINE_CONTEXT, text): file for text, file in engine_sentences.collect().items()}


def of_the_window(folder: Path = WINDOW) -> dict[str, str]:
    """Every sentence said through `tr`, with the first file that says it. ValueError for one that is computed."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "tr":
                continue
            text = node.args[0] if node.args else None
            if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                raise ValueError(f"{path}:{node.lineno}: tr() needs a literal, or it cannot be collected")
            found.setdefault(text.value, f"gui/so8t_gui/{path.relative_to(folder).as_posix()}")
    return found


def places(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read(path: Path) -> Sentences:
    """The finished translations of a .ts file."""
    if not path.exists():
        return {}
    found = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            source, translation = message.findtext("source"), message.find("translation")
            if source and translation is not None and translation.get("type") is None and translation.text:
                found[context.findtext("name") or "", source] = translation.text
    return found


def write(path: Path, sentences: Sentences, translated: Sentences) -> None:
    """The .ts file anew, in the order of the files that say the sentences."""
    root = ElementTree.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    for name in (WINDOW_CONTEXT, ENGINE_CONTEXT):
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        mine = [(file, text) for (where, text), file in sentences.items() if where == name]
        for file, text in sorted(mine):
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "location", filename=file)
            ElementTree.SubElement(message, "source").text = text
            translation = ElementTree.SubElement(message, "translation")
            if (name, text) in translated:
                translation.text = translated[name, text]
            else:
                translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f"{HEAD}{body}\n", encoding="utf-8", newline="\n")


def templates(sentences: Sentences) -> str:
    """engine_sentences.json, one template a line."""
    found = sorted(text for context, text in sentences if context == ENGINE_CONTEXT)
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"


def compiled(path: Path) -> bytes:
    """What lrelease makes of a .ts file."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.qm"
        tool = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(tool), "-silent", str(path), "-qm", str(made)], check=True, capture_output=True)
        return made.read_bytes()


def faults(path: Path, sentences: Sentences) -> list[str]:
    """What is wrong with the translations, one line each."""
    translated = read(path)
    lines = [f"not translated ({file}): {key[1]!r}" for key, file in sentences.items() if key not in translated]
    for key, other in translated.items():
        text = key[1]
        if key not in sentences:
            lines.append(f"no longer said: {text!r}")
        elif places(text) != places(other):
            lines.append(f"other places in {other!r} than in {text!r}")
        elif ("&" in text) != ("&" in other):
            lines.append(f"only one of them has a mnemonic: {text!r}, {other!r}")
    if not path.with_suffix(".qm").exists() or path.with_suffix(".qm").read_bytes() != compiled(path):
        lines.append(f"{path.with_suffix('.qm').name} is not what {path.name} compiles to")
    if not TEMPLATES.exists() or TEMPLATES.read_text(encoding="utf-8") != templates(sentences):
        lines.append(f"{TEMPLATES.name} is not what the engine says")
    return lines


def main() -> int:
    path = I18N / "so8t_ja.ts"
    sentences = collect()
    if "--check" not in sys.argv[1:]:
        write(path, sentences, read(path))
        path.with_suffix(".qm").write_bytes(compiled(path))
        TEMPLATES.write_text(templates(sentences), encoding="utf-8", newline="\n")
    found = faults(path, sentences)
    print("\n".join([*found, f"{len(sentences)} sentences, {len(found)} faults"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
