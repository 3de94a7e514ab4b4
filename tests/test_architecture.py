"""The house rules that a program can check: who imports whom, what is named in the documents, what is too large.

Layers and circles are import-linter's (pyproject.toml); here is what it has no words for.
"""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from helpers.paths import PROJECT, TESTS
from so8t_engine import protocol

ENGINE, GUI = PROJECT / "engine" / "so8t_engine", PROJECT / "gui" / "so8t_gui"
RESOURCES = PROJECT / "resources" / "so8t_resources"
PROGRAM = sorted(path for root in (ENGINE, GUI, PROJECT / "resources") for path in root.rglob("*.py"))

WINDOW_MAY_IMPORT = (
    "protocol",
    "sentences",
    "plain_text",
    "session",
    "paths",
    "standard_streams",
    "numerals",
)  # of the engine
WINDOW_IS_MADE_OF = {"PySide6", "shiboken6", "pyqtgraph", "numpy", "psutil", "pynvml", "wakepy", "jeepney"}
HEAVY = {"torch", "transformers", "trl", "peft", "datasets", "pyarrow", "numpy"}
MOST_LINES = 400
DOCUMENTS = [PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "engine/DESIGN.md", "gui/DESIGN.md")]
DOCUMENTS += [TESTS / "README.md", TESTS / "crash" / "README.md"]
FILE_NAMES = {path.name for top in ("engine", "gui", "resources", "tests") for path in (PROJECT / top).rglob("*.*")}
PLACEHOLDER = re.compile(r"\b(?:NAME|FILE|AREA|SECTION)\b|_(?:NAME|FILE)(?:_\w+)?\.")
NOT_OURS = {"my_rewards.py", "config.yaml"}  # files of a user or of a session
SAME_NAME_ALLOWED = {  # class name: why two files may have one
    "Build": "a section of the configuration, and a build of torch: the installer runs before anything is there",
}


def modules(root: Path) -> dict[str, Path]:
    """By path from `root`: "run/eta.py"; a package is "run/"."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*.py")}
    return {name.removesuffix("__init__.py"): path for name, path in found.items() if name != "__init__.py"}


@functools.cache
def imports(path: Path) -> list[tuple[int, str]]:
    """(line, full name) of everything the file imports, inside functions and under TYPE_CHECKING too."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(PROJECT)}:{line}"


def loaded_by(statement: str) -> set[str]:
    code = f"import sys, {statement}; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def documented(design: Path, package: str) -> dict[str, str]:
    """The annotated tree of a DESIGN.md: path from the package's folder -> what its line says."""
    block = design.read_text(encoding="utf-8").split(f"```\n{package}/\n", 1)[1].split("```", 1)[0]
    lines: dict[str, str] = {}
    folders: list[str] = []
    for line in block.splitlines():
        entry = re.fullmatch(r"((?:  )+)([\w]+\.py|[\w]+/) +(\S.*)", line)
        assert entry, f"{design.name}: no line of the tree: {line!r}"
        depth = len(entry[1]) // 2
        folders[depth - 1 :] = []
        name = "".join(folders) + entry[2]
        assert name not in lines, f"{design.name} names {name} twice"
        lines[name] = entry[3]
        if entry[2].endswith("/"):
            folders.append(entry[2])
    return lines


