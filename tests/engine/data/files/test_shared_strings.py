"""The texts that cells share are found by their numbers, in whatever order they are asked for."""

from __future__ import annotations

import io
import random

import pytest

from so8t_engine.data.files import shared_strings, sheet_xml
from so8t_engine.data.files.shared_strings import SharedStrings, unescaped

TEXTS = ["a", "é日", "", "x" * 50, "&amp;b", "_x0041_c", "<last>"]
XML = "".join(f"<si><t>{text}</t></si>" for text in [*TEXTS[:6], "&lt;last&gt;"])
SHOWN = ["a", "é日", "", "x" * 50, "&b", "Ac", "<last>"]


def strings(inside: str, limit: int = 100) -> SharedStrings:
    return SharedStrings(io.BytesIO(f"<sst>{inside}</sst>".encode()), limit)


@pytest.mark.parametrize("piece", [5, 40, 1 << 17])
@pytest.mark.parametrize("forgets", [False, True])
def test_each_text_has_its_number_however_many_are_kept_in_memory(
    monkeypatch: pytest.MonkeyPatch, piece: int, forgets: bool
) -> None:
    monkeypatch.setattr(sheet_xml, "PIECE", piece)
    monkeypatch.setattr(shared_strings, "RECENT", 3 if forgets else 9)
    for seed in range(4):
        shared, order = strings(XML), random.Random(seed).choices(range(9), k=25)
        for number in order:
            assert shared[number] == (SHOWN[number] if number < len(SHOWN) else "")
            assert len(shared._recent) <= shared_strings.RECENT
        shared.close()
        assert shared._kept.closed


def test_without_texts_each_is_empty_and_runs_are_one_text_as_long_as_allowed() -> None:
    assert SharedStrings(None, 5)[0] == ""
    shared = strings(
        "<si><r><t>abcd</t></r><rPh><t>no</t></rPh><r><t>efgh</t></r><r><t>i</t></r></si><si><t>jk</t></si>", 5
    )
    assert (shared[0], shared[1], shared[2]) == ("abcdef", "jk", "")


def test_what_is_struck_through_is_known_by_its_number() -> None:
    struck = "<rPr><strike/></rPr>"
    shared = strings(f"<si><t>a</t></si><si><r>{struck}<t>b</t></r></si>{XML}<si><r>{struck}<t>c</t></r></si>")
    assert shared[20] == "" and shared.struck == {1, 2 + len(TEXTS)}


def test_characters_that_xml_has_not_are_written_by_their_numbers() -> None:
    assert unescaped("_x000D_a_x0041__x005F_x_xD83D__x00g1_") == "\raA_x_xD83D__x00g1_"
    assert unescaped("_X0041_") == "_X0041_"
