"""Facts about the machine are read without torch, and told right for machines other than this one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.doctor import gpu_memory_estimate, machine
from so8t_engine.doctor.gpu_memory_estimate import PHI35_MINI, Shape
from so8t_engine.doctor.machine import Gpu, Mount


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        (PureWindowsPath(r"C:\Users\a\OneDrive\so8t"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\a\OneDrive - Firm Ltd\so8t"), "OneDrive"),
        (PurePosixPath("/home/a/Dropbox/so8t"), "Dropbox"),
        (PurePosixPath("/home/a/Dropbox (Personal)/so8t"), "Dropbox"),
        (PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/x"), "Google Drive"),
        (PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
        (PureWindowsPath(r"C:\Users\a\iCloudDrive\x"), "iCloud"),
        (PureWindowsPath(r"D:\Work\x"), "OneDrive"),
        (PureWindowsPath(r"D:\Works\x"), None),
        (PurePosixPath("/home/a/my-dropbox-notes/so8t"), None),
        (PurePosixPath("/data/so8t"), None),
    ],
)
def test_synchronised_folders_are_known_by_their_names(
    folder: PurePosixPath | PureWindowsPath, service: str | None
) -> None:
    environment = {"OneDrive": r"D:\Work"} if isinstance(folder, PureWindowsPath) else {}

    assert machine.synced_by(folder, environment) == service


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/mnt/share/deep/so8t", "cifs"),
        ("/mnt/share/local/so8t", None),
        ("/mnt/shared", None),
        ("/home/a", "fuse.sshfs"),
        ("/", None),
    ],
)
def test_the_innermost_mount_decides_whether_a_folder_is_on_the_network(folder: str, kind: str | None) -> None:
    mounts = [
        Mount("/", "ext4"), Mount("/mnt/share", "cifs"), Mount("/mnt/share/local", "xfs"), Mount("/home", "fuse.sshfs"),
    ]  # fmt: skip

    assert machine.network_of(Path(folder), mounts) == kind


@pytest.mark.parametrize(
    ("folder", "fat"),
    [("/media/stick/so8t", True), ("/media/large/so8t", False), ("/home/u", False), ("/media/stick/ext4", False)],
)
def test_a_stick_in_fat32_is_known_by_its_mount(folder: str, fat: bool) -> None:
    mounts = [Mount("/", "ext4"), Mount("/media/stick", "ext4"), Mount("/media/stick", "vfat"),
              Mount("/media/large", "exfat"), Mount("/media/stick/ext4", "ext4")]  # fmt: skip

    assert machine.is_fat(Path(folder), mounts) == fat


def test_a_limit_of_this_process_is_found(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert machine.file_limit(tmp_path) is None or before[0] != resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, before[1]))
    try:
        assert machine.file_limit(tmp_path) == 1 << 30
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_this_machine_has_memory_a_disk_and_its_own_packages(tmp_path: Path) -> None:
    found = machine.memory()

    assert 0 < found.available <= found.total
    assert machine.free_bytes(tmp_path / "not" / "there" / "yet") > 0
    assert machine.existing(tmp_path / "not" / "there") == tmp_path
    assert machine.version("pydantic") and machine.version("no-such-package") is None
    assert machine.device_of(tmp_path / "not" / "there") == tmp_path.stat().st_dev


class Nvml:
    """A driver of NVIDIA with two cards, by the names of its library."""

    class NVMLError(Exception): ...

    def __init__(self, works: bool = True) -> None:
        self.works, self.open = works, 0

    def nvmlInit(self) -> None:
        self.open += 1

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlSystemGetDriverVersion(self) -> bytes:
        if not self.works:
            raise self.NVMLError("Driver/library version mismatch")
        return b"570.86"

    def nvmlDeviceGetCount(self) -> int:
        return 2

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        return index

    def nvmlDeviceGetName(self, handle: int) -> str:
        return f"RTX {handle}"

    def nvmlDeviceGetMemoryInfo(self, handle: int) -> SimpleNamespace:
        return SimpleNamespace(total=12 << 30, free=handle << 30)


def test_every_card_is_told_and_a_driver_that_does_not_work_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for driver, cards in ((Nvml(), [Gpu(f"RTX {n}", 12 << 30, n << 30, "570.86") for n in (0, 1)]), (Nvml(False), [])):
        monkeypatch.setitem(sys.modules, "pynvml", driver)
        assert machine.gpus() == cards and not driver.open


def test_the_cuda_version_of_torch_is_read_from_its_version_file() -> None:
    cuda = "__version__ = '2.13.0+cu130'\ncuda: Optional[str] = '13.0'\nhip: Optional[str] = None\n"
    cpu = "__version__ = '2.13.0+cpu'\ncuda: Optional[str] = None\nhip: Optional[str] = '6'\n"

    assert machine.cuda_in(cuda) == "13.0" and machine.cuda_in(cpu) is None


def test_what_is_read_of_torch_is_what_torch_says() -> None:
    code = "import torch; print(torch.__version__, torch.version.cuda)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert said == [str(machine.version("torch")), str(machine.torch_cuda())]


def test_the_parameters_of_phi_35_mini_are_counted_to_the_norms() -> None:
    with_norms = PHI35_MINI.parameters + (2 * 32 + 1) * 3072

    assert with_norms == 3_821_079_552  # what transformers counts for microsoft/Phi-3.5-mini-instruct


def test_the_trained_parameters_of_the_real_job_are_those_of_lora_gates_tags_and_value_head() -> None:
    config = config_file.load_preset("phi35-so8t")
    lora = 64 * (4 * 3072 + 2 * 3072 + 3072 + 2 * 8192 + 8192 + 3072) * 32

    assert gpu_memory_estimate.trained_parameters(PHI35_MINI, config) == lora + 16 * 384 * 28 + 28 * 3072 + 3073


def test_the_real_jobs_fit_the_cards_they_are_made_for() -> None:
    for name, card in (("phi35-so8t", 10), ("phi35-so8t-24gb", 24)):
        config = config_file.load_preset(name)
        shape = gpu_memory_estimate.shape_of(config)
        assert shape == PHI35_MINI
        need = sum(gpu_memory_estimate.gpu_memory(shape, config).values())

        assert (
            0.7 * card * gpu_memory_estimate.GIB < need < 0.9 * card * gpu_memory_estimate.GIB
        )  # the desktop takes its part


def test_more_sequences_need_more_and_checkpointing_needs_less() -> None:
    def need(*words: str) -> float:
        return sum(gpu_memory_estimate.gpu_memory(PHI35_MINI, config_file.load_preset("phi35-so8t", words)).values())

    usual = need()

    assert need("ppo.local_rollout_forward_batch_size=16") > usual
    assert need("model.gradient_checkpointing=false") > usual
    assert need("model.load_in_4bit=false") > usual + 4 * gpu_memory_estimate.GIB


def test_the_shape_is_taken_from_a_local_config_json(tmp_path: Path) -> None:
    body = {
        "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "vocab_size": 512,
        "num_attention_heads": 8, "num_key_value_heads": 2,
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(body), encoding="utf-8")
    config = config_file.load_preset("phi35-so8t", [f"model.model_name_or_path={tmp_path}"])

    assert gpu_memory_estimate.shape_of(config) == Shape(64, 96, 2, 512, 16)
    assert (
        gpu_memory_estimate.from_json("[1]") is None and gpu_memory_estimate.from_json('{"hidden_size": "x"}') is None
    )


def test_a_drive_that_is_not_there_has_no_room_and_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.free_bytes(tmp_path / "new" / "er") > 0 and machine.device_of(tmp_path / "new") > 0
    monkeypatch.setattr(machine, "existing", lambda folder: tmp_path / "gone")
    assert (machine.free_bytes(tmp_path), machine.device_of(tmp_path)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "cuda"),
    [("cuda: Optional[str] = '12.8'\n", "12.8"), ("cuda = '13.0'\n", "13.0"), ("cuda: Optional[str] = None\n", None)],
)
def test_which_cuda_torch_was_built_for_is_read_from_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, cuda: str | None
) -> None:
    (tmp_path / "version.py").write_text(f"debug = False\n{text}hip = None\n")
    place = SimpleNamespace(locate_file=lambda name: tmp_path / "version.py")
    monkeypatch.setattr(machine.importlib.metadata, "distribution", lambda name: place)

    assert machine.torch_cuda() == cuda


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked otherwise")
def test_a_folder_that_is_not_there_yet_lies_where_the_one_above_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(machine, "network_of", lambda folder, mounts: asked.append(folder) or "nfs")

    assert machine.network_kind(tmp_path / "not" / "yet") == "nfs" and asked == [tmp_path.resolve()]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize(
    ("fat", "own", "limit"),
    [(False, None, None), (True, None, machine.FAT_FILE_BYTES), (False, 7, 7), (True, 7, 7),
     (True, 1 << 40, machine.FAT_FILE_BYTES)],
)  # fmt: skip
def test_the_smaller_of_two_limits_is_the_largest_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fat: bool, own: int | None, limit: int | None
) -> None:
    import resource

    monkeypatch.setattr(machine, "is_fat", lambda folder, mounts: fat)
    unlimited = resource.RLIM_INFINITY
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (unlimited if own is None else own, unlimited))

    assert machine.file_limit(tmp_path) == limit
