"""A text that was read before costs little, and nobody finds in it what another has changed."""

from __future__ import annotations

import pytest

from helpers.calls import counted
from so8t_engine.config import file as config_file
from so8t_engine.config import yaml_source

TEXT = "name: {x: [1, 2]}\nname: b\n3: c\n# read twice\n"


def test_what_was_read_before_is_not_what_somebody_made_of_it() -> None:
    first, whole = yaml_source.read(TEXT), yaml_source.read(TEXT)
    first.values["name"] = first.values["more"] = 5
    first.places.clear()
    first.problems.clear()
    again = yaml_source.read(TEXT)

    assert again == whole and again.values == {"name": "b", 3: "c"} and len(again.problems) == 2
    assert again.places[("name",)] == (2, 1)


def test_values_within_values_are_nobody_elses_either() -> None:
    yaml_source.read("a: {b: [1]}").values["a"]["b"].append(2)

    assert yaml_source.read("a: {b: [1]}").values == {"a": {"b": [1]}}


def test_a_broken_text_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(yaml_source.Broken):
            yaml_source.read("a: [1, # broken twice")


def test_a_preset_is_gone_through_once() -> None:
    config_file.load_preset("phi35-so8t")
    _, calls = counted(lambda: config_file.load_preset("phi35-so8t"))

    assert calls < 20_000, "sixty thousand where it is gone through"
