"""Before a run the machine is looked at, and what does not fit is said with what to change."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from so8t_engine import paths
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.doctor import checkup, facts, findings, verdicts, weights
from so8t_engine.doctor.facts import Facts
from so8t_engine.doctor.findings import Finding
from so8t_engine.doctor.gpu_memory_estimate import GIB
from so8t_engine.doctor.machine import Gpu, MainMemory
from so8t_engine.sentences import sentence

CARD = Gpu("GeForce RTX 3080", 10 * GIB, int(9.3 * GIB), "580.65")
NOWHERE = Path("/no/such/folder").absolute()
GAMING_PC = Facts(
    gpus=(CARD,), memory=MainMemory(32 * GIB, 24 * GIB), free=200 * GIB, free_cache=200 * GIB, same_disk=True,
    torch="2.13.0+cu130", torch_cuda="13.0", bitsandbytes="0.50.2", flash_attention=None, python=(3, 11),
)  # fmt: skip
NO_GPU = replace(GAMING_PC, gpus=(), torch="2.13.0+cpu", torch_cuda=None, bitsandbytes=None)


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)


def real(*words: str) -> RunConfig:
    return config_file.load_preset("phi35-so8t", words)


def errors(config: RunConfig, root: Path, facts: Facts) -> list[str]:
    findings = [finding for finding in checkup.check(config, root, facts) if finding.level == "error"]
    assert all(finding.change for finding in findings)
    return [str(finding.whole) for finding in findings]


def warnings(config: RunConfig, root: Path, facts: Facts) -> list[str]:
    return [str(item.what_and_why) for item in checkup.check(config, root, facts) if item.level == "warning"]


def warning_codes(config: RunConfig, root: Path, facts: Facts) -> list[str]:
    return [finding.what.code for finding in checkup.check(config, root, facts) if finding.level == "warning"]


def model_folder(path: Path, **changes: object) -> Path:
    path.mkdir(parents=True)
    body = {
        "model_type": "phi3", "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "vocab_size": 512,
        "num_attention_heads": 8,
    }  # fmt: skip
    (path / "config.json").write_text(json.dumps(body | changes), encoding="utf-8")
    (path / "model.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    (path / "tokenizer.json").write_bytes(b"x")
    return path


def test_the_real_job_runs_on_the_gaming_pc_it_is_made_for(tmp_path: Path) -> None:
    assert errors(real(), tmp_path, GAMING_PC) == [] and warnings(real(), tmp_path, GAMING_PC) == []


def test_how_long_it_takes_is_said_before_it_starts(tmp_path: Path) -> None:
    """By class of card; nothing is said where nothing is to be computed on one."""

    def said(facts: Facts) -> list[str]:
        return [str(each.what) for each in checkup.check(real(), tmp_path, facts) if "on this card" in str(each.what)]

    large = replace(GAMING_PC, gpus=(replace(CARD, total=80 * GIB, free=79 * GIB),))
    assert said(GAMING_PC) == ["This takes about 45 h on this card."]
    assert said(large) == ["This takes about 7 h on this card."] and said(NO_GPU) == []
    assert "2 days 4 h" in str(sentence("doctor.takes_days", days=2, hours=4))


def test_the_demo_runs_where_there_is_no_gpu(tmp_path: Path) -> None:
    facts = replace(NO_GPU, memory=MainMemory(8 * GIB, 6 * GIB), free=5 * GIB)

    assert errors(config_file.load_preset("demo"), tmp_path, facts) == []


def test_the_real_job_without_a_gpu_is_refused_with_what_to_change(tmp_path: Path) -> None:
    (line,) = errors(real(), tmp_path, NO_GPU)

    assert "No NVIDIA GPU" in line and "model.load_in_4bit: false" in line and "demo" in line


@pytest.mark.parametrize(
    ("words", "facts", "said"),
    [
        (["ppo.local_rollout_forward_batch_size=64"], GAMING_PC, "Lower ppo.local_rollout_forward_batch_size"),
        (["model.load_in_4bit=false"], GAMING_PC, "model.load_in_4bit: true"),
        (["runtime.device=cpu"], GAMING_PC, "runtime.device is cpu"),
        (["runtime.device=cuda:1"], GAMING_PC, "There is no GPU number 1"),
        (["model.attn_implementation=flash_attention_2"], GAMING_PC, "flash-attn is not installed"),
        ([], replace(GAMING_PC, torch="2.13.0+cpu", torch_cuda=None), "torch is a CPU build"),
        ([], replace(GAMING_PC, torch=None), "torch is not installed"),
        ([], replace(GAMING_PC, bitsandbytes=None), "bitsandbytes is not installed"),
        ([], replace(GAMING_PC, free=30 * GIB), "of free space"),
        ([], replace(GAMING_PC, same_disk=False, free_cache=2 * GIB), "HF_HOME"),
        ([], replace(GAMING_PC, memory=MainMemory(8 * GIB, 6 * GIB)), "This machine has 8.0 GiB of memory"),
        (["model.model_name_or_path=/no/such/folder"], GAMING_PC, f"There is no model folder {NOWHERE}"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_error_with_what_to_change(
    tmp_path: Path, words: list[str], facts: Facts, said: str
) -> None:
    assert any(said in line for line in errors(real(*words), tmp_path, facts))


def test_a_disk_too_small_says_how_much_to_free_and_for_what(tmp_path: Path) -> None:
    (line,) = errors(real(), tmp_path, replace(GAMING_PC, free=30 * GIB))

    assert "kept checkpoints" in line and "final model" in line and "GGUF" in line and "download" in line
    assert "Free " in line and "--data-root" in line


def test_a_disk_too_small_only_for_the_reserve_says_so(tmp_path: Path) -> None:
    """Else "0.1 GiB free, 28 MiB needed" would be no reason."""
    (line,) = errors(config_file.load_preset("demo"), tmp_path, replace(NO_GPU, free=GIB))

    assert "needs up to about 345 MiB while it runs" in line and "Finished, it keeps" in line
    assert "1.0 GiB more stays free for everything else" in line and "Free 345 MiB" in line


def test_what_fits_says_its_sum_once_and_then_what_it_is_made_up_of(tmp_path: Path) -> None:
    fitting = {finding.what.code: finding for finding in checkup.check(real(), tmp_path, GAMING_PC)}
    for code in ("doctor.gpu_memory", "doctor.memory", "doctor.disk"):
        what, why = fitting[code].what, str(fitting[code].why)
        need = str(sentence("memory.item", item="", size=what.args["need"])).strip()
        assert need in str(what) and need not in why and why.startswith("Made up of: ")


def test_a_file_that_the_disk_cannot_take_is_foreseen(tmp_path: Path) -> None:
    """A stick in FAT32 ends at 4 GB a file: the F16 GGUF comes last, after three days."""
    fat = replace(GAMING_PC, file_limit=(4 << 30) - 1)
    (line,) = errors(real(), tmp_path, fat)

    assert "takes no file larger than 4.0 GiB" in line and "7.1 GiB" in line and "exFAT" in line and "ulimit" in line
    assert errors(config_file.load_preset("demo"), tmp_path, replace(NO_GPU, file_limit=(4 << 30) - 1)) == []


def test_memory_that_is_only_taken_now_is_a_warning(tmp_path: Path) -> None:
    busy = replace(GAMING_PC, gpus=(replace(CARD, free=2 * GIB),), memory=MainMemory(32 * GIB, 2 * GIB))

    assert errors(real(), tmp_path, busy) == []
    assert warning_codes(real(), tmp_path, busy) == ["doctor.gpu_is_busy", "doctor.memory_is_busy"]


def test_a_large_model_on_the_cpu_and_an_idle_gpu_are_warnings(tmp_path: Path) -> None:
    slow = real("model.load_in_4bit=false", "runtime.device=cpu")
    idle = replace(GAMING_PC, torch="2.13.0+cpu", torch_cuda=None)

    assert any(
        "months" in line for line in warnings(slow, tmp_path, replace(NO_GPU, memory=MainMemory(64 * GIB, 64 * GIB)))
    )
    assert any("torch is a CPU build" in line for line in warnings(config_file.load_preset("demo"), tmp_path, idle))


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (["runtime.device=auto"], GAMING_PC),
        (["runtime.device=cpu", "model.model_name_or_path=owner/unknown"], NO_GPU),
        (["runtime.device=auto", "model.model_name_or_path=owner/unknown"], NO_GPU),
    ],
)
def test_a_model_on_the_gpu_and_one_of_unknown_size_are_not_called_slow(words: list[str], facts: Facts) -> None:
    assert verdicts.device(real("model.load_in_4bit=false", *words), facts) == []


def test_a_local_model_that_can_be_opened_is_no_error(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")

    assert errors(real(f"model.model_name_or_path={folder}"), tmp_path, GAMING_PC) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "config.json").unlink(), "lacks config.json"),
        (lambda folder: (folder / "model.safetensors").unlink(), "lacks model.safetensors"),
        (lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"), "safetensors"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "lacks tokenizer.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "not valid JSON"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "llama"}'), "is a llama model"),
        (lambda folder: (folder / "model.safetensors").rename(folder / "a.Q4_K_M.GGUF"), "cannot be trained"),
        (
            lambda folder: (folder / "model.safetensors.index.json").write_text(
                '{"weight_map": {"a": "b-1.safetensors"}}'
            ),
            "lacks b-1.safetensors",
        ),
    ],
)
def test_a_model_folder_that_cannot_be_opened_is_refused(tmp_path: Path, spoil: object, said: str) -> None:
    folder = model_folder(tmp_path / "model")
    spoil(folder)  # type: ignore[operator]
    (line,) = errors(real(f"model.model_name_or_path={folder}"), tmp_path, GAMING_PC)

    assert said in line


@pytest.mark.parametrize(
    ("name", "said"), [("phi.gguf", "is there only as GGUF"), ("model.safetensors", "is a file; a model is the folder")]
)
def test_a_file_in_the_place_of_a_model_is_called_so(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).touch()
    (line,) = errors(real(f"model.model_name_or_path={tmp_path / name}"), tmp_path, GAMING_PC)

    assert said in line and ("cannot be trained" in line or f"Name {tmp_path} if" in line)


def test_a_hub_model_without_network_must_lie_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    before = errors(real(), tmp_path, GAMING_PC)
    cached = tmp_path / "hf" / "hub" / "models--microsoft--Phi-3.5-mini-instruct"
    model_folder(cached / "snapshots" / "abc")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("abc", encoding="utf-8")

    assert len(before) == 1 and "not in the cache" in before[0]
    assert errors(real(), tmp_path, GAMING_PC) == [] and not weights.must_be_fetched(real())


def test_a_data_root_that_cannot_be_written_is_an_error_and_nothing_is_left_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (line,) = errors(config_file.load_preset("demo"), tmp_path / "file" / "sessions", GAMING_PC)
    (tmp_path / "good").mkdir()
    good = errors(config_file.load_preset("demo"), tmp_path / "good", GAMING_PC)

    assert "is a file" in line and good == [] and list((tmp_path / "good").iterdir()) == []


@pytest.mark.parametrize("problem", ["Permission denied", None])
def test_a_folder_in_which_no_file_can_be_made_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: str | None
) -> None:
    monkeypatch.setattr(checkup, "write_problem", lambda folder: problem)
    found = [finding for finding in checkup._folder(tmp_path) if finding.what.code == "doctor.cannot_write"]

    assert [finding.level for finding in found] == ["error"] * (problem is not None)
    assert [finding.what.args["error"] for finding in found] == [problem] * len(found)


def test_a_synchronised_data_root_is_a_warning(tmp_path: Path) -> None:
    (line,) = warnings(config_file.load_preset("demo"), tmp_path / "Dropbox" / "so8t", GAMING_PC)

    assert "Dropbox" in line


def test_the_report_names_what_is_set_and_never_its_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canary0123456789")
    monkeypatch.setenv("SO8T_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache" / "base-gguf").mkdir(parents=True)
    (tmp_path / "cache" / "base-gguf" / "base-0123456789abcdef-Q8_0.gguf").write_bytes(b"x" * (3 << 20))
    lines = "\n".join(checkup.doctor_report(tmp_path))

    assert "HF_TOKEN" in lines and "canary" not in lines
    assert "base models made for chats: 1, 3 MiB in" in lines
    assert "torch" in lines and "memory" in lines and "GPU" in lines
    [packages] = [line for line in lines.splitlines() if line.startswith("packages: torch ")]
    assert packages.endswith(f", pydantic {metadata.version('pydantic')}") and packages.count(",") == 11


def test_the_report_shows_no_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert paths.homely(f"in {tmp_path / 'data' / 'so8t'}") == f"in {Path('~/data/so8t')}"
    assert not [line for line in checkup.doctor_report(tmp_path / "data") if str(tmp_path) in line]


def test_each_card_has_its_line_in_the_report_and_none_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Gpu("GeForce RTX 4090", 24 * GIB, 23 * GIB, "580.65")
    for cards, lines in (
        ((), ["GPU: none (no NVIDIA driver answers)"]),
        ((CARD, second), ["GPU: GeForce RTX 3080, 10.0 GiB, 9.3 GiB free, driver 580.65",
                          "GPU: GeForce RTX 4090, 24.0 GiB, 23.0 GiB free, driver 580.65"]),
    ):  # fmt: skip
        monkeypatch.setattr(checkup, "look", lambda _, cards=cards: replace(GAMING_PC, gpus=cards))
        assert [line for line in checkup.doctor_report(tmp_path) if line.startswith("GPU")] == lines


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        ("2.12.1+cu130", ["doctor.torch_is"]),
        ("2.13.0+cpu", []),
        ("2.13.0", []),
        ("3.0.0", []),
        ("1.14", ["doctor.torch_is"]),
    ],
)
def test_a_torch_older_than_the_tested_one_is_a_warning_that_names_both(version: str, codes: list[str]) -> None:
    found = [
        finding for finding in verdicts.versions(real(), replace(GAMING_PC, torch=version)) if finding.level != "ok"
    ]

    assert [(finding.level, finding.what.code) for finding in found] == [("warning", code) for code in codes]
    assert all(version in str(finding.what) and "2.13" in str(finding.why) for finding in found)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"HF_HUB_CACHE": "a", "HF_HOME": "c"}, "a"),
        ({"HUGGINGFACE_HUB_CACHE": "b", "HF_HOME": "c"}, "b"),
        ({"HF_HOME": "c", "XDG_CACHE_HOME": "d"}, "c/hub"),
        ({"XDG_CACHE_HOME": "d"}, "d/huggingface/hub"),
    ],
)
def test_downloaded_models_are_looked_for_where_the_hubs_own_library_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], place: str
) -> None:
    monkeypatch.delenv("HF_HOME")
    for name, folder in settings.items():
        monkeypatch.setenv(name, str(tmp_path / folder))

    assert weights.cache_folder() == tmp_path / place


def test_an_index_of_weights_that_cannot_be_read_is_named_beside_what_else_is_missing(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors.index.json").write_text("{", encoding="utf-8")

    assert [str(each) for each in weights.missing(tmp_path)] == [
        "config.json",
        str(sentence("doctor.readable_file", file="model.safetensors.index.json")),
    ]


@pytest.mark.parametrize(("service", "code"), [("", "synchronised"), ("Dropbox", "synchronised_by")])
def test_a_folder_that_is_synchronised_is_told_with_the_service_where_it_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str, code: str
) -> None:
    monkeypatch.setattr(checkup.machine, "synced_by", lambda folder: service)

    assert [each.what.code for each in checkup._folder(tmp_path)] == [f"doctor.{code}"]


def test_what_was_not_looked_at_is_known_by_its_reason_and_a_finding_is_json() -> None:
    said = Finding("note", sentence("doctor.depends"), sentence("doctor.not_looked_at"))
    body = findings.to_json(said)

    assert said.unseen and not Finding("note", said.what).unseen and not Finding("note", said.what, said.what).unseen
    assert (body["level"], body["what"]["code"], body["why"]["code"]) == (
        "note", "doctor.depends", "doctor.not_looked_at",
    )  # fmt: skip
    assert body["change"] is None


@pytest.mark.parametrize("same", [True, False])
def test_whether_downloads_take_room_from_the_sessions_is_told_by_their_disks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(facts.weights, "cache_folder", lambda: cache)
    monkeypatch.setattr(facts.machine, "device_of", lambda folder: 1 if same or folder == cache else 2)
    monkeypatch.setattr(facts.machine, "gpus", list)

    assert facts.look(tmp_path).same_disk is same


@pytest.mark.parametrize("there", [True, False])
def test_a_report_for_others_says_of_the_environment_which_names_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    for name in checkup.SET_OR_NOT:
        monkeypatch.delenv(name, raising=False)
    if there:
        monkeypatch.setenv(checkup.SET_OR_NOT[0], "secret")
    monkeypatch.setattr(facts.machine, "gpus", list)
    lines = checkup.doctor_report(tmp_path)
    [told] = [line for line in lines if line.startswith("set: ")]

    assert told == f"set: {checkup.SET_OR_NOT[0]}" if there else told.startswith("set: none of ")
    assert any(line.startswith("sessions: ") and line.endswith(", writable") for line in lines)
    assert any(line.startswith("torch: ") for line in lines) and "secret" not in "".join(lines)
