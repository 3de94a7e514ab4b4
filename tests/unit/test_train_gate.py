"""The gate is the identity at the start, a rotation always, and the same as the weight it folds into."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from so8t_engine.train import gate
from so8t_engine.train.gate import SO8Gates


def generators(*shape: int, size: float = 0.5) -> torch.Tensor:
    return size * torch.randn(*shape, gate.FREE, dtype=torch.float64, generator=torch.Generator().manual_seed(3))


class Backbone(nn.Module):
    """Two linear layers, the second gated."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(hidden, hidden, bias=False), nn.Linear(hidden, hidden, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.second(self.first(x).tanh())


def gated(hidden: int, mode: gate.Mode = "geodesic", shared: bool = False) -> tuple[Backbone, SO8Gates]:
    torch.manual_seed(1)
    backbone = Backbone(hidden).double()
    gates = SO8Gates(["second"], hidden, mode, shared).double()
    gates.attach(backbone, {"second": backbone.second})
    return backbone, gates


def test_skew_is_antisymmetric_and_keeps_every_free_number() -> None:
    free = generators(5)
    full = gate.skew(free)

    assert torch.equal(full, -full.transpose(-1, -2))
    rows, columns = torch.triu_indices(8, 8, offset=1)
    assert torch.equal(full[:, rows, columns], free)


@pytest.mark.parametrize("mode", ["geodesic", "residual"])
@pytest.mark.parametrize("shared", [False, True])
def test_with_generators_at_zero_the_output_is_the_same_to_the_last_bit(mode: gate.Mode, shared: bool) -> None:
    backbone, gates = gated(32, mode, shared)
    x = torch.randn(3, 7, 32, dtype=torch.float64)
    turned = backbone(x)
    gates.enabled = False

    assert torch.equal(turned, backbone(x))


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.381966, 0.7, 1.0])
def test_a_geodesic_gate_is_a_rotation_at_every_alpha(alpha: float) -> None:
    turn = gate.rotation(generators(6, size=2.0), alpha, "geodesic")

    assert gate.orthogonality_error(turn) < 1e-10
    assert torch.allclose(torch.linalg.det(turn), torch.ones(6, dtype=torch.float64))


def test_a_residual_gate_is_no_rotation_and_its_error_says_so() -> None:
    assert gate.orthogonality_error(gate.rotation(generators(6), 0.4, "residual")) > 0.01


@pytest.mark.parametrize("mode", ["geodesic", "residual"])
def test_gradients_agree_with_finite_differences(mode: gate.Mode) -> None:
    output = torch.randn(2, 16, dtype=torch.float64, requires_grad=True)

    def turned(free: torch.Tensor, output: torch.Tensor) -> torch.Tensor:
        return gate.apply(output, gate.rotation(free, 0.6, mode))

    assert torch.autograd.gradcheck(turned, (generators(2).requires_grad_(), output))


@pytest.mark.parametrize("shared", [False, True])
def test_the_folded_weight_gives_what_the_hook_gives(shared: bool) -> None:
    backbone, gates = gated(24, shared=shared)
    with torch.no_grad():
        gates.generators.copy_(generators(*gates.generators.shape[:2]))
        gates.alpha.fill_(0.7)
    x = torch.randn(5, 24, dtype=torch.float64)
    turned = backbone(x)
    gates.detach()
    with torch.no_grad():
        backbone.second.weight.copy_(gate.fold(backbone.second.weight, gates.rotations()["second"]))

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


@pytest.mark.parametrize(
    ("layers", "first", "last", "wanted"),
    [(32, 0.25, 0.75, range(8, 24)), (4, 0.25, 0.75, range(1, 3)), (2, 0.0, 1.0, range(2)), (1, 0.25, 0.75, range(1))],
)
def test_the_band_is_cut_out_of_the_middle(layers: int, first: float, last: float, wanted: range) -> None:
    assert gate.band(layers, first, last) == wanted
