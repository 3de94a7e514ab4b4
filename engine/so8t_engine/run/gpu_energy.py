"""The energy counter of the NVIDIA GPU at work: two readings of one start of the machine tell what was used between."""

from __future__ import annotations

import sys


def joules() -> float | None:
    """Since the driver was loaded (NVML's `nvmlDeviceGetTotalEnergyConsumption`, cards from Volta on).

    None where no GPU is at work in this process, or it does not count. Whatever the driver does, nothing is raised.
    """
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_available() or not torch.cuda.is_initialized():
        return None
    try:
        import pynvml

        pynvml.nvmlInit()
        try:
            uuid = f"GPU-{torch.cuda.get_device_properties(torch.cuda.current_device()).uuid}"
            return float(pynvml.nvmlDeviceGetTotalEnergyConsumption(pynvml.nvmlDeviceGetHandleByUUID(uuid))) / 1000
        finally:
            pynvml.nvmlShutdown()
    except Exception:  # noqa: BLE001  a figure for the report, no reason to end a run
        return None
