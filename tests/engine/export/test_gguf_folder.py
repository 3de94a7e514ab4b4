"""How long a conversation with a GGUF file may be."""

from __future__ import annotations

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.export import gguf_folder


@pytest.mark.parametrize(
    ("shape", "context"),
    [
        ({"max_position_embeddings": 131072, "original_max_position_embeddings": 4096}, 4096),
        ({"max_position_embeddings": 131072, "original_max_position_embeddings": 512}, 600 + 512),
        ({"max_position_embeddings": 1000, "original_max_position_embeddings": 512}, 1000),
    ],
)
def test_it_is_the_original_context_or_what_was_trained_where_that_is_more(shape: dict[str, int], context: int) -> None:
    words = ["ppo.max_prompt_length=600", "evaluate.max_new_tokens=512"]
    assert gguf_folder.context_of(shape, config_file.load_preset("phi35-so8t", words)) == context
