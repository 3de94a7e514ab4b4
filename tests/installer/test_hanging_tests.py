"""The gate over tests that hang or die: it ends, with their names and where they were."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import start

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
HANGS = "import time\n\ndef test_it() -> None:\n    time.sleep(600)\n"
OTHERS = "def test_a(): pass\ndef test_b(): pass\ndef test_c(): pass\n"


def test_a_test_that_hangs_ends_the_gate_with_its_name_and_its_stack(tmp_path: Path) -> None:
    options = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert 0 < options["faulthandler_timeout"] < options["timeout"] < 3_600  # the stacks first
    limits = [f"timeout_method={options['timeout_method']}", "timeout=3", "faulthandler_timeout=1"]
    for number in range(8):  # so many that were finished by the process that dies would be dealt out once more
        (tmp_path / f"test_{number}.py").write_text(OTHERS, encoding="utf-8")
    (tmp_path / "test_hangs.py").write_text(HANGS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n" + "\n".join(limits), encoding="utf-8")

    command = [sys.executable, "-m", *start.PYTEST, "2", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    assert done.returncode == 1
    assert "crashed while running 'test_hangs.py::test_it'" in done.stdout and "24 passed" in done.stdout
    assert f'"{tmp_path / "test_hangs.py"}", line 4 in test_it' in done.stderr
