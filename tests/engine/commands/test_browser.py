"""A page is opened where that is wanted and can be; where it lies is said in any case, last."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from so8t_engine.commands import browser
from so8t_engine.sentences import Sentence


@pytest.mark.parametrize(
    ("wanted", "opens", "told"),
    [
        (True, True, []), (True, False, ["commands.no_browser"]), (False, False, []),
        (True, OSError("no such program"), ["commands.no_browser"]),
        (True, webbrowser.Error("none"), ["commands.no_browser"]),
    ],
)  # fmt: skip
def test_where_the_page_lies_is_said_last_and_before_it_that_no_browser_could_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool, opens: bool | Exception, told: list[str]
) -> None:
    asked: list[str] = []

    def opened(url: str) -> bool:
        asked.append(url)
        if isinstance(opens, Exception):
            raise opens
        return opens

    monkeypatch.setattr(webbrowser, "open", opened)
    page = tmp_path / "a page.html"
    *before, last = browser.shown(page, wanted)

    assert [said.code for said in before if isinstance(said, Sentence)] == told and last == str(page)
    assert asked == ([page.as_uri()] if wanted else [])
