"""GRPO and RLOO through TRL's trainers: exact between generations, our rewards and alpha, publishable."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.sessions import Session, refused
from helpers.trained_policy import load_trained
from helpers.training import configured, digests, points, ready
from so8t_engine.config.run_config import Grpo
from so8t_engine.data import shards
from so8t_engine.errors import EngineError
from so8t_engine.model import adapter_folder, conversations
from so8t_engine.model import tokenizer as tokens
from so8t_engine.protocol import Message
from so8t_engine.rewards import scoring
from so8t_engine.run.context import Paused
from so8t_engine.sentences import verbatim
from so8t_engine.session import manifest
from so8t_engine.steps import evaluate
from so8t_engine.train import group_trainer, optim

CYCLE: dict[str, Any] = {
    "num_generations": 2, "per_device_train_batch_size": 2, "gradient_accumulation_steps": 2, "num_iterations": 2,
    "max_completion_length": 8, "max_prompt_length": 60, "learning_rate": 1e-3, "max_steps": 6,
}  # fmt: skip
ALGORITHMS: dict[str, dict[str, Any]] = {
    "grpo": {"algorithm": "grpo", "grpo": CYCLE},
    "rloo": {"algorithm": "rloo", "rloo": {**CYCLE, "beta": 0.1}},
}

# What lies around a cycle is the same code for both.
ONE_OF_THEM = pytest.mark.parametrize(
    "untouched", ["grpo", pytest.param("rloo", marks=pytest.mark.soak)], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture(scope="module", params=list(ALGORITHMS))
def untouched(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    session = ready(data, tmp_path_factory.mktemp("untouched"), **ALGORITHMS[request.param])
    session.run("train")
    return session


@ONE_OF_THEM
def test_cut_off_at_every_commit_it_ends_with_the_same_bytes(data: Path, untouched: Session, tmp_path: Path) -> None:
    session = ready(data, tmp_path, **ALGORITHMS[untouched.config.algorithm])

    assert session.run_with_cuts("train") == 3 + 3 + 3
    assert digests(session) == digests(untouched)


def test_every_update_has_its_place_in_the_history(untouched: Session) -> None:
    algorithm = untouched.config.algorithm
    found = points(untouched)
    updates = [point for point in found if point["phase"] == algorithm]
    rollouts = [point for point in found if point["phase"] == "rollout"]

    assert [point["phase"] for point in found[6:]] == ["rollout", algorithm, algorithm] * 3
    assert [point["update"] for point in updates] == [1, 2, 3, 4, 5, 6]
    kind, rate = untouched.config.group.lr_scheduler_type, untouched.config.group.learning_rate
    assert [point["learning_rate"] for point in updates] == [rate * optim.schedule(kind, n, 6) for n in range(6)]
    assert updates[0]["alpha"] == 1.0 > updates[1]["alpha"] > updates[-1]["alpha"]
    assert [point["reward"] for point in updates[::2]] == [point["reward"] for point in rollouts]
    assert all({"reward_format", "reward_answer", "ended", "response_length"} <= set(point) for point in rollouts)
    for point in updates:
        assert all(point[name] is not None for name in ("loss", "kl", "entropy", "clip_fraction", "grad_norm"))
        assert not point["skipped"]


def test_the_reference_is_the_warmed_up_policy_with_its_gates_at_their_alpha(untouched: Session) -> None:
    """No way has been gone before the first update; after it there has."""
    kl = [point["kl"] for point in points(untouched) if point["phase"] == untouched.config.algorithm]

    assert kl[0] == pytest.approx(0, abs=1e-6)
    assert abs(kl[-1]) > 1e-5


def test_what_was_trained_is_published_and_has_moved(untouched: Session) -> None:
    policy, _ = load_trained(untouched.path, untouched.config)
    before, _ = load_trained(untouched.path, untouched.config, name=adapter_folder.REFERENCE)
    moved = {
        name for name, tensor in policy.tensors().items() if not torch.equal(tensor, before.tensors()[name])
    }  # fmt: skip

    assert moved == {name for name in policy.tensors() if not name.startswith("value_head")}
    assert policy.gates is not None and float(policy.gates.alpha) == pytest.approx(untouched.config.alpha.final)


def test_the_last_step_reads_what_was_published(untouched: Session, tmp_path: Path) -> None:
    sections = {"evaluate": {"max_records": 2, "max_new_tokens": 4, "gguf": []}}
    copy = tmp_path / "s"
    shutil.copytree(untouched.path, copy)
    session = Session(tmp_path, configured(tmp_path, **ALGORITHMS[untouched.config.algorithm], **sections))
    context = session.context()
    evaluate.run(context, context.state.cursor)

    assert manifest.problems(copy / "final_model") == []
    assert manifest.problems(copy / "report") == []


def test_the_user_is_told_once_where_saves_happen(untouched: Session) -> None:
    told = [event for event in untouched.said("warning") if event["code"] == "generation_boundaries"]

    assert len(told) == 1 and untouched.config.algorithm.upper() in told[0]["sentence"]["text"]


def test_saves_lie_between_cycles_only(untouched: Session) -> None:
    assert [event["unit"] for event in untouched.said("saved") if event["step"] == "train"] == [*range(1, 10)]


@ONE_OF_THEM
def test_a_pause_waits_for_the_end_of_the_cycle(data: Path, untouched: Session, tmp_path: Path) -> None:
    session = ready(data, tmp_path, **ALGORITHMS[untouched.config.algorithm], checkpoint={"interval_seconds": 1e6})

    def cut(event: Message) -> None:
        if event.name == "point" and event.data["number"] == 3 + 3 + 2:
            session.control.pause_reason = "user"

    with pytest.raises(Paused):
        session.run("train", context=session.context(cut=cut))
    session.control.pause_reason = None
    session.run("train")

    assert next(event["unit"] for event in session.said("saved")) == 7
    assert digests(session) == digests(untouched)


def test_answers_and_log_probabilities_are_ours_token_by_token(untouched: Session) -> None:
    """What TRL is told about a sequence equals a plain forward pass, whatever stands around it."""
    policy, tokenizer = load_trained(untouched.path, untouched.config)
    stop, pad = tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
    model = group_trainer.AnsweringModule(policy, 0.7, lambda prompts: [[5, 6, stop[0]], [7]], stop, pad)
    prompts = torch.tensor([[pad, pad, 11, 12], [13, 14, 15, 16]])
    mask = torch.tensor([[0, 0, 1, 1], [1, 1, 1, 1]])
    whole = model.generate(prompts, mask)
    labels = torch.tensor([[-100] * 4 + [5, 6, stop[0]], [-100] * 4 + [7, -100, -100]])
    shown = torch.cat([mask, (labels[:, 4:] != -100).long()], dim=1)
    with torch.no_grad():
        seen = model(input_ids=whole, attention_mask=shown, labels=labels)
        for row, (prompt, answer) in enumerate([([11, 12], [5, 6, stop[0]]), ([13, 14, 15, 16], [7])]):
            table = (policy.model(torch.tensor([prompt + answer])).logits[0] / 0.7).log_softmax(-1)
            wanted = [float(table[len(prompt) - 1 + place, token]) for place, token in enumerate(answer)]

            assert seen.log_probs[row, 3 : 3 + len(answer)].tolist() == pytest.approx(wanted, abs=1e-4)
            assert seen.log_probs[row].count_nonzero() == len(answer)
    assert whole.tolist()[1] == [13, 14, 15, 16, 7, pad, pad]


def test_trl_asks_the_prompts_that_ppo_would(data: Path, untouched: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []
    policy, tokenizer = load_trained(untouched.path, untouched.config)
    settings = untouched.config.group
    assert settings is not None
    optimizer = optim.adamw(policy.trainable(), 1e-3)
    texts = ["What is 1 plus 1?", "What is 4 plus 4, and why?"]
    some = shards.read_examples(untouched.path, "train")[0]
    asked_of = [some._replace(prompt=text) for text in texts]

    def answer(prompts: list[list[int]]) -> list[list[int]]:
        asked.extend(prompts)
        return [[5]] * len(prompts)

    policy.keep_reference(policy.tensors(), 1.0)
    group_trainer.run(
        policy=policy,
        tokenizer=tokenizer,
        optimizer=optimizer,
        settings=settings,
        prompts=list(enumerate(conversations.of(tokenizer, asked_of, "Be kind."))),
        session=untouched.path,
        rate_factor=lambda _: 1.0,
        answer=answer,
        reward=lambda rows, _: [float(row) for row in rows],
        begin=lambda _: None,
        end=lambda _, __: None,
    )
    one, two = tokens.encode_prompts(tokenizer, texts, "Be kind.")

    assert asked == [one, one, two, two]


@ONE_OF_THEM
def test_a_reward_that_fails_names_itself_and_nothing_is_lost(data: Path, untouched: Session, tmp_path: Path) -> None:
    session = ready(data, tmp_path, **ALGORITHMS[untouched.config.algorithm], checkpoint={"interval_seconds": 1e6})
    real = scoring.score

    def fails(*arguments: Any) -> scoring.Scored:
        if any(point["phase"] == "rollout" for point in session.said("point")):
            raise EngineError("reward", verbatim("The reward function own failed."))
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "score", fails)
        error = refused(lambda: session.run("train"))
    saved = [event["unit"] for event in session.said("saved")]
    session.run("train")

    assert error.code == "reward"
    assert saved[-1] == 7
    assert digests(session) == digests(untouched)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"num_generations": 3}, "num_generations"),
        ({"steps_per_generation": 3}, "gradient_accumulation_steps"),
        ({"max_steps": 5}, "multiple of 2"),
    ],
)
def test_cycles_that_do_not_come_out_even_are_refused(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        Grpo.model_validate({**CYCLE, **changes})
