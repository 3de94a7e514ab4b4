"""In which sources of data configurations differ: by the names of these, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_gui.comparison import sources

A, B, C = ({"name": name, "path": name} for name in "abc")


@pytest.mark.parametrize(
    ("listed", "names"),
    [([A, B], ["a", "b"]), ([], []), (None, None), ("a", None), ([A, "b"], None), ([A, {"path": "b"}], None),
     ([A, {**A, "path": "other"}], None), ([{"name": 3}], ["3"])],
)  # fmt: skip
def test_sources_go_by_their_names_where_each_has_one_of_its_own(listed: Any, names: list[str] | None) -> None:
    found = sources.by_name({"datasets": listed})
    assert (None if found is None else list(found)) == names


def test_names_are_those_of_all_in_the_order_of_the_first_that_has_them() -> None:
    assert sources.names([{"b": B, "a": A}, {"c": C, "a": A}]) == ["b", "a", "c"]


def test_keys_differ_among_those_that_have_the_source() -> None:
    sides = [{"a": A}, {"b": B}, {"a": {**A, "use": "train", "path": "z"}}, {"a": A}]
    assert sources.differing_keys("a", sides) == ["path", "use"]
    assert sources.differing_keys("a", [{"a": A}, {"a": dict(A)}]) == sources.differing_keys("b", sides) == []


@pytest.mark.parametrize(
    ("orders", "reordered"),
    [(("ab", "ba"), True), (("ab", "ab"), False), (("abc", "ac"), False), (("abc", "ca"), True), (("ab", "cb"), False)],
)
def test_another_order_is_one_of_what_all_have(orders: tuple[str, ...], reordered: bool) -> None:
    assert sources.reordered([dict.fromkeys(order, A) for order in orders]) is reordered
