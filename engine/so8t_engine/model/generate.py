"""Generation: prompts flow through a fixed number of rows, a row takes up the next one when its answer ends.

A step reads one token of every row and draws the next; it has fixed shapes and reads no value on the host, so that a
GPU can replay it as a graph (step_graphs.py); a CPU runs the same code as it is. The numbers that tokens are drawn by
belong to a prompt and a position, not to a row. R: rows, N: new tokens at most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from so8t_engine.model import runtime, sampling
from so8t_engine.model.key_value_room import KeyValueRoom
from so8t_engine.model.step_graphs import StepGraphs

PREFILL, COLUMNS = 2_048, 64  # tokens of prompts at a time, of one prompt at least
SHRINK_BELOW = 0.75  # of the rows still in use: without a graph, idle ones cost time
GRAPH_COLUMNS = 256  # a graph attends to a multiple of so many columns
LOOK_EVERY = 8  # steps between two looks at which answers have ended: each waits for the GPU


class Completion(NamedTuple):
    """`tokens` with the stop token where there was one; `logprobs` of them as they were drawn, at the temperature."""

    tokens: list[int]
    logprobs: list[float]


def _ignored(_: str) -> None:
    """Nobody wants to know."""


@torch.no_grad()
def generate(
    model: Any,
    prompts: Sequence[Sequence[int]],
    *,
    stop: Sequence[int],
    max_new_tokens: int,
    rows: int | None = None,
    temperature: float = 0.0,
    seeds: Sequence[int] = (),
    graph_failed: Callable[[str], None] = _ignored,
) -> list[Completion]:
    """The answer to each prompt. Temperature 0 is greedy; else there is a seed for each prompt.

    `model` is a causal language model of transformers (PEFT or plain) in eval mode whose layers are all attention.
    `rows`: sequences at a time, all of them where it is None. `graph_failed` is told once why a GPU's steps are
    launched one by one.
    """
    device = model.get_input_embeddings().weight.device
    count = min(len(prompts), rows or len(prompts))
    if not count:
        return []
    drawn = temperature > 0
    numbers = [sampling.numbers(seed, max_new_tokens) for seed in seeds] if drawn else []
    columns = max(len(prompt) for prompt in prompts) + max_new_tokens
    with runtime.repeatable_anyway(device), runtime.attending_with_masks(model):
        decoder = _Decoder(model, count, columns, max_new_tokens, stop=stop, temperature=temperature, device=device)
        with StepGraphs(decoder.step, device, graph_failed) as graphs:
            return _flow(decoder, graphs, [list(prompt) for prompt in prompts], numbers)


def _flow(decoder: _Decoder, graphs: StepGraphs, prompts: list[list[int]], numbers: list[Tensor]) -> list[Completion]:
    """Every prompt through the decoder's rows."""
    waiting = deque(range(len(prompts)))
    owners: list[int | None] = [None] * decoder.rows
    lengths = [0] * decoder.rows  # tokens read, at most
    answers: dict[int, Completion] = {}
    while True:
        free = [row for row, owner in enumerate(owners) if owner is None]
        taken = [(row, waiting.popleft()) for row in free[: len(waiting)]]
        if taken:
            decoder.take_up([(row, prompts[number], numbers[number] if numbers else None) for row, number in taken])
        for row, number in taken:
            owners[row], lengths[row] = number, len(prompts[number]) - 1
        busy = [row for row, owner in enumerate(owners) if owner is not None]
        if not busy:
            return [answers[number] for number in range(len(prompts))]
        if not graphs.replays and not waiting and len(busy) <= SHRINK_BELOW * len(owners):
            decoder.keep(busy)
            owners, lengths = [owners[row] for row in busy], [lengths[row] for row in busy]
            busy = list(range(len(busy)))
        for _ in range(LOOK_EVERY if graphs.replays else 1):
            lengths = [length + 1 for length in lengths]
            longest = max(lengths[row] for row in busy)
            width = -(-longest // GRAPH_COLUMNS) * GRAPH_COLUMNS if graphs.replays else longest
            graphs.run(min(width, decoder.columns))
        for row, answer in decoder.ended(busy).items():
            owner = owners[row]
            assert owner is not None
            answers[owner], owners[row] = answer, None


class _Decoder:
    """The rows. State, all of it in buffers that `step` reads and writes: of each row the token to be read next and its
    column, whether its answer goes on, and the answer so far.
    """

    def __init__(
        self,
        model: Any,
        rows: int,
        columns: int,
        max_new_tokens: int,
        *,
        stop: Sequence[int],
        temperature: float,
        device: torch.device,
    ) -> None:
        self.rows, self.columns = rows, columns
        self._model, self._most, self._device = model, max_new_tokens, device
        self._sampler = sampling.Sampler(model.config.vocab_size, temperature, device)
        self._room = KeyValueRoom(rows, columns)
        self._stop = torch.tensor(list(stop), dtype=torch.long, device=device)

        def new(*shape: int, dtype: torch.dtype = torch.long) -> Tensor:
            return torch.zeros(rows, *shape, dtype=dtype, device=device)

        self._token, self._column, self._count, self._going = new(), new(), new(), new(dtype=torch.bool)
        self._tokens, self._logprobs = new(max_new_tokens), new(max_new_tokens, dtype=torch.float32)
        self._numbers = new(max_new_tokens, dtype=torch.float64)

    def take_up(self, prompts: Sequence[tuple[int, list[int], Tensor | None]]) -> None:
        """(row, prompt, numbers to draw by (N,)) each. All of a prompt but its last token is read, a piece at a time:
        a layer's work on 24 of 512 tokens at once would take 2.5 GB of a model like Phi-3.5-mini.
        """
        rows = torch.tensor([row for row, _, _ in prompts], device=self._device)
        self._token[rows] = torch.tensor([prompt[-1] for _, prompt, _ in prompts], device=self._device)
        self._column[rows] = torch.tensor([len(prompt) - 1 for _, prompt, _ in prompts], device=self._device)
        self._count[rows], self._going[rows] = 0, True
        for row, _, numbers in prompts:
            if numbers is not None:
                self._numbers[row] = numbers.to(self._device)
        longest = max(len(prompt) for _, prompt, _ in prompts) - 1
        # Padded on the right, where no real token looks; what is written there is overwritten before it is looked at.
        padded = [[*prompt[:-1], *[prompt[-1]] * (longest + 1 - len(prompt))] for _, prompt, _ in prompts]
        ids = torch.tensor(padded, dtype=torch.long, device=self._device).view(len(prompts), longest)
        step = max(COLUMNS, PREFILL // len(prompts))
        for start in range(0, longest, step):
            end = min(longest, start + step)
            places = torch.arange(start, end, device=self._device)
            self._room.prepare_piece(rows, start, end)
            seen = torch.arange(end, device=self._device) <= places.unsqueeze(1)
            self._read(ids[:, start:end], places.expand(len(prompts), -1), seen.expand(len(prompts), 1, -1, -1))

    def step(self, width: int) -> None:
        """One token of every row is read, the next one drawn. Rows whose answer has ended stay as they are."""
        self._room.prepare_token(self._column, width)
        seen = torch.arange(width, device=self._device) <= self._column.unsqueeze(1)
        logits = self._read(self._token.unsqueeze(1), self._column.unsqueeze(1), seen[:, None, None, :])
        at = self._count.clamp(max=self._most - 1).unsqueeze(1)
        chosen, logprobs = self._sampler(logits, self._numbers.gather(1, at).squeeze(1))
        self._token.copy_(torch.where(self._going, chosen, self._token))
        for buffer, values in ((self._tokens, chosen), (self._logprobs, logprobs)):
            buffer.scatter_(1, at, torch.where(self._going, values, buffer.gather(1, at).squeeze(1)).unsqueeze(1))
        self._count += self._going
        self._column += self._going
        ended = (chosen.unsqueeze(1) == self._stop).any(dim=1) | (self._count >= self._most)
        self._going &= ~ended

    def ended(self, rows: Sequence[int]) -> dict[int, Completion]:
        """Those of these rows whose answer has ended. Waits for the GPU."""
        state = torch.stack([self._going.long(), self._count]).tolist()
        finished = [row for row in rows if not state[0][row]]
        if not finished:
            return {}
        places = torch.tensor(finished, device=self._device)
        tokens, logprobs = self._tokens[places].tolist(), self._logprobs[places].tolist()
        return {
            row: Completion(tokens[place][: state[1][row]], logprobs[place][: state[1][row]])
            for place, row in enumerate(finished)
        }

    def keep(self, rows: Sequence[int]) -> None:
        """Keeps these rows only."""
        places = torch.tensor(list(rows), device=self._device)
        self._room.keep(places)
        self.rows = len(rows)
        for name in ("_token", "_column", "_count", "_going", "_tokens", "_logprobs", "_numbers"):
            setattr(self, name, getattr(self, name)[places])

    def _read(self, ids: Tensor, places: Tensor, seen: Tensor) -> Tensor:
        """The logits (n, V) after the last token of `ids` (n, t), which lie at `places` (n, t) and see `seen`."""
        output = self._model(
            input_ids=ids,
            position_ids=places,
            attention_mask=seen,
            cache=self._room,
            use_cache=True,
            logits_to_keep=1,
        )
        logits: Tensor = output.logits[:, -1]
        return logits
