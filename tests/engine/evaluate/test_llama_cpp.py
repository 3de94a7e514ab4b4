"""llama.cpp's process: what it is given, and that it ends with whoever started it."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from so8t_engine import child_pipes, lifeline
from so8t_engine.evaluate import llama_cpp
from so8t_engine.sentences import Sentence, sentence, to_json

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


class Server:
    """Answers one after the other, as llama.cpp's own does; `asked` keeps the questions."""

    listening_address = "http://here"

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers, self.asked = iter(answers), list[dict[str, Any]]()

    def handle_chat_completions(self, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        return next(self.answers)

    handle_completions = handle_chat_completions


def said(text: str | None, tokens: int, **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"content": text}}], "usage": {"completion_tokens": tokens}, **more}


def test_that_answers_are_counted_and_a_question_too_long_for_the_context_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server(
        said("one", 3, timings={"predicted_ms": 500.0}), {"error": {"type": llama_cpp.TOO_LONG}}, said(None, 4)
    )
    asked: list[Any] = []
    monkeypatch.setattr(llama_cpp, "load", lambda *arguments, **more: asked.append((arguments, more)) or server)
    request = {"gguf": "x.gguf", "context": 64, "threads": 2, "system": "Be brief.", "max_new_tokens": 7}
    found = llama_cpp._says({**request, "questions": ["1?", "2?", "3?"]})

    assert (found["texts"], found["tokens"], found["seconds"]) == (["one", None, ""], 7, 0.5)
    assert found["bytes"] > 0 and asked == [((Path("x.gguf"), 64, 2), {})]
    system = {"role": "system", "content": "Be brief."}
    assert [body["messages"] for body in server.asked] == [
        [system, {"role": "user", "content": f"{number}?"}] for number in (1, 2, 3)
    ]
    assert {(body["max_tokens"], body["temperature"], body["cache_prompt"]) for body in server.asked} == {(7, 0, False)}


def test_that_without_a_system_prompt_the_question_stands_alone_and_any_other_refusal_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server({"error": {"type": "server_error", "message": "no slot"}})
    monkeypatch.setattr(llama_cpp, "load", lambda *_, **__: server)
    request = {"gguf": "x.gguf", "context": 64, "threads": 2, "system": None, "max_new_tokens": 7, "questions": ["1?"]}
    with pytest.raises(ValueError, match="no slot"):
        llama_cpp._says(request)
    assert server.asked[0]["messages"] == [{"role": "user", "content": "1?"}]


def test_that_where_there_is_no_llama_cpp_both_kinds_of_questions_get_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    why = sentence("evaluate.llama_missing", error="x")
    monkeypatch.setattr(llama_cpp, "load", lambda *_, **__: why)
    request = {"gguf": "x.gguf", "context": 64, "threads": 2}

    assert llama_cpp._says(request) == llama_cpp._answer(request) == {"problem": to_json(why)}


def test_that_probabilities_are_those_of_the_wanted_tokens_behind_each_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    def next_token(**found: float) -> dict[str, Any]:
        top = [{"id": number[1:], "logprob": math.log(share)} for number, share in found.items()]
        return {"choices": [{"logprobs": {"content": [{"top_logprobs": top}]}}]}

    def posted(address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        assert address == "http://here"
        if path == "/apply-template":
            return {"prompt": f"<{body['messages'][0]['content']}>"}
        assert (body["add_special"], body["parse_special"]) == (False, True)
        return {"tokens": [1, ord(body["content"][0])]}

    server, loaded = Server(next_token(_5=0.75, _6=0.25), next_token(_5=0.25, _6=0.75)), list[Any]()
    monkeypatch.setattr(llama_cpp, "load", lambda *_, exact: loaded.append(exact) or server)
    monkeypatch.setattr(llama_cpp, "_post", posted)
    found = llama_cpp._answer({
        "gguf": "x.gguf", "context": 64, "threads": 2, "prompts": [[1, 2], [3]], "wanted": [[5, 7], [6]],
        "texts": ["t"], "chats": ["hi"],
    })  # fmt: skip

    assert loaded == [True]
    assert [[math.exp(value) for value in each] for each in found["logprobs"]] == [
        pytest.approx([0.75, 0.0]), pytest.approx([0.75]),
    ]  # fmt: skip
    assert (found["best"], found["tokens"], found["texts"]) == ([5, 6], [[1, ord("t")], [1, ord("<")]], ["<hi>"])
    assert [body["prompt"] for body in server.asked] == [[1, 2], [3]]
    [first, _] = server.asked
    assert first["logit_bias"] == [[ord("a"), 1e4]] and (first["n_predict"], first["max_tokens"]) == (1, 1)
