"""SO(8) rotation gates: small learned rotations on the outputs of a band of linear layers.

The hidden state is cut into blocks of 8; each block has a skew-symmetric generator A of 28 free numbers, zero at
the start. `geodesic`: R = exp(alpha A), a rotation at every alpha. `residual`: (1 - alpha) I + alpha exp(A). As the
gate acts directly on a Linear's output, it folds exactly into its weight: W' = R W, block by block.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Literal

import torch
from torch import Tensor, nn

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, in_turn, sentence

BLOCK = 8
FREE = BLOCK * (BLOCK - 1) // 2
DEGREE, REACH = 12, 1.37  # a Taylor polynomial of this degree is exact to float32 up to this norm: 1.37^13 / 13! = 1e-8
TAYLOR = [1 / math.factorial(power) for power in range(DEGREE + 1)]
ORTHOGONALITY_WARNING, ORTHOGONALITY_CRITICAL = 0.01, 0.05
Mode = Literal["geodesic", "residual"]


def skew(free: Tensor) -> Tensor:
    """(..., 28) free numbers to (..., 8, 8) skew-symmetric matrices, filled above the diagonal row by row."""
    rows, columns = torch.triu_indices(BLOCK, BLOCK, offset=1, device=free.device).unbind()
    full = free.new_zeros(*free.shape[:-1], BLOCK * BLOCK)
    upper = full.index_copy(-1, rows * BLOCK + columns, free).unflatten(-1, (BLOCK, BLOCK))
    return upper - upper.transpose(-1, -2)


def rotation(free: Tensor, alpha: Tensor | float, mode: Mode) -> Tensor:
    """(..., 28) to (..., 8, 8): the identity exactly where `free` is zero."""
    if mode == "geodesic":
        return exponential(alpha * skew(free))
    return _identity(free) + alpha * (exponential(skew(free)) - _identity(free))


def exponential(full: Tensor) -> Tensor:
    """exp of skew-symmetric (..., 8, 8). In float64 torch's own; otherwise Taylor, halved and squared.

    In float32 three times as fast forward and backward as torch.linalg.matrix_exp, whose backward pass doubles the
    matrices, and closer to a rotation (tests/bench/RESULTS.md). Paterson and Stockmeyer (1973), five products; the
    halvings follow from ||A||_F / sqrt(2), which is no less than the 2-norm, as singular values come in pairs. Half
    precision is computed in float32, also inside autocast.
    """
    with torch.autocast(full.device.type, enabled=False):
        if full.dtype == torch.float64:
            return torch.linalg.matrix_exp(full)
        full = full.float()
        norm = float(torch.linalg.matrix_norm(full.detach()).amax()) / math.sqrt(2)
        halvings = max(0, math.ceil(math.log2(norm / REACH))) if REACH < norm < math.inf else 0
        powers = [_identity(full), full / 2**halvings]
        for _ in range(2):
            powers.append(powers[-1] @ powers[1])
        fourth = powers[2] @ powers[2]
        result = TAYLOR[12] * fourth + _sum(TAYLOR[8:12], powers)
        for start in (4, 0):
            result = _sum(TAYLOR[start : start + 4], powers) + fourth @ result
        for _ in range(halvings):
            result = result @ result
        return result


def _sum(factors: Sequence[float], matrices: Sequence[Tensor]) -> Tensor:
    """Highest power first: the identity comes last, so that what is small is not lost before it matters."""
    total = factors[-1] * matrices[-1]
    for factor, matrix in zip(factors[-2::-1], matrices[-2::-1], strict=True):
        total = total + factor * matrix
    return total


def _identity(like: Tensor) -> Tensor:
    return torch.eye(BLOCK, dtype=like.dtype, device=like.device)


def apply(output: Tensor, rotations: Tensor) -> Tensor:
    """(..., hidden) rotated block by block with (blocks, 8, 8); a single block is shared by all.

    x + (R - I) x and not R x: where R is the identity the output is untouched to the last bit, even where products are
    rounded (TF32, bfloat16), and of a small rotation bfloat16 keeps eight bits instead of none.
    """
    return apply_change(output, change_of(rotations, output.dtype))


def change_of(rotations: Tensor, dtype: torch.dtype) -> Tensor:
    """R - I, what `apply_change` takes."""
    return (rotations - _identity(rotations)).to(dtype)


def apply_change(output: Tensor, change: Tensor) -> Tensor:
    """`apply` with R - I (blocks, 8, 8) in the output's type."""
    blocks = output.unflatten(-1, (-1, BLOCK))
    if change.shape[0] == 1:
        return output + (blocks @ change[0].T).flatten(-2)
    return output + torch.einsum("...bi,bji->...bj", blocks, change).flatten(-2)


def fold(weight: Tensor, rotations: Tensor) -> Tensor:
    """W' = R W per 8 rows, computed in float64, returned in the weight's dtype.

    weight: (hidden, in), rotations: (blocks, 8, 8).
    """
    blocks = weight.double().unflatten(0, (-1, BLOCK))
    return (rotations.double() @ blocks).flatten(0, 1).to(weight.dtype)


