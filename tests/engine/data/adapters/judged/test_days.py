"""Days as people write them."""

from __future__ import annotations

import datetime

import pytest

from so8t_engine.data.adapters.judged import days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *(
            (text, "2024-06-30", "2024-06-30")
            for text in (
                "2024-06-30", "2024/6/30", "2024.06.30", "2024年6月30日", "２０２４年６月３０日", "30.06.2024",
                "30. 6.2024",
                "30/06/2024", "06/30/2024", "30-6-2024", "2024-06-30T23:59:59Z", "2024-06-30 10:00", "30.06.2024 10:00",
                "30 June 2024", "Jun 30, 2024", "30-Jun-2024",
            )
        ),
        ("5/6/2024", "2024-05-06", "2024-06-05"), ("5.6.2024", "2024-06-05", "2024-06-05"),
        ("1/12/2024", "2024-01-12", "2024-12-01"), ("12/1/2024", "2024-01-12", "2024-12-01"),
        ("13/1/2024", "2024-01-13", "2024-01-13"), ("1/13/2024", "2024-01-13", "2024-01-13"),
        ("12.1.2024", "2024-01-12", "2024-01-12"), ("2024-01", "2024-01-01", "2024-01-31"),
        ("2024-06-30T" + "x" * 29, "2024-06-30", "2024-06-30"), ("2024-06-30T" + "x" * 30, None, None),
        ("2024-04", "2024-04-01", "2024-04-30"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年12月", "2024-12-01", "2024-12-31"),
        *((no, None, None) for no in ("", "no", "2024", "31.02.2024", "13/13/2024", "2024-13", "1.2.3", 41 * "x", 7)),
    ],
)  # fmt: skip
def test_days_are_read_and_what_may_be_several_is_said_to_be(text: object, first: str | None, last: str | None) -> None:
    found = days.of(text)
    assert (found and [day.isoformat() for day in found]) == (first and last and [first, last])
    assert found is None or isinstance(found.first, datetime.date)
