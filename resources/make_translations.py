"""Collects the window's sentences into so8t_ja.ts and compiles it: `python resources/make_translations.py [--check]`.

Qt's own lupdate knows neither our `tr` nor its {places}. New sentences stand in the file as unfinished, those that no
longer occur leave it; a translator edits the file by hand or in Qt Linguist. `--check` writes nothing and fails where
something is missing, has other places, or where so8t_ja.qm is not what the file compiles to.
"""

from __future__ import annotations

import ast
import string
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
WINDOW = HERE.parent / "gui" / "so8t_gui"
I18N = HERE / "so8t_resources" / "i18n"
CONTEXT = "so8t"
LANGUAGE = "ja_JP"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def collect(folder: Path = WINDOW) -> dict[str, str]:
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
            found.setdefault(text.value, path.relative_to(folder).as_posix())
    return found


def places(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read(path: Path) -> dict[str, str]:
    """The finished translations of a .ts file."""
    if not path.exists():
        return {}
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        source, translation = message.findtext("source"), message.find("translation")
        if source and translation is not None and translation.get("type") is None and translation.text:
            found[source] = translation.text
    return found


def write(path: Path, sentences: dict[str, str], translated: dict[str, str]) -> None:
    """The .ts file anew, in the order of the files that say the sentences."""
    root = ElementTree.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, file in sorted(sentences.items(), key=lambda pair: (pair[1], pair[0])):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"gui/so8t_gui/{file}")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        if text in translated:
            translation.text = translated[text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f"{HEAD}{body}\n", encoding="utf-8", newline="\n")


def compiled(path: Path) -> bytes:
    """What lrelease makes of a .ts file."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.qm"
        tool = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(tool), "-silent", str(path), "-qm", str(made)], check=True, capture_output=True)
        return made.read_bytes()


def faults(path: Path, sentences: dict[str, str]) -> list[str]:
    """What is wrong with the translations, one line each."""
    translated = read(path)
    lines = [f"not translated ({file}): {text!r}" for text, file in sentences.items() if text not in translated]
    for text, other in translated.items():
        if text not in sentences:
            lines.append(f"no longer said: {text!r}")
        elif places(text) != places(other):
            lines.append(f"other places in {other!r} than in {text!r}")
        elif ("&" in text) != ("&" in other):
            lines.append(f"only one of them has a mnemonic: {text!r}, {other!r}")
    if not path.with_suffix(".qm").exists() or path.with_suffix(".qm").read_bytes() != compiled(path):
        lines.append(f"{path.with_suffix('.qm').name} is not what {path.name} compiles to")
    return lines


def main() -> int:
    path = I18N / "so8t_ja.ts"
    sentences = collect()
    if "--check" not in sys.argv[1:]:
        write(path, sentences, read(path))
        path.with_suffix(".qm").write_bytes(compiled(path))
    found = faults(path, sentences)
    print("\n".join([*found, f"{len(sentences)} sentences, {len(found)} faults"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
