"""Web pages as texts: read where they tell search engines what they ask and answer (JSON-LD), or where headings ask.

Questions that are folded (`<details>`) or terms with what they mean (`<dl>`) stand there as headings do.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import IO

from so8t_engine.data.adapters.known import json_ld
from so8t_engine.data.files import encodings, question_headings, question_texts, row_readers
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

ENDINGS, KIND = (".html", ".htm", ".xhtml"), ".page"
MOST = 32 << 20  # bytes
MOST_NAMED = 5  # titles
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 4, "dt": 4}
PARTS = frozenset((
    "p", "div", "section", "article", "main", "ul", "ol", "dl", "dd", "table", "tr", "blockquote", "details", "figure",
    "pre", "body", "form", "address",
))  # fmt: skip
ASIDE = frozenset((
    "script", "style", "noscript", "nav", "header", "footer", "aside", "template", "svg", "button", "select",
))  # fmt: skip
SPACES = re.compile(r"[ \t\r\n]+")


def reader_of(path: Path) -> str:
    """KIND where one is read. Raises EngineError."""
    try:
        with path.open("rb") as file:
            page = _page(file)
    except OSError:
        page = _Page()
    if any(map(json_ld.is_one, page.told)) or question_texts.kind_of(page.text) in ("headed", "marked"):
        return KIND
    titles = question_headings.titles(page.text.splitlines())
    if len(titles) >= question_headings.FEWEST:
        raise EngineError("dataset_kind", sentence("data.page_of_titles", path=path, titles=titles[:MOST_NAMED]))
    raise EngineError("dataset_kind", sentence("data.saved_page", path=path))


def rows(file: IO[bytes], limit: int, skip: int, notice: Callable[[Sentence], None]) -> Iterator[RawRow | BadRow]:
    """Those that the page tells of itself, else those of its headings."""
    page = _page(file)
    told = [row for one in page.told for row in json_ld.rows(one)]
    for number, row in enumerate(told, 1):
        if number > skip:
            yield row_readers.row(row, number, "item", number)
    if told:
        return
    kind = question_texts.kind_of(page.text)
    text = io.BytesIO(page.text.encode(errors="replace"))
    yield from question_texts.rows(text, limit, kind if kind == "marked" else "headed", skip, notice)


def _page(file: IO[bytes]) -> _Page:
    data = file.read(MOST)
    page = _Page()
    try:
        name = encodings.find(data[: encodings.HEAD], None).name
    except ValueError:
        name = "utf-8"
    page.feed(data.decode(name, errors="replace"))
    page.close()
    return page


class _Page(HTMLParser):
    """The words of a page, its headings marked as Markdown has them; `told`: what it tells search engines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[dict[str, object]] = []
        self._lines: list[str] = [""]
        self._aside: list[str] = []
        self._script: list[str] | None = None
        self._is_exact = False

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            is_told = (dict(attrs).get("type") or "").strip().lower() == "application/ld+json"
            self._script = [] if is_told else None
        if tag in ASIDE:
            self._aside.append(tag)
        elif tag in HEADINGS:
            self._begin(f"{'#' * HEADINGS[tag]} ")
        elif tag in PARTS or tag == "hr":
            self._begin("")
            self._is_exact = tag == "pre"
        elif tag == "li":
            self._begin("- ")
        elif tag == "br":
            self._lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self._tell("".join(self._script))
            self._script = None
        if tag in self._aside:
            del self._aside[self._aside.index(tag) :]
        elif tag in HEADINGS or tag in PARTS:
            self._begin("")
            self._is_exact = False

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        if self._aside:
            return
        if self._is_exact:
            first, *others = data.split("\n")
            self._lines[-1] += first
            self._lines += others
            return
        words = SPACES.sub(" ", data)
        self._lines[-1] += words.lstrip() if not self._lines[-1].strip("#- ") else words

    def _begin(self, mark: str) -> None:
        if self._lines[-1].strip():
            self._lines[-1] = self._lines[-1].rstrip()
            self._lines += [""] if mark == "- " else ["", ""]
        self._lines[-1] = mark

    def _tell(self, text: str) -> None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return
        self.told += [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
