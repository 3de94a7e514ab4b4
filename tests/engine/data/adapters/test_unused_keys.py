"""Keys of objects that nothing reads, with the way to each."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import unused_keys

SAID = {"role": "user", "content": "Which?"}


@pytest.mark.parametrize(
    ("columns", "row", "names"),
    [
        ({"messages": "m"}, {"m": [SAID, {**SAID, "mood": "sad", "lang": "", "is_correct": True}]}, ["m.mood"]),
        ({"messages": "m"}, {"m": '[{"role": "user", "content": "x", "mood": "sad"}, {"mood": "glad"}]'}, ["m.mood"]),
        ({"messages": "m"}, {"m": {**SAID, "mood": "sad"}}, ["m.mood"]),
        ({"messages": "m"}, {"m": "User: x"}, []),
        ({"prompt": "q", "response": "a"}, {"q": "x", "a": [{"text": "x", "mood": "sad", "none": None}]}, ["a.mood"]),
        ({"prompt": "q", "response": "a"}, {"q": "x", "a": '[{"text": "x", "mood": "sad"}]'}, []),
        ({"prompt": "q", "chosen": "c"}, {"q": "x", "c": [{**SAID, "mood": "sad"}]}, ["c.mood"]),
        ({"prompt": "o.q", "response": "o.a"}, {"o": {"q": "x", "a": "y", "more": 1, "is_correct": True}}, ["o.more"]),
        ({"prompt": "{o.q} {o.r}", "response": "o.a"}, {"o": {"q": "x", "r": "z", "a": "y", "more": 1}}, ["o.more"]),
        ({"prompt": "q", "response": "o.a, o.b"}, {"q": "x", "o": {"a": "x", "b": "y", "more": 1}}, ["o.more"]),
        ({"prompt": "q", "response": "l.0.a"}, {"q": "x", "l": [{"a": "x", "more": 1}]}, []),
        ({"prompt": "q", "response": "l.0"}, {"q": "x", "l": ["x", "y"]}, []),
        ({"prompt": "q", "response": "o.a"}, {"q": "x", "o.a": "y", "o": {"a": "x", "more": 1}}, []),
        ({"prompt": "q", "response": "a", "label": "a.score"},
         {"q": "x", "a": {"text": "x", "score": 1, "mood": "sad"}}, ["a.text", "a.mood"]),
    ],
)  # fmt: skip
def test_what_stands_unread_in_an_object_is_told_with_the_way_to_it(
    columns: dict[str, str], row: dict[str, Any], names: list[str]
) -> None:
    assert unused_keys.of(row, Columns(**columns)) == names
