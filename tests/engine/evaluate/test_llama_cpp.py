"""llama.cpp's process: what it is given, and that it ends with whoever started it."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

import pytest

from so8t_engine import child_pipes, lifeline
from so8t_engine.evaluate import llama_cpp
from so8t_engine.sentences import Sentence

SEEN = "import sys, os; print(repr(sys.stdin.read()), sys.flags.utf8_mode, sys.stdout.encoding); os._exit(3)"


def test_that_its_standard_input_is_empty_and_its_text_is_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp932")
    problem = llama_cpp._run([sys.executable, "-c", SEEN], tmp_path / "out.txt", timeout=60)

    assert problem is not None
    assert problem.args == {"code": 3, "line": "'' 1 utf-8"}


def test_that_probabilities_which_llama_cpp_rounds_sum_to_one() -> None:
    given = {0: math.log(0.5) + 7e-5, 1: math.log(0.25) + 7e-5, 2: math.log(0.25) + 7e-5, 3: float("-inf")}
    found = llama_cpp.normalised(given)

    assert [math.exp(found[token]) for token in range(4)] == pytest.approx([0.5, 0.25, 0.25, 0.0], abs=1e-12)


@pytest.mark.skipif(os.name != "posix", reason="a named pipe holds it at its request")
def test_that_it_ends_when_whoever_asked_is_gone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "request.json")
    command = [sys.executable, "-m", "so8t_engine.evaluate.llama_cpp", str(tmp_path / "request.json"), "result.json"]
    with (tmp_path / "out.txt").open("wb") as log:
        child = child_pipes.start(command, os.environ, log, log, down=lifeline.LIFELINE)
    alive = child.process.poll() is None
    os.close(child.down)

    assert alive and child.process.wait(60) == 1
    assert (tmp_path / "out.txt").read_bytes() == b""


def test_that_a_library_which_crashes_while_it_loads_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text(
        "import os, sys; print('GGML_ASSERT', file=sys.stderr, flush=True); os.abort()"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    problem = llama_cpp.answers(tmp_path / "x.gguf", ["2 + 3?"], None, max_new_tokens=4, context=64)

    assert isinstance(problem, Sentence) and problem.code == "evaluate.llama_ended_with"
    assert problem.args["line"] == "GGML_ASSERT"
