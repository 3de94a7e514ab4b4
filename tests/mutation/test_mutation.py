"""The tool that asks how much the tests notice: what it says of a change is what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from mutation import swapped_code, touched, type_check
from mutation.__main__ import Try
from mutation.changes import SOURCES, Change, again, changes
from mutation.chosen_tests import choose
from mutation.forked_tests import TOOK_TOO_LONG, Diary, Run, forked, read
from mutation.nearness import is_slow, near
from mutation.written_change import written
from so8t_engine.config import adapter_names

MODULE = SOURCES["engine"] / "data" / "admission.py"
TESTS = "tests/engine/data/test_admission.py"
ELSEWHERE = "tests/engine/steps/test_convert.py"


def a_change() -> Change:
    return next(change for change in changes(MODULE) if change.lines)


def row(*, seconds: float = 0.1, passed: bool = True, lines: list[int] | None = None) -> dict[str, object]:
    ran = sorted(a_change().lines) if lines is None else lines
    return {"seconds": seconds, "passed": passed, "lines": {"engine/so8t_engine/data/admission.py": ran}}


def module_of(path: Path, source: str) -> ModuleType:
    path.write_text(source, encoding="utf-8")
    module = ModuleType("changed")
    exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))
    return module


def test_every_test_that_runs_the_line_is_chosen_the_modules_own_first_and_none_that_does_not() -> None:
    own = {f"{TESTS}::test_{number}": row() for number in range(60)}
    tests = {TESTS: {**own, f"{TESTS}::test_else": row(lines=[99999])}, ELSEWHERE: {f"{ELSEWHERE}::test_far": row()}}
    known = [*own, f"{TESTS}::test_else", f"{ELSEWHERE}::test_far"]
    chosen = choose(a_change(), tests, known=known, most_seconds=60.0, slow=False)
    assert [names for names, _ in chosen.stages] == [tuple(own), (f"{ELSEWHERE}::test_far",)]
    assert chosen.left == ()


def test_what_is_red_without_a_change_and_what_there_is_no_time_for_is_left_and_said() -> None:
    tests = {TESTS: {f"{TESTS}::a": row(), f"{TESTS}::b": row(passed=False), f"{TESTS}::c": row(seconds=99.0)}}
    chosen = choose(a_change(), tests, known=tests[TESTS], most_seconds=60.0, slow=False)
    assert chosen.stages == (((f"{TESTS}::a",), 0.1),)
    assert chosen.left == (f"failed without a change: {TESTS}::b", f"no time: {TESTS}::c")


def test_a_file_near_the_module_that_the_map_knows_in_part_is_run_whole() -> None:
    known = [f"{TESTS}::a", f"{TESTS}::b"]
    chosen = choose(a_change(), {TESTS: {known[0]: row()}}, known=known, most_seconds=60.0, slow=False)
    assert [names for names, _ in chosen.stages] == [(known[0],), (TESTS,)]
    assert TESTS in [file.relative_to(SOURCES["engine"].parents[1]).as_posix() for file in near(MODULE, "engine")]


def test_what_a_file_imports_makes_it_slow_and_not_what_its_sentences_speak_of(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text('"""A program, a subprocess, QProcess."""\nfrom helpers import paths\n', encoding="utf-8")
    assert not is_slow(path)
    for line in (
        "import subprocess",
        "from helpers import (\n    paths,\n    program,\n)",
        "from helpers.program import a",
    ):
        path.write_text(line, encoding="utf-8")
        assert is_slow(path)


def test_only_a_change_with_which_all_have_passed_is_let_pass() -> None:
    assert Try("", 3).verdict == "let pass"
    assert Try("", 3, ("tests/x.py::y: took too long",)).verdict == "unsure"
    assert Try("", 0).verdict == "unsure"
    assert Try("tests/x.py::y - AssertionError", 3, ("no time: z",)).verdict == "noticed"


def test_the_diary_says_which_test_was_running_when_the_process_hung_or_died(tmp_path: Path) -> None:
    path = tmp_path / "diary"
    diary = Diary(path)

    def work() -> None:
        diary.pytest_runtest_logstart("a")
        diary.pytest_runtest_logfinish("a")
        diary.pytest_runtest_logstart("b")
        os._exit(9)

    code = forked(work, tmp_path / "output", 60.0)
    assert read(path, code) == Run(("a",), "b", "ended with 9")
    assert read(path, TOOK_TOO_LONG) == Run(("a",), "b", "took too long")
    assert read(tmp_path / "none", 0) == Run()
    assert read(tmp_path / "none", 70) == Run((), "", "ended with 70")


def test_the_first_failure_is_kept_with_what_passed_before_it(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "def test_a(): pass\ndef test_b(): assert 1 == 2\ndef test_c(): pass\n", encoding="utf-8"
    )
    diary = Diary(tmp_path / "diary")
    alone = ("no:cacheprovider", "no:faulthandler")  # which would leave the outer one's stacks in a captured file
    options = ["-q", "-n0", *(word for plugin in alone for word in ("-p", plugin)), "--rootdir", str(tmp_path)]
    pytest.main([*options, str(tmp_path)], plugins=[diary])
    run = read(tmp_path / "diary", 0)
    assert (run.passed, run.failed, run.green) == (("test_it.py::test_a",), "test_it.py::test_b", False)


def test_a_program_that_a_test_starts_runs_the_change_and_then_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "number.py"
    path.write_text("NUMBER = 1\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def said() -> str:
        command = [sys.executable, "-c", "import number; print(number.NUMBER)"]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout

    first = said()  # and keeps compiled code of a file of this length and this second
    with written(Change(path, 1, frozenset(), 9, 10, "2", "1")):
        changed = said()
    with written(Change(path, 1, frozenset(), 9, 10, "3", "1")):
        other = said()
    assert [first, changed, other, said()] == ["1\n", "2\n", "3\n", "1\n"]


def test_functions_that_have_run_already_get_the_change_too_and_none_is_said_where_there_is_none(
    tmp_path: Path,
) -> None:
    before, after = "double = lambda n: 2 * n; same = lambda n: n\n", "double = lambda n: 2 / n; same = lambda n: n\n"
    module = module_of(tmp_path / "changed.py", before)
    double: FunctionType = module.double
    assert [double(number) for number in range(99)][-1] == 196
    assert swapped_code.swap(tmp_path / "changed.py", before, after)
    assert (double(4), module.same(4)) == (0.5, 4)
    assert not swapped_code.swap(tmp_path / "other.py", before, after)


def test_what_the_code_keeps_is_forgotten_before_each_test_that_is_mapped() -> None:
    assert adapter_names.canonical("Alpaca") == "instruction"
    kept = touched.caches()
    assert adapter_names.canonical in kept


def test_a_change_is_found_again_where_lines_above_it_have_come() -> None:
    here = a_change()
    path, line, text = here.name.split(":", 2)
    assert again(changes(MODULE), [f"{path}:{int(line) + 3}:{text}", f"{path}:1: 'gone' -> 'pass'"]) == [here]


def test_what_the_type_check_refuses_needs_no_test_and_what_it_refuses_without_the_change_says_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mypy]\nstrict = true\nfiles = ["*.py"]\n', encoding="utf-8")
    module = tmp_path / "sums.py"
    module.write_text("def one(a: int) -> int:\n    return a + 1\n", encoding="utf-8")
    found = {change.text: type_check.refused(change, tmp_path) for change in changes(module)}
    module.write_text("def one(a: int) -> int:\n    return None\n", encoding="utf-8")
    type_check.holds_without.cache_clear()
    wrong = {change.text: type_check.refused(change, tmp_path) for change in changes(module)}

    assert found.pop("return None").startswith("sums.py:2: error: Incompatible return value type")
    assert found == {"(a - 1)": "", "2": ""} and not any(wrong.values())
