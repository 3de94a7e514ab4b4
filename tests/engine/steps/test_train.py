"""Step 4 on a model small enough to be cut off at every unit: same bytes, clear sentences, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from crash import full_disk
from helpers import disk_use
from helpers.sessions import Cut, Session, refused
from helpers.small_disk import small_disk
from helpers.trained_policy import load_trained, merge
from helpers.training import BUILD, UNITS, configured, digests, points, ready
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate
from so8t_engine.model import adapter_folder, logprobs
from so8t_engine.model import tokenizer as tokens
from so8t_engine.protocol import Message
from so8t_engine.session import manifest
from so8t_engine.train import optim, pretrain, rollout


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session with its three data steps done; each test trains on a copy."""
    root = tmp_path_factory.mktemp("data")
    Session(root, configured(root)).run()
    return root


@pytest.fixture(scope="module")
def measured(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, dict[str, int]]:
    """Step 4 run from beginning to end without an interruption, and what it took on the disk."""
    session = ready(data, tmp_path_factory.mktemp("untouched"))
    with disk_use.peaks_of(session.path) as peaks, pytest.MonkeyPatch.context() as patch:
        patch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)  # a quick machine tells of few units
        session.run("train")
    return session, peaks


@pytest.fixture(scope="module")
def untouched(measured: tuple[Session, dict[str, int]]) -> Session:
    return measured[0]


def test_the_check_of_the_disk_foresees_the_peaks_of_building_a_base_and_of_training(
    measured: tuple[Session, dict[str, int]],
) -> None:
    session, peaks = measured
    shape = gpu_memory_estimate.shape_of(session.config)
    assert shape is not None
    moments = {name: sum(items.values()) for name, items in disk_estimate.by_moment(shape, session.config).items()}

    assert peaks["building"] == pytest.approx(moments["building"], rel=0.25)
    assert peaks["later"] == pytest.approx(moments["training"], rel=0.25)
    assert peaks["building"] > 2 * peaks["later"], "a whole model and its moments, at each of three updates"


def test_training_publishes_what_it_promises(untouched: Session) -> None:
    for folder in ("model", "reference", "adapter"):
        assert manifest.problems(untouched.path / folder) == []
    names = {path.name for path in (untouched.path / "adapter").iterdir()}

    assert names >= {
        "adapter_model.safetensors", "adapter_config.json", "tag_rows.safetensors", "gates.safetensors",
        "value_head.safetensors", "alpha.json", "tokenizer",
    }  # fmt: skip


