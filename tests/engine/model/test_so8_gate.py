"""The gate is the identity at the start, a rotation always, and the same as the weight it folds into."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import Phi3Config, Phi3ForCausalLM

from so8t_engine.errors import EngineError
from so8t_engine.model import so8_gate
from so8t_engine.model.so8_gate import SO8Gates
from so8t_engine.sentences import Sentence


def generators(*shape: int, size: float = 0.5) -> torch.Tensor:
    return size * torch.randn(*shape, so8_gate.FREE, dtype=torch.float64, generator=torch.Generator().manual_seed(3))


class Backbone(nn.Module):
    """Two linear layers, the second gated."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(hidden, hidden, bias=False), nn.Linear(hidden, hidden, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.second(self.first(x).tanh())


class Both(nn.Module):
    """A backbone with its gates as one module, so that both can be called with other tensors."""

    def __init__(self, backbone: Backbone, gates: SO8Gates) -> None:
        super().__init__()
        self.backbone, self.gates = backbone, gates

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.backbone(x)


def gated(hidden: int, mode: so8_gate.Mode = "geodesic", shared: bool = False) -> tuple[Backbone, SO8Gates]:
    torch.manual_seed(1)
    backbone = Backbone(hidden).double()
    gates = SO8Gates(["second"], hidden, mode, shared).double()
    gates.attach(backbone, {"second": backbone.second})
    return backbone, gates


def test_skew_is_antisymmetric_and_keeps_every_free_number() -> None:
    free = generators(5)
    full = so8_gate.skew(free)

    assert torch.equal(full, -full.transpose(-1, -2))
    rows, columns = torch.triu_indices(8, 8, offset=1)
    assert torch.equal(full[:, rows, columns], free)


@pytest.mark.parametrize("mode", ["geodesic", "residual"])
@pytest.mark.parametrize("shared", [False, True])
def test_with_generators_at_zero_the_output_is_the_same_to_the_last_bit(mode: so8_gate.Mode, shared: bool) -> None:
    backbone, gates = gated(32, mode, shared)
    x = torch.randn(3, 7, 32, dtype=torch.float64)
    turned = backbone(x)
    gates.enabled = False

    assert torch.equal(turned, backbone(x))


def test_a_residual_gate_is_the_identity_and_the_rotation_in_the_shares_of_alpha() -> None:
    free = generators(5)
    mixed, whole = so8_gate.rotation(free, 0.3, "residual"), so8_gate.exponential(so8_gate.skew(free))
    assert torch.allclose(mixed, 0.7 * torch.eye(8, dtype=free.dtype) + 0.3 * whole, rtol=0, atol=1e-12)


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.381966, 0.7, 1.0])
def test_a_geodesic_gate_is_a_rotation_at_every_alpha(alpha: float) -> None:
    turn = so8_gate.rotation(generators(6, size=2.0), alpha, "geodesic")

    assert max(so8_gate.orthogonality_errors(turn[None])) < 1e-10
    assert torch.allclose(torch.linalg.det(turn), torch.ones(6, dtype=torch.float64))


def test_a_residual_gate_is_no_rotation_but_the_one_mixed_into_it_is() -> None:
    _, gates = gated(16, "residual")
    with torch.no_grad():
        gates.generators.copy_(generators(1, 2))
        gates.alpha.fill_(0.4)

        assert so8_gate.orthogonality_errors(gates.rotations())[0] > 0.01
        assert so8_gate.orthogonality_errors(gates.orthogonal_rotations())[0] < 1e-10


@given(st.integers(0, 2**31), st.floats(0, 20), st.floats(0, 1))
def test_in_float32_a_gate_is_in_so8_whatever_its_generators(seed: int, size: float, alpha: float) -> None:
    free = size * torch.randn(1, 6, so8_gate.FREE, generator=torch.Generator().manual_seed(seed))
    turn = so8_gate.rotation(free, alpha, "geodesic")
    exact = so8_gate.rotation(free.double(), alpha, "geodesic")
    reach = 1 + alpha * size * 8  # squaring multiplies what rounding left

    assert so8_gate.orthogonality_errors(turn)[0] < 1e-6 * reach
    assert torch.allclose(turn.double(), exact, atol=1e-6 * reach)
    assert torch.linalg.det(turn.double()) == pytest.approx(torch.ones(1, 6), abs=1e-6 * reach)


