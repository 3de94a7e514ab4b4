"""The starter: the right torch for the machine, an environment that is whole or repaired, one maker at a time."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

import start
import system_packages
import torch_build
import virtual_environment
from install_error import InstallError

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
LOCKED = INSTALLER / "locked"


@pytest.mark.parametrize(
    ("platform", "driver", "requirement"),
    [
        ("linux", None, "torch==2.13.0+cpu"),
        ("win32", None, "torch==2.13.0+cpu"),
        ("darwin", None, "torch==2.13.0"),
        ("linux", (13, 1), "torch==2.13.0+cu130"),
        ("win32", (13, 0), "torch==2.13.0+cu130"),
        ("linux", (12, 4), "torch==2.13.0+cu126"),
    ],
)
def test_each_machine_gets_its_build_of_torch_by_name(
    platform: str, driver: tuple[int, int] | None, requirement: str
) -> None:
    build = torch_build.choose(platform, driver)

    assert build.requirement == requirement and build.cuda == (driver is not None)


def test_no_way_of_getting_torch_on_a_cpu_machine_can_bring_cuda() -> None:
    for platform in ("linux", "win32"):
        for arguments in torch_build.pip_attempts(torch_build.choose(platform, None), LOCKED):
            assert "torch==2.13.0+cpu" in arguments and "--no-deps" in arguments


def test_a_lock_without_the_machines_cuda_libraries_lets_pip_look_for_them() -> None:
    (locked,) = torch_build.pip_rest(torch_build.choose("linux", (13, 0)), LOCKED, ["test"])
    old, rest = torch_build.pip_rest(torch_build.choose("linux", (12, 4)), LOCKED, [])
    (bare,) = torch_build.pip_rest(torch_build.choose("win32", None), LOCKED, [])

    assert [Path(word).name for word in locked if word.endswith(".txt")] == ["base.txt", "test.txt", "cuda.txt"]
    assert "--require-hashes" in old and "torch==2.13.0+cu126" in rest and rest[-1].startswith("bitsandbytes==")
    assert [Path(word).name for word in bare if word.endswith(".txt")] == ["base.txt"]


def test_a_wheel_on_this_machine_is_tried_before_the_network() -> None:
    first, second = torch_build.pip_attempts(torch_build.choose("linux", None), LOCKED)

    assert "--no-index" in first and second[second.index("--index-url") + 1].endswith("/whl/cpu")


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("| NVIDIA-SMI 580.65.06   Driver Version: 580.65.06   CUDA Version: 13.0     |", (13, 0)),
        ("| NVIDIA-SMI 595.10   KMD Version: 595.10   CUDA UMD Version: 13.2     |", (13, 2)),
        ("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", None),
    ],
)
def test_the_newest_cuda_of_the_driver_is_read_from_nvidia_smi(said: str, version: tuple[int, int] | None) -> None:
    assert torch_build.cuda_version(said) == version


@pytest.mark.skipif(os.name == "nt", reason="a shell script plays nvidia-smi")
@pytest.mark.parametrize(
    ("script", "found"), [("echo 'GPU 0: X'; echo 'CUDA Version: 13.0'", (13, 0)), ("exit 9", None)]
)
def test_a_driver_that_does_not_work_counts_as_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, found: tuple[int, int] | None
) -> None:
    (tmp_path / "nvidia-smi").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (tmp_path / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert torch_build.driver_cuda() == found


def test_debian_and_its_children_are_told_from_others() -> None:
    assert system_packages.is_debian("PRETTY_NAME=x\nID=debian\n")
    assert system_packages.is_debian('ID=linuxmint\nID_LIKE="ubuntu debian"\n')
    assert not system_packages.is_debian("ID=fedora\nNAME=not-debian\n")


def test_the_advice_is_a_command_to_copy() -> None:
    assert system_packages.command(["strace"]) == "apt-get install -y strace"


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], ["run", "--preset", "demo"]),
        (["--set", "seed=3"], ["run", "--preset", "demo", "--set", "seed=3"]),
        (["--set", "a.b=c.yaml"], ["run", "--preset", "demo", "--set", "a.b=c.yaml"]),
        (["--preset", "phi35-so8t"], ["run", "--preset", "phi35-so8t"]),
        (["--preset=x"], ["run", "--preset=x"]),
        (["my.yaml", "--json"], ["run", "my.yaml", "--json"]),
    ],
)
def test_the_demo_is_run_unless_something_else_is_named(words: list[str], command: list[str]) -> None:
    assert start.run_arguments(words) == command


def test_what_stands_behind_two_dashes_is_passed_on() -> None:
    assert start.split(["test", "--", "-k", "x", "--", "y"]) == ("test", ["-k", "x", "--", "y"])
    assert start.split(["run"]) == ("run", []) and start.split([]) == ("", [])


def test_threads_are_capped_unless_somebody_said_otherwise() -> None:
    given = start.environment(
        {"OMP_NUM_THREADS": "4", "PYTHONHOME": "/x", "PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    )

    assert given["OMP_NUM_THREADS"] == "4" and given["MKL_NUM_THREADS"] == "1"
    assert "PYTHONHOME" not in given and "PYTHONDONTWRITEBYTECODE" not in given and given["PATH"] == "/bin"


def programs(folder: Path, **codes: int) -> None:
    """Scripts that say what they are asked and where temporary files go, and end with these exit codes."""
    for name, code in codes.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\necho ran {name} $* in $TMPDIR\nexit {code}\n", encoding="utf-8")
        path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts play the checks")
def test_the_gate_runs_every_check_and_ends_with_the_first_failure(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    programs(tmp_path, ruff=0, mypy=3, pytest=7, **{"lint-imports": 5})
    code = start.gate(tmp_path, ["-k", "word"])
    lines = [line for line in capfd.readouterr().out.splitlines() if line.startswith("ran")]
    folders = [line.partition(" in")[2].strip() for line in lines if line.startswith("ran pytest")]

    assert code == 5 and folders == [""], "chosen tests leave what they write where it can be looked at"
    assert lines[:3] == ["ran ruff check . in", "ran ruff format --check . in", "ran lint-imports in"]
    assert lines[3].startswith("ran pytest ") and lines[3].endswith(" -k word in")
    assert lines[4:] == [
        "ran mypy in",
        "ran mypy --config-file installer/mypy_elsewhere.toml --platform win32 --cache-dir .mypy_cache/win32 in",
        "ran mypy --config-file installer/mypy_elsewhere.toml --platform darwin --cache-dir .mypy_cache/darwin in",
    ]


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a folder in memory")
@pytest.mark.parametrize(("bytes_wanted", "there"), [(1, True), (1 << 60, False)])
def test_all_tests_write_into_memory_where_there_is_enough_and_nothing_stays(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bytes_wanted: int, there: bool
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(start, "ENOUGH_BYTES", bytes_wanted)
    programs(tmp_path, ruff=0, mypy=0, pytest=0, **{"lint-imports": 0})
    code = start.gate(tmp_path, [])
    [line] = [line for line in capfd.readouterr().out.splitlines() if line.startswith("ran pytest")]
    folder = line.partition(" in")[2].strip()

    assert code == 0 and (Path(folder).parent == start.MEMORY if there else folder == "")
    assert not folder or not Path(folder).exists()


@pytest.mark.parametrize(
    ("version", "windows", "start_it"),
    [((3, 9, 2), False, "`python3.12 x run`"), ((3, 14, 0), True, "`py -3.12 x run`"), ((2, 7, 18), True, "py -3.12")],
)
def test_a_python_too_old_or_too_new_is_told_which_it_needs(
    version: tuple[int, int, int], windows: bool, start_it: str
) -> None:
    import bootstrap

    sentence = bootstrap.unfit(version, "x run", windows)

    assert "3.11 to 3.13" in sentence and ".".join(map(str, version)) in sentence and start_it in sentence


def test_the_pythons_of_the_starter_are_those_of_the_project() -> None:
    import bootstrap

    with (ROOT / "pyproject.toml").open("rb") as file:
        allowed = tomllib.load(file)["project"]["requires-python"]

    assert [bootstrap.unfit((3, minor, 0), "x", False) is None for minor in (10, 11, 12, 13, 14)] == [
        version in SpecifierSet(allowed) for version in ("3.10", "3.11", "3.12", "3.13", "3.14")
    ]


def test_the_entry_can_be_read_by_the_oldest_pythons() -> None:
    text = (INSTALLER / "bootstrap.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 4))

    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr))]
    assert "from __future__" not in text


def test_the_starter_uses_the_standard_library_only() -> None:
    own = {path.stem for path in INSTALLER.glob("*.py")}
    for path in INSTALLER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {str(node.module).partition(".")[0]}
            else:
                continue
            assert names <= own | set(sys.stdlib_module_names), path.name


def installed(site: Path, name: str, content: bytes) -> Path:
    """A package as pip leaves it: one file, and a RECORD of it."""
    (site / name).mkdir(parents=True)
    (site / name / "__init__.py").write_bytes(content)
    folder = site / f"{name}-1.0.dist-info"
    folder.mkdir()
    hashed = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    record = f"{name}/__init__.py,sha256={hashed},{len(content)}\n{name}-1.0.dist-info/RECORD,,\n"
    (folder / "RECORD").write_text(record, encoding="utf-8")
    return folder


def test_repair_forgets_packages_that_are_not_as_pip_recorded_them(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    whole, torn = installed(site, "whole", b"x = 1\n"), installed(site, "torn", b"y = 2\n")
    zeroed, unsealed = installed(site, "zeroed", b"z = 3\n"), installed(site, "unsealed", b"")
    (site / "torn" / "__init__.py").unlink()
    (site / "zeroed" / "__init__.py").write_bytes(b"\0" * 6)
    (unsealed / "RECORD").unlink()
    (site / "~orn").mkdir()
    broken = virtual_environment.repair(tmp_path)

    assert broken == ["torn-1.0", "unsealed-1.0", "zeroed-1.0"]
    assert whole.exists() and not torn.exists() and not zeroed.exists() and not (site / "~orn").exists()


def project(tmp_path: Path) -> Path:
    """What the starter looks at, without anything heavy."""
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    (tmp_path / "installer").mkdir()
    (tmp_path / "installer" / "bootstrap.py").write_text("", encoding="utf-8")
    (tmp_path / "installer" / "locked").mkdir()
    (tmp_path / "installer" / "locked" / "base.txt").write_text("x==1", encoding="utf-8")
    return tmp_path


def finished(root: Path, extras: list[str]) -> None:
    python = virtual_environment.python_of(root / ".venv")
    python.parent.mkdir(parents=True)
    python.write_bytes(b"")
    body = json.dumps({"digest": virtual_environment.digest(root), "extras": extras})
    (root / ".venv" / virtual_environment.STAMP).write_text(body, encoding="utf-8")


def test_a_finished_environment_is_used_as_it_is(tmp_path: Path) -> None:
    root = project(tmp_path)
    finished(root, ["test"])

    assert virtual_environment.ready(root, frozenset()) and virtual_environment.ready(root, frozenset({"test"}))
    assert virtual_environment.prepare(root, frozenset({"test"})) == virtual_environment.python_of(root / ".venv")


@pytest.mark.parametrize("change", ["pyproject", "lock", "starter", "extras", "python", "torn stamp", "moved"])
def test_an_environment_made_for_something_else_is_not_ready(tmp_path: Path, change: str) -> None:
    root = project(tmp_path / "here") if (tmp_path / "here").mkdir() is None else tmp_path
    finished(root, [])
    extras: frozenset[str] = frozenset()
    if change == "pyproject":
        (root / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    elif change == "lock":
        (root / "installer" / "locked" / "base.txt").write_text("x==2", encoding="utf-8")
    elif change == "starter":
        (root / "installer" / "bootstrap.py").write_text("# new\n", encoding="utf-8")
    elif change == "extras":
        extras = frozenset({"test"})
    elif change == "python":
        virtual_environment.python_of(root / ".venv").unlink()
    elif change == "torn stamp":
        (root / ".venv" / virtual_environment.STAMP).write_text('{"dig', encoding="utf-8")
    else:
        root = root.rename(tmp_path / "there")

    assert not virtual_environment.ready(root, extras)


def test_a_second_start_waits_for_the_first(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import virtual_environment\n"
        "with virtual_environment._locked(pathlib.Path(sys.argv[2])):\n"
        "    print('locked', flush=True); sys.stdin.readline()\n"
    )
    command = [sys.executable, "-c", code, str(INSTALLER), str(tmp_path / "venv")]

    def begin() -> subprocess.Popen[str]:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    with begin() as first:
        assert first.stdout is not None and first.stdout.readline() == "locked\n"
        with begin() as second:
            assert second.stdout is not None and second.stdout.readline().startswith("Another start")
            first.kill()

            assert second.stdout.readline() == "locked\n"
            second.kill()


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("NewConnectionError('... Name or service not known')\nERROR: No matching distribution", "does not answer"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for torch==2.13.0+cpu", "no such version"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that is locked"),
    ],
)
def test_a_failing_pip_is_one_sentence(tail: str, words: str) -> None:
    assert words in virtual_environment.reason(tail)


def test_a_python_without_ensurepip_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "lacks_venv", lambda: True)
    (tmp_path / ".venv").mkdir()

    with pytest.raises(InstallError, match=rf"python3\.{sys.version_info[1]}-venv"):
        virtual_environment._create(tmp_path / ".venv", [])


def test_a_word_that_is_no_command_is_answered_with_the_usage() -> None:
    done = subprocess.run(
        [sys.executable, str(INSTALLER / "bootstrap.py"), "ran"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2 and "usage:" in done.stderr


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_a_fresh_clone_starts_although_it_was_interrupted_twice(tmp_path: Path) -> None:
    root = tmp_path / "clone"
    ignored = shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", ".hypothesis")
    shutil.copytree(ROOT, root, ignore=ignored)
    command = [sys.executable, "-u", "installer/bootstrap.py", "test", "--", "tests/engine/test_protocol.py"]
    for words, number in (("Installing torch", signal.SIGINT), ("Installing SO8T", signal.SIGKILL)):
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True) as first:
            assert first.stdout is not None
            next(line for line in first.stdout if words in line)
            time.sleep(5)
            os.killpg(first.pid, number)
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    code = "import torch, transformers, datasets, peft, trl, pyarrow, xllamacpp, so8t_engine, so8t_resources"
    whole = subprocess.run([str(virtual_environment.python_of(root / ".venv")), "-c", code], check=False)

    assert "passed" in done.stdout and whole.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a shell script plays Python")
@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [(0, "A window can be shown here.", ""), (3, "There is no display.", "There is no display.")],
)
def test_without_a_window_the_starter_says_why(tmp_path: Path, code: int, said: str, expected: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n")
    python.chmod(0o755)
    assert start.no_window(python) == expected


def test_the_window_is_opened_where_it_can_be_and_the_demo_run_where_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(start.virtual_environment, "prepare", lambda root, extras: Path("python"))
    monkeypatch.setattr(start, "_become", lambda command: became.append(command) or 0)
    for obstacle, words in (("", []), ("No display.", []), ("", ["--preset", "phi35-so8t"])):
        monkeypatch.setattr(start, "no_window", lambda python, obstacle=obstacle: obstacle)
        start.main(["run", *words])
    assert became[0] == ["python", "-m", "so8t_gui"]
    assert became[1] == ["python", "-m", "so8t_engine.cli", "run", "--preset", "demo"]
    assert became[2] == ["python", "-m", "so8t_engine.cli", "run", "--preset", "phi35-so8t"]
    assert "No display." in capsys.readouterr().out
