"""The units of step 5, by what a session was begun with: no model is opened for a list of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import make_config, refused
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, verbatim
from so8t_engine.steps import evaluate

BATCHES = {"max_records": 8, "per_device_eval_batch_size": 3, "gguf": ["F16", "Q8_0"], "gguf_records": 3}


def config() -> RunConfig:
    return make_config([{"name": "a", "path": "owner/a"}], evaluate=BATCHES)


def test_a_session_that_an_earlier_version_has_begun_to_evaluate_goes_on_by_that_versions_units() -> None:
    """It counted no questions to the GGUF files."""
    evaluation = object.__new__(evaluate.Evaluation)
    evaluation._config = config()
    evaluation._examples = [
        Example(
            id=str(n), source="s", category="maths", language="en", split="heldout", prompt=f"{n} + 0?", completion="",
            plain=str(n), answer=str(n), answer_kind="number", safety=None,
        )
        for n in range(4)
    ]  # fmt: skip

    assert [kind for kind, _ in evaluation.units(evaluate.OF_OLD)] == [
        "model", "gguf", "gguf", "reference", "llama", "llama", *["answers"] * 4, "report",
    ]  # fmt: skip


@pytest.mark.parametrize(("warmup", "episodes", "columns"), [(1, 1, 3), (0, 1, 2), (1, 0, 2)])
def test_the_warmed_up_model_is_asked_where_it_is_neither_the_base_nor_the_result(
    tmp_path: Path, warmup: int, episodes: int, columns: int
) -> None:
    (tmp_path / "reference").mkdir()
    small = config()
    steps = {"warmup": small.warmup.model_copy(update={"max_steps": warmup}),
             "ppo": small.ppo.model_copy(update={"total_episodes": episodes})}  # fmt: skip
    context: Any = SimpleNamespace(session=tmp_path, config=small.model_copy(update=steps))

    assert len(evaluate._plan(context, {})["columns"]) == columns


@pytest.mark.parametrize(("built", "of_base"), [({}, "Think."), (None, None)])
def test_a_base_that_others_made_is_asked_plainly_and_all_others_as_they_were_taught(
    built: dict[str, Any] | None, of_base: str | None
) -> None:
    model = {"model_name_or_path": "owner/base"} if built is None else {"build": built}
    evaluation = object.__new__(evaluate.Evaluation)
    evaluation._config = make_config(
        [{"name": "a", "path": "owner/a"}], model=model, convert={"system_prompt": "Think."}
    )

    asked = [evaluation._system(which) for which in ("base", "warmed", "tuned")]
    assert asked == [of_base, "Think.", "Think."]


def test_before_anything_is_measured_the_base_is_held_to_the_one_that_was_trained_on(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "model.safetensors").write_bytes(b"weights")
    known: dict[str, str] = {}

    def check_source(key: str, digest: str, what: Sentence) -> None:
        if known.setdefault(key, digest) != digest:
            raise EngineError("source_changed", what)
        raise EngineError("session_damaged", verbatim("There are no questions."))

    config = make_config([{"name": "a", "path": "owner/a"}], model={"model_name_or_path": str(base)})
    context: Any = SimpleNamespace(session=tmp_path, config=config, check_source=check_source)
    codes = []
    for text in ("{}", "{}", "{} "):
        (base / "config.json").write_text(text)
        codes.append(refused(lambda: evaluate.Evaluation(context)).code)

    assert codes == ["session_damaged", "session_damaged", "source_changed"] and list(known) == ["base_model"]
