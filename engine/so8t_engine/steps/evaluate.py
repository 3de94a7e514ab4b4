"""Step 5: fold, GGUF, llama.cpp's opinion, held-out answers before and after, report.

Units: the merged model; the GGUF files; the comparison with llama.cpp; batches of answers of the base model, then of
the tuned one; the report. What later units need of earlier ones travels in the payload.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import AutoModelForCausalLM, AutoTokenizer

from so8t_engine.context import Context
from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.evaluate import heldout, llama, logits, report
from so8t_engine.export import fold, gguf_folder
from so8t_engine.state import Cursor
from so8t_engine.train import base, load, runtime
from so8t_engine.train import tokenizer as tokens

STATE = "state.json"
MODEL, GGUF, REPORT = "final_model", "gguf", "report"

Found = dict[str, Any]


def run(context: Context, cursor: Cursor) -> None:
    """Afterwards `final_model/`, `gguf/` and `report/` are there."""
    evaluation = Evaluation(context)
    units = evaluation.units()
    totals: dict[str, int] = {}
    for kind, _ in units:
        totals[kind] = totals.get(kind, 0) + 1
    found = _read(context)
    context.begin(totals)
    for number in range(cursor.unit, len(units)):
        kind, work = units[number]
        found = found | work(found)
        context.tick(Cursor(cursor.step, number + 1), kind, {}, lambda found=found: _payload(found))  # type: ignore[misc]


class Evaluation:
    """Has state because models are large: one is open at a time, and only when a unit asks for it."""

    def __init__(self, context: Context) -> None:
        self._context, self._config, self._session = context, context.config, context.session
        self._device = runtime.prepare(context.config)
        self._examples = heldout.choose(
            shards.read_examples(self._session, "heldout"), self._config.evaluate.max_records, self._config.seed
        )
        self._opened: tuple[str, Any, Any] | None = None

    def units(self) -> list[tuple[str, Callable[[Found], Found]]]:
        size = self._config.evaluate.per_device_eval_batch_size
        batches = [self._examples[start : start + size] for start in range(0, len(self._examples), size)]

        def answers(which: str, batch: list[Example]) -> Callable[[Found], Found]:
            return lambda found: self._answers(which, batch, found)

        return [
            ("model", self._fold),
            ("gguf", self._gguf),
            ("llama", self._llama),
            *(("answers", answers("base", batch)) for batch in batches),
            *(("answers", answers("tuned", batch)) for batch in batches),
            ("report", self._report),
        ]

    def _fold(self, found: Found) -> Found:
        config, session = self._config, self._session
        source = base.folder(session, config)
        tokenizer = AutoTokenizer.from_pretrained(session / load.ADAPTER / "tokenizer")
        dtype = config.model.dtype if config.model.build is None else "float32"
        gguf_folder.publish(
            session / MODEL,
            lambda part: fold.write(
                source, session / load.ADAPTER, part, dtype, tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
            ),
        )
        return {}

    def _gguf(self, found: Found) -> Found:
        kinds, name = self._config.evaluate.gguf, self._config.name
        if kinds:
            said = lambda kind: self._context.say("gguf", {"type": kind})  # noqa: E731
            gguf_folder.make(self._session / MODEL, self._session / GGUF, self._config, said)
        sizes = {kind: (self._session / GGUF / gguf_folder.file_name(name, kind)).stat().st_size for kind in kinds}
        return {"gguf": {kind: {"bytes": size} for kind, size in sizes.items()}}

    def _llama(self, found: Found) -> Found:
        """The next token after a few prompts, and the tokens of a few texts, by llama.cpp and by Hugging Face."""
        chosen = self._examples[: self._config.evaluate.logit_prompts]
        kinds = found["gguf"]
        if not kinds or not chosen:
            return {}
        model, tokenizer = self._open("tuned")
        prompts = tokens.encode_prompts(tokenizer, [e.prompt for e in chosen], self._config.convert.system_prompt)
        texts = [example.completion for example in chosen]
        wanted = logits.next_logprobs(model, prompts)
        own = [list(ids) for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]
        named = [reference.topk(min(logits.TOP, len(reference))).indices.tolist() for reference in wanted]
        results = {}
        for kind, about in kinds.items():
            file = self._session / GGUF / gguf_folder.file_name(self._config.name, kind)
            answer = llama.ask(file, prompts, named, texts)
            if isinstance(answer, str):
                self._context.warn("llama", answer)
                results[kind] = about | {"error": answer}
                continue
            pairs = [list(zip(*pair, strict=True)) for pair in zip(named, answer.logprobs, strict=True)]
            agreed = logits.compare(wanted, pairs, answer.best)
            results[kind] = about | agreed | {"same_tokens": answer.tokens == own}
        return {"gguf": results}

    def _answers(self, which: str, batch: list[Example], found: Found) -> Found:
        model, tokenizer = self._open(which)
        limit = int(model.config.max_position_embeddings)
        system = self._config.convert.system_prompt if which == "tuned" else None
        said = heldout.ask(model, tokenizer, batch, system, self._config.evaluate.max_new_tokens, limit)
        return {which: [*found.get(which, []), *said]}

    def _report(self, found: Found) -> Found:
        result = {
            "name": self._config.name,
            "heldout": heldout.compare(self._examples, found.get("base", []), found.get("tuned", [])),
            "gguf": found["gguf"],
            "samples": report.samples(self._examples, found.get("base", []), found.get("tuned", [])),
        }
        gguf_folder.publish(self._session / REPORT, lambda part: report.write(part, self._session, result))
        summary = result["heldout"]["groups"]["all"] if self._examples else {}
        for key in ("base", "tuned", "base_format", "tuned_format"):
            if key in summary:
                self._context.result(key, summary[key]["share"])
        return {}

    def _open(self, which: str) -> tuple[Any, Any]:
        """(model, tokenizer) of `base` or `tuned`; the one open before is let go first."""
        if self._opened is None or self._opened[0] != which:
            self._opened = None
            if which == "base":
                model, tokenizer = load.load_base(self._session, self._config)
            else:
                folder: Path = self._session / MODEL
                tokenizer = AutoTokenizer.from_pretrained(folder)
                dtype = runtime.choose_dtype(self._config, self._device)
                model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).to(self._device).eval()
            self._opened = (which, model, tokenizer)
        return self._opened[1], self._opened[2]


def _read(context: Context) -> Found:
    folder = context.checkpoint()
    return dict(json.loads((folder / STATE).read_bytes())) if folder is not None else {}


def _payload(found: Found) -> dict[str, bytes]:
    return {STATE: json.dumps(found, ensure_ascii=False, sort_keys=True).encode()}
