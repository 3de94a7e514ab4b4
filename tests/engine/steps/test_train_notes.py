"""What step 4 notes before its first update: the machine, the rewards, lengths that were counted already."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.training import configured
from so8t_engine.data import shards
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.model import pretrained, runtime, token_lengths
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import scoring
from so8t_engine.sentences import sentence, to_json
from so8t_engine.session.state import Cursor
from so8t_engine.steps import train
from so8t_engine.train import checkpoint, preflight, units

CPU, GPU = torch.device("cpu"), torch.device("cuda")
HALF, FOUR = {"dtype": "bfloat16"}, {"dtype": "float32", "load_in_4bit": True}


class Noting:
    """A step's context that writes down what it is told."""

    def __init__(self, config: Any, unit: int = 0, folder: Path | None = None, **results: str) -> None:
        self.config, self.cursor, self.folder, self.results = config, Cursor("train", unit), folder, results
        self.session = Path("nowhere")
        self.told: list[tuple[Any, ...]] = []

    def checkpoint(self) -> Path | None:
        return self.folder

    def warn(self, *given: Any) -> None:
        self.told.append(("warn", *given))

    def mark(self, name: str, **given: Any) -> None:
        self.told.append(("mark", name, given))

    def result(self, *given: Any) -> None:
        self.told.append(("result", *given))

    def check_source(self, *given: Any) -> None:
        self.told.append(("source", *given))


@pytest.mark.parametrize(
    ("device", "unit", "model", "codes"),
    [
        (CPU, 0, {"dtype": "float32"}, []),
        (CPU, 0, HALF, ["dtype"]),
        (CPU, 0, FOUR, ["load_in_4bit"]),
        (CPU, 0, HALF | {"load_in_4bit": True}, ["dtype", "load_in_4bit"]),
        (CPU, 1, HALF | {"load_in_4bit": True}, []),
        (GPU, 0, HALF | {"load_in_4bit": True}, []),
    ],
)
def test_what_a_cpu_cannot_do_is_said_at_the_beginning(
    tmp_path: Path, device: torch.device, unit: int, model: dict[str, Any], codes: list[str]
) -> None:
    context: Any = Noting(configured(tmp_path, model={"build": None, "model_name_or_path": "./m", **model}), unit)
    train._note_other_conditions(context, device)
    words = {"dtype": sentence("train.float32_on_cpu"), "load_in_4bit": sentence("train.no_4bit_on_cpu")}
    assert context.told == [("warn", code, words[code]) for code in codes]


def test_only_another_machine_than_that_of_the_checkpoint_breaks_exactness(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(tmp_path)
    facts = runtime.facts(config, CPU)
    before = {"a": facts, "b": facts | {"threads": 99}}
    monkeypatch.setattr(checkpoint, "unpack_facts", lambda folder: before[folder.name])
    same: Any = Noting(config, 3, Path("a"))
    other: Any = Noting(config, 3, Path("b"))
    train._note_other_conditions(same, CPU)
    train._note_other_conditions(other, CPU)
    changed = f"threads 99 -> {facts['threads']}"

    assert same.told == []
    assert other.told == [
        ("mark", "exactness_break", {"why": changed}),
        ("warn", "exactness_break", sentence("train.other_conditions", changed=changed)),
    ]


@pytest.mark.parametrize(
    ("before", "past_the_start", "broken"),
    [(None, 1, False), ("now", 1, False), ("once", 0, False), ("once", 1, True)],
)
def test_rewards_that_changed_are_noted_where_answers_were_scored_by_the_earlier_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None, past_the_start: int, broken: bool
) -> None:
    monkeypatch.setattr(scoring, "digest", lambda functions: "now")
    config = configured(tmp_path, reward={"functions": ["own:f"]})
    layout = units.layout(config)
    kept = {} if before is None else {"reward_functions": before}
    context: Any = Noting(config, layout.ppo_start + past_the_start, **kept)
    train._note_other_rewards(context, {}, layout)
    noted = [
        ("mark", "exactness_break", {"why": to_json(sentence("train.reward_function_changed"))}),
        ("warn", "exactness_break", sentence("train.new_rewards")),
    ]
    assert context.told == [*(noted if broken else []), ("result", "reward_functions", "now")]


def test_a_reward_model_is_a_source_and_without_functions_of_the_user_there_is_no_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pretrained, "fingerprint", lambda name, revision: f"{name}@{revision}")
    model = {"name_or_path": "./judge", "revision": "v2"}
    config = configured(tmp_path, reward={"model": model})
    context: Any = Noting(config)
    train._note_other_rewards(context, {}, units.layout(config))
    assert context.told == [("source", "reward_model", "./judge@v2", sentence("rewards.the_reward_model"))]


@pytest.mark.parametrize(
    ("first", "system", "keeps", "counted", "codes"),
    [
        (False, "Be brief.", False, False, []),
        (True, None, False, False, ["too_long", "too_long"]),
        (True, "Be brief.", True, False, ["too_long", "too_long"]),
        (True, "Be brief.", False, False, ["system_prompt", "too_long", "too_long"]),
        (True, "Be brief.", False, True, ["system_prompt"]),
    ],
)
def test_what_is_left_out_is_said_once_and_not_where_the_step_before_has_said_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: bool,
    system: str | None,
    keeps: bool,
    counted: bool,
    codes: list[str],
) -> None:
    checked: list[object] = []
    config = configured(tmp_path, convert={"system_prompt": system})
    monkeypatch.setattr(preflight, "model", lambda *given: checked.append(given))
    monkeypatch.setattr(preflight, "lengths", lambda *given: given)
    monkeypatch.setattr(preflight, "warnings", lambda lengths, _: ["one", "two"] if lengths[0] == ["rows"] else [])
    monkeypatch.setattr(tokens, "keeps_system", lambda tokenizer, said: keeps)
    monkeypatch.setattr(train, "_counted_before", lambda *_: counted)
    context: Any = Noting(config)
    rows: Any = ["rows"]
    train._check(context, "model", "tokenizer", rows, first=first)

    assert checked == [("model", "tokenizer", config)]
    assert [told[1] for told in context.told] == codes
    if "system_prompt" in codes:
        assert context.told[0][2] == sentence("train.system_prompt_left_out")
    assert [told[2] for told in context.told if told[1] == "too_long"] == ["one", "two"][: codes.count("too_long")]


@pytest.mark.parametrize(
    ("change", "counted"), [({}, True), ({"more": 1}, True), ({"tokenizer": "another"}, False), (None, False)]
)
def test_lengths_are_counted_again_for_another_tokenizer_other_limits_or_without_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any] | None, counted: bool
) -> None:
    config = configured(tmp_path, convert={"system_prompt": "Be brief."})
    limits = asdict(TokenLimits.of(config))
    note = {"tokenizer": "this Be brief."} | limits
    monkeypatch.setattr(token_lengths, "digest", lambda tokenizer, system: f"{tokenizer} {system}")
    monkeypatch.setattr(shards, "noted", lambda *_: {} if change is None else {"tokens": note | change})
    assert train._counted_before(Noting(config), "this") is counted  # type: ignore[arg-type]
    assert limits, "what else must be the same"
