"""Rows of their own for the tags act as if they stood in the two big matrices, and nothing else changes by a bit."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from so8t_engine.model.tag_embeddings import TagRows

WORDS, WIDTH, TAGS = 8, 4, [5, 2, 6]


def model(dtype: torch.dtype) -> tuple[nn.Embedding, nn.Linear, TagRows]:
    torch.manual_seed(1)
    embedding, head = nn.Embedding(WORDS, WIDTH).to(dtype), nn.Linear(WIDTH, WORDS, bias=False).to(dtype)
    rows = TagRows(TAGS, embedding, head)
    rows.attach(embedding, head)
    return embedding, head, rows


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("enabled", [True, False])
def test_what_goes_in_and_comes_out_is_that_of_matrices_with_these_rows(dtype: torch.dtype, enabled: bool) -> None:
    embedding, head, rows = model(dtype)
    tokens, hidden = torch.arange(WORDS).view(2, 4), torch.randn(3, 2, WIDTH).to(dtype)
    before_in, before_out = embedding(tokens), head(hidden)
    assert torch.equal(before_in.view(WORDS, WIDTH), embedding.weight)
    assert torch.allclose(before_out.float(), (hidden @ head.weight.T).float(), atol=1e-2)

    with torch.no_grad():
        rows.embed_tokens += torch.arange(1.0, 4.0).view(3, 1)
        rows.lm_head -= torch.arange(1.0, 4.0).view(3, 1)
    rows.enabled = enabled
    inside, outside = embedding.weight.detach().clone(), head.weight.detach().clone()
    if enabled:
        inside[TAGS], outside[TAGS] = rows.embed_tokens.to(dtype), rows.lm_head.to(dtype)
    assert torch.equal(embedding(tokens).view(WORDS, WIDTH), inside)
    assert torch.allclose(head(hidden).float(), (hidden @ outside.T).float(), atol=1e-2)
    others = [number for number in range(WORDS) if number not in TAGS]
    assert torch.equal(head(hidden)[..., others], before_out[..., others])


def test_only_rows_of_tags_that_are_there_are_trained() -> None:
    embedding, head, rows = model(torch.float32)
    head(embedding(torch.tensor([[1, 5, 6, 5]]))).sum().backward()

    assert rows.embed_tokens.grad is not None and rows.lm_head.grad is not None
    assert rows.embed_tokens.grad.abs().sum(1).gt(0).tolist() == [True, False, True]
    assert rows.lm_head.grad.abs().sum(1).gt(0).tolist() == [True, True, True]
