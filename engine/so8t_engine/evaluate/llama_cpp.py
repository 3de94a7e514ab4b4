"""llama.cpp on a GGUF file: its probabilities and its tokens, from a process of its own, as native code may crash.

The parent writes a request, the child loads the file with `xllamacpp` (one thread pool, CPU, full-precision cache) and
writes a result; what the library prints goes to a file of its own. A child ends when its parent is gone: when a pipe
ends that it was given for that.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine import child_pipes, lifeline
from so8t_engine.sentences import Sentence, from_json, sentence, to_json
from so8t_engine.session import scratch

TIMEOUT_SECONDS = 3_600.0
SPARE_TOKENS = 8
TOO_LONG = "exceed_context_size_error"  # llama.cpp's word for a question that its context does not hold
_KEPT: list[Any] = []  # the servers of this process, to its end


@dataclass(frozen=True)
class Answer:
    """`logprobs[i][j]`: of token `wanted[i][j]` after prompt i; `best[i]`: the likeliest token; `tokens`: per text."""

    logprobs: list[list[float]]
    best: list[int]
    tokens: list[list[int]]
    texts: list[str]


def ask(
    gguf: Path,
    prompts: Sequence[Sequence[int]],
    wanted: Sequence[Sequence[int]],
    texts: Sequence[str] = (),
    chats: Sequence[str] = (),
    threads: int = 1,
    timeout: float = TIMEOUT_SECONDS,
) -> Answer | Sentence:
    """llama.cpp's answer, or why there is none.

    `prompts`: token ids; `texts` are only tokenised; `chats`: user turns put into the file's own chat template.
    """
    context = max((len(prompt) for prompt in prompts), default=0) + SPARE_TOKENS
    request = {
        "gguf": str(gguf),
        "prompts": [list(prompt) for prompt in prompts],
        "wanted": [list(ids) for ids in wanted],
        "texts": list(texts),
        "chats": list(chats),
        "context": context,
        "threads": threads,
    }
    body = _asked(request, timeout)
    return body if isinstance(body, Sentence) else Answer(**body)


@dataclass(frozen=True)
class FileAnswers:
    """What a file answered. `texts`: None where the question is longer than its context; `seconds`: of writing alone;
    `bytes`: of main memory, the file's own included.
    """

    texts: list[str | None]
    tokens: int
    seconds: float
    bytes: int


def answers(
    gguf: Path,
    questions: Sequence[str],
    system: str | None,
    *,
    max_new_tokens: int,
    context: int,
    threads: int = 1,
    timeout: float = TIMEOUT_SECONDS,
) -> FileAnswers | Sentence:
    """The likeliest answer to each question, in the file's own chat template, or why there is none."""
    request = {
        "gguf": str(gguf),
        "questions": list(questions),
        "system": system,
        "max_new_tokens": max_new_tokens,
        "context": context,
        "threads": threads,
    }
    body = _asked(request, timeout)
    return body if isinstance(body, Sentence) else FileAnswers(**body)


def _asked(request: Mapping[str, Any], timeout: float) -> dict[str, Any] | Sentence:
    """What the child answers to this request, or why it does not."""
    with scratch.folder("llama") as folder:
        question, result, output = (Path(folder, name) for name in ("request.json", "result.json", "output.txt"))
        question.write_text(json.dumps(request), encoding="utf-8")
        command = [sys.executable, "-m", "so8t_engine.evaluate.llama_cpp", str(question), str(result)]
        problem = _run(command, output, timeout)
        if problem is not None:
            return problem
        body: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return from_json(body["problem"]) if "problem" in body else body


def _run(command: Sequence[str], output: Path, timeout: float) -> Sentence | None:
    with output.open("wb") as log:
        child = child_pipes.start(command, os.environ, log, log, down=lifeline.LIFELINE)
        try:
            code = child.process.wait(timeout)
        except subprocess.TimeoutExpired:
            return sentence("evaluate.llama_silent", seconds=timeout)
        finally:
            child.process.kill()
            child.process.wait()
            os.close(child.down)
    return None if code == 0 else ended(code, output)


def ended(code: int, output: Path) -> Sentence:
    """That llama.cpp's process ended by itself, with the last line it printed."""
    last = output.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    if not last:
        return sentence("evaluate.llama_ended", code=code)
    return sentence("evaluate.llama_ended_with", code=code, line=last[0][:200])


def main(question: Path, result: Path) -> None:
    """The child's side."""
    lifeline.leave_with_parent()
    request = json.loads(question.read_text(encoding="utf-8"))
    try:
        answer = _says(request) if "questions" in request else _answer(request)
    except Exception as error:  # noqa: BLE001 - a sentence in the report, not the end of a run
        answer = _problem(sentence("evaluate.llama_failed", error=f"{type(error).__name__}: {error}"))
    result.write_text(json.dumps(answer), encoding="utf-8")
    os._exit(0)  # neither the server's threads nor the one at the pipe are waited for


