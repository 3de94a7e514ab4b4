"""Code that a session brings: found without running it, run only where exactly these files were allowed."""

from __future__ import annotations

import importlib.util
import itertools
import os
import py_compile
import sys
from pathlib import Path

import pytest
import torch

from helpers.sessions import make_config, refused
from so8t_engine import paths
from so8t_engine.commands import start
from so8t_engine.config.reward import Reward
from so8t_engine.rewards import code_consent, scoring, source_files
from so8t_engine.sentences import sentence

_numbers = itertools.count()
PLAIN = "def f(**_):\n    return [1.0]\n"


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(folder))
    return folder


def written(path: Path, text: str = PLAIN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def named(folder: Path, text: str = PLAIN) -> tuple[str, Reward]:
    """A module's name of its own (a process imports each once), and a configuration that wants its function f."""
    name = f"brought_{next(_numbers)}"
    written(folder / f"{name}.py", text)
    return name, Reward(functions=[f"{name}:f"], folder=str(folder))


def resolve(settings: Reward) -> dict[str, scoring.Function]:
    return scoring.resolve(settings, torch.device("cpu"))


def test_nothing_runs_before_it_was_allowed_and_it_is_asked_once(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    name, settings = named(tmp_path, f"open({str(ran)!r}, 'w').close()\n{PLAIN}")
    error = refused(lambda: resolve(settings))
    assert error.code == "code_not_allowed" and f"{name}.py" in error.detail and not ran.exists()

    code_consent.allow(settings)
    assert resolve(settings)[f"{name}:f"]() == [1.0] and ran.exists()
    code_consent.allowed(settings)


def test_forcing_a_start_allows_no_code_and_leaves_no_session(tmp_path: Path) -> None:
    """`--force` goes past what the check of the machine says, never past this."""
    _, settings = named(tmp_path)
    data = [{"name": "none", "source": "local", "path": str(tmp_path / "none.jsonl")}]
    config = make_config(data, reward=settings.model_dump(exclude_unset=True))
    start_anyway = start.new_session(config, str(tmp_path / "root"), lambda _: None, force=True)
    error = refused(lambda: start_anyway.__enter__())

    assert error.code == "code_not_allowed" and not (tmp_path / "root").exists()


@pytest.mark.parametrize("changed", ["{name}.py", "{name}_helper.py", "{name}_package/deep/inner.py"])
def test_a_changed_byte_of_whatever_it_imports_needs_a_new_word(tmp_path: Path, changed: str) -> None:
    name, settings = named(tmp_path)
    imports = f"def f(**_):\n    import {name}_helper\n    from {name}_package.deep import inner\n    return [1.0]\n"
    for place in ("{name}.py", "{name}_helper.py", "{name}_package/__init__.py", "{name}_package/deep/inner.py"):
        written(tmp_path / place.format(name=name), imports if place == "{name}.py" else "A = 1\n")
    code_consent.allow(settings)
    code_consent.allowed(settings)
    path = tmp_path / changed.format(name=name)
    path.write_text(path.read_text() + "#\n")

    assert refused(lambda: resolve(settings)).code == "code_not_allowed"


def test_a_word_given_once_is_found_again_by_names_and_bytes_alone(tmp_path: Path) -> None:
    """The digest lies in the user's settings: another way to make it would ask everybody anew."""
    written(tmp_path / "judge.py", "import parts.one\n")
    written(tmp_path / "parts" / "__init__.py", "")
    written(tmp_path / "parts" / "one.py", PLAIN)
    digest = source_files.of_functions(["judge:f"], [tmp_path]).digest
    assert digest == "142edc6163adae1319f4d256fd8f4a134dc1b7b5fbdd9336b0b213ab2658d611"

    (tmp_path / "parts" / "one.py").rename(tmp_path / "parts" / "two.py")
    assert source_files.of_functions(["judge:f"], [tmp_path]).digest != digest


def test_what_is_allowed_holds_wherever_the_same_files_lie(tmp_path: Path) -> None:
    name, settings = named(tmp_path / "first")
    code_consent.allow(settings)
    written(tmp_path / "second" / f"{name}.py")

    code_consent.allowed(settings.model_copy(update={"folder": str(tmp_path / "second")}))


def test_a_file_beside_it_never_takes_the_name_of_a_library(tmp_path: Path) -> None:
    """The module is allowed; a `wave.py` and a `trl_of_sorts.py` beside it, which it does not import, are not."""
    name, settings = named(
        tmp_path, "import importlib, wave\ndef f(other=0, **_):\n    importlib.import_module(other)\n"
    )
    sys.modules.pop("wave", None)
    for foreign in ("wave", "trl_of_sorts"):
        written(tmp_path / f"{foreign}.py", "raise SystemExit('ran')\n")
    code_consent.allow(settings)
    function = resolve(settings)[f"{name}:f"]

    assert str(tmp_path) not in str(sys.modules["wave"].__file__) and str(tmp_path) not in sys.path
    with pytest.raises(ModuleNotFoundError):
        function("trl_of_sorts")


def test_a_compiled_file_never_stands_in_for_the_source(tmp_path: Path) -> None:
    name, settings = named(tmp_path)
    evil = written(tmp_path / "evil" / f"{name}.py", PLAIN.replace("1.0", "6.0"))
    stamp = (tmp_path / f"{name}.py").stat()
    os.utime(evil, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    compiled = importlib.util.cache_from_source(str(tmp_path / f"{name}.py"))
    py_compile.compile(str(evil), cfile=compiled)
    code_consent.allow(settings)

    assert resolve(settings)[f"{name}:f"]() == [1.0]


def test_a_part_of_a_package_that_came_later_is_not_found(tmp_path: Path) -> None:
    name, settings = named(tmp_path)
    (tmp_path / f"{name}.py").unlink()
    written(
        tmp_path / name / "__init__.py",
        "def f(**_):\n    import importlib\n    importlib.import_module(__name__ + '.later')\n",
    )
    code_consent.allow(settings)
    function = resolve(settings)[f"{name}:f"]
    written(tmp_path / name / "later.py")

    with pytest.raises(ModuleNotFoundError, match="later"):
        function()


def test_what_changes_after_it_was_allowed_does_not_run(tmp_path: Path) -> None:
    """A function that imports late, hours after the check: that file is no longer the one that was allowed."""
    name, settings = named(tmp_path)
    written(tmp_path / f"{name}.py", f"def f(**_):\n    import {name}_late\n    return [{name}_late.A]\n")
    late = written(tmp_path / f"{name}_late.py", "A = 1.0\n")
    code_consent.allow(settings)
    function = resolve(settings)[f"{name}:f"]
    written(late, "A = 6.0\n")

    with pytest.raises(ImportError, match="has changed since it was allowed"):
        function()
    written(late, "A = 1.0\n")
    assert function() == [1.0]


def test_a_relative_import_asks_for_nothing_outside_its_package(tmp_path: Path) -> None:
    name, _ = named(tmp_path)
    (tmp_path / f"{name}.py").unlink()
    inside = written(tmp_path / name / "__init__.py", f"from .{name}_part import f\n")
    part, stranger = written(tmp_path / name / f"{name}_part.py"), written(tmp_path / f"{name}_part.py")

    digests = source_files.of_functions([f"{name}:f"], [tmp_path]).digests
    assert set(digests) == {inside, part} and stranger not in digests


def test_an_installed_module_is_nobodys_and_needs_no_word(tmp_path: Path) -> None:
    files = source_files.of_functions(["math:sqrt", "torch.nn:Linear", "no_such_module:f"], [tmp_path])

    assert not files.digests
    code_consent.allowed(Reward(functions=["math:sqrt"], folder=str(tmp_path)))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 1}', "[" * 5_000])
def test_a_damaged_list_allows_nothing_and_can_be_written_anew(tmp_path: Path, content: str) -> None:
    _, settings = named(tmp_path)
    written(paths.config_home() / code_consent.NAME, content)
    assert refused(lambda: code_consent.allowed(settings)).code == "code_not_allowed"

    code_consent.allow(settings)
    code_consent.allowed(settings)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, settings = named(tmp_path)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    error = refused(lambda: code_consent.allowed(settings))
    why = sentence("doctor.unreadable", path=str(tmp_path / f"{name}.py"), error="Permission denied")
    assert error.code == "reward" and error.sentence == why


def test_a_word_is_kept_where_nothing_was_kept_before_in_letters_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path / "not" / "yet"))
    _, settings = named(tmp_path / "報酬")
    code_consent.allow(settings)

    code_consent.allowed(settings)
    assert "報酬" in (tmp_path / "not" / "yet" / code_consent.NAME).read_text(encoding="utf-8")
