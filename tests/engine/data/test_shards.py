"""What training and evaluation read of the converted shards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from so8t_engine.data import shards
from so8t_engine.data.shards import Examples
from so8t_engine.data.stretches import Stretches


def test_a_prompt_may_be_asked_up_to_the_limit_and_where_its_tokens_were_not_counted() -> None:
    nothing: dict[str, Any] = dict.fromkeys(name for name in shards.CONVERTED_SCHEMA.names)
    rows = [{**nothing, "prompt_tokens": count, "completion_tokens": 1} for count in (None, 5, 6, 0)]
    table = pa.Table.from_pylist(rows, schema=shards.converted_schema(measured=True, repeated=False))
    every = Examples(table, Stretches(np.arange(4)))

    assert list(shards.askable(every, 5)) == list(shards.askable(list(every), 5)) == [0, 1, 3]
    assert list(shards.askable(every, 6)) == [0, 1, 2, 3]