def _problem(why: Sentence) -> dict[str, Any]:
    return {"problem": to_json(why)}


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    server = load(Path(request["gguf"]), request["context"], request["threads"], exact=True)
    if isinstance(server, Sentence):
        return _problem(server)
    address = server.listening_address
    letter = _post(address, "/tokenize", _plain("a"))["tokens"][-1]
    logprobs, best = [], []
    for prompt, wanted in zip(request["prompts"], request["wanted"], strict=True):
        after = _next_token(server, prompt, letter)
        logprobs.append([after.get(token, float("-inf")) for token in wanted])
        best.append(max(after, key=lambda token: after[token]))
    tokens = [_post(address, "/tokenize", _plain(text))["tokens"] for text in request["texts"]]
    turns = [[{"role": "user", "content": chat}] for chat in request["chats"]]
    texts = [_post(address, "/apply-template", {"messages": turn})["prompt"] for turn in turns]
    tokens += [_post(address, "/tokenize", _plain(text))["tokens"] for text in texts]
    return {"logprobs": logprobs, "best": best, "tokens": tokens, "texts": texts}


def _says(request: dict[str, Any]) -> dict[str, Any]:
    import psutil

    server = load(Path(request["gguf"]), request["context"], request["threads"])
    if isinstance(server, Sentence):
        return _problem(server)
    first = [{"role": "system", "content": request["system"]}] if request["system"] else []
    texts: list[str | None] = []
    tokens, seconds = 0, 0.0
    for question in request["questions"]:
        body = {"messages": [*first, {"role": "user", "content": question}], "max_tokens": request["max_new_tokens"]}
        body |= {"temperature": 0, "cache_prompt": False, "reasoning_format": "none"}
        answer = server.handle_chat_completions(body)
        if (refused := _refused(answer)) is not None:
            if refused.get("type") != TOO_LONG:
                raise ValueError(refused.get("message", ""))
            texts.append(None)
            continue
        texts.append(answer["choices"][0]["message"].get("content") or "")
        tokens += int(answer["usage"]["completion_tokens"])
        seconds += float(answer.get("timings", {}).get("predicted_ms", 0.0)) / 1000
    return {"texts": texts, "tokens": tokens, "seconds": seconds, "bytes": psutil.Process().memory_info().rss}


def _refused(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What llama.cpp's server has against a question; None where it answers."""
    if "choices" in answer:
        return None
    error = answer.get("error", answer)
    return error if isinstance(error, dict) else {}


def load(gguf: Path, context: int, threads: int, exact: bool = False) -> Any:
    """llama.cpp's server on this file, on the CPU, or the sentence why there is none.

    `exact`: keys and values in float32, and plain attention. It lives as long as this process, which has to be left by
    `os._exit`: one that is destroyed waits for its threads, now and then for ever.
    """
    try:
        import xllamacpp  # a wheel that some platforms do not have; the engine itself does without
    except ImportError as error:
        return sentence("evaluate.llama_missing", error=error)
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_ctx = context
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.warmup = params.fit_params = params.ui = False
    params.verbosity = -1
    if exact:
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.cache_type_k = params.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:
        return sentence("evaluate.llama_load", file=gguf.name, error=error)
    _KEPT.append(server)
    return server


def _next_token(server: Any, prompt: list[int], letter: int) -> dict[int, float]:
    """Token -> log-probability of every token after this prompt. `letter`: a token that is one whole character.

    Where the chosen token ends the answer, or ends inside a character, llama.cpp's server gives no probabilities. So a
    letter is always chosen; the bias acts behind the probabilities, which stay as they are.
    """
    body = {"prompt": prompt, "n_predict": 1, "max_tokens": 1, "cache_prompt": False}
    body |= {"n_probs": 1_000_000, "logprobs": 1, "logit_bias": [[letter, 1e4]]}
    first = server.handle_completions(body)["choices"][0]["logprobs"]["content"][0]
    found = {int(item["id"]): float(item["logprob"]) for item in first["top_logprobs"]}
    return normalised(found)


def normalised(logprobs: Mapping[int, float]) -> dict[int, float]:
    """So that the probabilities sum to 1; llama.cpp's sum to 1 + 7e-5, as much as F16 takes away."""
    highest = max(logprobs.values())
    total = highest + math.log(math.fsum(math.exp(value - highest) for value in logprobs.values()))
    return {token: value - total for token, value in logprobs.items()}


def _plain(text: str) -> dict[str, Any]:
    return {"content": text, "add_special": False, "parse_special": True}


def _post(address: str, path: str, body: dict[str, Any]) -> Any:
    """To our own server on the loopback address, past any proxy."""
    request = urllib.request.Request(address + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
