"""The gate over tests that hang or die: it ends, with their names and where they were."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import start
from helpers import time_limits

TESTS = Path(__file__).resolve().parents[1]
PYPROJECT = TESTS.parent / "pyproject.toml"
AS_IN_TESTS = """from helpers import dealt_files, time_limits

time_limits.STACKS_AFTER = 1


def pytest_configure(config):
    config.pluginmanager.register(time_limits)
    config.pluginmanager.register(dealt_files)
"""
HANGS = """import time

import pytest


def test_before() -> None:
    pass


@pytest.mark.timeout(3)
def test_it() -> None:
    time.sleep(600)
"""
OTHERS = "def test_a(): pass\ndef test_b(): pass\ndef test_c(): pass\n"


def test_a_test_that_hangs_ends_the_gate_with_its_name_and_its_stack(tmp_path: Path) -> None:
    options = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert 0 < time_limits.STACKS_AFTER < options["timeout"] < 3_600  # the stacks first
    limits = [f"timeout_method={options['timeout_method']}", "timeout=300", f"pythonpath={TESTS}"]
    (tmp_path / "conftest.py").write_text(AS_IN_TESTS, encoding="utf-8")
    for number in range(8):  # so many that were finished by the process that dies would be dealt out once more
        (tmp_path / f"test_{number}.py").write_text(OTHERS, encoding="utf-8")
    (tmp_path / "test_hangs.py").write_text(HANGS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n" + "\n".join(limits), encoding="utf-8")

    command = [sys.executable, "-m", *start.PYTEST, "2", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    assert done.returncode == 1
    assert "crashed while running 'test_hangs.py::test_it'" in done.stdout and "25 passed" in done.stdout
    assert f'"{tmp_path / "test_hangs.py"}", line 12 in test_it' in done.stderr