def test_fault_18_model_reference_and_adapter_wait_for_space_and_are_the_same(
    data: Path, untouched: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {name: full_disk.size_of(untouched.path / name) for name in ("model", "reference", "adapter")}
    with small_disk(tmp_path / "disk") as disk:
        session = ready(data, disk)
        filler = full_disk.Filler(disk, "half", sizes, only=frozenset(sizes))
        full_disk.arm(filler, monkeypatch.setattr)
        session.run("train")

        assert filler.wrong == []
        assert sorted(filler.waits) == ["adapter 0", "model 0", "reference 0"]
        assert digests(session) == digests(untouched)


def test_every_unit_has_its_place_in_the_history(untouched: Session) -> None:
    phases = [point["phase"] for point in points(untouched)]
    iteration = ["rollout"] * 2 + ["ppo"] * 4
    updates = [point for point in points(untouched) if point["phase"] == "ppo"]

    assert phases == ["pretrain"] * 3 + ["warmup"] * 3 + iteration * 2
    assert [(point["update"], point["iteration"]) for point in updates] == [(n + 1, n // 4 + 1) for n in range(8)]
    assert updates[0]["alpha"] == 1.0 > updates[-1]["alpha"]
    assert all({"loss", "reward", "kl", "clip_fraction", "grad_norm", "orthogonality_error"} <= set(u) for u in updates)
    rollouts = [point for point in points(untouched) if point["phase"] == "rollout"]
    assert [(point["iteration"], point["alpha"]) for point in rollouts] == [
        (at // 2 + 1, pytest.approx(updates[at // 2 * 4]["alpha"])) for at in range(4)
    ]
    assert {point["response_length"] for point in rollouts if not point["ended"]} == {8.0}  # cut off at the limit


def test_before_reinforcement_learning_each_update_has_its_number_and_its_rate(untouched: Session) -> None:
    config = untouched.config
    build, warmup = config.model.build, config.warmup
    assert build is not None
    rates = {
        "pretrain": [build.learning_rate * optim.schedule("cosine", at, 3, 0.05) for at in range(3)],
        "warmup": [1e-2 * optim.schedule(warmup.lr_scheduler_type, at, 3, warmup.warmup_ratio) for at in range(3)],
    }
    for phase, expected in rates.items():
        noted = [point for point in points(untouched) if point["phase"] == phase]
        assert [point["update"] for point in noted] == [1, 2, 3] and len(set(expected)) > 1
        assert [point["learning_rate"] for point in noted] == pytest.approx(expected)
        assert {(point["alpha"], point["skipped"]) for point in noted} == {(1.0, False)}


def test_the_figures_of_a_unit_are_those_of_the_history_in_its_progress_too(untouched: Session) -> None:
    told = [event["metrics"] for event in untouched.said("progress") if event["kind"] in ("rollout", "update")]
    noted = points(untouched)

    assert told[-1] == {} and {figures["phase"] for figures in told[:-1]} == {"rollout", "ppo"}
    assert all(any(figures.items() <= point.items() for point in noted) for figures in told)


def test_making_the_tokenizer_and_the_model_is_no_part_of_the_first_unit_s_time(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ready(data, tmp_path)
    context, totals_while_making = session.context(), []
    start = pretrain.start
    monkeypatch.setattr(
        pretrain, "start", lambda *given: (totals_while_making.append(dict(context.state.totals)), start(*given))[1]
    )

    session.run("train", context=context)

    assert len(totals_while_making) == 1  # units are timed from when there are totals
    assert not any(key.startswith("train/") for key in totals_while_making[0])


def test_every_trained_part_has_moved(untouched: Session) -> None:
    policy, _ = load_trained(untouched.path, untouched.config)
    trained = policy.tensors()
    fresh, _ = load_trained(untouched.path, untouched.config, name=adapter_folder.REFERENCE)

    assert all(not torch.equal(tensor, fresh.tensors()[name]) for name, tensor in trained.items())
    assert float(trained["gates.generators"].abs().max()) > 0


def test_ppo_s_learning_rate_rises_first_where_it_is_asked_to(data: Path, tmp_path: Path) -> None:
    session = ready(data, tmp_path, ppo={"lr_scheduler_type": "constant", "warmup_ratio": 0.5})

    session.run("train")

    rates = [point["learning_rate"] for point in points(session) if point["phase"] == "ppo"]
    assert rates == pytest.approx([1e-3 * factor for factor in (0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1)])


def test_switched_off_the_trained_model_is_the_base_and_merged_it_is_itself(untouched: Session) -> None:
    from so8t_engine.model import so8_gate

    base, tokenizer = adapter_folder.load_base(untouched.path, untouched.config)
    policy, _ = load_trained(untouched.path, untouched.config)
    ids = torch.tensor(tokens.encode_prompts(tokenizer, ["What is 2 plus 3? <think-logic>"]))
    with torch.no_grad():
        tuned = policy.model(ids).logits
        with policy.as_base():
            assert torch.equal(policy.model(ids).logits, base(ids).logits)
        plain, rotations = merge(policy)
        for name, turn in rotations.items():
            weight = plain.get_submodule(name).weight
            weight.copy_(so8_gate.fold(weight, turn))

        assert torch.allclose(plain(ids).logits, tuned, atol=1e-5)
        assert not torch.allclose(tuned, base(ids).logits, atol=1e-3)


def test_cut_off_after_every_unit_it_ends_with_the_same_bytes(data: Path, untouched: Session, tmp_path: Path) -> None:
    session = ready(data, tmp_path)
    cuts = session.run_with_cuts("train")

    assert cuts == UNITS
    assert digests(session) == digests(untouched)


def test_a_base_that_is_built_and_not_trained_is_not_built_again_by_a_resume(data: Path, tmp_path: Path) -> None:
    build, short = {"build": {**BUILD, "max_steps": 0}}, {"max_steps": 2}
    session = ready(data, tmp_path, model=build, warmup=short, ppo={"total_episodes": 0})

    assert session.run_with_cuts("train") == 2
    assert [point["phase"] for point in points(session)] == ["warmup"] * 2


def test_cut_off_between_commits_it_ends_with_the_same_bytes(data: Path, untouched: Session, tmp_path: Path) -> None:
    """A kill in each phase with nothing saved since the last pause: the units in between are done again."""
    session = ready(data, tmp_path, checkpoint={"interval_seconds": 1e6})
    for stop in (2, 5, 7, 12):
        seen = 0

        def cut(event: Message, stop: int = stop) -> None:
            nonlocal seen
            seen += event.name == "point"
            reached = event.name == "point" and int(event.data["number"]) >= stop
            if reached and seen > 1:
                raise Cut
            if reached:
                session.control.save_wanted = True

        try:
            session.run("train", context=session.context(cut=cut))
        except Cut:
            continue
    session.run("train")

    assert digests(session) == digests(untouched)


def test_other_threads_at_a_resume_are_noted_as_an_exactness_break(data: Path, tmp_path: Path) -> None:
    session = ready(data, tmp_path)

    def cut(event: Message) -> None:
        if event.name == "saved" and event.data["unit"] == 5:
            raise Cut

    with pytest.raises(Cut):
        session.run("train", context=session.context(cut=cut))
    Session(tmp_path, configured(tmp_path, runtime={"num_threads": 2})).run("train")
    text = (session.path / "history.jsonl").read_text(encoding="utf-8")

    assert text.count('"exactness_break"') == 1
    assert "threads 1 -> 2" in text
    assert manifest.problems(session.path / "adapter") == []


def test_a_bad_gradient_is_skipped_and_after_three_in_a_row_the_run_goes_back(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = logprobs.of_tokens
    calls = 0

    def sometimes(*arguments: Any) -> tuple[torch.Tensor, torch.Tensor]:
        nonlocal calls
        calls += 1
        chosen, entropies = real(*arguments)
        return chosen * (float("nan") if calls in (2, *range(5, 99)) else 1.0), entropies

    monkeypatch.setattr(logprobs, "of_tokens", sometimes)
    session = ready(data, tmp_path, warmup={"max_steps": 9})
    error = refused(lambda: session.run("train"))
    skipped = [event["skipped"] for event in session.said("point")]

    assert error.code == "not_finite" and "3 updates in a row" in error.detail
    assert skipped.count(True) == 3
    assert session.said("point")[1]["loss"] is None


@pytest.mark.parametrize(
    ("changes", "code", "word"),
    [
        ({"model": {"build": None, "model_name_or_path": "./no-such-model"}}, "model_missing", "no-such-model"),
        ({"model": {"build": {**BUILD, "max_position_embeddings": 64}}}, "model_unfit", "context of 64"),
        ({"lora": {"target_modules": ["q_proj"]}}, "model_unfit", "q_proj"),
        ({"lora": {"target_modules": ["o_proj", "v_proj"]}}, "model_unfit", "v_proj"),
        ({"warmup": {"max_length": 4}}, "dataset_empty", "warmup.max_length"),
        ({"reward": {"model": {"name_or_path": "./no-such-reward"}}}, "reward_model", "no-such-reward"),
        ({"reward": {"functions": ["no_such_module_here:f"]}}, "reward", "no_such_module_here"),
        ({"ppo": {"max_prompt_length": 2}}, "dataset_empty", "max_prompt_length"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(
    data: Path, tmp_path: Path, changes: dict[str, Any], code: str, word: str
) -> None:
    error = refused(lambda: ready(data, tmp_path, **changes).run("train"))

    assert error.code == code
    assert word in error.detail and "\n" not in error.detail


def test_a_context_that_is_too_short_is_said_before_minutes_go_into_building_the_base(
    data: Path, tmp_path: Path
) -> None:
    session = ready(data, tmp_path, model={"build": {**BUILD, "max_position_embeddings": 64}})
    error = refused(lambda: session.run("train"))

    assert session.said("point") == [] and not (session.path / "model").exists()
    assert "(model.build.max_position_embeddings), which is too short: warmup.max_length is " in error.detail


def test_another_base_model_at_a_resume_is_refused(untouched: Session, data: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    shutil.copytree(untouched.path / "model", base)
    session = ready(data, tmp_path, model={"build": None, "model_name_or_path": str(base)})

    def cut(event: Message) -> None:
        if event.name == "saved" and event.data["unit"] == 2:
            raise Cut

    with pytest.raises(Cut):
        session.run("train", context=session.context(cut=cut))
    (base / "config.json").write_text((base / "config.json").read_text() + "\n")
    error = refused(lambda: session.run("train"))

    assert error.code == "source_changed" and "base model" in error.detail


def test_a_rollout_sees_the_same_log_probabilities_as_an_update(untouched: Session) -> None:
    policy, tokenizer = load_trained(untouched.path, untouched.config)
    prompts = tokens.encode_prompts(tokenizer, ["What is 1 plus 1?", "What is 4 plus 4, and why?"])
    responses = [[5, 6, 7], [9, tokens.end_id(tokenizer)]]
    stop, pad = tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer)
    settings = untouched.config.ppo
    seen = rollout.make_experience(
        policy,
        prompts=prompts,
        responses=responses,
        scores=[0.0, 1.0],
        stop=stop,
        pad=pad,
        settings=settings,
    )
    wanted = []
    with torch.no_grad():
        for prompt, response in zip(prompts, responses, strict=True):
            logits = policy.model(torch.tensor([prompt + response])).logits[0, len(prompt) - 1 : -1]
            table = (logits / (settings.temperature + 1e-7)).log_softmax(-1)
            wanted += [float(table[place, token]) for place, token in enumerate(response)]
    real = seen.logprobs[
        ~torch.tensor([[False, False, False, True], [False, False, True, True]])[:, : seen.logprobs.shape[1]]
    ]

    assert real.tolist() == pytest.approx(wanted, abs=1e-4)
    assert seen.ended.tolist() == [False, True]
