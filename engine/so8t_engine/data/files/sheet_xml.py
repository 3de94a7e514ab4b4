"""The XML inside workbooks and of other files, piece by piece: no entities; nothing else is ever asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TypeVar
from xml.parsers import expat

from so8t_engine.sentences import Sentence, sentence

PIECE = 1 << 17
MOST_WITHOUT = 64 << 20  # bytes that bring nothing: no row of any workbook is as long


class Damaged(ValueError):
    """It is no XML from some place on; what stands before has been told."""


Item = TypeVar("Item")
Start = Callable[[str, dict[str, str]], None]


def feed(
    file: IO[bytes], start: Start, end: Callable[[str], None], text: Callable[[str], None], doctype: bool = False
) -> Iterator[int]:
    """Tells the handlers what the file holds; pauses after each piece, of so many bytes. Names come without prefix.

    `doctype`: it may name its document type, which is not fetched.

    Raises Damaged with a Sentence where it is no XML, ValueError with one where it declares entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def plain_start(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    def plain_end(name: str) -> None:
        end(name.rpartition(":")[2])

    def refuse(*declared: object) -> None:
        raise ValueError(sentence("data.workbook_with_entities"))

    parser.StartElementHandler, parser.EndElementHandler = plain_start, plain_end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, refuse
    if not doctype:
        parser.StartDoctypeDeclHandler = refuse
    try:
        while data := file.read(PIECE):
            parser.Parse(data)
            yield len(data)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Damaged(sentence("data.workbook_damaged", error=str(error))) from error


def watched(sizes: Iterator[int], has_come: Callable[[], bool], error: Sentence) -> Iterator[None]:
    """The pauses of `feed`. Raises ValueError with this sentence where too many bytes have brought nothing."""
    without = 0
    for size in sizes:
        without = 0 if has_come() else without + size
        if without > MOST_WITHOUT:
            raise ValueError(error)
        yield


def items(
    file: IO[bytes], ready: list[Item], start: Start, end: Callable[[str], None], text: Callable[[str], None], kind: str
) -> Iterator[Item]:
    """What the handlers put into `ready`, piece by piece. `kind`: the element of which there must be some.

    Raises ValueError with a Sentence.
    """
    sizes = feed(file, start, end, text, doctype=True)
    try:
        for _ in watched(sizes, lambda: bool(ready), sentence("data.not_xml", error=kind)):
            yield from ready
            ready.clear()
    except Damaged as error:
        raise ValueError(sentence("data.not_xml", error=str(error.__cause__))) from error


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """By its name without the prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)


def is_on(attributes: dict[str, str]) -> bool:
    """Of an element that switches something on, unless its value says otherwise."""
    return attribute(attributes, "val") not in ("0", "false")


def whole(text: str | None, otherwise: int) -> int:
    """A number of at most nine digits."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise
