"""One Japanese word for one thing, in the window and in the report: the table in CONTRIBUTING.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest

import so8t_resources
from helpers.paths import PROJECT

ROW = re.compile(r"^\| (?P<english>[^|]+) \| (?P<word>[^|]+) \| (?P<others>[^|]+) \|$")


def table() -> Iterator[tuple[str, tuple[str, ...]]]:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("#### Words in Japanese\n")[2].partition("\n### ")[0]
    for line in section.splitlines()[2:]:
        row = ROW.match(line)
        if row and not line.startswith(("| English", "| ---")):
            yield row["word"].strip(), tuple(row["others"].strip().split(", "))


@cache
def window() -> str:
    tree = ElementTree.parse(so8t_resources.path("i18n", "so8t_ja.ts"))
    return "\n".join(each.text or "" for each in tree.iter("translation"))


@cache
def engine() -> str:
    files = sorted(so8t_resources.path("sentences").glob("*.toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return "\n".join(entry["ja"] for area in tables for entry in area.values())


@pytest.mark.parametrize(("word", "others"), list(table()))
def test_that_window_and_report_call_a_thing_by_the_same_word(word: str, others: tuple[str, ...]) -> None:
    assert word in window() and word in engine()
    assert [other for other in others for text in (window(), engine()) if other in text] == []


def test_that_the_table_is_read() -> None:
    assert len(list(table())) > 10
