"""Keys and values of a fixed number of rows, allocated once; a token is written at its own position of its row.

transformers' DynamicCache concatenates keys and values of every layer at every token and knows one length for all.
Its StaticCache is allocated once, but hands all of `max_length` to attention at every token and knows one length, too;
rows that take up another prompt when their answer ends have lengths of their own. Column c of a row holds the token at
position c: nothing is padded on the left, and what lies beyond a row's own column is hidden from it by the mask.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class KeyValueRoom:
    """What a model of transformers takes as its `cache`. B rows, T columns.

    State: per layer two buffers (B, T, heads, head size), allocated as the model first asks for them, and where the
    next tokens are to be written.
    """

    is_compileable = False  # transformers asks its caches

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self._buffers: list[tuple[Tensor, Tensor]] = []
        self._place: _Piece | _Token | None = None

    def prepare_piece(self, rows: Tensor, start: int, end: int) -> None:
        """The next pass reads columns `start` to `end` of these rows (n,)."""
        self._place = _Piece(rows, start, end)

    def prepare_token(self, columns: Tensor, width: int) -> None:
        """The next pass reads one token of every row, at its column (B,), and attends to the first `width` columns."""
        first = torch.arange(self.rows, device=columns.device) * self.columns
        self._place = _Token(first + columns, width)

    def update(self, keys: Tensor, values: Tensor, layer: int, **_: Any) -> tuple[Tensor, Tensor]:
        """Called by the model's attention: (n, heads, tokens, size) each are written; those to attend to come back."""
        assert self._place is not None
        if layer == len(self._buffers):
            self._buffers.append((self._new(keys), self._new(values)))
        both = zip(self._buffers[layer], (keys, values), strict=True)
        read_keys, read_values = (self._place.write(buffer, states.transpose(1, 2)) for buffer, states in both)
        return read_keys.transpose(1, 2), read_values.transpose(1, 2)

    def keep(self, rows: Tensor) -> None:
        """Keeps these rows only."""
        self.rows = len(rows)
        self._buffers = [(keys[rows], values[rows]) for keys, values in self._buffers]

    def _new(self, states: Tensor) -> Tensor:
        _, heads, _, size = states.shape
        return states.new_zeros(self.rows, self.columns, heads, size)


class _Piece:
    def __init__(self, rows: Tensor, start: int, end: int) -> None:
        self._rows, self._start, self._end = rows, start, end

    def write(self, buffer: Tensor, states: Tensor) -> Tensor:
        buffer[self._rows, self._start : self._end] = states
        return buffer[self._rows, : self._end]


class _Token:
    def __init__(self, places: Tensor, width: int) -> None:
        self._places, self._width = places, width

    def write(self, buffer: Tensor, states: Tensor) -> Tensor:
        buffer.flatten(0, 1).index_copy_(0, self._places, states[:, 0])
        return buffer[:, : self._width]
