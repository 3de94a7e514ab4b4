"""Where a file is compared with its model, and the figures of how far they are apart, by hand-computed values."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from so8t_engine.evaluate import gguf_agreement, llama_cpp
from so8t_engine.sentences import verbatim


def test_each_prompt_is_asked_at_its_end_and_twice_on_the_way_into_its_answer() -> None:
    answer = list(range(100, 110))
    assert gguf_agreement.places([[1, 2]], [answer], 50) == [[1, 2], [1, 2, *answer[:3]], [1, 2, *answer[:7]]]
    assert gguf_agreement.places([[1, 2]], [answer], 4) == [[1, 2], [1, 2, 100, 101]], "cut, and no place twice"
    assert gguf_agreement.places([[1], []], [[], []], 4) == [[1]], "nothing is asked after nothing"


@pytest.mark.parametrize(("tokens", "kept"), [(5, 5), (200, gguf_agreement.TOP)])
def test_the_likeliest_next_tokens_come_first_with_their_log_probabilities(tokens: int, kept: int) -> None:
    logits = torch.arange(tokens, dtype=torch.float32) / 10

    class Model:
        def get_input_embeddings(self) -> Any:
            return SimpleNamespace(weight=torch.zeros(1))

        def __call__(self, input_ids: torch.Tensor, logits_to_keep: int) -> Any:
            assert input_ids.tolist() == [[7, 8]] and logits_to_keep == 1
            return SimpleNamespace(logits=logits[None, None])

    [row] = gguf_agreement.reference(Model(), [[7, 8]])
    assert row["ids"] == list(range(tokens - 1, tokens - 1 - kept, -1)) and gguf_agreement.TOP == 128
    whole = sum(math.exp(value / 10) for value in range(tokens))
    assert row["logprobs"][0] == pytest.approx((tokens - 1) / 10 - math.log(whole))


def logs(*shares: float) -> list[float]:
    return [math.log(share) for share in shares]


@pytest.mark.parametrize(
    ("p", "q", "nats"),
    [
        ((0.5, 0.5), (0.5, 0.5), 0.0),
        ((0.5, 0.5), (0.25, 0.75), 0.5 * math.log(2) + 0.5 * math.log(2 / 3)),
        ((0.5, 0.25), (0.25, 0.25), 0.5 * math.log(2) + 0.25 * math.log(1 / 2)),  # what is left: 0.25 and 0.5
        ((0.5, 0.25), (0.5, 0.5), 0.0),  # nothing is left of q: never below nought
        ((0.5, 0.5), (0.5, 0.25), 0.5 * math.log(2)),
    ],
)
def test_the_divergence_counts_all_other_tokens_as_one(p: tuple[float, ...], q: tuple[float, ...], nats: float) -> None:
    assert gguf_agreement.divergence(logs(*p), logs(*q)) == pytest.approx(nats)


def test_figures_are_the_worst_error_the_mean_divergence_and_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [{"ids": [3, 1], "logprobs": logs(0.5, 0.5)}, {"ids": [2, 9], "logprobs": logs(0.75, 0.25)}]
    asked: list[Any] = []

    def ask(gguf: Path, sequences: Any, wanted: Any, texts: list[str], threads: int) -> Any:
        asked.append((gguf, sequences, wanted, texts, threads))
        return llama_cpp.Answer([logs(0.5, 0.5), logs(0.25, 0.75)], [3, 9], [[1, 2], [4]], [])

    monkeypatch.setattr(llama_cpp, "ask", ask)
    texts = {"a": [1, 2], "b": [3]}
    assert gguf_agreement.compare(Path("x.gguf"), [[5], [6]], expected, texts, 2) == {
        "prompts": 2, "max_error": 1.1, "kl": 0.275, "argmax_agreement": 0.5, "same_tokens": 1, "texts": 2,
    }  # fmt: skip
    assert asked == [(Path("x.gguf"), [[5], [6]], [[3, 1], [2, 9]], ["a", "b"], 2)]
    monkeypatch.setattr(llama_cpp, "ask", lambda *_, **__: verbatim("it could not be loaded"))
    assert gguf_agreement.compare(Path("x.gguf"), [[5]], expected, texts, 2) == verbatim("it could not be loaded")


@pytest.mark.parametrize(("value", "said"), [(0.0012345, 0.00123), (1234.5, 1230.0), (math.inf, 1e9), (0.0, 0.0)])
def test_an_error_has_three_digits_and_an_end(value: float, said: float) -> None:
    assert gguf_agreement._rounded(value) == said


def test_a_file_agrees_by_its_likeliest_token_its_probabilities_and_its_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, most, rest = math.log(0.5), math.log(0.75), math.log(0.25)
    answer = SimpleNamespace(
        logprobs=[[half, half], [most, rest], [half, half]], best=[7, 5, 8], tokens=[[1, 2], [9], [3, 4]]
    )
    monkeypatch.setattr(gguf_agreement.llama_cpp, "ask", lambda *asked, threads: answer)
    expected = [{"ids": [7, 8], "logprobs": [half, half]}, {"ids": [8, 5], "logprobs": [half, half]}]
    expected.append({"ids": [8, 7], "logprobs": [half, half]})
    texts = {"a": [1, 2], "b": [3], "c": [3, 4]}
    found = gguf_agreement.compare(tmp_path, [[1], [2], [3]], expected, texts, threads=1)
    kl = 0.5 * math.log(0.5 / 0.75) + 0.5 * math.log(0.5 / 0.25)

    assert isinstance(found, dict)
    assert (found["prompts"], found["argmax_agreement"], found["same_tokens"], found["texts"]) == (3, 2 / 3, 2, 3)
    assert found["max_error"] == pytest.approx(math.log(2), rel=5e-3) and found["kl"] == pytest.approx(kl / 3, rel=5e-3)
