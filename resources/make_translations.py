"""Collects the window's own texts into so8t_ja.ts and compiles it: `make_translations.py [--check]`.

Qt's own lupdate knows neither our `tr` nor its {placeholders}. New texts stand in the file as unfinished, those that no
longer occur leave it; a translator edits the file by hand or in Qt Linguist. What the engine says is not in it: its
sentences have their Japanese in so8t_resources/sentences. What Qt itself says has Qt's own Japanese, but for the few
texts of OF_QT, newer than that: they stand in the file under Qt's contexts. `--check` writes nothing and fails where a
translation is missing, has other placeholders, or where so8t_ja.qm is not what the file compiles to.
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
CATALOGUE = HERE / "so8t_resources" / "i18n" / "so8t_ja.ts"
CONTEXT = "so8t"  # so8t_gui.i18n.translate.CONTEXT
LANGUAGE = "ja_JP"
# Of Qt's dialog for files, which Linux shows where the desktop has none of its own. %1 is Qt's placeholder.
OF_QT = {
    "QFileDialog": ("&Look in:", "Files of &type:"),
    "QAbstractFileIconProvider": (
        "Drive", "File", "%1 File", "File Folder", "Folder", "Alias", "Shortcut", "Unknown",
    ),
}  # fmt: skip
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def collect(folder: Path = WINDOW) -> dict[str, str]:
    """Every text given to `tr`, with the first file that says it. ValueError for one that is computed."""
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "tr":
                continue
            text = node.args[0] if node.args else None
            if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                raise ValueError(f"{path}:{node.lineno}: tr() needs a literal, or it cannot be collected")
            texts.setdefault(text.value, f"gui/so8t_gui/{path.relative_to(folder).as_posix()}")
    return texts


def placeholders(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read(path: Path, context: str = CONTEXT) -> dict[str, str]:
    """The finished translations of a context of a .ts file, by their source."""
    if not path.exists():
        return {}
    translations = {}
    contexts = [found for found in ElementTree.parse(path).iter("context") if found.findtext("name") == context]
    for message in (message for found in contexts for message in found.iter("message")):
        source, translation = message.findtext("source"), message.find("translation")
        if source and translation is not None and translation.get("type") is None and translation.text:
            translations[source] = translation.text
    return translations


def write(path: Path, texts: dict[str, str]) -> None:
    """The .ts file anew, with what is translated in it, in the order of the files that say the texts."""
    root = ElementTree.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    ours = sorted((file, text) for text, file in texts.items())
    contexts = {CONTEXT: ours, **{name: [("", text) for text in said] for name, said in OF_QT.items()}}
    translated = {name: read(path, name) for name in contexts}
    for name, said in contexts.items():
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for file, text in said:
            message = ElementTree.SubElement(context, "message")
            if file:
                ElementTree.SubElement(message, "location", filename=file)
            ElementTree.SubElement(message, "source").text = text
            translation = ElementTree.SubElement(message, "translation")
            if text in translated[name]:
                translation.text = translated[name][text]
            else:
                translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f"{HEAD}{body}\n", encoding="utf-8", newline="\n")


def compiled(path: Path) -> bytes:
    """What lrelease makes of a .ts file."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.qm"
        tool = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(tool), "-silent", str(path), "-qm", str(result)], check=True, capture_output=True)
        return result.read_bytes()


def faults(path: Path, texts: dict[str, str]) -> list[str]:
    """What is wrong with the translations, one line each."""
    translations = read(path)
    lines = [f"not translated ({file}): {text!r}" for text, file in texts.items() if text not in translations]
    for text, translation in translations.items():
        if text not in texts:
            lines.append(f"no longer said: {text!r}")
        elif placeholders(text) != placeholders(translation):
            lines.append(f"other placeholders in {translation!r} than in {text!r}")
        elif ("&" in text) != ("&" in translation):
            lines.append(f"only one of them has a mnemonic: {text!r}, {translation!r}")
    for name, said in OF_QT.items():
        of_qt = read(path, name)
        lines += [f"not translated ({name}): {text!r}" for text in said if text not in of_qt]
    binary = path.with_suffix(".qm")
    if not binary.exists() or binary.read_bytes() != compiled(path):
        lines.append(f"{binary.name} is not what {path.name} compiles to")
    return lines


def main() -> int:
    texts = collect()
    if "--check" not in sys.argv[1:]:
        write(CATALOGUE, texts)
        CATALOGUE.with_suffix(".qm").write_bytes(compiled(CATALOGUE))
    lines = faults(CATALOGUE, texts)
    print("\n".join([*lines, f"{len(texts)} texts, {len(lines)} faults"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
