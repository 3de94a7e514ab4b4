"""Step 5: the tuned model is delivered, as files that other programs run, with a report of what training brought.

Units, each a restart point: the merged model; one GGUF file each; the reference for llama.cpp and one comparison per
file; batches of answers of the base model, then of the tuned one; the report. What later units need of earlier ones
travels in the payload.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import GgufType, RunConfig
from so8t_engine.data import shards, step_state
from so8t_engine.data.record import Example
from so8t_engine.evaluate import gguf_agreement, heldout, report
from so8t_engine.export import final_model, gguf_folder
from so8t_engine.model import adapter_folder, base_model, runtime
from so8t_engine.model import tokenizer as tokens
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session.sealed_folder import Fill
from so8t_engine.session.state import Cursor

MODEL, GGUF, REPORT = final_model.NAME, "gguf", "report"
LANGUAGES = ("en", "ja")  # that detect_language tells apart

Results = dict[str, Any]  # of the units done so far, by name; kept in the checkpoint
Unit = tuple[str, Callable[[Results], Results]]  # (kind, what it adds to the results)


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `final_model/`, `gguf/` and `report/` are there."""
    evaluation = Evaluation(context)
    units = evaluation.units()
    results = step_state.read(context) or {}
    context.begin(Counter(kind for kind, _ in units))
    for number in range(cursor.unit, len(units)):
        kind, work = units[number]
        results = results | work(results)
        context.tick(Cursor(cursor.step, number + 1), kind, {}, functools.partial(step_state.files, results))


