"""The pages of a report, from its figures: made again for another name or a new measurement, without what computes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine import language
from so8t_engine.evaluate import data_page, report_page
from so8t_engine.sentences import LANGUAGES

FACTS = "run.json"


def pages(
    session: Path, result: dict[str, Any], facts: dict[str, Any], benchmark: dict[str, Any] | None = None
) -> dict[str, str]:
    """By file name: the page in every language, the user's as report.html, that as Markdown, and those on the data."""
    own = language.chosen(None)
    inspected = data_page.pages(session, own)
    told = facts | {"data_pages": {each: data_page.file_name(each) for each in LANGUAGES if inspected}}
    made = {
        "report.html": report_page.html(session, result, told, own, benchmark=benchmark),
        "report.md": report_page.markdown(session, result, told, own, benchmark),
        **inspected,
    }
    for other in LANGUAGES:
        if other != own:
            page = report_page.html(session, result, told, other, main=False, benchmark=benchmark)
            made[report_page.file_name(other)] = page
    return made


def fill(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8", "replace"))  # a lone surrogate of somebody's data
