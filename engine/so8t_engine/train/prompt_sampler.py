"""Which prompts an iteration asks: a function of (seed, iteration), a new order every epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import Ppo
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import seeds
from so8t_engine.model import tokenizer as tokens


class Prompts:
    """Has state only to remember the permutation of the running epoch."""

    def __init__(
        self, examples: Sequence[Example], tokenizer: Any, system: str | None, longest: int, setting: str, seed: int
    ) -> None:
        """`setting` names `longest` to the user."""
        self._examples, self._tokenizer, self._system = examples, tokenizer, system
        self._longest, self._setting, self._seed = longest, setting, seed
        self._kept: tuple[int, list[int]] | None = None

    def chosen(self, iteration: int, count: int) -> list[tuple[int, list[int]]]:
        """`count` (rows of examples, their encoded prompts). One that is too long is replaced by one of the others.

        Raises EngineError dataset_empty where none fits.
        """
        rows = [self._row(episode) for episode in range(iteration * count, (iteration + 1) * count)]
        texts = [self._examples[row].prompt for row in rows]
        encoded = tokens.encode_prompts(self._tokenizer, texts, self._system)
        fits = [i for i, prompt in enumerate(encoded) if len(prompt) <= self._longest]
        if not fits:
            raise EngineError("dataset_empty", f"No prompt is within {self._setting} ({self._longest} tokens).")
        chosen = fits + [fits[i % len(fits)] for i in range(len(encoded) - len(fits))]
        return [(rows[i], encoded[i]) for i in chosen]

    def batch(self, iteration: int, index: int, settings: Ppo) -> list[tuple[int, list[int]]]:
        """(row of the example, its prompt) of a rollout batch, of similar lengths within the iteration."""
        size = settings.local_rollout_forward_batch_size
        chosen = sorted(self.chosen(iteration, settings.batch_size), key=lambda pair: len(pair[1]))
        return chosen[index * size : (index + 1) * size]

    def _row(self, episode: int) -> int:
        epoch, place = divmod(episode, len(self._examples))
        if self._kept is None or self._kept[0] != epoch:
            self._kept = (epoch, seeds.permutation(len(self._examples), self._seed, "prompts", epoch))
        return self._kept[1][place]
