"""Step 4: a base model (opened or built), a supervised warm-up, then PPO with rotation gates; unit by unit.

Every unit is one optimizer update or one rollout batch, and a restart point. What a unit does follows from its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import torch

from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.data.thought import conversion
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.errors import EngineError
from so8t_engine.model import base_model, pretrained, runtime, token_lengths
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.rewards import scoring
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence, to_json
from so8t_engine.session.state import Cursor
from so8t_engine.train import checkpoint, preflight, pretrain, training_loop, units
from so8t_engine.train.training_run import TrainingRun


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `session/adapter/` is there (and `session/model/` where the base was built here)."""
    config, session = context.config, context.session
    layout = units.layout(config)
    device = runtime.prepare(config)
    _note_other_conditions(context, device)
    examples = shards.read_examples(session, "train")
    if not examples:
        raise EngineError("dataset_empty", sentence("train.no_examples"))
    functions = context.fetch(lambda: scoring.resolve(config.reward, device), pretrained.CACHE)
    preflight.reward_functions(shards.taught(examples) or examples, config, functions)
    _note_other_rewards(context, functions, layout)

    build = config.model.build
    if build is not None and cursor.unit < max(1, layout.pretrain):
        base_model.check_build(config)
        started = pretrain.start(context, layout, build, examples, device)
        context.begin(layout.totals())
        pretrain.run(started, build, cursor.unit)
    model, tokenizer = context.fetch(lambda: base_model.load(session, config, device), pretrained.CACHE)
    context.check_source("base_model", base_model.fingerprint(session, config), sentence("model.the_base_model"))
    _check(context, model, tokenizer, examples, first=cursor.unit <= layout.pretrain)
    policy = Policy.wrap(model, tokenizer, config, config.seed)
    training_run = TrainingRun(context, layout, policy, tokenizer, examples, functions)
    folder = context.checkpoint()
    if folder is not None and cursor.unit > layout.pretrain:
        next_unit = layout.at(cursor.unit) if cursor.unit < layout.total else None
        training_run.restore(checkpoint.unpack(folder), next_unit)
    context.begin(layout.totals())  # once more behind building: then all is counted already
    training_loop.run(training_run, max(cursor.unit, layout.pretrain))


def _check(context: StepContext, model: Any, tokenizer: Any, examples: Sequence[Example], *, first: bool) -> None:
    """Refuses what cannot work before the first update; `first` counts what is too long, once in a session."""
    preflight.model(model, tokenizer, context.config)
    if first:
        system = context.config.convert.system_prompt
        if system and not tokens.keeps_system(tokenizer, system):
            context.warn("system_prompt", sentence("train.system_prompt_left_out"))
        if _counted_before(context, tokenizer):
            return
        too_long = preflight.lengths(examples, tokenizer, context.config)
        for warning in preflight.warnings(too_long, context.config):
            context.warn("too_long", warning)


def _counted_before(context: StepContext, tokenizer: Any) -> bool:
    """Whether step 3 has looked at all lengths, with this tokenizer and by these limits, and has said so."""
    counts = shards.noted(context.session, shards.CONVERTED).get(conversion.TOKENS, {})
    limits = {"tokenizer": token_lengths.digest(tokenizer, context.config.convert.system_prompt)}
    return bool(counts) and counts.items() >= (limits | asdict(TokenLimits.of(context.config))).items()


def _note_other_rewards(context: StepContext, functions: Mapping[str, scoring.Function], layout: units.Units) -> None:
    """A user may improve a reward function at any time; once answers were scored by the old one, the history says so.

    Another reward model is refused like another base model.
    """
    settings = context.config.reward
    if settings.model is not None:
        digest = pretrained.fingerprint(settings.model.name_or_path, settings.model.revision)
        context.check_source("reward_model", digest, sentence("rewards.the_reward_model"))
    if not settings.functions:
        return
    digest = scoring.digest(functions)
    before = context.results.get("reward_functions")
    if before not in (None, digest) and context.cursor.unit > layout.ppo_start:
        context.mark("exactness_break", why=to_json(sentence("train.reward_function_changed")))
        context.warn("exactness_break", sentence("train.new_rewards"))
    context.result("reward_functions", digest)


def _note_other_conditions(context: StepContext, device: torch.device) -> None:
    """A resume on another machine goes on, and the history says that its last bits may differ."""
    if device.type == "cpu" and context.cursor.unit == 0 and context.config.model.dtype != "float32":
        context.warn("dtype", sentence("train.float32_on_cpu"))
    if device.type == "cpu" and context.cursor.unit == 0 and context.config.model.load_in_4bit:
        context.warn("load_in_4bit", sentence("train.no_4bit_on_cpu"))
    folder = context.checkpoint()
    if folder is None:
        return
    changed = runtime.difference(checkpoint.unpack_facts(folder), runtime.facts(context.config, device))
    if changed:
        context.mark("exactness_break", why=changed)
        context.warn("exactness_break", sentence("train.other_conditions", changed=changed))
