"""A key/value cache that is allocated once: each token is written into its place, nothing is copied as it grows.

transformers' DynamicCache concatenates keys and values of every layer at every token: a tenth of the time of generation
at the demo's size, and on a GPU twice a layer's memory in blocks of ever new sizes. Its StaticCache is allocated once
too, but hands all of `max_length` to attention at every token, padding included, cannot drop finished rows, and is made
for torch.compile, which is not used here.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache, DynamicLayer


class PreallocatedLayer(DynamicLayer):
    """Keys and values of one layer: views of (B, heads, max_length, head size), as long as what was written.

    A subclass because transformers asks a cache for its layers that way.
    """

    def __init__(self, max_length: int) -> None:
        super().__init__()
        self._max_length = max_length
        self._buffers: tuple[Tensor, Tensor] | None = None

    def update(self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        """Raises ValueError beyond `max_length`."""
        if self._buffers is None:
            self.lazy_initialization(key_states, value_states)
            self._buffers = (self._empty(key_states), self._empty(value_states))
            self._length = 0
        end = self._length + key_states.shape[-2]
        if end > self._max_length:
            raise ValueError(f"the cache holds {self._max_length} tokens, {end} are wanted")
        for buffer, states in zip(self._buffers, (key_states, value_states), strict=True):
            buffer[:, :, self._length : end] = states
        self._length = end
        self._set_views()
        return self.keys, self.values

    def batch_select_indices(self, indices: Tensor) -> None:
        """Keeps these rows only."""
        if self._buffers is not None:
            keys, values = self._buffers
            self._buffers = (keys[indices], values[indices])
            self._set_views()

    def _set_views(self) -> None:
        assert self._buffers is not None
        self.keys, self.values = (buffer[:, :, : self._length] for buffer in self._buffers)

    def _empty(self, states: Tensor) -> Tensor:
        batch, heads, _, size = states.shape
        return torch.zeros(batch, heads, self._max_length, size, dtype=states.dtype, device=states.device)


def new(max_length: int) -> Any:
    """A cache for sequences of at most `max_length` tokens; its layers are allocated as the model asks for them."""
    return Cache(layer_class_to_replicate=lambda: PreallocatedLayer(max_length))
