"""lm-evaluation-harness on what a session made: the merged model and each GGUF file, on the same items.

A child per model (harness_child.py), so that neither its libraries nor llama.cpp can take anything with them. The
session's own held-out questions are tasks that need no network; its other tasks go by lm-eval's names.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine import child_pipes, lifeline
from so8t_engine.benchmark import harness_child, heldout_tasks, kept_result
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.evaluate import comparison, heldout
from so8t_engine.export import final_model, gguf_choice, gguf_folder
from so8t_engine.model import conversations, runtime
from so8t_engine.model import tokenizer as tokens
from so8t_engine.sentences import Sentence, from_json, sentence, to_json
from so8t_engine.session import gguf_files, scratch

OWN = "so8t"  # all tasks of the session's held-out questions
Answered = Mapping[str, Mapping[str, Any]]
Notice = Callable[[Sentence], None]


@dataclass(frozen=True)
class Wanted:
    """`tasks`: lm-eval's names, or OWN; `models`: `final_model` and types of GGUF, none: all; `limit`: items a task."""

    tasks: Sequence[str]
    models: Sequence[str]
    limit: int | None
    include: Path | None

    def to_json(self) -> dict[str, Any]:
        include = None if self.include is None else str(self.include.absolute())
        return {"tasks": [*self.tasks], "models": [*self.models], "limit": self.limit, "include": include}


def run(session: Path, config: RunConfig, wanted: Wanted, notice: Notice) -> dict[str, Any]:
    """What lm-eval says of each model, and what the report says of the same items; JSON values.

    Kept as it comes (kept_result.py): whoever was cut off asks no model twice that has answered.
    Raises EngineError report_missing, no_gguf, usage, lm_eval.
    """
    answered, report, asked_for = _answered(session), kept_result.report_digest(session), wanted.to_json()
    if not (session / final_model.NAME / "config.json").is_file():
        raise EngineError("lm_eval", sentence("evaluate.lm_eval_no_model", session=session.name))
    models = _models(session, wanted.models)
    with scratch.folder("eval") as name:
        asked = _questions(session, config) if OWN in wanted.tasks else []
        own = heldout_tasks.write(Path(name, "tasks"), asked, config.evaluate.max_new_tokens, tokens.END)
        names = list(dict.fromkeys(each for task in wanted.tasks for each in (own if task == OWN else [task])))
        if not names:
            raise EngineError("lm_eval", sentence("evaluate.lm_eval_no_questions", session=session.name))
        include = [str(path) for path in (Path(name, "tasks"), wanted.include) if path is not None]
        request = _request(session, config) | {
            "tasks": names,
            "include": include,
            "online": any(each not in own for each in names),
            "cache": str(Path(name, "cache")),
            "limit": wanted.limit,
        }
        found = kept_result.measured(session, report, asked_for)
        found = {model: found[model] for model in models if model in found}
        if found:
            notice(sentence("evaluate.lm_eval_goes_on", models=list(found)))
        benchmark: dict[str, Any] = {"limit": wanted.limit, "report": _reported(answered, asked, wanted.limit)}
        for model, file in models.items():
            if model not in found:
                notice(sentence("evaluate.lm_eval_asks", model=model))
                found[model] = _asked(request | {"gguf": None if file is None else str(file)}, Path(name))
            benchmark |= _by_model({each: found[each] for each in models if each in found})
            try:
                kept_result.keep(session, report, asked_for, benchmark, whole=len(found) == len(models))
            except EngineError as error:
                notice(sentence("evaluate.lm_eval_not_kept", why=error.sentence))
    return benchmark


def _by_model(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    version = next((about["lm_eval"] for about in found.values() if "lm_eval" in about), None)
    stripped = {model: {key: about[key] for key in about if key != "lm_eval"} for model, about in found.items()}
    return {"lm_eval": version, "models": stripped}


def _answered(session: Path) -> Answered:
    """The report's answers by id; none where an older version, which kept none, has written it."""
    try:
        return {str(item["id"]): item for item in comparison.read(session).items}
    except EngineError as error:
        if error.code != "not_comparable":
            raise
        return {}


def _models(session: Path, chosen: Sequence[str]) -> dict[str, Path | None]:
    """By name: the GGUF file, or None for the merged model; as they were written, since hours go into them.

    Raises EngineError no_gguf, usage, results_damaged, disk_*.
    """
    named = [name for name in chosen or [final_model.NAME, *gguf_files.of(session)]]
    models = {name: None if name == final_model.NAME else gguf_choice.file(session, name) for name in named}
    for file in models.values():
        if file is not None:
            gguf_choice.refuse_changed(file)
    return models


def _questions(session: Path, config: RunConfig) -> list[Example]:
    """Of the held-out ones that step 5 asked those that another program can be asked."""
    from transformers import AutoTokenizer

    chosen = heldout.choose(shards.read_examples(session, "heldout"), config.evaluate.max_records, config.seed)
    if not chosen:
        return []
    tokenizer = AutoTokenizer.from_pretrained(session / final_model.NAME, trust_remote_code=False)
    lengths = [len(ids) for ids in conversations.encode(tokenizer, chosen, config.convert.system_prompt)]
    return heldout_tasks.choose(chosen, lengths, _context(session, config) - config.evaluate.max_new_tokens)


def _context(session: Path, config: RunConfig) -> int:
    return gguf_folder.context(session / final_model.NAME, config)


def _request(session: Path, config: RunConfig) -> dict[str, Any]:
    return {
        "model": str(session / final_model.NAME),
        "dtype": "float32" if config.model.build is not None else config.model.dtype,
        "device": config.runtime.device if config.runtime.device != "auto" else None,
        "system": config.convert.system_prompt,
        "context": _context(session, config),
        "threads": runtime.choose_threads(config),
    }


def _asked(request: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """What the child found, with its seconds; or `error`, a sentence."""
    question, result, log = (folder / name for name in ("request.json", "result.json", "output.txt"))
    result.unlink(missing_ok=True)
    question.write_text(json.dumps(request), encoding="utf-8")
    command = [sys.executable, "-m", harness_child.__name__, str(question), str(result)]
    start = time.monotonic()
    with log.open("wb") as output:
        child = child_pipes.start(command, os.environ, output, output, down=lifeline.LIFELINE)
        try:
            code = lifeline.waited(child.process)
        finally:
            child.process.kill()
            child.process.wait()
            os.close(child.down)
    try:
        body = json.loads(result.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["-"]
        body = {"problem": to_json(sentence("evaluate.lm_eval_ended", code=code, line=last[0][:200]))}
    if "problem" in body:
        return {"error": to_json(from_json(body["problem"]))}
    return body | {"seconds": round(time.monotonic() - start, 1)}


def _reported(answered: Answered, asked: Sequence[Example], limit: int | None) -> dict[str, Any]:
    """By task: how many of the items that lm-eval was given the report counts as right, for the merged model."""
    result: dict[str, Any] = {}
    for task in sorted({heldout_tasks.task_of(example) for example in asked}):
        ids = [example.id for example in asked if heldout_tasks.task_of(example) == task][:limit]
        rights = [answered[each]["right"].get("tuned") for each in ids if each in answered]
        if rights:
            result[task] = {"right": sum(map(bool, rights)), "total": len(rights)}
    return result
