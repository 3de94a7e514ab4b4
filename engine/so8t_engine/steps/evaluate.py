"""Step 5: the tuned model is delivered, as files that other programs run, with a report of what training brought.

Units, each a restart point: the merged model; one GGUF file each; the reference for llama.cpp and one comparison per
file; batches of answers of the base model, then of the tuned one, then of each GGUF file in llama.cpp; the report. What
later units need of earlier ones travels in the payload.
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from so8t_engine import VERSION
from so8t_engine.config import in_words
from so8t_engine.config.run_config import GgufType, RunConfig
from so8t_engine.data import own_questions, shards, step_state
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.evaluate import earlier_answers, fold_gate, gguf_agreement, gguf_answers, heldout, report
from so8t_engine.export import final_model, gguf_folder, model_card
from so8t_engine.model import adapter_folder, base_model, conversations, runtime
from so8t_engine.model import tokenizer as tokens
from so8t_engine.run import evaluation_again
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, from_json, sentence, to_json
from so8t_engine.session import durable, gguf_files, manifest
from so8t_engine.session.sealed_folder import Fill
from so8t_engine.session.state import Cursor

MODEL, GGUF, REPORT = final_model.NAME, "gguf", "report"
KEPT = ("answers", "gguf_answers", "llama")  # saved at once: nothing is asked twice
LANGUAGES = ("en", "ja")  # that detect_language tells apart

Results = dict[str, Any]  # of the units done so far, by name; kept in the checkpoint
Unit = tuple[str, Callable[[Results], Results]]  # (kind, what it adds to the results)


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `final_model/`, `gguf/` and `report/` are there."""
    evaluation = Evaluation(context)
    results = step_state.read(context) or {}
    if cursor.unit == 0:
        results = {"earlier": _earlier(context, results)} if results else {}
    units = evaluation.units(_plan(context, results) if cursor.unit == 0 else OF_OLD | results)
    context.begin(Counter(kind for kind, _ in units))
    for number in range(cursor.unit, len(units)):
        kind, work = units[number]
        results = results | work(results)
        payload = functools.partial(step_state.files, results)
        context.tick(Cursor(cursor.step, number + 1), kind, payload=payload, keep=kind in KEPT)


OF_OLD: Results = {"columns": ["base", "tuned"], "gguf_records": 0}


def _earlier(context: StepContext, results: Results) -> Results:
    """What need not be done again where this step is begun again (run/evaluation_again.py)."""
    folder = context.checkpoint()
    assert folder is not None
    asked = json.loads((folder / evaluation_again.SETTINGS).read_bytes())
    return earlier_answers.of(results, asked, context.config.evaluate)


