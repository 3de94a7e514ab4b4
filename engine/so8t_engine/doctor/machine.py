"""Facts about this machine, without loading torch: GPUs, memory, disks, installed versions, kinds of folders."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import psutil

NETWORK_KINDS = frozenset(
    ("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "afs", "ceph",
     "glusterfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.s3fs", "fuse.gcsfuse", "fuse.glusterfs", "ncpfs")
)  # fmt: skip
SYNCED = (
    (re.compile(r"^onedrive( ?- .+)?$", re.I), "OneDrive"),
    (re.compile(r"^dropbox( \(.+\))?$", re.I), "Dropbox"),
    (re.compile(r"^(google drive|googledrive.*|my drive|drivefs)$", re.I), "Google Drive"),
    (re.compile(r"^(icloud ?drive|com~apple~clouddocs|mobile documents)$", re.I), "iCloud"),
    (re.compile(r"^(nextcloud|owncloud|pcloud ?drive|mega|box|box sync)$", re.I), ""),
)
FAT = frozenset(("vfat", "msdos", "fat", "fat16", "fat32"))
FAT_FILE_BYTES = (4 << 30) - 1
DRIVE_REMOTE = 4  # GetDriveTypeW


@dataclass(frozen=True)
class Gpu:
    """One NVIDIA GPU; memory in bytes."""

    name: str
    total: int
    free: int
    driver: str


@dataclass(frozen=True)
class MainMemory:
    """Bytes. `available` is what programs can have without swapping."""

    total: int
    available: int


@dataclass(frozen=True)
class Mount:
    """Where a file system hangs and of what kind it is, as psutil.disk_partitions says."""

    point: str
    kind: str


def gpus() -> list[Gpu]:
    """None where there is no NVIDIA driver, or it does not work."""
    try:
        import pynvml
    except ImportError:
        return []
    try:
        pynvml.nvmlInit()
    except (pynvml.NVMLError, OSError):
        return []
    try:
        driver = _text(pynvml.nvmlSystemGetDriverVersion())
        cards = []
        for index in range(pynvml.nvmlDeviceGetCount()):
            handle = pynvml.nvmlDeviceGetHandleByIndex(index)
            memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
            name = _text(pynvml.nvmlDeviceGetName(handle))
            cards.append(Gpu(name, int(memory.total), int(memory.free), driver))
        return cards
    except pynvml.NVMLError:
        return []
    finally:
        pynvml.nvmlShutdown()


def memory() -> MainMemory:
    virtual = psutil.virtual_memory()
    return MainMemory(int(virtual.total), int(virtual.available))


def free_bytes(folder: Path) -> int:
    """Free space for this user where `folder` lies or will lie."""
    try:
        return shutil.disk_usage(existing(folder)).free
    except FileNotFoundError:  # a drive that is not there
        return 0


def device_of(folder: Path) -> int:
    """The same number for two folders on one disk; 0 of a drive that is not there."""
    try:
        return existing(folder).stat().st_dev
    except FileNotFoundError:
        return 0


def existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above that exists."""
    # os.path: pathlib's exists() raises where a folder above may not be searched
    return next((path for path in (folder, *folder.parents) if os.path.exists(path)), Path(folder.anchor or "."))  # noqa: PTH110


def version(package: str) -> str | None:
    """The installed version, without importing the package; None where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def torch_cuda() -> str | None:
    """The CUDA version torch was built for, read from its version file; None for a CPU build or no torch."""
    try:
        place = importlib.metadata.distribution("torch").locate_file("torch/version.py")
        text = Path(str(place)).read_text(encoding="utf-8")
    except (importlib.metadata.PackageNotFoundError, OSError):
        return None
    return cuda_in(text)


def cuda_in(version_file: str) -> str | None:
    match = re.search(r"^cuda(?:: [^=]+)? = '([^']+)'", version_file, re.M)
    return match[1] if match else None


def synced_by(folder: PurePath, environment: Mapping[str, str] | None = None) -> str | None:
    """The service that keeps a copy of this folder, told by the names of the folders above it; None where none does.

    The name is empty where several services use such a folder.
    """
    environment = os.environ if environment is None else environment
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):  # Windows: the folder may have any name
        root = environment.get(name)
        if root and folder.is_relative_to(type(folder)(root)):
            return "OneDrive"
    for part in folder.parts:
        for pattern, service in SYNCED:
            if pattern.match(part):
                return service
    return None


def network_kind(folder: Path) -> str | None:
    """The network file system a folder lies on, None for a local disk."""
    if sys.platform == "win32":
        import ctypes

        anchor = folder.anchor or str(Path.cwd().anchor)
        if anchor.startswith("\\\\"):
            return "SMB"
        return "network drive" if ctypes.windll.kernel32.GetDriveTypeW(anchor) == DRIVE_REMOTE else None
    return network_of(existing(folder).resolve(), _mounts())


def file_limit(folder: Path) -> int | None:
    """The largest file that may be written there: by FAT's own limit, by this process's (`ulimit -f`); None without."""
    limits = [FAT_FILE_BYTES] if is_fat(existing(folder).resolve(), _mounts()) else []
    if sys.platform != "win32":
        import resource

        soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        limits += [soft] if soft != resource.RLIM_INFINITY else []
    return min(limits, default=None)


def is_fat(folder: Path, mounts: Sequence[Mount]) -> bool:
    """FAT32 and its like, a stick's usual file system; exFAT takes files of any size."""
    mount = innermost(folder, mounts)
    return mount is not None and mount.kind.lower() in FAT


def network_of(folder: Path, mounts: Sequence[Mount]) -> str | None:
    """The kind of the innermost mount above `folder`, if that is a network file system."""
    mount = innermost(folder, mounts)
    return mount.kind if mount and mount.kind.lower() in NETWORK_KINDS else None


def innermost(folder: Path, mounts: Sequence[Mount]) -> Mount | None:
    """The mount that a folder lies on; of two at one point the later one, which hides the other."""
    above = [mount for mount in reversed(mounts) if Path(mount.point) == folder or Path(mount.point) in folder.parents]
    return max(above, key=lambda mount: len(Path(mount.point).parts), default=None)


def _mounts() -> list[Mount]:
    """On Windows without network drives: asking for one that is not connected takes seconds."""
    try:
        partitions = psutil.disk_partitions(all=sys.platform != "win32")
    except OSError:
        return []
    return [Mount(partition.mountpoint, partition.fstype) for partition in partitions]


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
