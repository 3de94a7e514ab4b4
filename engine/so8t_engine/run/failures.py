"""Which exceptions of the libraries mean that this process must be replaced: memory that ran out, a GPU that failed.

By class name and text, as torch is not imported here. After either of them nothing may go on in the same process:
allocator and driver are in an unknown state.
"""

from __future__ import annotations

MEMORY_NAMES = ("OutOfMemoryError", "MemoryError")
MEMORY_WORDS = ("DefaultCPUAllocator", "CUDA out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "std::bad_alloc")
DEVICE_NAMES = ("AcceleratorError",)
DEVICE_WORDS = ("CUDA error", "CUBLAS_STATUS", "CUDNN_STATUS", "cuDNN error", "NVML_ERROR", "device-side assert")


def classify(error: BaseException) -> str | None:
    """`out_of_memory`, `device_error`, or None for everything else; looks at what it was raised from too."""
    seen: BaseException | None = error
    while seen is not None:
        names = {kind.__name__ for kind in type(seen).__mro__}
        text = str(seen) if isinstance(seen, RuntimeError) else ""
        if names & {*MEMORY_NAMES} or any(word in text for word in MEMORY_WORDS):
            return "out_of_memory"
        if names & {*DEVICE_NAMES} or any(word in text for word in DEVICE_WORDS):
            return "device_error"
        seen = seen.__cause__
    return None
