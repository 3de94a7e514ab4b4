"""A key/value cache whose room is taken once: a token is written into its place, nothing is copied to grow.

transformers' DynamicCache concatenates keys and values of every layer at every token: a tenth of the time of generation
at the demo's size, and on a GPU twice a layer's memory and blocks of ever new sizes.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache, DynamicLayer


class RoomLayer(DynamicLayer):
    """Keys and values of one layer, views of (B, heads, room, head size) as long as what was written.

    A subclass because transformers asks a cache for its layers that way.
    """

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room
        self._rooms: tuple[Tensor, Tensor] | None = None

    def update(self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        """Raises ValueError where there is no room left."""
        if self._rooms is None:
            self.lazy_initialization(key_states, value_states)
            self._rooms = (self._empty(key_states), self._empty(value_states))
            self._length = 0
        end = self._length + key_states.shape[-2]
        if end > self._room:
            raise ValueError(f"room for {self._room} tokens, {end} wanted")
        for room, states in zip(self._rooms, (key_states, value_states), strict=True):
            room[:, :, self._length : end] = states
        self._length = end
        self._show()
        return self.keys, self.values

    def batch_select_indices(self, indices: Tensor) -> None:
        """Keeps these rows, each in its place of a smaller room."""
        if self._rooms is not None:
            keys, values = self._rooms
            self._rooms = (keys[indices], values[indices])
            self._show()

    def _show(self) -> None:
        assert self._rooms is not None
        self.keys, self.values = (room[:, :, : self._length] for room in self._rooms)

    def _empty(self, states: Tensor) -> Tensor:
        batch, heads, _, size = states.shape
        return torch.zeros(batch, heads, self._room, size, dtype=states.dtype, device=states.device)


def new(room: int) -> Any:
    """A cache for sequences of at most `room` tokens, its layers made as the model asks for them."""
    return Cache(layer_class_to_replicate=lambda: RoomLayer(room))