def classes() -> dict[str, set[Path]]:
    files: dict[str, set[Path]] = defaultdict(set)
    for path in [*PROGRAM, *(PROJECT / "installer").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                files[node.name].add(path)
    return files


def test_that_the_window_imports_of_the_engine_what_it_may_and_no_more() -> None:
    allowed = tuple(f"so8t_engine.{name}" for name in WINDOW_MAY_IMPORT)
    forbidden = [
        f"{where(path, line)} imports {name}"
        for path in GUI.rglob("*.py")
        for line, name in imports(path)
        if name.partition(".")[0] == "so8t_engine" and not any(f"{name}.".startswith(f"{each}.") for each in allowed)
    ]

    assert not forbidden


def test_that_the_window_is_made_of_the_libraries_listed_and_no_more() -> None:
    own = {"so8t_gui", "so8t_engine", "so8t_resources"}
    used = {name.partition(".")[0] for path in GUI.rglob("*.py") for _, name in imports(path)}

    assert used - own - set(sys.stdlib_module_names) == WINDOW_IS_MADE_OF


def test_that_what_the_window_imports_of_the_engine_loads_the_standard_library_only() -> None:
    session = [f"so8t_engine.session.{path.stem}" for path in (ENGINE / "session").glob("*.py")]
    loaded = loaded_by(", ".join(["so8t_engine.protocol", "so8t_engine.sentences", "so8t_engine.paths", *session]))

    assert loaded - set(sys.stdlib_module_names) - loaded_by("sys") == {"so8t_engine", "platformdirs"}


@pytest.mark.parametrize(
    "module", ["so8t_engine.cli", "so8t_engine.__main__", "so8t_engine.run.pipeline", "so8t_engine.process.worker"]
)
def test_that_entry_points_load_nothing_heavy(module: str) -> None:
    assert not loaded_by(module) & HEAVY


@pytest.mark.parametrize("step", ["collect", "integrate", "convert"])
def test_that_data_steps_load_no_torch(step: str) -> None:
    assert not loaded_by(f"so8t_engine.steps.{step}") & {"torch", "transformers", "trl", "peft"}


def test_that_the_tray_alone_loads_neither_plot_nor_pages() -> None:
    loaded = loaded_by("so8t_gui.app, so8t_gui.controller")

    assert not loaded & {*HEAVY, "pydantic", "yaml", "pyqtgraph", "psutil"}


def test_that_the_launcher_loads_no_qt() -> None:
    assert "PySide6" not in loaded_by("so8t_gui.launcher, so8t_gui.__main__")


@pytest.mark.parametrize("root", [ENGINE, GUI], ids=["engine", "gui"])
def test_that_every_module_has_a_line_in_its_design_and_every_line_a_module(root: Path) -> None:
    named = documented(root.parent / "DESIGN.md", root.name)
    there = set(modules(root))

    assert sorted(there - set(named)) == [], "modules without a line"
    assert sorted(set(named) - there) == [], "lines without a module"
    assert not [name for name, line in named.items() if len(line) < 12]


@pytest.mark.parametrize("root", [ENGINE, GUI], ids=["engine", "gui"])
def test_that_every_package_says_what_it_is_in_more_than_a_line(root: Path) -> None:
    short = [
        path.relative_to(PROJECT).as_posix()
        for path in root.rglob("__init__.py")
        if len((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()) < 2
    ]

    assert sorted(short) == []


def test_that_every_file_the_documents_name_is_there() -> None:
    """`run/eta.py` may be said from the project, a package's folder, the tests, or the document's own folder."""
    missing = []
    for document in DOCUMENTS:
        roots = [document.parent, PROJECT, ENGINE, ENGINE / "data", GUI, TESTS, RESOURCES]
        for name in re.findall(r"`([\w./-]+\.(?:py|toml|yaml|md|ts))`", document.read_text(encoding="utf-8")):
            found = any((root / name).exists() for root in roots) or name in FILE_NAMES
            if not found and name not in NOT_OURS and not PLACEHOLDER.search(name):
                missing.append(f"{document.relative_to(PROJECT)} names {name}")

    assert missing == []


def test_that_no_file_is_too_long_to_be_read_at_once() -> None:
    files = [*PROGRAM, *TESTS.rglob("*.py"), *(PROJECT / "installer").rglob("*.py")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert not {where(path, lines) for path, lines in lengths.items() if lines > MOST_LINES}


def test_that_a_class_name_has_one_meaning_in_the_whole_project() -> None:
    several = {name: files for name, files in classes().items() if len(files) > 1}
    twice = {
        name: sorted(path.relative_to(PROJECT).as_posix() for path in files)
        for name, files in several.items()
        if name not in SAME_NAME_ALLOWED
    }

    assert not twice
    assert set(SAME_NAME_ALLOWED) <= set(several)


def test_that_the_tests_mirror_the_packages() -> None:
    for folder, root in ((TESTS / "engine", ENGINE), (TESTS / "gui", GUI)):
        packages = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("test_*.py")}

        assert sorted(name for name in packages - {"application"} if not (root / name).is_dir()) == []


def test_that_the_window_shows_text_and_never_html() -> None:
    """One label of plain text for all pages (widgets/label.py), tips by `tool_tip`, and nothing that reads HTML."""
    html = {"QLabel", "QMessageBox", "QErrorMessage", "QTextEdit", "QTextBrowser", "QTextDocument", "QWhatsThis"}
    html |= {"setHtml", "insertHtml", "appendHtml", "RichText", "MarkdownText", "setMarkdown", "setWhatsThis"}
    allowed = {"label.py": {"QLabel"}, "theme.py": {"QLabel"}, "app.py": {"QMessageBox"}}  # theme.py sees to its label
    wrong = []
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if name in html - allowed.get(path.name, set()):
                wrong.append(f"{where(path, node.lineno)} uses {name}")
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if isinstance(node, ast.Call) and called == "setToolTip" and not _is_safe_tip(node.args[0]):
                wrong.append(f"{where(path, node.lineno)} shows a tip past `tool_tip`")

    assert wrong == []


def _is_safe_tip(node: ast.expr) -> bool:
    """A text of ours without values in it, or what `tool_tip` (the tray: `_tip`) has made of one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("tool_tip", "_tip") or (node.func.id == "tr" and not node.keywords)
    return isinstance(node, ast.Constant)


def test_that_the_design_describes_the_protocol_as_it_is() -> None:
    """Its version, and every event and command with its fields, as `python -m so8t_engine.protocol` prints them."""
    design = (PROJECT / "engine" / "DESIGN.md").read_text(encoding="utf-8")
    section = design.split(f"\n## Protocol, version {protocol.PROTOCOL_VERSION}\n", 1)[1].split("\n## ", 1)[0]

    assert re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE) == re.findall(
        r"(?:^\|.*\n)+", protocol.tables(), re.MULTILINE
    )


def test_that_every_fault_has_its_row_and_every_test_of_a_fault_stands_in_it() -> None:
    rows = re.findall(
        r"^\| (\d+) \| .+ \| .+ \| (.+) \| .+ \|$", (TESTS / "README.md").read_text(encoding="utf-8"), re.M
    )
    listed = {int(number): set(files.split(", ")) for number, files in rows}
    assert sorted(listed) == list(range(1, 48))
    absent = {name for files in listed.values() for name in files if not (TESTS / f"{name}.py").exists()}
    assert not absent, f"tests/README.md names files that are not there: {sorted(absent)}"
    unlisted = []
    for path in sorted(TESTS.rglob("test_*.py")):
        name = path.relative_to(TESTS).with_suffix("").as_posix()
        for numbers in re.findall(r"def test_\w*?fault((?:_\d\d)+)", path.read_text(encoding="utf-8")):
            unlisted += [f"{name}: {number}" for number in numbers.split("_")[1:] if name not in listed[int(number)]]
    assert not unlisted, unlisted


def test_that_tests_find_each_other_by_the_path_that_pytest_gives() -> None:
    """`tests` itself is no package: it is found from this folder by `python -m pytest`, not by `pytest`."""
    by_folder = re.compile(r"^(?:from|import) tests\b", re.MULTILINE)
    assert [path.name for path in TESTS.rglob("*.py") if by_folder.search(path.read_text(encoding="utf-8"))] == []
