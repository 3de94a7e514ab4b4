"""The one generator: the same answers whatever row and company they come in, by steps that a GPU can replay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode
from transformers import Phi3Config, Phi3ForCausalLM

from so8t_engine.model import generate, runtime, sampling
from so8t_engine.model.key_value_room import KeyValueRoom

STOP, MOST = [2], 12
PROMPTS = [[5, 6, 7], [8, 9, 10, 11, 12, 13, 14], [15], [16, 17, 18, 19], [20, 21], [9, 8, 7, 6, 5, 4, 3]]
SEEDS = [11, 12, 13, 14, 15, 16]
LONGROPE = {
    "rope_type": "longrope", "rope_theta": 10_000.0, "original_max_position_embeddings": 64,
    "short_factor": [1.0] * 4, "long_factor": [2.0] * 4,
}  # fmt: skip


def shape(**changes: Any) -> Phi3Config:
    own: dict[str, Any] = {
        "vocab_size": 131, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 4, "max_position_embeddings": 128, "pad_token_id": 0,
        "original_max_position_embeddings": 64, "rope_parameters": LONGROPE, "initializer_range": 0.3,
    }  # fmt: skip
    return Phi3Config(**own | changes)


@pytest.fixture(scope="module", params=["as Phi-3.5", "grouped keys"])
def model(request: pytest.FixtureRequest) -> Iterator[Any]:
    torch.manual_seed(0)
    changes = {"num_key_value_heads": 2} if request.param == "grouped keys" else {}
    yield Phi3ForCausalLM(shape(**changes)).eval()


def said(model: Any, rows: int | None = None, temperature: float = 1.0, **more: Any) -> list[list[int]]:
    found = generate.generate(
        model, PROMPTS, stop=STOP, max_new_tokens=MOST, rows=rows, temperature=temperature,
        seeds=SEEDS, **more,
    )  # fmt: skip
    return [answer.tokens for answer in found]


@pytest.mark.parametrize("piece", [64, 2])
@pytest.mark.parametrize("attention", ["sdpa", "eager"])
def test_greedy_answers_are_those_of_one_pass_a_token_without_a_cache(
    model: Any, monkeypatch: pytest.MonkeyPatch, piece: int, attention: str
) -> None:
    """However short the pieces in which prompts are read, and whatever attention the model trains with."""
    monkeypatch.setattr(generate, "PREFILL", 1)
    monkeypatch.setattr(generate, "COLUMNS", piece)
    expected = []
    with torch.no_grad():
        for prompt in PROMPTS:
            tokens: list[int] = []
            while len(tokens) < MOST and tokens[-1:] != STOP:
                logits = model(input_ids=torch.tensor([prompt + tokens]), use_cache=False).logits[0, -1]
                tokens.append(int(logits.argmax()))
            expected.append(tokens)
    model.set_attn_implementation(attention)

    assert said(model, rows=2, temperature=0.0) == expected
    assert model.config._attn_implementation == attention
    model.set_attn_implementation("sdpa")


def test_answers_are_the_same_in_whatever_row_and_company(model: Any) -> None:
    """Some end early, so that their rows take up other prompts: the numbers drawn belong to a prompt, not to a row."""
    whole = said(model)
    assert len({len(tokens) for tokens in whole}) > 1 and any(tokens[-1:] == STOP for tokens in whole)

    for rows in (1, 2, 3, 5, 6):
        assert said(model, rows=rows) == whole, rows
    order = [3, 0, 5, 4, 1, 2]
    other = generate.generate(
        model, [PROMPTS[number] for number in order], stop=STOP, max_new_tokens=MOST, rows=2, temperature=1.0,
        seeds=[SEEDS[number] for number in order],
    )  # fmt: skip
    assert [answer.tokens for answer in other] == [whole[number] for number in order]


def test_answers_follow_from_the_seeds_alone(model: Any) -> None:
    whole = said(model, rows=2)
    torch.manual_seed(99)
    torch.rand(7)
    assert said(model, rows=2) == whole
    others = generate.generate(
        model, PROMPTS, stop=STOP, max_new_tokens=MOST, temperature=1.0, seeds=[seed + 1 for seed in SEEDS]
    )
    assert [answer.tokens for answer in others] != whole


def test_as_a_graph_would_run_them_steps_give_the_same(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that have ended idle for some steps, and attention is as wide as a multiple of a graph's columns."""
    whole, widths = said(model, rows=2), []

    class Recorded:
        """What a GPU's graphs would do, each step run as it is."""

        replays = True

        def __init__(self, step: Any, *_: Any) -> None:
            self._step = step

        def __enter__(self) -> Recorded:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def run(self, width: int) -> None:
            widths.append(width)
            self._step(width)

    monkeypatch.setattr(generate, "StepGraphs", Recorded)
    monkeypatch.setattr(generate, "GRAPH_COLUMNS", 8)
    assert said(model, rows=2) == whole
    assert set(widths) == {8, 16, 19} and len(widths) % generate.LOOK_EVERY == 0


