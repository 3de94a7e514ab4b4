"""What a draft becomes is exactly the configuration the user sees, proven by the engine's own reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.session import display_name, store
from so8t_gui.forms import session_draft
from so8t_gui.forms.session_draft import SessionDraft


def of_preset(name: str = "demo") -> SessionDraft:
    return SessionDraft(preset=name, values=config_file.load_preset(name).model_dump(mode="json"))


def loaded(made: SessionDraft) -> RunConfig:
    options = made.options
    assert options[:2] == ["--preset", made.preset] and set(options[2::2]) <= {"--set"}
    return config_file.load_preset(made.preset, options[3::2])


def test_a_copy_goes_by_a_name_of_its_own_which_is_no_change() -> None:
    copy = replace(of_preset(), name="demo 2")
    assert loaded(copy).name == "demo 2" and copy.changes == {} and copy.value(("name",)) == "demo 2"
    assert copy.changed(("name",), "demo 2").changes == {}
    own = copy.changed(("name",), "mine")
    assert loaded(own).name == "mine" and loaded(own.changed(("name",), "demo 2")).name == "demo 2"
    assert loaded(copy.changed(("name",), "demo")).name == "demo", "as the user wants it"


def test_untouched_it_is_the_preset_and_nothing_more() -> None:
    assert of_preset().arguments == ["run", "--preset", "demo"]


def test_only_what_differs_is_said() -> None:
    made = of_preset().changed(("ppo", "kl_coef"), 0.1).changed(("seed",), 3).changed(("ppo", "kl_coef"), 0.05)

    assert made.options == ["--preset", "demo", "--set", "seed=3"]


def test_an_integer_in_place_of_an_equal_float_is_no_change_of_value() -> None:
    made = of_preset().changed(("ppo", "gamma"), 1.0)

    assert made.changes == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("ppo", "learning_rate"), 1e-07),
        (("gate", "target_modules"), ["o_proj", "down_proj"]),
        (("description",), "日本語: 'quoted' \"twice\" # no comment\n"),
        (("convert", "system_prompt"), "- yes"),
        (("alpha", "annealing_steps"), 7),
        (("integrate", "languages"), ["en", "no"]),
    ],
)
def test_values_arrive_as_they_were_typed(path: tuple[str, ...], value: Any) -> None:
    made = of_preset().changed(path, value)
    here: Any = loaded(made).model_dump(mode="json")
    for part in path:
        here = here[part]

    assert here == value == made.value(path)


def test_an_existing_model_in_place_of_one_that_is_built_and_back() -> None:
    made = of_preset().with_model("microsoft/Phi-3.5-mini-instruct")

    assert not made.builds and loaded(made).model.build is None
    assert loaded(made).model.model_name_or_path == "microsoft/Phi-3.5-mini-instruct"
    assert made.with_build().changes == {}


def test_datasets_of_all_kinds_are_accepted_by_the_engine() -> None:
    made = of_preset()
    datasets = made.datasets[:1]
    for path in ("/data/日本語.jsonl", "/data/A b.jsonl", "/other/A b.jsonl"):
        datasets.append(session_draft.local_dataset(path, [one["name"] for one in datasets]))
    datasets.append(session_draft.hub_dataset("openai/gsm8k", None, [one["name"] for one in datasets]))
    config = loaded(made.with_datasets(datasets))

    assert [one.name for one in config.datasets] == ["maths", "日本語", "a-b", "a-b-2", "gsm8k"]
    assert [one.path for one in config.datasets][1:] == [
        "/data/日本語.jsonl", "/data/A b.jsonl", "/other/A b.jsonl", "openai/gsm8k"]  # fmt: skip


def test_the_key_of_the_length_follows_the_algorithm() -> None:
    assert of_preset().length == ("ppo", "total_episodes")
    assert of_preset().changed(("algorithm",), "grpo").length == ("grpo", "max_steps")


def test_it_is_called_by_its_name_by_that_of_its_session_or_of_its_file(tmp_path: Path) -> None:
    session = store.create(tmp_path, "20260101-000000-faq", "", "now")
    config = str(session / store.CONFIG)
    assert SessionDraft(file=config).called == '"faq"'
    display_name.give(session, "My FAQ")
    assert SessionDraft(file=config).called == '"My FAQ"'
    assert SessionDraft(file=str(tmp_path / "mine.yaml")).called == "mine.yaml"
    assert SessionDraft(file=str(tmp_path / store.CONFIG)).called == store.CONFIG, "in no session"
    assert SessionDraft(preset="demo", changes={("name",): " "}).called == "demo"
    assert SessionDraft(file=config, changes={("name",): "Second\n"}).called == '"Second"'


DEEP = SessionDraft(preset="demo", values={"model": {"build": {"max_steps": 9}, "revision": None}, "on": True, "n": 1})


def test_a_value_is_that_of_the_nearest_change_around_it() -> None:
    steps = ("model", "build", "max_steps")
    assert DEEP.value(steps) == 9 and DEEP.value(("model", "gone", "x")) is None and DEEP.value(("n", "x")) is None
    none = DEEP.changed(("model", "build"), None)
    assert none.value(steps) is None and none.value(("model", "revision")) is None
    other = DEEP.changed(("model",), {"build": {"max_steps": 3}})
    assert other.value(steps) == 3 and other.changed(steps, 4).value(steps) == 4
    assert other.original(steps) == 9


def test_a_change_of_a_section_takes_those_of_its_keys_and_an_equal_value_of_another_kind_is_one() -> None:
    made = DEEP.changed(("model", "build", "max_steps"), 3).changed(("n",), 2)
    assert made.changed(("model", "build"), None).changes == {("model", "build"): None, ("n",): 2}
    assert made.changed(("model", "build", "max_steps"), 9).changes == {("n",): 2}
    assert DEEP.changed(("on",), 1).changes == {("on",): 1} and DEEP.changed(("on",), True).changes == {}
    assert DEEP.with_model("").value(session_draft.MODEL) is None
    named = SessionDraft(file="/c.yaml", values={"name": "x"}, name="x 2")
    assert named.original(("seed",)) is None and DEEP.changed(("name",), None).original(("name",)) is None
    assert named.original(("name",)) == "x 2" and named.options == ["/c.yaml", "--set", 'name="x 2"']
    assert named.changed(("name",), "x 2").changes == {} and named.changed(("name",), "x").changes == {("name",): "x"}


@pytest.mark.parametrize(
    ("values", "still"),
    [
        ({"algorithm": "ppo", "ppo": {"total_episodes": 7, "batch_size": 8}}, True),
        ({"algorithm": "ppo", "ppo": {"total_episodes": 8, "batch_size": 8}}, False),
        ({"algorithm": "ppo", "ppo": {"total_episodes": None, "batch_size": 8}}, False),
        ({"algorithm": "grpo", "grpo": {"max_steps": 0}}, True),
        ({"algorithm": "grpo", "grpo": {"max_steps": 1}}, False),
        ({"algorithm": "rloo", "rloo": {}}, False),
    ],
)  # fmt: skip
def test_alpha_does_not_move_where_nothing_is_learnt(values: dict[str, Any], still: bool) -> None:
    made = SessionDraft(preset="demo", values={**values, "alpha": {"schedule": "linear", "initial": 0.0}})
    assert made.alpha[:4] == ["--set", 'alpha.schedule="linear"', "--set", "alpha.initial=0.0"]
    assert (made.alpha[-1] == "ppo.total_episodes=0") is still and len(made.alpha) == (12 if still else 10)
    assert made.length == {"grpo": ("grpo", "max_steps"), "rloo": ("rloo", "max_steps")}.get(
        values["algorithm"], ("ppo", "total_episodes")
    )


def test_a_dataset_has_a_free_name_and_its_revision_where_it_has_one() -> None:
    assert session_draft.local_dataset("/", ["data"]) == {"name": "data-2", "source": "local", "path": "/"}
    assert session_draft.hub_dataset("o/a", "v2", ["a", "a-2"]) == {
        "name": "a-3", "source": "hub", "path": "o/a", "revision": "v2",
    }  # fmt: skip
    assert "revision" not in session_draft.hub_dataset("o/a", None, [])