def _plan(context: StepContext, results: Results) -> Results:
    """Which models are asked the held-out questions, and how many of these each GGUF file is.

    Kept in the results, as units are counted by them. A session that an earlier version has begun to evaluate has none
    there: it goes on with those of that version (OF_OLD).
    """
    config = context.config
    learning = config.ppo.total_episodes if config.group is None else config.group.max_steps
    both = config.warmup.max_steps > 0 and learning > 0  # else the warmed-up model is one of the other two
    answered = "warmed" in results.get("earlier", {}).get("columns", [])
    learnt = both and (answered or (context.session / adapter_folder.REFERENCE).is_dir())
    columns = ["base", "warmed", "tuned"] if learnt else ["base", "tuned"]
    return {"columns": columns, "gguf_records": context.config.evaluate.gguf_records}


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

    def units(self, plan: Results) -> list[Unit]:
        columns: list[str] = plan["columns"]
        size, kinds = self._config.evaluate.per_device_eval_batch_size, self._config.evaluate.gguf
        batches = [self._examples[start : start + size] for start in range(0, len(self._examples), size)]
        asked = gguf_answers.choose(self._examples, plan["gguf_records"])
        few = [asked[start : start + gguf_answers.BATCH] for start in range(0, len(asked), gguf_answers.BATCH)]

        def of(work: Callable[..., Results], *values: Any) -> Callable[[Results], Results]:
            return lambda results: work(results, *values)

        return [
            ("model", of(self._fold, {key: plan[key] for key in OF_OLD})),
            *(("gguf", of(self._gguf, kind)) for kind in kinds),
            *([("reference", of(self._reference))] if kinds else []),
            *(("llama", of(self._llama, kind)) for kind in kinds),
            *(("answers", of(self._answers, column, batch)) for column in columns for batch in batches),
            *(("gguf_answers", of(self._gguf_answers, kind, places)) for kind in kinds for places in few),
            ("report", of(self._report)),
        ]

    def _fold(self, results: Results, plan: Results) -> Results:
        earlier: Results = results.get("earlier", {})
        if not earlier_answers.is_as_made(earlier, self._session / MODEL, model_card.NAME):
            self._make_model()
        digest = earlier_answers.digest(self._session / MODEL, model_card.NAME)
        made = {"by": VERSION, "final_model": digest, "gguf": {}}
        again = {"earlier": earlier_answers.with_model(earlier, digest)} if earlier else {}
        return plan | {"made": made} | again

    def _make_model(self) -> None:
        base, adapter = base_model.folder(self._session, self._config), self._session / adapter_folder.ADAPTER
        card = self._card(base)
        places, trained = self._trained()

        def fill(part: Path) -> None:
            final_model.write(base, adapter, part, self._config, card)
            model, _ = adapter_folder.load_base(self._session, self._of_result(full=True, folder=part))
            fold_gate.check(trained, fold_gate.logprobs(model, places), self._config.model.dtype)

        self._publish(MODEL, fill)

    def _trained(self) -> tuple[list[list[int]], list[Any]]:
        """Places in held-out conversations, and what the trained model says there, in full precision."""
        full = self._config.model.model_copy(update={"load_in_4bit": False})
        policy, tokenizer = adapter_folder.load_trained(self._session, self._config.model_copy(update={"model": full}))
        places = self._places(policy.base, tokenizer, self._questions())
        return places, fold_gate.logprobs(policy.base, places)

    def _card(self, base: Path, result: Results | None = None) -> str:
        languages = sorted({example.language for example in self._examples} & set(LANGUAGES))
        tokenizer = self._session / adapter_folder.ADAPTER / "tokenizer"
        sources = report.provenance(self._session)
        return final_model.card(base, tokenizer, self._config, languages, sources, result)

    def _publish(self, name: str, fill: Fill) -> None:
        """A folder of the results; its manifest names it."""
        self._context.publish(self._session / name, fill, {"folder": name}, readable=True)

    def _gguf(self, results: Results, kind: GgufType) -> Results:
        """A type that cannot be written is told, here and in the report; everything else is made nevertheless."""
        done, earlier = results.get("gguf", {}), results.get("earlier", {})
        there = self._files_as_made(results)
        if kind in there:
            about = {key: value for key, value in earlier_answers.file_of(earlier, kind).items() if key != "sha256"}
            return self._with_file(results, kind, about)
        try:
            size, fallbacks = gguf_folder.add(
                publish=self._context.publish,
                model=self._session / MODEL,
                folder=self._session / GGUF,
                config=self._config,
                kind=kind,
                before=[each for each in self._config.evaluate.gguf if "bytes" in done.get(each, {}) or each in there],
                replace=self._context.write,
            )
        except EngineError as error:
            if error.code != "export":
                raise
            self._context.warn("gguf", sentence("export.gguf_left_out", type=kind, why=error.sentence))
            return {"gguf": done | {kind: {"error": to_json(error.sentence)}}}
        return self._with_file(results, kind, {"bytes": size} | ({"fallbacks": fallbacks} if fallbacks else {}))

    def _with_file(self, results: Results, kind: str, about: Results) -> Results:
        sha = manifest.read(self._session / GGUF)[0][gguf_folder.file_name(self._config.name, kind)][1]
        earlier = results.get("earlier", {})
        files = results.get("made", {}).get("gguf", {}) | {kind: about | {"sha256": sha}}
        made = {"made": results["made"] | {"gguf": files}} if "made" in results else {}
        again = {"earlier": earlier_answers.with_file(earlier, kind, sha)} if earlier else {}
        return {"gguf": results.get("gguf", {}) | {kind: about}} | made | again

    def _files_as_made(self, results: Results) -> Sequence[str]:
        """Types whose files need not be made again: of the same model, and as they were."""
        earlier, made = results.get("earlier", {}), results.get("made", {})
        if not earlier or earlier.get("made", {}).get("final_model") != made.get("final_model"):
            return []
        kinds: list[str] = [*self._config.evaluate.gguf]
        names = {kind: gguf_folder.file_name(self._config.name, kind) for kind in kinds}
        return earlier_answers.files_as_made(earlier, self._session / GGUF, names)

    def _reference(self, results: Results) -> Results:
        """The next tokens by transformers, in full precision; the units that follow ask llama.cpp the same."""
        if not any("bytes" in about for about in results["gguf"].values()):
            return {}  # no file was made
        model, tokenizer = self._open("reference")
        chosen = self._questions()
        places = self._places(model, tokenizer, chosen)
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

    def _places(self, model: Any, tokenizer: Any, examples: list[Example]) -> list[list[int]]:
        prompts = self._encode(tokenizer, examples)
        completions = tokens.encode_completions(tokenizer, [example.completion for example in examples])
        shape = model.config
        longest = int(getattr(shape, "original_max_position_embeddings", None) or shape.max_position_embeddings)
        return gguf_agreement.places(prompts, completions, longest - gguf_agreement.SPARE)

    def _llama(self, results: Results, kind: str) -> Results:
        self._opened = None
        if "bytes" not in results["gguf"][kind]:
            return {}
        reference = results["reference"]
        file = self._session / GGUF / gguf_folder.file_name(self._config.name, kind)
        texts = dict(zip(reference["texts"], reference["ids"], strict=True))
        result = gguf_agreement.compare(
            file, reference["places"], reference["expected"], texts, runtime.choose_threads(self._config)
        )
        if isinstance(result, Sentence):
            self._context.warn("llama", result)
            result = {"error": to_json(result)}
        return {"gguf": results["gguf"] | {kind: results["gguf"][kind] | result}}

    def _answers(self, results: Results, which: str, batch: list[Example]) -> Results:
        before, cut = results.get(which, []), results.get("cut", {})
        known = earlier_answers.said(results.get("earlier", {}), which, len(before), len(batch))
        texts, ended = known if known is not None else self._ask(which, batch)
        return {which: [*before, *texts], "cut": cut | {which: [*cut.get(which, []), *ended]}}

    def _ask(self, which: str, batch: list[Example]) -> tuple[list[str], list[bool]]:
        """(answers, whether each was cut off)."""
        model, tokenizer = self._open(which)
        limit = int((model.base if which == "warmed" else model).config.max_position_embeddings)
        new_tokens = self._config.evaluate.max_new_tokens
        with model.generating() if which == "warmed" else contextlib.nullcontext():
            plain = model.base if which == "warmed" else model
            replies = heldout.ask(plain, tokenizer, batch, self._system(which), new_tokens, limit)
        return [reply.text for reply in replies], [reply.cut for reply in replies]

    def _gguf_answers(self, results: Results, kind: str, places: list[int]) -> Results:
        self._opened = None
        about, before = results["gguf"][kind], results.get("gguf_answers", {})
        if "bytes" not in about or "error" in about:
            return {}
        asked = gguf_answers.choose(self._examples, results["gguf_records"])
        known = earlier_answers.by_file(results.get("earlier", {}), kind, len(asked))
        if known is not None:
            return {"gguf_answers": before | {kind: known}}
        answered = gguf_answers.ask(
            self._session / GGUF / gguf_folder.file_name(self._config.name, kind),
            [self._examples[at] for at in places],
            self._system("tuned"),
            max_new_tokens=self._config.evaluate.max_new_tokens,
            context=gguf_folder.context(self._session / MODEL, self._config),
            threads=runtime.choose_threads(self._config),
            before=before.get(kind),
        )
        if "error" in answered and "error" not in before.get(kind, {}):
            self._context.warn("llama", from_json(answered["error"]))
        return {"gguf_answers": before | {kind: answered}}

    def _files(self, results: Results) -> Results:
        """What the report says of each GGUF file."""
        places = gguf_answers.choose(self._examples, results.get("gguf_records", 0))
        asked, tuned = [self._examples[at] for at in places], [results.get("tuned", [])[at] for at in places]
        answered = results.get("gguf_answers", {})
        return {
            kind: about | gguf_answers.figures(asked, answered.get(kind, {}), tuned)
            for kind, about in results.get("gguf", {}).items()
        }

    def _report(self, results: Results) -> Results:
        self._opened = None
        answers = (self._examples, results.get("base", []), results.get("tuned", []))
        warmed = results.get("warmed", []) if "warmed" in results.get("columns", []) else None
        cut = results.get("cut", {})
        base = model_card.base_of(self._config, base_model.folder(self._session, self._config))
        result: Results = {
            "name": self._config.name,
            "description": self._config.description,
            "seed": self._config.seed,
            "algorithm": self._config.algorithm,
            "section_share": self._config.reward.section_share,
            "base_model": {"name": base.name, "revision": base.revision, "licence": base.licence.get("license")},
            "settings": [(name, str(said)) for name, said in in_words.settings(self._config)],
            "heldout": heldout.compare(*answers, warmed, cut),
            "gguf": self._files(results),
            "samples": report.samples(*answers),
            "training": report.training(self._session),
            "phase_transitions": report.phase_transitions(
                self._session, self._config.alpha.initial, self._config.alpha.final
            ),
            "data": (data := report.provenance(self._session)),
            **({"own_not_asked": unasked} if (unasked := own_questions.of_report(data)) else {}),
            **({"strength": strength} if (strength := report.strength(self._session, self._config)) else {}),
            **({"thought": thought} if (thought := report.thought(self._session)) else {}),
            "made_with": runtime.facts(self._config, self._device),
        }
        rows = heldout.judge(*answers, warmed, cut)
        speed = gguf_answers.speed(results.get("gguf_answers", {}))
        self._publish(REPORT, lambda part: report.write(part, self._session, result, rows, speed))
        card = self._card(base_model.folder(self._session, self._config), result)
        final_model.with_file(self._context.publish, self._session / MODEL, model_card.NAME, card, self._context.write)
        if (advised := gguf_files.best(result["gguf"])) is not None:
            gguf_folder.with_advised(
                publish=self._context.publish,
                model=self._session / MODEL,
                folder=self._session / GGUF,
                config=self._config,
                kind=advised,
                replace=self._context.write,
            )
        elif (self._session / GGUF).is_dir():  # of settings that asked for files; these ask for none, or have made none
            durable.discard(self._session / GGUF)
        summary = result["heldout"]["groups"]["all"] if self._examples else {}
        for key in ("base", "warmed", "tuned", "base_format", "tuned_format"):
            if key in summary:
                self._context.result(key, summary[key]["share"])
        for key in ("base_sections", "tuned_sections"):
            if key in summary:
                self._context.result(key, summary[key]["thinking"])
        return {}

    def _questions(self) -> list[Example]:
        """What llama.cpp is asked: held-out questions, or training's where nothing was held out."""
        count = self._config.evaluate.logit_prompts
        return heldout.spread(self._examples or shards.read_examples(self._session, "train")[:count], count)

    def _encode(self, tokenizer: Any, examples: list[Example]) -> list[list[int]]:
        return conversations.encode(tokenizer, examples, self._system("tuned"))

    def _system(self, which: str) -> str | None:
        """The base is asked plainly, unless it was built here and so has always seen the system prompt."""
        return self._config.convert.system_prompt if which != "base" or self._config.model.build else None

    def _open(self, which: str) -> tuple[Any, Any]:
        """(model, tokenizer) of `base`, `tuned`, or `reference` (tuned, never in 4 bits); the one before is let go.

        `warmed` is a policy, with the base in as many bits as in training.
        """
        if self._opened is None or self._opened[0] != which:
            self._opened = None
            if which == "warmed":
                found = adapter_folder.load_trained(self._session, self._config, name=adapter_folder.REFERENCE)
            else:
                config = self._config if which == "base" else self._of_result(full=which == "reference")
                found = adapter_folder.load_base(self._session, config)
            self._opened = (which, *found)
        return self._opened[1], self._opened[2]

    def _of_result(self, full: bool, folder: Path | None = None) -> RunConfig:
        """The published model opened as the base is: what is measured is what is delivered."""
        values = {"model_name_or_path": str(folder or self._session / MODEL), "build": None, "revision": None}
        four_bits = self._config.model.load_in_4bit and not full
        model = self._config.model.model_copy(update=values | {"load_in_4bit": four_bits})
        return self._config.model_copy(update={"model": model})
