"""The process in which lm-evaluation-harness asks one model: `python -m so8t_engine.benchmark.harness_child`.

It reads a request and writes a result, both JSON; what the libraries print goes to a log. A GGUF file is loaded by
llama.cpp's server in this process and asked by its address, as any OpenAI-compatible server is, so that it answers in
its own chat template. Whatever goes wrong is a sentence for the parent.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine import lifeline
from so8t_engine.evaluate import llama_cpp
from so8t_engine.sentences import Sentence, sentence, to_json

ONLY_GENERATION = "generate_until"
COUNT = "sample_len"  # among lm-eval's figures of a task
FOR_LLAMA = {"cache_prompt": False, "reasoning_format": "none"}  # as step 5 asks it
SECONDS = 3_600  # for one answer
Result = dict[str, Any]


def main(question: Path, result: Path) -> None:
    lifeline.leave_with_parent()
    request = json.loads(question.read_text(encoding="utf-8"))
    try:
        answer = _evaluated(request)
    except Exception as error:  # noqa: BLE001 - libraries of others; a sentence, not a traceback
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        answer = _problem(sentence("evaluate.lm_eval_failed", error=what))
    result.write_text(json.dumps(answer), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # a server's threads are not waited for


def _evaluated(request: Mapping[str, Any]) -> Result:
    if not request["online"]:
        os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
        os.environ["HF_DATASETS_CACHE"] = request["cache"]  # or it would keep a copy of the questions for each time
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = without_proxy(os.environ)
    os.environ.pop("OPENAI_API_KEY", None)  # it is for another server
    from lm_eval import __version__, simple_evaluate
    from lm_eval.tasks import TaskManager

    manager = TaskManager(include_path=request["include"], include_defaults=request["online"])
    unknown = [name for name in request["tasks"] if name not in manager.task_index and not Path(name).is_file()]
    if unknown:
        return _problem(sentence("evaluate.lm_eval_unknown_tasks", tasks=unknown))
    server = None if request["gguf"] is None else _server(request, manager)
    if isinstance(server, Sentence):
        return _problem(server)
    found = simple_evaluate(
        **(_of_transformers(request) if server is None else _of_llama(server)),
        tasks=list(request["tasks"]),
        task_manager=manager,
        limit=request["limit"],
        apply_chat_template=True,
        system_instruction=request["system"],
        batch_size=1,
        bootstrap_iters=1_000,
    )
    return {"lm_eval": __version__, "tasks": {name: _figures(found, name) for name in sorted(found["results"])}}


def without_proxy(environment: Mapping[str, str]) -> str:
    """What the user has asked to be reached directly, and our own server."""
    theirs = environment.get("no_proxy") or environment.get("NO_PROXY")
    return ",".join(filter(None, (theirs, "127.0.0.1,localhost")))


def _problem(why: Sentence) -> Result:
    return {"problem": to_json(why)}


def _server(request: Mapping[str, Any], manager: Any) -> Any:
    """llama.cpp's server on the file, or the sentence why there is none."""
    others = [name for name in request["tasks"] if _kind(manager, name) != ONLY_GENERATION]
    if others:
        return sentence("evaluate.lm_eval_only_generation", tasks=others)
    return llama_cpp.load(Path(request["gguf"]), request["context"], request["threads"])


def _of_transformers(request: Mapping[str, Any]) -> dict[str, Any]:
    import torch

    device = request["device"] or ("cuda" if torch.cuda.is_available() else "cpu")
    about = {"pretrained": request["model"], "dtype": request["dtype"], "trust_remote_code": False}
    return {"model": "hf", "model_args": about, "device": device}


def _of_llama(server: Any) -> dict[str, Any]:
    address = f"{server.listening_address}/v1/chat/completions"
    about = {"base_url": address, "model": "so8t", "num_concurrent": 1, "max_retries": 1, "timeout": SECONDS}
    return {"model": "local-chat-completions", "model_args": about, "gen_kwargs": FOR_LLAMA}


def _kind(manager: Any, name: str) -> str:
    tasks = manager.load(name)["tasks"]
    kinds = {task.OUTPUT_TYPE for task in tasks.values()}
    return kinds.pop() if len(kinds) == 1 else ""


def _figures(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Finite numbers alone, by metric; a filter's name stands behind a comma unless there is none."""
    figures = {
        key.removesuffix(",none"): value
        for key, value in found["results"][name].items()
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and key != COUNT
    }
    samples = found.get("n-samples", {}).get(name, {}).get("effective")
    rows = found.get("samples", {}).get(name, [])
    right = sum(bool(row["acc"]) for row in rows if "acc" in row)
    return {"items": samples, "figures": figures, **({"right": right} if any("acc" in row for row in rows) else {})}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