class Evaluation:
    """The units of step 5. Models are large: one at most is open, and only when a unit asks for it."""

    def __init__(self, context: StepContext) -> None:
        self._context, self._config, self._session = context, context.config, context.session
        self._device = runtime.prepare(context.config)
        the_base_model = sentence("model.the_base_model")
        context.check_source("base_model", base_model.fingerprint(self._session, self._config), the_base_model)
        self._examples = heldout.choose(
            shards.read_examples(self._session, "heldout"), self._config.evaluate.max_records, self._config.seed
        )
        self._opened: tuple[str, Any, Any] | None = None

    def units(self) -> list[Unit]:
        size, kinds = self._config.evaluate.per_device_eval_batch_size, self._config.evaluate.gguf
        batches = [self._examples[start : start + size] for start in range(0, len(self._examples), size)]

        def of(work: Callable[..., Results], *values: Any) -> Callable[[Results], Results]:
            return lambda results: work(results, *values)

        return [
            ("model", of(self._fold)),
            *(("gguf", of(self._gguf, kind)) for kind in kinds),
            *([("reference", of(self._reference))] if kinds else []),
            *(("llama", of(self._llama, kind)) for kind in kinds),
            *(("answers", of(self._answers, "base", batch)) for batch in batches),
            *(("answers", of(self._answers, "tuned", batch)) for batch in batches),
            ("report", of(self._report)),
        ]

    def _fold(self, results: Results) -> Results:
        base, adapter = base_model.folder(self._session, self._config), self._session / adapter_folder.ADAPTER
        card = self._card(base)
        self._publish(MODEL, lambda part: final_model.write(base, adapter, part, self._config, card))
        return {}

    def _card(self, base: Path, result: Results | None = None) -> str:
        languages = sorted({example.language for example in self._examples} & set(LANGUAGES))
        tokenizer = self._session / adapter_folder.ADAPTER / "tokenizer"
        sources = report.provenance(self._session)
        return final_model.card(base, tokenizer, self._config, languages, sources, result)

    def _publish(self, name: str, fill: Fill) -> None:
        """A folder of the results; its manifest names it."""
        self._context.publish(self._session / name, fill, {"folder": name})

    def _gguf(self, results: Results, kind: GgufType) -> Results:
        size = gguf_folder.add(
            publish=self._context.publish,
            model=self._session / MODEL,
            folder=self._session / GGUF,
            config=self._config,
            kind=kind,
        )
        return {"gguf": results.get("gguf", {}) | {kind: {"bytes": size}}}

    def _reference(self, results: Results) -> Results:
        """The next tokens by transformers, in full precision; the units that follow ask llama.cpp the same."""
        model, tokenizer = self._open("reference")
        chosen = self._questions()
        prompts = self._encode(tokenizer, chosen)
        completions = tokens.encode_completions(tokenizer, [example.completion for example in chosen])
        shape = model.config
        longest = int(getattr(shape, "original_max_position_embeddings", None) or shape.max_position_embeddings)
        places = gguf_agreement.places(prompts, completions, longest - gguf_agreement.SPARE)
        texts = [text for example in chosen for text in (example.prompt, example.completion)]
        own = [list(ids) for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]
        return {
            "reference": {
                "places": places,
                "expected": gguf_agreement.reference(model, places),
                "texts": texts,
                "ids": own,
            }
        }

    def _llama(self, results: Results, kind: str) -> Results:
        self._opened = None
        reference = results["reference"]
        file = self._session / GGUF / gguf_folder.file_name(self._config.name, kind)
        texts = dict(zip(reference["texts"], reference["ids"], strict=True))
        result = gguf_agreement.compare(
            file, reference["places"], reference["expected"], texts, runtime.choose_threads(self._config)
        )
        if isinstance(result, Sentence):
            self._context.warn("llama", result)
            result = {"error": str(result)}
        return {"gguf": results["gguf"] | {kind: results["gguf"][kind] | result}}

    def _answers(self, results: Results, which: str, batch: list[Example]) -> Results:
        model, tokenizer = self._open(which)
        limit = int(model.config.max_position_embeddings)
        new_tokens = self._config.evaluate.max_new_tokens
        answers = heldout.ask(model, tokenizer, batch, self._system(which), new_tokens, limit)
        return {which: [*results.get(which, []), *answers]}

    def _report(self, results: Results) -> Results:
        self._opened = None
        answers = (self._examples, results.get("base", []), results.get("tuned", []))
        result = {
            "name": self._config.name,
            "description": self._config.description,
            "seed": self._config.seed,
            "heldout": heldout.compare(*answers),
            "gguf": results.get("gguf", {}),
            "samples": report.samples(*answers),
            "training": report.training(self._session),
            "phase_transitions": report.phase_transitions(
                self._session, self._config.alpha.initial, self._config.alpha.final
            ),
            "data": report.provenance(self._session),
            "made_with": runtime.facts(self._config, self._device),
        }
        self._publish(REPORT, lambda part: report.write(part, self._session, result))
        card = self._card(base_model.folder(self._session, self._config), result)
        final_model.with_card(self._context.publish, self._session / MODEL, card)
        summary = result["heldout"]["groups"]["all"] if self._examples else {}
        for key in ("base", "tuned", "base_format", "tuned_format"):
            if key in summary:
                self._context.result(key, summary[key]["share"])
        return {}

    def _questions(self) -> list[Example]:
        """What llama.cpp is asked: held-out questions, or training's where nothing was held out."""
        count = self._config.evaluate.logit_prompts
        return heldout.spread(self._examples or shards.read_examples(self._session, "train")[:count], count)

    def _encode(self, tokenizer: Any, examples: list[Example]) -> list[list[int]]:
        return tokens.encode_prompts(tokenizer, [example.prompt for example in examples], self._system("tuned"))

    def _system(self, which: str) -> str | None:
        """The base is asked plainly, unless it was built here and so has always seen the system prompt."""
        return self._config.convert.system_prompt if which == "tuned" or self._config.model.build else None

    def _open(self, which: str) -> tuple[Any, Any]:
        """(model, tokenizer) of `base`, `tuned`, or `reference` (tuned, never in 4 bits); the one before is let go."""
        if self._opened is None or self._opened[0] != which:
            self._opened = None
            config = self._config if which == "base" else self._of_result(full=which == "reference")
            self._opened = (which, *adapter_folder.load_base(self._session, config))
        return self._opened[1], self._opened[2]

    def _of_result(self, full: bool) -> RunConfig:
        """The published model opened as the base is: what is measured is what is delivered."""
        values = {"model_name_or_path": str(self._session / MODEL), "build": None, "revision": None}
        four_bits = self._config.model.load_in_4bit and not full
        model = self._config.model.model_copy(update=values | {"load_in_4bit": four_bits})
        return self._config.model_copy(update={"model": model})