def orthogonality_errors(rotations: Tensor) -> list[float]:
    """(gates, blocks, 8, 8) to the largest ||R^T R - I||_F of each gate; NaN where a rotation holds one."""
    exact = rotations.detach().double()
    return torch.linalg.matrix_norm(exact.mT @ exact - _identity(exact)).amax(-1).tolist()


def checked(gates: SO8Gates, warn: Callable[[str, Sentence], None]) -> dict[str, Any]:
    """Orthogonality error of each gate, for the history: the largest, the gate it belongs to, and all of them by name.

    Warns from 0.01 on. Raises EngineError training from 0.05 on, not_finite where a generator is NaN or Inf; what was
    committed before stands.
    """
    with torch.no_grad():
        errors = orthogonality_errors(gates.orthogonal_rotations())
    for name, error in zip(gates.names, errors, strict=True):
        if not math.isfinite(error):
            raise EngineError("not_finite", sentence("model.gate_not_finite", gate=name))
    worst = max(errors)
    name = gates.names[errors.index(worst)]
    if worst >= ORTHOGONALITY_WARNING:
        what = sentence("model.gate_not_orthogonal", gate=name, error=worst, limit=ORTHOGONALITY_WARNING)
        if worst >= ORTHOGONALITY_CRITICAL:
            stops = sentence("model.gate_stops_training", limit=ORTHOGONALITY_CRITICAL)
            raise EngineError("training", in_turn(what, stops))
        warn("orthogonality", what)
    listed = [float(f"{error:.3g}") for error in errors]
    return {"orthogonality_error": worst, "orthogonality_gate": name, "orthogonality_errors": listed}


class SO8Gates(nn.Module):
    """All gates of one model: the generators of every gated module, one exponential per forward pass.

    State: the rotations of the running forward pass. `names` are module names in the base
    model (`model.layers.1.self_attn.o_proj`), whatever wraps them.
    """

    alpha: Tensor

    def __init__(self, names: list[str], hidden_size: int, mode: Mode = "geodesic", shared: bool = False) -> None:
        super().__init__()
        self.names = names
        self.mode: Mode = mode
        self.enabled = True
        blocks = 1 if shared else hidden_size // BLOCK
        self.repeat = hidden_size // BLOCK // blocks
        self.generators = nn.Parameter(torch.zeros(len(names), blocks, FREE))
        self.register_buffer("alpha", torch.ones(()), persistent=False)
        self._rotations: Tensor | None = None
        self._kept: tuple[int, int, Tensor] | None = None
        self._changes: dict[torch.dtype, Tensor] = {}  # of the kept rotations

    def attach(self, backbone: nn.Module, modules: dict[str, nn.Module]) -> None:
        """`modules`: base module name -> the module whose output is rotated (a LoRA wrapper where there is one)."""
        backbone.register_forward_pre_hook(self._compute)
        for index, name in enumerate(self.names):
            modules[name].register_forward_hook(self._hook(index))

    def forget(self) -> None:
        """Drops the rotations cached for decoding: to be called whenever the generators were replaced."""
        self._kept, self._changes = None, {}

    def rotations(self) -> Tensor:
        """(gates, blocks, 8, 8) in float32, whatever the model's dtype (float64 generators stay float64)."""
        return rotation(self._free(), self.alpha, self.mode)

    def orthogonal_rotations(self) -> Tensor:
        """The matrices that must be orthogonal: R itself, or exp(A) in `residual`, where the mix with I is not."""
        if self.mode == "geodesic" and self._kept is not None and self._kept[:2] == self._key():
            return self._kept[2]
        return rotation(self._free(), self.alpha if self.mode == "geodesic" else 1.0, "geodesic")

    def _free(self) -> Tensor:
        return self.generators if self.generators.dtype == torch.float64 else self.generators.float()

    def _key(self) -> tuple[int, int]:
        return self.generators._version, self.alpha._version

    def named_rotations(self) -> dict[str, Tensor]:
        """Base module name -> R (hidden / 8, 8, 8), for folding."""
        whole = self.rotations().detach().repeat_interleave(self.repeat, dim=1)
        return dict(zip(self.names, whole, strict=True))

    def _compute(self, *_: Any) -> None:
        if not self.enabled:
            return
        if torch.is_grad_enabled():
            self._rotations = self.rotations()
            return
        if self._kept is None or self._kept[:2] != self._key():  # decoding calls the backbone once a token
            self._kept, self._changes = (*self._key(), self.rotations()), {}
        self._rotations = self._kept[2]

    def _hook(self, index: int) -> Any:
        """Uses nothing but the output, so it fits any module: plain, LoRA-wrapped, 4-bit."""

        def rotate(_: nn.Module, __: Any, output: Tensor) -> Tensor | None:
            if not self.enabled or self._rotations is None:
                return None
            if self._kept is None or self._rotations is not self._kept[2]:
                return apply(output, self._rotations[index])
            if output.dtype not in self._changes:
                self._changes[output.dtype] = change_of(self._rotations, output.dtype)
            return apply_change(output, self._changes[output.dtype][index])

        return rotate


def band(layers: int, first: float, last: float) -> range:
    """Layer numbers between two fractions of the depth: 0.25 to 0.75 of 32 layers are 8 to 23. At least one."""
    start = min(layers - 1, int(first * layers))
    return range(start, max(start + 1, int(last * layers)))
