"""The warm-up through TRL's SFTTrainer: whose loss it is, what a batch weighs, and that nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import Session
from helpers.training import configured, digests, points, ready
from so8t_engine.model import base_model, seeds
from so8t_engine.model.policy import Policy
from so8t_engine.protocol import Message
from so8t_engine.run.context import Paused
from so8t_engine.train import example_batches, hf_trainer, optim, pretrain, sft, units
from so8t_engine.train.example_batches import Encoded, ExampleSampler

EXAMPLES = [
    Encoded([1, 2, 3], [4, 5, 6, 7, 8, 9]),
    Encoded([1], [2]),
    Encoded([9, 8], [7, 6, 5]),
    Encoded([3, 3, 3, 3], [2, 2]),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture(scope="module")
def drawn() -> list[tuple[object, ...]]:
    """What random numbers were drawn by while `untouched` was trained."""
    return []


@pytest.fixture(scope="module")
def untouched(data: Path, tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[object, ...]]) -> Session:
    session = ready(data, tmp_path_factory.mktemp("untouched"), ppo={"total_episodes": 0})
    real = seeds.seed_everything

    def seeded(*parts: object) -> None:
        drawn.append(parts)
        real(*parts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeds, "seed_everything", seeded)
        session.run("train")
    return session


def one_update(session: Session, micro_batch: int, accumulation: int, **changes: Any) -> tuple[Policy, float, float]:
    """(policy with its gradients applied, loss, gradient norm) after one update on EXAMPLES."""
    config = session.config.model_copy(update=changes)
    model, tokenizer = base_model.load(session.path, config, torch.device("cpu"))
    policy = Policy.wrap(model, tokenizer, config, seed=3)
    optimizer = optim.adamw(policy.trainable(), 1e-3)
    seen: list[dict[str, Any]] = []
    parts = {"model": policy.model, "tags": policy.tags, "gates": policy.gates}
    sft.run(
        model=hf_trainer.TrainableModule(parts, policy.base.config, policy.hidden, sft.score(policy.base.lm_head)),
        tokenizer=tokenizer,
        optimizer=optimizer,
        sampler=ExampleSampler(4, 4, 100, lambda rows: [EXAMPLES[row] for row in rows], 17, "warmup"),
        settings=sft.SftSettings(1, micro_batch, accumulation, 1.0, lambda _: 1.0),
        first=0,
        session=session.path,
        device=torch.device("cpu"),
        begin=lambda _: None,
        end=lambda _, logs: seen.append(logs),
    )
    return policy, float(seen[0]["loss"]), float(seen[0]["grad_norm"])


def test_the_loss_is_the_mean_over_completion_tokens_however_they_are_spread(untouched: Session) -> None:
    model, tokenizer = base_model.load(untouched.path, untouched.config, torch.device("cpu"))
    policy = Policy.wrap(model, tokenizer, untouched.config, seed=3)
    total, count = 0.0, 0
    with torch.no_grad():
        for prompt, completion in EXAMPLES:
            table = policy.model(torch.tensor([prompt + completion])).logits[0].log_softmax(-1)
            total -= sum(float(table[len(prompt) - 1 + i, token]) for i, token in enumerate(completion))
            count += len(completion)

    for micro_batch, accumulation in ((4, 1), (2, 2), (1, 4)):
        assert one_update(untouched, micro_batch, accumulation)[1] == pytest.approx(total / count, rel=1e-5)


def test_every_update_draws_by_its_own_place_in_the_run(untouched: Session, drawn: list[tuple[object, ...]]) -> None:
    config, layout = untouched.config, units.layout(untouched.config)
    places = range(layout.pretrain, layout.pretrain + config.warmup.max_steps)

    assert [parts for parts in drawn if "train" in parts] == [(config.seed, "train", place) for place in places]
    assert layout.pretrain > 0 and len(places) > 1


def test_accumulated_and_whole_batches_move_everything_alike(untouched: Session) -> None:
    whole, _, norm = one_update(untouched, 4, 1)
    parts, _, norm_of_parts = one_update(untouched, 1, 4)

    assert norm_of_parts == pytest.approx(norm, rel=1e-4)
    for name, tensor in whole.tensors().items():
        assert torch.allclose(parts.tensors()[name], tensor, atol=2e-4), name


def test_the_norm_covers_gates_and_tag_rows_and_the_base_is_left_as_it_was(untouched: Session) -> None:
    policy, _, norm = one_update(untouched, 4, 1)
    plain, tokenizer = base_model.load(untouched.path, untouched.config, torch.device("cpu"))
    fresh = Policy.wrap(plain, tokenizer, untouched.config, seed=3)
    batch = example_batches.collate(sorted(EXAMPLES, key=lambda example: example.length), 0, torch.device("cpu"))
    trained = hf_trainer.TrainableModule({}, fresh.base.config, fresh.hidden, sft.score(fresh.base.lm_head))
    (-trained(**batch._asdict()).log_probs.sum() / 12).backward()
    gradients = {name: p.grad for name, p in fresh.trainable().items() if p.grad is not None}
    wanted = torch.stack([gradient.norm() for gradient in gradients.values()]).norm()

    assert {"gates.generators", "tag_rows.embed_tokens", "tag_rows.lm_head"} <= set(gradients)
    assert norm == pytest.approx(float(wanted), rel=1e-5)
    assert "forward" not in vars(policy.base)
    assert policy.base.config.to_dict() == plain.config.to_dict()


def test_gradient_checkpointing_changes_nothing_but_memory(untouched: Session) -> None:
    model = untouched.config.model.model_copy(update={"gradient_checkpointing": True})
    policy, loss, _ = one_update(untouched, 2, 2)
    recomputed, same, _ = one_update(untouched, 2, 2, model=model)

    assert same == pytest.approx(loss, rel=1e-6)
    for name, tensor in policy.tensors().items():
        assert torch.allclose(recomputed.tensors()[name], tensor, atol=1e-6), name


def test_cut_off_at_every_commit_the_warm_up_ends_with_the_same_bytes(
    data: Path, untouched: Session, tmp_path: Path
) -> None:
    session = ready(data, tmp_path, ppo={"total_episodes": 0})

    assert session.run_with_cuts("train") == 6
    assert digests(session) == digests(untouched)


def test_a_pause_in_the_middle_is_kept_and_gone_on_from(data: Path, untouched: Session, tmp_path: Path) -> None:
    session = ready(data, tmp_path, ppo={"total_episodes": 0}, checkpoint={"interval_seconds": 1e6})

    def cut(event: Message) -> None:
        if event.name == "point" and event.data["number"] == 5:
            session.control.pause_reason = "user"

    with pytest.raises(Paused):
        session.run("train", context=session.context(cut=cut))
    saved = session.said("saved")
    session.control.pause_reason = None
    session.run("train")

    assert [event["unit"] for event in saved] == [5]
    assert digests(session) == digests(untouched)
    assert [point["update"] for point in points(session) if point["phase"] == "warmup"] == [1, 2, 3]


def test_every_point_says_the_learning_rate_of_its_update(untouched: Session) -> None:
    build, warmup = untouched.config.model.build, untouched.config.warmup
    assert build is not None
    for phase, rate, kind, ratio in (
        ("pretrain", build.learning_rate, "cosine", pretrain.WARMUP_RATIO),
        ("warmup", warmup.learning_rate, warmup.lr_scheduler_type, warmup.warmup_ratio),
    ):
        said = [point["learning_rate"] for point in points(untouched) if point["phase"] == phase]
        assert said == [rate * optim.schedule(kind, update, len(said), ratio) for update in range(3)]  # type: ignore[arg-type]
        assert len({*said}) > 1 or kind == "constant"


def test_nothing_of_the_trainer_s_own_is_written(untouched: Session) -> None:
    names = {path.name for path in untouched.path.rglob("*")}

    assert not {"optimizer.pt", "rng_state.pth", "scheduler.pt", "trainer_state.json", "training_args.bin"} & names


def test_micro_batches_hold_like_lengths_and_missing_examples_are_made_up() -> None:
    found: Sequence[Encoded] = sft.ordered(EXAMPLES[:3], 4)

    assert [example.length for example in found] == [2, 5, 9, 9]
