"""Tensors become the bytes that the safetensors library would write, and none that is not finite is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load, save
from torch import Tensor

from so8t_engine.errors import EngineError
from so8t_engine.session import recovery, store
from so8t_engine.session.state import PipelineState
from so8t_engine.train import checkpoint, tensor_snapshot
from so8t_engine.train.rollout import Rollout

FLOATS = list(tensor_snapshot.EXPONENTS)


def filled(dtype: torch.dtype, *shape: int) -> Tensor:
    """Small whole numbers: every type holds them, with nothing shared."""
    count = int(torch.tensor(shape).prod()) if shape else 1
    numbers = torch.arange(count) % 7 + 1
    return numbers.reshape(shape).to(torch.float32 if dtype in FLOATS else torch.int64).to(dtype).clone()


def written(content: dict[str, Tensor], buffers: tensor_snapshot.Buffers | None = None) -> bytes:
    copies, arrived = (buffers or tensor_snapshot.Buffers()).fill(content.values())
    return b"".join(tensor_snapshot.chunks("x", dict(zip(content, copies, strict=True)), arrived))


def every_type() -> dict[str, Tensor]:
    found = {
        f"{name}.{number}": filled(dtype, 3, number + 1)
        for number, dtype in enumerate(tensor_snapshot.NAMES)
        for name in ("z", "a.b", 'é"\\', "10", "9")
    }
    return found | {"scalar": torch.tensor(3.0), "empty": torch.zeros(0, 4), "turned": filled(torch.float32, 4, 6).t()}


def test_the_bytes_are_those_of_the_library_for_every_type_name_and_shape() -> None:
    content = every_type()

    assert written(content) == save({name: tensor.contiguous() for name, tensor in content.items()})


def test_the_library_reads_back_every_bit() -> None:
    content = every_type()
    back = load(written(content))

    assert set(back) == set(content)
    for name, tensor in content.items():
        assert back[name].dtype == tensor.dtype and back[name].shape == tensor.shape
        assert torch.equal(back[name].view(-1).view(torch.uint8), tensor.contiguous().view(-1).view(torch.uint8))


def test_no_tensor_at_all_is_a_file_too() -> None:
    assert written({}) == save({}) and load(written({})) == {}


def test_large_ones_come_in_chunks_and_those_larger_than_a_block_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_snapshot, "BLOCK", 1 << 12)
    monkeypatch.setattr(tensor_snapshot, "CHUNK", 1 << 10)
    content = {"a": torch.rand(700), "b": torch.rand(3_000), "c": torch.rand(2), "d": torch.rand(1_000)}
    copies, arrived = tensor_snapshot.Buffers().fill(content.values())
    parts = list(tensor_snapshot.chunks("x", dict(zip(content, copies, strict=True)), arrived))

    assert b"".join(parts) == save(content)
    assert max(len(part) for part in parts) == 1 << 10 and len(parts) > 18


def test_copies_are_of_the_moment_and_their_memory_is_used_again() -> None:
    content = {name: torch.rand(40, 3) for name in "abc"}
    buffers = tensor_snapshot.Buffers()
    first, _ = buffers.fill(content.values())
    kept = [copy.clone() for copy in first]
    for tensor in content.values():
        tensor.add_(1)
    assert all(torch.equal(copy, before) for copy, before in zip(first, kept, strict=True))
    second, _ = buffers.fill(content.values())

    assert [copy.data_ptr() for copy in second] == [copy.data_ptr() for copy in first]
    assert all(torch.equal(copy, tensor) for copy, tensor in zip(second, content.values(), strict=True))
    assert all(copy.data_ptr() % tensor_snapshot.ALIGNED == 0 for copy in second)


def test_memory_taken_ahead_is_what_the_first_save_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_snapshot, "BLOCK", 1 << 12)
    buffers, content = tensor_snapshot.Buffers(), {"a": torch.rand(900), "b": torch.rand(900)}
    buffers.reserve(2 << 12, torch.device("cpu"))
    taken = [block.data_ptr() for block in buffers._blocks]
    copies, _ = buffers.fill(content.values())

    assert [copy.data_ptr() for copy in copies] == taken and len(taken) == 2
    assert written(content, buffers) == save(content)


def test_other_shapes_at_the_next_save_are_right_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_snapshot, "BLOCK", 1 << 10)
    buffers = tensor_snapshot.Buffers()
    for sizes in ((10, 200, 5), (900, 1), (), (3, 3, 3, 400, 400)):
        content = {f"{number}": torch.rand(size) for number, size in enumerate(sizes)}

        assert written(content, buffers) == save(content)


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_named_wherever_it_lies(dtype: torch.dtype, value: float) -> None:
    for place in (0, 17, 34):
        bad = filled(dtype, 35)
        bad[place] = value
        if bool(torch.isfinite(bad.float()).all()):
            pytest.skip("this type has no infinity")
        with pytest.raises(EngineError, match=r"lora\.b \(in x\)") as refused:
            written({"lora.a": filled(dtype, 3), "lora.b": bad})

        assert refused.value.code == "not_finite"


@pytest.mark.parametrize("dtype", [dtype for dtype in FLOATS if dtype != torch.float8_e4m3fn], ids=str)
def test_the_largest_and_smallest_numbers_are_finite(dtype: torch.dtype) -> None:
    about = torch.finfo(dtype)
    written({"a": torch.tensor([about.max, about.min, about.tiny, 0.0, -0.0], dtype=torch.float64).to(dtype)})


def saved(weight: float) -> checkpoint.TrainingCheckpoint:
    rollout = Rollout(*(torch.full((2, 3), number + 0.5) for number in range(len(Rollout._fields))))
    trained = {"lora.a": torch.full((4, 8), weight), "lora.b": torch.rand(8, 4)}
    return checkpoint.TrainingCheckpoint(
        tensors=trained,
        moments={"lora.a/step": torch.tensor(3.0)},
        phase="update",
        rollouts=[rollout],
        not_finite=1,
        seed=5,
        facts={"torch": "x"},
    )


def test_a_checkpoint_comes_back_as_it_was(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "")
    wanted = saved(1.5)
    state = store.commit(session, PipelineState("s"), checkpoint.pack(wanted))
    folder = session / "checkpoints" / str(state.checkpoint)
    found = checkpoint.unpack(folder)

    assert torch.equal(found.tensors["lora.a"], wanted.tensors["lora.a"])
    assert torch.equal(found.tensors["lora.b"], wanted.tensors["lora.b"])
    assert torch.equal(found.moments["lora.a/step"], torch.tensor(3.0))
    assert [list(map(Tensor.tolist, part)) for part in found.rollouts] == [
        list(map(Tensor.tolist, part)) for part in wanted.rollouts
    ]
    assert (found.phase, found.not_finite, found.seed, found.facts) == ("update", 1, 5, {"torch": "x"})
    assert checkpoint.unpack_facts(folder) == {"torch": "x"}


def test_fault_32_a_checkpoint_that_is_not_finite_is_never_acknowledged(tmp_path: Path) -> None:
    session = store.create(tmp_path, "s", "", "")
    good = store.commit(session, PipelineState("s"), checkpoint.pack(saved(1.0)))
    with pytest.raises(EngineError, match=r"lora\.a \(in trained\.safetensors\)"):
        store.commit(session, good, checkpoint.pack(saved(float("nan"))))

    assert recovery.recover(session).state == good
    assert [path.name for path in (session / "checkpoints").iterdir()] == ["000001"]


def test_a_content_may_be_asked_for_again(tmp_path: Path) -> None:
    """A write that failed is done anew, to new files."""
    contents = checkpoint.pack(saved(1.0))

    def joined() -> Iterator[bytes]:
        for content in contents.values():
            yield b"".join(store.chunks(content))

    assert list(joined()) == list(joined())
