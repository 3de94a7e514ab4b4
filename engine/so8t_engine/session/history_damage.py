"""What of a damaged history is whole, and the history a run goes on with all the same.

Each line has a checksum of its own and a number, so damage costs only the entries it struck. Pure functions of bytes;
which checkpoint is meant and whether the user agreed is recovery.py's.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import durable, history
from so8t_engine.session.history import Prefix

MOST_BAD = 8  # entries that may be lost for a flipped bit to be looked for
LONGEST = 8_192  # bytes in which it is looked for
LOST = "lost"  # the kind of an entry that stands for one which could not be read
MOST = 8  # places that are named; of more only the number is said


@dataclass(frozen=True)
class Damage:
    """`whole`: the lines that are as they were written, by the number of their entry; `points`: how many there were.

    `restored`: the file as it was written to the last bit, where that can be told.
    """

    points: int
    whole: dict[int, bytes]
    restored: bytes | None = None

    @property
    def lost(self) -> list[int]:
        """Numbers of the entries that are gone; empty where every line is right by itself and only the sum is not."""
        return [number for number in range(1, self.points + 1) if number not in self.whole]


def of_session(session: Path, prefix: Prefix) -> Damage | None:
    """Raises EngineError disk_* where the history may not be read."""
    path = session / history.NAME
    with durable.translated(path):
        return find(history.load(path), prefix)


def find(data: bytes, prefix: Prefix) -> Damage | None:
    """None where `data` begins with exactly what `prefix` says was committed."""
    if len(data) >= prefix.bytes and zlib.crc32(data[: prefix.bytes]) == prefix.crc:
        return None
    lines = data.splitlines(keepends=True)
    whole = _whole(lines, prefix)
    turned_back = whole
    if len(whole) < prefix.points <= len(whole) + MOST_BAD:
        runs = [b"".join(run) if right else _one_bit(b"".join(run)) for right, run in groupby(lines, _is_right)]
        turned_back = _whole(b"".join(runs).splitlines(), prefix)
    restored = b"".join(turned_back.values())
    exact = (len(turned_back), len(restored), zlib.crc32(restored)) == (prefix.points, prefix.bytes, prefix.crc)
    return Damage(prefix.points, whole, restored if exact else None)


def _whole(lines: Sequence[bytes], prefix: Prefix) -> dict[int, bytes]:
    """Those that are right by themselves and in their order. A line's end may be another: an editor's."""
    whole: dict[int, bytes] = {}
    newest = 0
    for raw in lines:
        entry = _entry(raw)
        number = entry.get("number")
        if entry.get("kind") != LOST and isinstance(number, int) and newest < number <= prefix.points:
            whole[number] = history.checked(raw.rpartition(b"\t")[0])
            newest = number
    return whole


def _entry(raw: bytes) -> dict[str, Any]:
    try:
        return history.entry_of(raw)
    except ValueError:
        return {}


def _is_right(raw: bytes) -> bool:
    return bool(_entry(raw))


def _one_bit(lines: bytes) -> bytes:
    """With that one bit turned which makes every line agree with its checksum; as they are where there is none.

    A line's end may be struck too: what was one line is then two, or the reverse.
    """
    if len(lines) > LONGEST:
        return lines
    for place in range(8 * len(lines)):
        turned = bytearray(lines)
        turned[place >> 3] ^= 1 << (place & 7)
        if all(_is_right(line) for line in bytes(turned).splitlines()):
            return bytes(turned)
    return lines


def described(damage: Damage, session: str) -> Sentence:
    """Which entries, and between which updates of the training they stood."""
    if damage.restored is not None:
        return sentence("session.history_flipped", session=session, file=history.NAME)
    if not damage.lost:
        return sentence("session.history_altered", session=session, file=history.NAME, points=damage.points)
    places = _ranges(damage.lost)
    named: list[Sentence] = [_place(damage, first, last) for first, last in places[:MOST]]
    if len(places) > MOST:
        named.append(sentence("session.history_more_places", count=len(places) - MOST))
    return sentence(
        "session.history_damaged",
        session=session, file=history.NAME, lost=len(damage.lost), points=damage.points, places=named,
    )  # fmt: skip


def mended(damage: Damage, why: Sentence) -> tuple[bytes, Prefix]:
    """The whole lines byte for byte, in the place of each lost one a line that says so, and a mark behind them.

    The same for the same damage, however often it is asked for.
    """
    lines = [
        damage.whole.get(number) or history.line({"number": number, "kind": LOST})
        for number in range(1, damage.points + 1)
    ]
    lines.append(history.line(mark(damage, why)))
    data = b"".join(lines)
    return data, Prefix(damage.points + 1, len(data), zlib.crc32(data))


def mark(damage: Damage, why: Sentence) -> dict[str, Any]:
    """The entry that tells of it."""
    return {"number": damage.points + 1, "kind": "mark", "mark": "exactness_break", "why": to_json(why)}


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    breaks = [here for here, (one, next_one) in enumerate(pairwise(numbers), 1) if next_one != one + 1]
    return [
        (numbers[begin], numbers[end - 1]) for begin, end in zip([0, *breaks], [*breaks, len(numbers)], strict=True)
    ]


def _place(damage: Damage, first: int, last: int) -> Sentence:
    lines = str(first) if first == last else f"{first}-{last}"
    before, after = _update(damage.whole.get(first - 1)), _update(damage.whole.get(last + 1))
    if before and after:
        return sentence("session.history_between", lines=lines, before=before, after=after)
    if before or after:
        return sentence("session.history_beside", lines=lines, beside=before or after)
    return sentence("session.history_lines", lines=lines)


def _update(line: bytes | None) -> str:
    """`warmup 12`, of a point of training."""
    entry = {} if line is None else _entry(line)
    return f"{entry['phase']} {entry['update']}" if "phase" in entry and "update" in entry else ""
