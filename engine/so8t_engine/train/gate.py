"""SO(8) rotation gates: small learnt rotations on the outputs of a band of linear layers.

The hidden state is cut into blocks of 8; each block has a skew-symmetric generator A of 28 free numbers, zero at
the start. `geodesic`: R = exp(alpha A), a rotation at every alpha. `residual`: (1 - alpha) I + alpha exp(A). As the
gate acts right behind a Linear, it folds exactly into its weight: W' = R W, block by block.
"""

from __future__ import annotations

from typing import Any, Literal

import torch
from torch import Tensor, nn

BLOCK = 8
FREE = BLOCK * (BLOCK - 1) // 2
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
        return torch.matrix_exp(alpha * skew(free))
    identity = torch.eye(BLOCK, dtype=free.dtype, device=free.device)
    return identity + alpha * (torch.matrix_exp(skew(free)) - identity)


def apply(output: Tensor, turn: Tensor) -> Tensor:
    """(..., hidden) turned block by block with (blocks, 8, 8); a single block is shared by all."""
    blocks, turn = output.unflatten(-1, (-1, BLOCK)), turn.to(output.dtype)
    if turn.shape[0] == 1:
        return (blocks @ turn[0].T).flatten(-2)
    return torch.einsum("...bi,bji->...bj", blocks, turn).flatten(-2)


def fold(weight: Tensor, turn: Tensor) -> Tensor:
    """W' = R W per 8 rows, in float64, returned in the weight's dtype. weight: (hidden, in), turn: (blocks, 8, 8)."""
    blocks = weight.double().unflatten(0, (-1, BLOCK))
    return (turn.double() @ blocks).flatten(0, 1).to(weight.dtype)


def orthogonality_error(turn: Tensor) -> float:
    """The largest ||R^T R - I||_F over all blocks; 0.01 is a warning, 0.05 critical."""
    turn = turn.detach().double()
    product = turn.transpose(-1, -2) @ turn - torch.eye(BLOCK, dtype=turn.dtype, device=turn.device)
    return float(torch.linalg.matrix_norm(product).max())


class SO8Gates(nn.Module):
    """All gates of one model: generators of every gated module, one exponential per forward.

    Has state because hooks have: the rotations of the running forward, and where they are attached. `names` are module
    names in the base model (`model.layers.1.self_attn.o_proj`), whatever wraps them.
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
        self._turns: Tensor | None = None
        self._kept: tuple[int, int, Tensor] | None = None
        self._handles: list[Any] = []

    def attach(self, backbone: nn.Module, modules: dict[str, nn.Module]) -> None:
        """`modules`: base module name -> the module whose output is turned (a LoRA wrapper where there is one)."""
        self._handles = [backbone.register_forward_pre_hook(self._compute)]
        for index, name in enumerate(self.names):
            self._handles.append(modules[name].register_forward_hook(self._hook(index)))

    def detach(self) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles = []

    def forget(self) -> None:
        """The rotations kept for decoding are computed anew: called whenever the generators were replaced."""
        self._kept = None

    def turns(self) -> Tensor:
        """(gates, blocks, 8, 8) in float32 (float64 generators stay float64)."""
        return rotation(self.generators, self.alpha, self.mode)

    def rotations(self) -> dict[str, Tensor]:
        """Base module name -> R (hidden / 8, 8, 8), for folding."""
        turns = self.turns().detach().repeat_interleave(self.repeat, dim=1)
        return dict(zip(self.names, turns, strict=True))

    def _compute(self, *_: Any) -> None:
        if not self.enabled:
            return
        if torch.is_grad_enabled():
            self._turns = self.turns()
            return
        key = (self.generators._version, self.alpha._version)
        if self._kept is None or self._kept[:2] != key:  # decoding calls the backbone once a token
            self._kept = (*key, self.turns())
        self._turns = self._kept[2]

    def _hook(self, index: int) -> Any:
        def turn(_: nn.Module, __: Any, output: Tensor) -> Tensor | None:
            if not self.enabled or self._turns is None:
                return None
            return apply(output, self._turns[index])

        return turn


def band(layers: int, first: float, last: float) -> range:
    """Layer numbers between two fractions of the depth: 0.25 to 0.75 of 32 layers are 8 to 23. At least one."""
    start = min(layers - 1, int(first * layers))
    return range(start, max(start + 1, int(last * layers)))
