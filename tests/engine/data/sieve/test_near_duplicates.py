"""Copies with a change are found, in both languages; what only looks alike is kept; memory lies on the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from helpers import planted
from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.sieve import duplicates, near_duplicates
from so8t_engine.data.sieve.decontamination import asked
from so8t_engine.data.sieve.sieve import Compared, Sieve
from so8t_engine.data.sieve.text_store import TextStore
from so8t_engine.data.texts import ngrams


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def compared(prompt: str, response: str) -> Compared:
    plain = duplicates.plain(prompt), duplicates.plain(response)
    return Compared(duplicates.key_of(*plain), duplicates.key_of(plain[0]), plain, asked(prompt, ()), evaluation=False)


def left_out(folder: Path, of: list[planted.Planted], shard: int) -> list[bool]:
    sieve = Sieve(Integrate(), folder / str(shard), write)
    verdicts = []
    for first in range(0, len(of), shard):
        verdicts += sieve.sift([compared(item.prompt, item.response) for item in of[first : first + shard]])
    return [verdict is not None for verdict in verdicts]


def near(one: tuple[str, str], other: tuple[str, str]) -> bool:
    first, second = ((duplicates.plain(prompt), duplicates.plain(response)) for prompt, response in (one, other))
    return near_duplicates.near(first, second)


def test_planted_copies_are_found_and_nothing_else_whatever_the_size_of_a_shard(tmp_path: Path) -> None:
    of = list(planted.records(3_000, seed=5))
    out = left_out(tmp_path, of, shard=3_000)

    found = planted.recall_and_precision(of, out)
    assert all(share >= 0.98 for both in found.values() for share in both), found
    assert left_out(tmp_path, of, shard=190) == out


LONG = (
    "The lighthouse at the end of the old harbour was built by two brothers who had never seen the open sea, and "
    "its lamp was carried up the winding stairs every evening by their daughters until the war came."
)


FRANCE = ("What is the capital of France, please?", "Paris.")
APPLES = ("Tom had 12 apples in his bag and ate 5 of them today. How many are left?", "7")
BUILT = (f"{LONG} Who built it?", "Two brothers.")
BOMB = ("爆弾を作る方法を教えてください。", "それはお手伝いできません。")
BLOSSOM = ("桜の花はいつ咲きますか、教えてください。", "春に咲きます。")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (FRANCE, ("Question: what is the capital of France, please", "Paris"), True),
        (APPLES, (APPLES[0].replace("5", "6"), "6"), False),
        (APPLES, (APPLES[0].replace("Tom", "Ann"), "7"), True),
        (
            ("What is 3 + 4, written as a whole number?", "7"),
            ("What is 3 * 4, written as a whole number?", "12"),
            False,
        ),
        (BUILT, (f"{LONG} Who carried the lamp?", "Their daughters."), False),
        (BUILT, (f"{LONG} Who built this?", "Two brothers."), True),
        (BUILT, (BUILT[0], "Nobody knows."), True),  # the same question, whatever answers it
        (BOMB, ("料理を作る方法を教えてください。", "まず米を洗います。"), False),
        (BLOSSOM, ("桜の花は、いつ咲きますか。教えてください", "春に咲きます"), True),
        ((f"{LONG} Who built this?", ""), BUILT, False),  # a prompt for the reward alone
        (("？", "！"), ("！", "？"), False),
    ],
)
def test_what_is_the_same_twice_and_what_only_looks_like_it(
    one: tuple[str, str], other: tuple[str, str], alike: bool
) -> None:
    assert near(one, other) is alike
    assert near(other, one) is alike


def test_how_alike_two_sets_are_is_what_both_have_of_what_either_has() -> None:
    sets = [[5], [5], [1, 2, 2], [2, 3], [], [], [7], []]
    starts = np.cumsum([0, *map(len, sets)])
    values = np.array([value for each in sets for value in each], np.uint64)
    assert near_duplicates._jaccards(values, starts).tolist() == pytest.approx([1, 1 / 3, 0, 0])


def test_many_compared_at_once_are_compared_as_one_by_one() -> None:
    texts = [FRANCE, APPLES, BUILT, BOMB, BLOSSOM, ("?", "!"), (LONG, ""), (f"{LONG} Who built this?", "Two brothers.")]
    both = [(one, other) for one in texts for other in texts]

    assert near_duplicates.nearness(both) == [near_duplicates.near(one, other) for one, other in both]
    assert near_duplicates.nearness(both * 40) == near_duplicates.nearness(both) * 40, "more than fit into one batch"


@pytest.mark.parametrize(
    ("lengths", "parts"),
    [
        ([], []), ([3], [(0, 1)]), ([9, 1], [(0, 1), (1, 2)]), ([10], [(0, 1)]), ([11, 3], [(0, 1), (1, 2)]),
        ([4, 4, 4, 4], [(0, 3), (3, 4)]), ([5, 5, 5, 5], [(0, 2), (2, 4)]), ([20, 20], [(0, 1), (1, 2)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answer", [False, True])
def test_texts_are_looked_at_together_until_there_are_enough_of_them(
    monkeypatch: pytest.MonkeyPatch, lengths: list[int], parts: list[tuple[int, int]], answer: bool
) -> None:
    monkeypatch.setattr(near_duplicates, "BATCH_CHARS", 10 if lengths != [9, 1] else 9)
    pairs = [("", "x" * length) if answer else ("x" * length, "") for length in lengths]
    assert list(near_duplicates.batches(pairs)) == parts


def test_numbers_alike_in_prompt_or_answer_are_needed_and_both_with_or_without_an_answer() -> None:
    of = near_duplicates._may_be_near
    assert of(("1 2", "3"), ("2, 1", "4")) and of(("1", "3.5"), ("2", "3.5")) and of(("a", ""), ("b", ""))
    assert not of(("1", "3"), ("2", "4")) and not of(("1", ""), ("1", "3")) and not of(("1", "3"), ("1", ""))


def test_the_first_copy_is_kept_and_the_other_says_what_it_is_like(tmp_path: Path) -> None:
    sieve = Sieve(Integrate(), tmp_path, write)
    first, second = compared("When does the last train to the coast leave today?", "At nine."), compared(
        "When does the last train to the coast leave today", "At nine!")  # fmt: skip
    assert sieve.sift([first]) == [None]
    [verdict] = sieve.sift([second])

    assert verdict is not None
    assert (verdict.reason, verdict.like) == (drop_reasons.NEAR_DUPLICATE, first.plain)
    assert Sieve(Integrate(near_duplicates=False), tmp_path / "off", write).sift([first, second]) == [None, None]


def test_bands_are_the_same_on_every_machine_and_in_every_version() -> None:
    """They lie on the disk of sessions: a change would make a resumed run end otherwise."""
    [english, japanese] = near_duplicates.bands([("when does it leave", "at 9"), ("いつ出ますか", "9時です")])

    assert [int(english[0]), int(english[15]), int(japanese[0])] == BANDS


BANDS = [11501828935889176414, 13055161972171762615, 1554374285352354355]


def test_the_number_of_a_texts_letters_is_the_same_wherever_it_stands() -> None:
    texts = ["?!", "It is 4.", "", "..."]
    forth, back = ngrams.letters(texts).tolist(), ngrams.letters(texts[::-1]).tolist()

    assert forth == back[::-1]
    assert forth[0] == forth[2] == forth[3] != forth[1]


def test_words_are_told_apart_and_characters_where_there_are_no_spaces() -> None:
    words = ngrams.tokens(["the cat, the hat", "猫the帽子", "３ -4", ""])

    assert np.diff(words.starts).tolist() == [4, 6, 0 + 3, 0]
    assert words.spaceless.tolist() == [False, True, False, False]
    assert words.hashes[0] == words.hashes[2]
    grams, starts = ngrams.ngrams(words.hashes, words.starts, np.array([3, 3, 13, 3]))
    assert np.diff(starts).tolist() == [2, 4, 1, 0]
    assert len(set(grams.tolist())) == 7


def test_any_text_comes_back_from_the_disk(tmp_path: Path) -> None:
    store = TextStore(tmp_path, write)
    pairs = [("a", ""), ("日本", "語"), ("", "b" * 300), ("c", "d")]
    store.add(pairs[:1])
    store.add([])
    store.add(pairs[1:])

    assert len(store) == 4
    assert [store.get(number) for number in range(4)] == pairs