def test_a_step_reads_no_value_and_keeps_its_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under fake tensors, which hold no values: what would read one fails, as it would while a graph is recorded."""
    with FakeTensorMode():
        model = Phi3ForCausalLM(shape()).eval()
        with torch.no_grad(), runtime.attending_with_masks(model):
            decoder = generate._Decoder(model, 3, 40, MOST, stop=STOP, temperature=0.7, device=torch.device("cpu"))
            decoder.take_up([(row, PROMPTS[row], torch.zeros(MOST, dtype=torch.float64)) for row in range(3)])
            before = {name: value for name, value in vars(decoder).items() if isinstance(value, Tensor)}
            shapes = {name: tuple(value.shape) for name, value in before.items()}
            for _ in range(2):
                decoder.step(16)
            after = {name: value for name, value in vars(decoder).items() if isinstance(value, Tensor)}

    assert all(after[name] is before[name] for name in before), "a graph writes where it was recorded to write"
    assert {name: tuple(value.shape) for name, value in after.items()} == shapes


def test_the_log_probabilities_are_those_of_the_drawn_tokens(model: Any) -> None:
    [answer] = generate.generate(model, [PROMPTS[3]], stop=STOP, max_new_tokens=MOST, temperature=0.7, seeds=[5])
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([PROMPTS[3] + answer.tokens]), use_cache=False).logits[0, 3:-1]
    expected = (logits.double() / 0.7).log_softmax(-1).gather(1, torch.tensor(answer.tokens).unsqueeze(1)).squeeze(1)
    torch.testing.assert_close(torch.tensor(answer.logprobs), expected.float(), rtol=0, atol=1e-5)


def test_nothing_asked_is_nothing_said(model: Any) -> None:
    assert generate.generate(model, [], stop=STOP, max_new_tokens=3) == []


def test_draws_follow_the_probabilities() -> None:
    """Over a vocabulary of several blocks that does not fill the last one; an impossible word is never drawn."""
    torch.manual_seed(1)
    logits = torch.randn(1, 131)
    logits[0, [0, 63, 64, 100, 130]] = -float("inf")
    count = 200_000
    sampler = sampling.Sampler(131, 0.5, torch.device("cpu"))
    drawn, logprobs = sampler(logits.expand(count, -1), sampling.numbers(3, count))
    expected = (logits[0].double() / 0.5).softmax(-1)
    share = drawn.bincount(minlength=131) / count

    torch.testing.assert_close(share.double(), expected, rtol=0, atol=0.003)
    assert (share[[0, 63, 64, 100, 130]] == 0).all()
    torch.testing.assert_close(logprobs.double(), expected[drawn].log(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("number", [0.0, 1 - 2**-53])
def test_the_ends_of_the_interval_draw_the_first_and_the_last_possible_word(number: float) -> None:
    logits = torch.full((1, 200), -float("inf"))
    logits[0, [70, 71, 150]] = torch.tensor([1.0, 5.0, 1.0])
    chosen, _ = sampling.Sampler(200, 1.0, torch.device("cpu"))(logits, torch.tensor([number], dtype=torch.float64))
    assert int(chosen) == (70 if number == 0 else 150)


def test_numbers_to_draw_by_do_not_depend_on_how_many_there_are() -> None:
    assert torch.equal(sampling.numbers(7, 100)[:9], sampling.numbers(7, 9))
    assert not torch.equal(sampling.numbers(7, 9), sampling.numbers(8, 9))


def test_the_room_gives_back_what_was_written_and_no_more() -> None:
    torch.manual_seed(0)
    room = KeyValueRoom(3, 9)
    pieces = [torch.randn(2, 2, 4, 8) for _ in range(2)]
    room.prepare_piece(torch.tensor([2, 0]), 0, 4)
    keys, values = room.update(*pieces, layer=0)
    assert torch.equal(keys, pieces[0]) and torch.equal(values, pieces[1])
    tokens = [torch.randn(3, 2, 1, 8) for _ in range(2)]
    room.prepare_token(torch.tensor([4, 0, 2]), 5)
    keys, _ = room.update(*tokens, layer=0)

    assert torch.equal(keys[0, :, :4], pieces[0][1]) and torch.equal(keys[0, :, 4], tokens[0][0, :, 0])
    assert torch.equal(keys[1, :, 0], tokens[0][1, :, 0]) and (keys[1, :, 1:] == 0).all()
    assert torch.equal(keys[2, :, 2], tokens[0][2, :, 0]) and torch.equal(keys[2, :, 3], pieces[0][0, :, 3])
    room.keep(torch.tensor([2]))
    room.prepare_token(torch.tensor([3]), 4)
    kept, _ = room.update(*(states[:1] for states in tokens), layer=0)
    assert torch.equal(kept[0, :, 2], tokens[0][2, :, 0])