def test_of_the_angles_that_training_reaches_float32_is_exact_to_1e6() -> None:
    free = 0.3 * torch.randn(1, 2000, so8_gate.FREE, generator=torch.Generator().manual_seed(2))

    assert so8_gate.orthogonality_errors(so8_gate.rotation(free, 1.0, "geodesic"))[0] < 1e-6


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_rotations_of_a_half_precision_model_are_made_in_float32(dtype: torch.dtype) -> None:
    backbone, gates = gated(16)
    with torch.no_grad():
        gates.generators.copy_(generators(1, 2))
    backbone.to(dtype)
    gates.to(dtype)
    with torch.autocast("cpu", torch.bfloat16):
        turned, rotations = backbone(torch.randn(3, 16, dtype=dtype)), gates.rotations()

    assert turned.dtype in (dtype, torch.bfloat16) and rotations.dtype == torch.float32
    assert so8_gate.orthogonality_errors(rotations)[0] < 1e-6


def test_the_check_names_the_worst_gate_and_stops_before_it_does_harm() -> None:
    gates = SO8Gates(["first", "second"], 16)
    told: list[Sentence] = []

    def off(amount: float) -> dict[str, object]:
        rotations = gates.rotations().detach()
        rotations[1, 0, 0, 0] += amount
        gates._kept = (*gates._key(), rotations)
        return so8_gate.checked(gates, lambda _, detail: told.append(detail))

    fine, warned = off(0.0), off(0.006)

    assert fine == {"orthogonality_error": 0.0, "orthogonality_gate": "first", "orthogonality_errors": [0.0, 0.0]}
    assert warned["orthogonality_gate"] == "second" and warned["orthogonality_errors"] == [0.0, 0.012]
    assert len(told) == 1 and "second" in str(told[0])
    with pytest.raises(EngineError, match="The gate on second") as stopped:
        off(0.03)
    assert stopped.value.code == "training"


def test_a_generator_that_is_no_number_is_named() -> None:
    gates = SO8Gates(["first", "second"], 16)
    with torch.no_grad():
        gates.generators[1, 0, 3] = float("nan")

    with pytest.raises(EngineError, match="second") as stopped:
        so8_gate.checked(gates, lambda *_: None)
    assert stopped.value.code == "not_finite"


@pytest.mark.parametrize("mode", ["geodesic", "residual"])
def test_gradients_in_float32_agree_with_those_in_float64(mode: so8_gate.Mode) -> None:
    """Float32 has an exponential of its own (Taylor); small angles, and large ones that are halved and squared."""
    for size in (0.05, 2.0):
        free, weight = generators(4, size=size), torch.randn(4, 8, 8, dtype=torch.float64)
        found = []
        for dtype in (torch.float32, torch.float64):
            own = free.to(dtype).requires_grad_()
            (so8_gate.rotation(own, 0.6, mode) * weight.to(dtype)).sum().backward()
            assert own.grad is not None
            found.append(own.grad.double())

        assert torch.allclose(*found, atol=2e-5)


@pytest.mark.parametrize("mode", ["geodesic", "residual"])
def test_gradients_agree_with_finite_differences(mode: so8_gate.Mode) -> None:
    output = torch.randn(2, 16, dtype=torch.float64, requires_grad=True)

    def turned(free: torch.Tensor, output: torch.Tensor) -> torch.Tensor:
        return so8_gate.apply(output, so8_gate.rotation(free, 0.6, mode))

    assert torch.autograd.gradcheck(turned, (generators(2).requires_grad_(), output))


@pytest.mark.parametrize("shared", [False, True])
def test_the_folded_weight_gives_what_the_hook_gives(shared: bool) -> None:
    backbone, gates = gated(24, shared=shared)
    with torch.no_grad():
        gates.generators.copy_(generators(*gates.generators.shape[:2]))
        gates.alpha.fill_(0.7)
    x = torch.randn(5, 24, dtype=torch.float64)
    turned = backbone(x)
    gates.enabled = False
    with torch.no_grad():
        backbone.second.weight.copy_(so8_gate.fold(backbone.second.weight, gates.named_rotations()["second"]))

    assert torch.allclose(backbone(x), turned, atol=1e-12)


