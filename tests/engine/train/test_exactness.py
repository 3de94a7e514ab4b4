"""The resumed run ends with the same bytes, whatever is trained: LoRA or all parameters, schedules, seeds, threads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import Cut, Session
from helpers.trained_policy import load_trained
from helpers.training import configured, digests, points, ready
from so8t_engine.export import fold
from so8t_engine.model import adapter_folder, runtime
from so8t_engine.model import tokenizer as tokens
from so8t_engine.protocol import Message
from so8t_engine.session import manifest
from so8t_engine.train.training_run import TrainingRun

WHOLE: dict[str, Any] = {"lora": {"enabled": False}, "ppo": {"learning_rate": 1e-4}, "alpha": {"initial": 0.75}}
LORA: dict[str, Any] = {}
SLOTS: dict[str, Any] = {"ppo": {"generation_batch_size": 8, "local_rollout_forward_batch_size": 3}}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture(scope="module")
def watched(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, list[float]]:
    """Full fine-tuning, untouched, and the strength that the gates really had at each point of the history."""
    session, strengths = ready(data, tmp_path_factory.mktemp("whole"), **WHOLE), list[float]()
    enter = TrainingRun.point

    def watch(run: TrainingRun[Any], **values: Any) -> dict[str, Any]:
        if values["phase"] != "pretrain":
            # what the optimizer of the warm-up remembers is let go before the first answers are drawn
            assert run._phase == ("warmup" if values["phase"] == "warmup" else "update")
            strengths.append(float(run.learner.gates.alpha))
        return enter(run, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TrainingRun, "point", watch)
        session.run("train")
    return session, strengths


@pytest.fixture(scope="module")
def whole(watched: tuple[Session, list[float]]) -> Session:
    return watched[0]


@pytest.mark.parametrize(
    ("seed", "kind", "schedule", "mode", "threads", "dtype"),
    [
        (2, LORA, "cosine", "geodesic", 1, "bfloat16"),
        (6, SLOTS, "adaptive", "residual", 1, "float32"),
        pytest.param(5, WHOLE, "sigmoid", "geodesic", 2, "float32", marks=pytest.mark.soak),
        pytest.param(1, LORA, "linear", "residual", 2, "bfloat16", marks=pytest.mark.soak),
        pytest.param(3, LORA, "exponential", "geodesic", 2, "float32", marks=pytest.mark.soak),
        pytest.param(4, WHOLE, "step", "residual", 1, "float32", marks=pytest.mark.soak),
    ],
)
def test_cut_off_at_every_fourth_commit_it_ends_with_the_same_bytes(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    kind: dict[str, Any],
    schedule: str,
    mode: str,
    threads: int,
    dtype: str,
) -> None:
    """In bfloat16 as on a GPU, too: what depends on the type something was kept in shows there."""
    monkeypatch.setattr(runtime, "choose_dtype", lambda *_: runtime.DTYPES[dtype])
    changes = {
        **kind,
        "seed": seed,
        "alpha": {"schedule": schedule},
        "gate": {"mode": mode, "shared": seed % 2 == 0},
        "model": {"gradient_checkpointing": seed % 2 == 1},
        "runtime": {"num_threads": threads},
    }
    (tmp_path / "untouched").mkdir()
    (tmp_path / "cut").mkdir()
    untouched, cut = ready(data, tmp_path / "untouched", **changes), ready(data, tmp_path / "cut", **changes)
    untouched.run("train")
    commits = 0

    def at_every_fourth(event: Message) -> None:
        nonlocal commits
        commits += event.name == "saved"
        if event.name == "saved" and commits % 4 == seed % 4:
            raise Cut

    cuts = cut.run_with_cuts("train", at=at_every_fourth)

    assert cuts >= 4
    assert digests(cut) == digests(untouched)


def test_the_gates_have_the_strength_that_the_history_tells_of(watched: tuple[Session, list[float]]) -> None:
    """In the warm-up, where answers are drawn, and in each update."""
    session, strengths = watched
    told = [(point["phase"], point["alpha"]) for point in points(session)[3:]]
    alpha = {phase: [strength for name, strength in told if name == phase] for phase in ("warmup", "rollout", "ppo")}

    assert strengths == pytest.approx([strength for _, strength in told])
    assert alpha["warmup"] == [0.75] * 3 and alpha["rollout"] == [0.75] * 2 + [alpha["ppo"][4]] * 2
    assert 0.75 > alpha["ppo"][3] > alpha["ppo"][4]


def test_full_fine_tuning_moves_every_parameter(whole: Session) -> None:
    policy, _ = load_trained(whole.path, whole.config)
    before, _ = load_trained(whole.path, whole.config, name=adapter_folder.REFERENCE)
    fresh = before.tensors()

    assert not policy.adapted
    assert {name for name, tensor in policy.tensors().items() if torch.equal(tensor, fresh[name])} == set()


def test_full_fine_tuning_is_exported_as_it_was_trained(whole: Session, tmp_path: Path) -> None:
    policy, tokenizer = load_trained(whole.path, whole.config)
    fold.write(whole.path / "model", whole.path / "adapter", tmp_path, "float32", tokens.stop_ids(tokenizer), 0)
    from transformers import AutoModelForCausalLM

    plain = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    ids = torch.tensor(tokens.encode_prompts(tokenizer, ["What is 2 plus 3?"]))
    with torch.no_grad():
        assert torch.allclose(plain(ids).logits, policy.model(ids).logits, atol=1e-5)
    assert manifest.problems(whole.path / "adapter") == []


@pytest.fixture(scope="module")
def broken_off(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """In the middle of PPO."""
    session = ready(data, tmp_path_factory.mktemp("broken-off"))

    def cut(event: Message) -> None:
        if event.name == "saved" and event.data["unit"] == 14:
            raise Cut

    with pytest.raises(Cut):
        session.run("train", context=session.context(cut=cut))
    return session


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        ("torch", "2.99.0"),
        ("transformers", "9.0"),
        ("device", "RTX 3080"),
        ("attention", "flash_attention_2"),
        ("tf32", True),
    ],
)
def test_fault_35_another_version_or_device_at_a_resume_is_noted_once_and_the_run_goes_on(
    broken_off: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fact: str, other: str
) -> None:
    shutil.copytree(broken_off.path, tmp_path / "s")
    session = Session(tmp_path, broken_off.config)
    real = runtime.facts
    monkeypatch.setattr(runtime, "facts", lambda *arguments: {**real(*arguments), fact: other})
    cuts = session.run_with_cuts("train")
    text = (session.path / "history.jsonl").read_text(encoding="utf-8")

    assert cuts >= 1
    assert text.count('"exactness_break"') == 1 and f"-> {other}" in text
    assert manifest.problems(session.path / "adapter") == []
