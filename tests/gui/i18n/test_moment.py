"""Date and time are written one way in each language, with seconds where several may lie in a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale

from so8t_gui.i18n.moment import moment, to_the_second

AT = datetime(2026, 11, 28, 9, 5, 7).timestamp()  # in this user's zone


@pytest.fixture
def before() -> Iterator[None]:
    kept = QLocale()
    yield
    QLocale.setDefault(kept)


@pytest.mark.parametrize(
    ("locale", "short", "exact"),
    [
        ("en_US", "11/28/26 9:05 AM", "11/28/26 9:05:07 AM"),
        ("en_GB", "28/11/2026 09:05", "28/11/2026 09:05:07"),
        ("ja_JP", "2026/11/28 9:05", "2026/11/28 9:05:07"),
    ],
)
def test_a_moment_is_written_as_the_language_does(before: None, locale: str, short: str, exact: str) -> None:
    QLocale.setDefault(QLocale(locale))
    told = [" ".join(write(AT).replace(",", "").split()) for write in (moment, to_the_second)]  # as Qt knows it
    assert told == [short, exact]
    assert moment(None) == to_the_second(None) == ""
