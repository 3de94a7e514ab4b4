"""What is kept beside what was kept before: in which order the reasons are asked for, and what counts as kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.sieve import duplicates, near_duplicates
from so8t_engine.data.sieve.decontamination import asked
from so8t_engine.data.sieve.sieve import Compared, Sieve
from so8t_engine.sentences import Sentence

RIVER = (
    "Why does the river that runs through the old town flood the lower market each spring, and who is to pay for it?"
)
MELTS = "The snow of the hills melts, and the town pays for the walls as it has done since they were built."


def of(prompt: str, response: str = "So it is.", *, evaluation: bool = False) -> Compared:
    plain = duplicates.plain(prompt), duplicates.plain(response)
    return Compared(duplicates.key_of(*plain), duplicates.key_of(plain[0]), plain, asked(prompt, ()), evaluation)


def sieve(folder: Path, *, near: bool = True, decontaminate: bool = True) -> Sieve:
    rules = Integrate(near_duplicates=near, decontaminate=decontaminate)
    return Sieve(rules, folder, lambda path, data: (path.parent.mkdir(exist_ok=True), path.write_bytes(data), None)[2])


def reasons(of_sieve: Sieve, records: Sequence[Compared]) -> list[Sentence | None]:
    return [ruling and ruling.reason for ruling in of_sieve.sift(records)]


HELD = of(RIVER, "Nobody.", evaluation=True)
CASES: list[tuple[list[Compared], Compared, Sentence | None]] = [
    ([of("Why?")], of("Why?"), drop_reasons.DUPLICATE),
    ([of("Why?")], of("Why?", "Because."), None),
    ([of("How?", evaluation=True)], of("How?", "Like this."), drop_reasons.EVALUATED),
    ([of("How?", evaluation=True)], of("How?"), drop_reasons.EVALUATED),
    ([of("How?", evaluation=True)], of("How!"), drop_reasons.HOLDS_EVALUATED),
    ([of("How?", evaluation=True)], of("How?", evaluation=True), drop_reasons.DUPLICATE),
    ([of("How?", evaluation=True)], of("How?", "Like this.", evaluation=True), None),
    ([of("How?")], of("How?", "Like this.", evaluation=True), None),
    ([HELD], of(f"Say: {RIVER}", MELTS), drop_reasons.HOLDS_EVALUATED),
    ([HELD], of(f"Say: {RIVER}", MELTS, evaluation=True), None),
    ([of(RIVER, MELTS)], of(f"{RIVER} Please.", MELTS), drop_reasons.NEAR_DUPLICATE),
    ([of(RIVER, MELTS)], of(f"{RIVER} Please.", MELTS, evaluation=True), None),
    ([of(RIVER, MELTS, evaluation=True)], of(f"{RIVER} Please.", MELTS, evaluation=True), None),
]


@pytest.mark.parametrize(("before", "then", "reason"), CASES)
def test_why_a_record_is_left_out_beside_one_before_it_in_its_shard_or_an_earlier_one_or_an_earlier_start(
    tmp_path: Path, before: list[Compared], then: Compared, reason: Sentence | None
) -> None:
    here, earlier, again = (sieve(tmp_path / name) for name in ("here", "earlier", "again"))
    again.remember(before)

    assert reasons(earlier, before) == [None]
    assert reasons(earlier, [then]) == reasons(again, [then]) == [reason]
    if before[0].evaluation == then.evaluation:  # a shard is of one source
        assert reasons(here, [*before, then]) == [None, reason]


def test_what_is_switched_off_is_not_asked(tmp_path: Path) -> None:
    plain = sieve(tmp_path / "plain", near=False, decontaminate=False)

    assert reasons(plain, []) == reasons(sieve(tmp_path), []) == []
    assert reasons(plain, [HELD, of("Who goes there?", evaluation=True)]) == [None, None]
    rows = [of(f"Say: {RIVER}", MELTS), of(f"{RIVER} Please.", MELTS), of("Who goes there!"), of("Who goes there?")]
    assert reasons(plain, [*rows, rows[0]]) == [None, None, None, drop_reasons.EVALUATED, drop_reasons.DUPLICATE]


def test_what_it_is_like_is_shown(tmp_path: Path) -> None:
    sift = sieve(tmp_path)
    sift.sift([HELD])
    sift.sift([of("What is a lamp for in a house by the sea that no one has lit for years?", MELTS)])
    held, like = sift.sift([
        of(f"Say: {RIVER}", MELTS), of("What is a lamp for in a house by the sea which no one has lit?", MELTS),
    ])  # fmt: skip

    assert held is not None and held.like == (duplicates.plain(RIVER), "")
    assert like is not None and like.like is not None and "sea that no one" in like.like[0]


def test_one_that_is_refused_is_not_kept_and_only_what_all_else_would_keep_is_asked_about(tmp_path: Path) -> None:
    sift, rows, about = sieve(tmp_path), [of("Why?"), of("Why?"), of("How?"), of("How?"), of("Who?")], list[int]()

    def refuse(row: int) -> Sentence | None:
        about.append(row)
        return drop_reasons.CAPPED if row in (0, 4) else None

    found = sift.sift(rows, refuse)
    assert [ruling and ruling.reason for ruling in found] == [
        drop_reasons.CAPPED, None, None, drop_reasons.DUPLICATE, drop_reasons.CAPPED,
    ]  # fmt: skip
    assert about == [0, 1, 2, 4]
    assert reasons(sift, [of("Who?"), of("Why?")]) == [None, drop_reasons.DUPLICATE]


def test_bands_that_the_caller_has_change_nothing(tmp_path: Path) -> None:
    rows = [of(RIVER, MELTS), of(f"{RIVER} Please.", MELTS), of("Why?")]
    bands = near_duplicates.bands([record.plain for record in rows])

    assert [ruling is None for ruling in sieve(tmp_path).sift(rows, bands=bands)] == [True, False, True]
