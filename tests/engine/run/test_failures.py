"""Exceptions of the libraries, by what they mean for the process."""

from __future__ import annotations

import pytest
import torch

from so8t_engine.errors import EngineError
from so8t_engine.run import failures
from so8t_engine.sentences import verbatim


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."), "out_of_memory"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried ..."), "out_of_memory"),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), "out_of_memory"),
        (MemoryError(), "out_of_memory"),
        (torch.AcceleratorError("CUDA error: an illegal memory access was encountered"), "device_error"),
        (RuntimeError("CUDA error: device-side assert triggered\nCompile with TORCH_USE_CUDA_DSA"), "device_error"),
        (RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"), "device_error"),
        (RuntimeError("The size of tensor a (3) must match the size of tensor b (4)"), None),
        (ValueError("CUDA error is only mentioned here"), None),
        (EngineError("reward", verbatim("a reward failed")), None),
    ],
)
def test_memory_and_device_errors_are_told_from_all_others(error: Exception, code: str | None) -> None:
    assert failures.classify(error) == code


def test_what_it_was_raised_from_counts() -> None:
    try:
        try:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        except torch.OutOfMemoryError as cause:
            raise RuntimeError("training failed") from cause
    except RuntimeError as error:
        assert failures.classify(error) == "out_of_memory"


def test_a_real_allocation_that_is_too_large_is_known() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(1 << 55)

    assert failures.classify(caught.value) == "out_of_memory"
