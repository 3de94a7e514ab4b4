"""Where keys and values of a token are written, and which of them come back to be attended to."""

from __future__ import annotations

import torch

from so8t_engine.model.key_value_room import KeyValueRoom

HEADS, SIZE = 2, 3


def states(rows: int, tokens: int, first: float) -> torch.Tensor:
    """(rows, heads, tokens, size), each number another."""
    count = rows * HEADS * tokens * SIZE
    return torch.arange(first, first + count).reshape(rows, HEADS, tokens, SIZE)


def test_a_piece_of_some_rows_is_written_at_its_columns_and_all_up_to_its_end_comes_back() -> None:
    room = KeyValueRoom(rows=3, columns=6)
    room.prepare_piece(torch.tensor([0, 2]), 0, 2)
    keys, values = states(2, 2, 1.0), states(2, 2, 100.0)
    assert [read.tolist() for read in room.update(keys, values, 0)] == [keys.tolist(), values.tolist()]

    room.prepare_piece(torch.tensor([2]), 2, 5)
    more = states(1, 3, 200.0)
    read_keys, read_values = room.update(more, -more, 0)
    assert read_keys.tolist() == torch.cat([keys[1:], more], dim=2).tolist()
    assert read_values.tolist() == torch.cat([values[1:], -more], dim=2).tolist()


def test_a_token_of_each_row_is_written_at_its_own_column_and_so_many_columns_come_back() -> None:
    room = KeyValueRoom(rows=2, columns=4)
    room.prepare_piece(torch.tensor([0, 1]), 0, 2)
    keys = states(2, 2, 1.0)
    room.update(keys, keys, 0)
    room.prepare_token(torch.tensor([2, 1]), 3)
    token = states(2, 1, 50.0)
    read, _ = room.update(token, token, 0)

    assert read.shape == (2, HEADS, 3, SIZE)
    assert read[0].tolist() == torch.cat([keys[0], token[0]], dim=1).tolist()
    assert read[1, :, :2].tolist() == torch.cat([keys[1, :, :1], token[1]], dim=1).tolist()
    assert read[1, :, 2].tolist() == torch.zeros(HEADS, SIZE).tolist(), "nobody has written there"


def test_each_layer_has_a_room_of_its_own_of_the_states_own_type() -> None:
    room = KeyValueRoom(rows=1, columns=2)
    room.prepare_piece(torch.tensor([0]), 0, 1)
    first = states(1, 1, 1.0).to(torch.bfloat16)
    for layer in (0, 1):
        read, _ = room.update(first + layer, first, layer)
        assert read.dtype == torch.bfloat16 and read.tolist() == (first + layer).tolist()
    room.prepare_piece(torch.tensor([0]), 1, 2)
    read, _ = room.update(first, first, 0)
    assert read[:, :, :1].tolist() == first.tolist(), "what was there stays"


def test_rows_that_are_kept_keep_what_was_written() -> None:
    room = KeyValueRoom(rows=3, columns=2)
    room.prepare_piece(torch.tensor([0, 1, 2]), 0, 1)
    keys = states(3, 1, 1.0)
    room.update(keys, keys, 0)
    room.keep(torch.tensor([2, 0]))
    assert room.rows == 2
    room.prepare_token(torch.tensor([1, 1]), 2)
    token = states(2, 1, 50.0)
    read, _ = room.update(token, token, 0)

    assert read[:, :, :1].tolist() == keys[[2, 0]].tolist() and read[:, :, 1:].tolist() == token.tolist()
