"""The name of a copy: the next number that is free."""

from __future__ import annotations

import pytest

from so8t_engine.session import display_name
from so8t_gui.forms.free_name import free_name


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("mine", [], "mine"),
        ("mine", ["other"], "mine"),
        ("mine", ["mine"], "mine 2"),
        ("mine", ["Mine", "mine 2", "mine 4"], "mine 3"),
        ("mine 2", ["mine 2"], "mine 3"),
        ("mine 2", ["mine 3"], "mine 2"),
        ("mine 9", ["mine 9", "mine 10"], "mine 11"),
        ("2", ["2"], "2 2"),
        ("mine 0", ["mine 0"], "mine 0 2"),
        ("run of 20261128", ["run of 20261128"], "run of 20261128 2"),
        ("私の FAQ", ["私の FAQ"], "私の FAQ 2"),
        ("私の FAQ 2", ["私の FAQ", "私の FAQ 2"], "私の FAQ 3"),
        ("よくある質問", ["よくある質問", "よくある質問 2"], "よくある質問 3"),
    ],
)
def test_a_copy_has_the_next_name_that_is_free(name: str, taken: list[str], free: str) -> None:
    assert free_name(name, taken) == free


def test_a_name_that_is_as_long_as_it_may_be_is_cut_for_its_number() -> None:
    long = "x" * display_name.LONGEST
    assert free_name(long, [long]) == "x" * (display_name.LONGEST - 2) + " 2"
