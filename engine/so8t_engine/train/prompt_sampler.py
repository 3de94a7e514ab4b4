"""The prompts of each iteration: a function of (seed, iteration), in a new order every epoch.

One that step 3 found to be too long is never drawn; where it did not look (data/thought/token_limits.py) another takes
its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import Ppo, RunConfig
from so8t_engine.data import shards
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import conversations, seeds
from so8t_engine.sentences import sentence


class PromptSampler:
    """State: the permutation of the running epoch, which follows from its number."""

    def __init__(
        self,
        examples: Sequence[Example],
        tokenizer: Any,
        system: str | None,
        max_length: int,
        setting: str,
        seed: int,
    ) -> None:
        """`setting` is the name of `max_length` in the configuration."""
        self._examples, self._tokenizer, self._system = examples, tokenizer, system
        self._max_length, self._setting, self._seed = max_length, setting, seed
        self._askable = shards.askable(examples, max_length) or range(len(examples))
        self._kept: tuple[int, seeds.Order] | None = None

    @classmethod
    def of(cls, config: RunConfig, examples: Sequence[Example], tokenizer: Any) -> PromptSampler:
        return cls(
            examples,
            tokenizer,
            system=config.convert.system_prompt,
            max_length=config.lengths[0],
            setting=f"{config.algorithm}.max_prompt_length",
            seed=config.seed,
        )

    def chosen(self, iteration: int, count: int) -> list[tuple[int, list[int]]]:
        """`count` pairs (row of the example, its encoded prompt); one that is too long is replaced by another.

        Raises EngineError dataset_empty where none fits.
        """
        rows = [self._row(episode) for episode in range(iteration * count, (iteration + 1) * count)]
        asked = [self._examples[row] for row in rows]
        encoded = conversations.encode(self._tokenizer, asked, self._system)
        fits = [i for i, prompt in enumerate(encoded) if len(prompt) <= self._max_length]
        if not fits:
            what = sentence("train.no_prompt_fits", count=count, key=self._setting, limit=self._max_length)
            raise EngineError("dataset_empty", what)
        chosen = fits + [fits[i % len(fits)] for i in range(len(encoded) - len(fits))]
        return [(rows[i], encoded[i]) for i in chosen]

    def batch(self, iteration: int, index: int, settings: Ppo) -> list[tuple[int, list[int]]]:
        """(row of the example, its prompt) of a rollout batch, of similar lengths within the iteration."""
        size = settings.answers_per_unit
        chosen = sorted(self.chosen(iteration, settings.batch_size), key=lambda pair: len(pair[1]))
        return chosen[index * size : (index + 1) * size]

    def _row(self, episode: int) -> int:
        epoch, place = divmod(episode, len(self._askable))
        if self._kept is None or self._kept[0] != epoch:
            self._kept = (epoch, seeds.permutation(len(self._askable), self._seed, "prompts", epoch))
        return self._askable[int(self._kept[1][place])]
