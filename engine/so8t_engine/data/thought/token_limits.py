"""What is too long for the model, in its own tokens: left out before training, or a prompt alone.

A record has two uses: its answer is learnt in the warm-up, its prompt is asked in reinforcement learning. One that is
too long for either is left out; one whose prompt alone fits stays as a prompt; one whose prompt is too long to be asked
is learnt all the same. Held-out questions all stay.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

Verdict = Literal["fits", "not_asked", "prompt_alone", "left_out"]
Counts = Mapping[str, Any]


@dataclass(frozen=True)
class TokenLimits:
    """Tokens at most: `whole` of prompt and answer in the warm-up, `prompt` of a prompt; None: nothing is done so."""

    whole: int | None
    prompt: int | None

    @staticmethod
    def of(config: RunConfig) -> TokenLimits:
        asked = config.ppo.total_episodes if config.group is None else config.group.max_steps
        return TokenLimits(
            config.warmup.max_length if config.warmup.max_steps else None, config.lengths[0] if asked else None
        )

    def verdict(self, example: Example) -> Verdict:
        """Of one whose tokens are counted."""
        answer_over, prompt_over = self.over(example)
        if not answer_over and not prompt_over:
            return "fits"
        learnt = self.whole is not None and bool(example.completion) and not answer_over
        asked = self.prompt is not None and not prompt_over
        if not learnt and not asked:
            return "left_out"
        return "prompt_alone" if answer_over else "not_asked"

    def over(self, example: Example) -> tuple[bool, bool]:
        """Whether it is too long to be learnt, and its prompt too long to be asked."""
        if example.split == "heldout":
            return False, False
        prompt = example.prompt_tokens or 0
        whole = prompt + (example.completion_tokens or 0)
        return (
            self.whole is not None and bool(example.completion) and whole > self.whole,
            self.prompt is not None and prompt > self.prompt,
        )


def begin(limits: TokenLimits, tokenizer: str) -> dict[str, Any]:
    """Counts of nothing yet. `tokenizer`: what the lengths depend on, as a digest."""
    nothing = dict.fromkeys(("examples", "learnt", "asked", "answers_over", "prompts_over", "prompt_alone"), 0)
    return {"tokenizer": tokenizer, **dataclasses.asdict(limits), **nothing}


def added(counts: Counts, limits: TokenLimits, examples: Sequence[Example]) -> dict[str, Any]:
    """The counts with these training examples too, as they were before anything was left out."""
    new = dict(counts)
    for example in examples:
        if example.split == "train":
            answer_over, prompt_over = limits.over(example)
            new["examples"] += 1
            new["learnt"] += bool(example.completion) and not answer_over
            new["asked"] += not prompt_over
            new["answers_over"] += answer_over
            new["prompts_over"] += prompt_over
            new["prompt_alone"] += limits.verdict(example) == "prompt_alone"
    return new


def prompt_alone(example: Example) -> Example:
    return example._replace(completion="", completion_tokens=0)


def check(counts: Counts, config: RunConfig) -> list[Sentence]:
    """One sentence about answers that are not learnt, one about prompts that are not asked; none where all fit.

    Raises EngineError dataset_empty where nothing is left.
    """
    total, said = counts["examples"], []
    if counts["answers_over"]:
        limit = {"count": counts["answers_over"], "key": "warmup.max_length", "limit": counts["whole"]}
        if not counts["learnt"]:
            raise EngineError("dataset_empty", sentence("train.no_example_fits", **limit))
        said.append(sentence("steps.too_many_tokens", total=total, prompts=counts["prompt_alone"], **limit))
    if counts["prompts_over"]:
        key = f"{config.algorithm}.max_prompt_length"
        limit = {"count": counts["prompts_over"], "key": key, "limit": counts["prompt"]}
        if not counts["asked"]:
            raise EngineError("dataset_empty", sentence("train.no_prompt_fits", **limit))
        said.append(sentence("train.prompts_too_long", total=total, algorithm=config.algorithm.upper(), **limit))
    return said
