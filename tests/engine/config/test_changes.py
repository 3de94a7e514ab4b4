"""What two configurations differ in, key by key, as a person is asked about it."""

from __future__ import annotations

import pytest

from so8t_engine.config import changes
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig


def demo(*words: str) -> RunConfig:
    return config_file.load_preset("demo", words)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((), (), []),
        (("seed=1",), ("seed=2",), ["seed was 1 and is 2"]),
        (("ppo.kl_coef=0.5",), ("ppo.kl_coef=0.25",), ["ppo.kl_coef was 0.5 and is 0.25"]),
        (("seed=1", "ppo.kl_coef=0.5"), ("seed=2", "ppo.kl_coef=0.25"), 2),
        (("evaluate.gguf=[F16]",), ("evaluate.gguf=[F16, Q8_0]",), ["evaluate.gguf was [F16] and is [F16, Q8_0]"]),
        (("evaluate.gguf=[]",), ("evaluate.gguf=[F16]",), ["evaluate.gguf was [] and is [F16]"]),
        (("convert.system_prompt=",), ("convert.system_prompt=Be kind",), 1),
    ],
)
def test_each_key_that_differs_is_named_with_both_values(
    before: tuple[str, ...], now: tuple[str, ...], said: list[str] | int
) -> None:
    found = [str(each) for each in changes.between(demo(*before), demo(*now))]

    assert found == said or len(found) == said


def test_a_source_more_or_less_is_told_by_its_keys() -> None:
    one = demo()
    two = one.model_copy(update={"datasets": [*one.datasets, one.datasets[0].model_copy(update={"name": "other"})]})
    number = len(one.datasets)
    added, removed = changes.between(one, two), changes.between(two, one)

    assert {each.code for each in added[: changes.MOST]} == {"config.key_added"}
    assert {each.code for each in removed[: changes.MOST]} == {"config.key_removed"}
    assert added[0].args == {"key": f"datasets.{number}.name", "now": "'other'"}
    assert removed[0].args == {"key": f"datasets.{number}.name", "before": "'other'"}


@pytest.mark.parametrize("count", [11, 12, 13, 15])
def test_of_many_differences_twelve_are_named_and_the_others_counted(count: int) -> None:
    one = demo()
    numbers = [name for name, value in one.ppo.model_dump().items() if type(value) in (int, float)][:count]
    ppo = one.ppo.model_copy(update={name: getattr(one.ppo, name) + 1 for name in numbers})
    found = changes.between(one, one.model_copy(update={"ppo": ppo}))

    assert len(numbers) == count
    assert [each.args["key"] for each in found[:12]] == [f"ppo.{name}" for name in numbers[:12]]
    assert [each.args for each in found[12:]] == ([{"count": count - 12}] if count > 12 else [])