def test_rotations_kept_for_decoding_follow_a_change_of_generators_and_of_alpha() -> None:
    backbone, gates = gated(16)
    x = torch.randn(2, 16, dtype=torch.float64)
    with torch.no_grad():
        before = backbone(x)
        gates.generators.copy_(generators(1, 2))
        turned = backbone(x)
        gates.alpha.fill_(0.5)
        half = backbone(x)

    assert not torch.allclose(before, turned)
    assert not torch.allclose(turned, half)


class FourBit(nn.Module):
    """A Linear kept as signed 4-bit numbers with a scale per row, dequantised in forward: no `weight` to turn."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        scale = linear.weight.detach().abs().amax(1, keepdim=True) / 7
        self.register_buffer("codes", (linear.weight.detach() / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ (self.codes * self.scale).to(x.dtype).T


def small_phi(dtype: torch.dtype) -> Phi3ForCausalLM:
    torch.manual_seed(4)
    settings = Phi3Config(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, vocab_size=64,
        max_position_embeddings=64, pad_token_id=0, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    return Phi3ForCausalLM(settings).to(dtype).eval()


def gate_on(model: Phi3ForCausalLM, mode: so8_gate.Mode, shared: bool = False) -> SO8Gates:
    names = [f"model.layers.{n}.{part}" for n in range(2) for part in ("self_attn.o_proj", "mlp.down_proj")]
    gates = SO8Gates(names, 32, mode, shared)
    gates.attach(model.model, {name: model.get_submodule(name) for name in names})
    return gates


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("mode", ["geodesic", "residual"])
@pytest.mark.parametrize("alpha", [1.0, 0.381966])
@pytest.mark.parametrize("kind", ["plain", "lora", "four bits"])
def test_new_gates_leave_the_logits_of_a_model_as_they_are_to_the_last_bit(
    dtype: torch.dtype, mode: so8_gate.Mode, alpha: float, kind: str
) -> None:
    model, ids = small_phi(dtype), torch.randint(3, 64, (2, 9), generator=torch.Generator().manual_seed(5))
    parts = {"self_attn": "o_proj", "mlp": "down_proj"}
    if kind == "four bits":
        for layer in model.model.layers:
            for part, name in parts.items():
                setattr(getattr(layer, part), name, FourBit(getattr(getattr(layer, part), name)))
    with torch.no_grad():
        before = model(ids).logits
    if kind == "lora":
        get_peft_model(model, LoraConfig(r=2, target_modules=list(parts.values()), task_type="CAUSAL_LM")).eval()
    gates = gate_on(model, mode)
    gates.alpha.fill_(alpha)
    after = model(ids).logits

    assert torch.equal(after, before)
    after.float().sum().backward()
    assert gates.generators.grad is not None and float(gates.generators.grad.abs().min()) > 0
    with torch.no_grad():
        gates.generators.copy_(generators(4, 4))
        assert not torch.equal(model(ids).logits, before)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("mode", ["geodesic", "residual"])
def test_gradients_through_the_hook_agree_with_finite_differences(mode: so8_gate.Mode, shared: bool) -> None:
    backbone, gates = gated(16, mode, shared)
    x = torch.randn(3, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(6))
    start = generators(*gates.generators.shape[:2])

    def turned(free: torch.Tensor, alpha: torch.Tensor) -> torch.Tensor:
        return torch.func.functional_call(Both(backbone, gates), {"gates.generators": free, "gates.alpha": alpha}, x)

    alpha = torch.tensor(0.6, dtype=torch.float64)
    assert torch.autograd.gradcheck(turned, (start.requires_grad_(), alpha))


@pytest.mark.parametrize(
    ("layers", "first", "last", "wanted"),
    [
        (32, 0.25, 0.75, range(8, 24)),
        (4, 0.25, 0.75, range(1, 3)),
        (2, 0.0, 1.0, range(2)),
        (1, 0.25, 0.75, range(1)),
        (4, 1.0, 1.0, range(3, 4)),
    ],
)
def test_the_band_is_cut_out_of_the_middle(layers: int, first: float, last: float, wanted: range) -> None:
    assert so8_gate.band(layers, first, last) == wanted
