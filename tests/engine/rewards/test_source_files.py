"""Which files run when reward functions are called, and that only these are imported, as they were."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from so8t_engine.rewards import source_files
from so8t_engine.rewards.own_modules import OwnModules


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(files: source_files.SourceFiles, folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in files.digests)


@pytest.mark.parametrize(
    ("functions", "found"),
    [
        (["own_a:f"], ["own_a.py", "own_b.py", "own_c/__init__.py", "own_c/deep/x.py"]),
        (["own_b:f"], ["own_b.py"]),
        (["own_c.deep.x:f"], ["own_c/__init__.py", "own_c/deep/x.py"]),
        (["own_broken:f"], ["own_broken.py"]),
        (["own_relative:f"], ["own_relative.py"]),
        (["own_b:f", "own_broken:g"], ["own_b.py", "own_broken.py"]),
        (["nowhere:f"], []),
        (["json:f"], []),
        ([], []),
    ],
)
def test_what_a_function_runs_is_its_file_and_what_that_imports_in_turn(
    tmp_path: Path, functions: list[str], found: list[str]
) -> None:
    written(
        tmp_path, own_a="import own_b, os\ndef f():\n    from own_c.deep import x\n", own_b="import own_a_not_there\n",
        own_c__deep__x="", own_broken="def f(:\nimport own_a\n", json="x = 1\n",
        own_relative="from . import own_a\nfrom .own_b import x\n", not_imported="",
    )  # fmt: skip
    (tmp_path / "own_c" / "__init__.py").write_text("", encoding="utf-8")
    files = source_files.of_functions(functions, [tmp_path])

    assert names(files, tmp_path) == found
    assert set(files.roots) == {name.partition("/")[0].removesuffix(".py") for name in found}


def test_the_first_folder_that_has_a_module_is_taken(tmp_path: Path) -> None:
    for place in ("one", "two"):
        written(tmp_path / place, **{"own_only_" + place: "", "own_both": f"# {place}"})
    folders = [tmp_path / "one", tmp_path / "two"]
    files = source_files.of_functions(["own_both:f", "own_only_two:f"], folders)

    assert files.roots == {"own_both": folders[0], "own_only_two": folders[1]}
    assert source_files.file_of(folders[0], "own_only_two") is None
    assert source_files.file_of(folders[1], "own_only_two") == folders[1] / "own_only_two.py"


def test_a_file_stands_before_a_package_of_its_name(tmp_path: Path) -> None:
    written(tmp_path, own_m="", own_m__inner="")
    (tmp_path / "own_m" / "__init__.py").write_text("", encoding="utf-8")
    assert source_files.file_of(tmp_path, "own_m") == tmp_path / "own_m.py"
    assert names(source_files.of_functions(["own_m:f"], [tmp_path]), tmp_path) == ["own_m.py"]
    (tmp_path / "own_m.py").unlink()
    assert source_files.file_of(tmp_path, "own_m") == tmp_path / "own_m" / "__init__.py"
    assert source_files.file_of(tmp_path, "own_m.inner") == tmp_path / "own_m" / "inner.py"


def test_the_digest_changes_with_a_name_or_a_byte_and_not_with_the_place(tmp_path: Path) -> None:
    def digest(place: str, **files: str) -> str:
        return source_files.of_functions(["own_a:f"], [written(tmp_path / place, **files)]).digest

    same = digest("one", own_a="import own_b", own_b="x")
    assert digest("two", own_a="import own_b", own_b="x") == same
    assert (
        len({same, digest("three", own_a="import own_b", own_b="y"), digest("four", own_a="import own_c", own_c="x")})
        == 3
    )


@pytest.fixture
def finders() -> Iterator[None]:
    before, modules = list(sys.meta_path), set(sys.modules)
    yield
    sys.meta_path[:] = before
    for name in sys.modules.keys() - modules:
        del sys.modules[name]


@pytest.mark.usefixtures("finders")
def test_only_what_was_allowed_is_imported_as_it_was(tmp_path: Path) -> None:
    written(tmp_path, own_q="VALUE = 1\n", own_p__part="VALUE = 2\n", own_other="VALUE = 3\n")
    (tmp_path / "own_p" / "__init__.py").write_text("from own_p.part import VALUE\n", encoding="utf-8")
    for allowed in (["own_other:f"], ["own_q:f", "own_p:f"]):
        OwnModules(source_files.of_functions(allowed, [tmp_path])).install()
    assert sum(isinstance(finder, OwnModules) for finder in sys.meta_path) == 1 and isinstance(
        sys.meta_path[0], OwnModules
    )

    assert (importlib.import_module("own_q").VALUE, importlib.import_module("own_p").VALUE) == (1, 2)
    assert not list(tmp_path.rglob("*.pyc"))
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("own_other")
    written(tmp_path, own_p__later="VALUE = 4\n")
    with pytest.raises(ModuleNotFoundError, match=r"own_p\.later"):
        importlib.import_module("own_p.later")


@pytest.mark.usefixtures("finders")
def test_a_file_that_has_changed_since_is_not_run(tmp_path: Path) -> None:
    OwnModules(source_files.of_functions(["own_z:f"], [written(tmp_path, own_z="VALUE = 1\n")])).install()
    written(tmp_path, own_z="VALUE = 2\n")

    with pytest.raises(ImportError, match="has changed since it was allowed"):
        importlib.import_module("own_z")
