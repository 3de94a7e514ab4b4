"""Whether a base model that is to be built here can be built and then used: its numbers, before minutes go into it."""

from __future__ import annotations

from so8t_engine.config import needed_context
from so8t_engine.config.run_config import Build, RunConfig
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import sentence


def check(config: RunConfig) -> list[Finding]:
    build = config.model.build
    return [] if build is None else [*_heads(build), *_context(config, build)]


def _heads(build: Build) -> list[Finding]:
    """Rotary positions turn the numbers of a head in pairs."""
    size, heads = build.hidden_size, build.num_attention_heads
    if not size % (2 * heads):
        return []
    what = sentence("doctor.built_heads", size=size, heads=heads)
    fitting = next(fewer for fewer in range(min(heads, size), 0, -1) if not size % (2 * fewer))
    change = sentence("doctor.choose_heads", heads=fitting)
    return [Finding("error", what, sentence("doctor.heads_are_even"), change)]


def _context(config: RunConfig, build: Build) -> list[Finding]:
    context = build.max_position_embeddings
    over = needed_context.over(config, context)
    if not over:
        return []
    what, why = sentence("doctor.built_context", tokens=context), sentence("doctor.context_short", over=over)
    change = sentence("doctor.raise_built_context", needed=needed_context.tokens(config), tokens=context)
    return [Finding("error", what, why, change)]
