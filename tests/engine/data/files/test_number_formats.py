"""A number of a sheet under every format that Excel has built in and under those that people write."""

from __future__ import annotations

import pytest

from so8t_engine.data.files.number_formats import BUILT_IN, shown


@pytest.mark.parametrize(
    ("formats", "text"),
    [
        ((1,), "45293"), ((2,), "45292.75"), ((3, 37, 38), "45,293"), ((4, 39, 40), "45,292.75"), ((9,), "4529275%"),
        ((10,), "4529275.00%"), ((14, 15, *range(27, 32), 36, *range(50, 55), 57, 58), "2024-01-01"), ((16,), "1-Jan"),
        ((17,), "Jan-24"), ((18, 20, *range(32, 36)), "18:00"), ((19, 21, 45, 47), "18:00:00"),
        ((22,), "2024-01-01 18:00"), ((46,), "1087026:00:00"), ((55,), "2024-01"), ((56,), "1月1日"),
    ],
)  # fmt: skip
def test_the_formats_that_are_known_by_number(formats: tuple[int, ...], text: str) -> None:
    assert [shown(BUILT_IN[number], False)("45292.75") for number in formats] == [text] * len(formats)


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        # as it is
        ("General", "abc", "abc"), ("General", "1e20", "100000000000000000000"), ("General", "1e21", "1e21"),
        ("General", "1e-20", "0.00000000000000000001"), ("General", "1e-21", "1e-21"), ("General", "NaN", "NaN"),
        ("General", "1.0E3", "1000"), ('General"x"', "5", "5"), ("0,", "12000", "12000"), ("# ?/?", "0.5", "0.5"),
        # digits
        ("0.00", "x", "x"), ("0", "-0.4", "0"), ("0.0", "-0.05", "-0.1"), ("0.0", "2.25", "2.3"), ("#", "0", "0"),
        ("0.0#", "2.5", "2.5"), ("0.0#", "2.567", "2.57"), ("0.0##", "2.5", "2.5"), ("0.??", "2.5", "2.5"),
        ("0.##", "2", "2"), ("000.0", "2.04", "002.0"), ("0.0%", "-0.0125", "-1.3%"), ("0", "2.5", "3"),
        # what stands beside them
        ('"a"0"b"', "5", "a5b"), ('"a0"0\\b', "5", "a05b"), ('0" ""x"', "5", "5 x"), ('"a;b"0;"c"0', "5", "a;b5"),
        ('0;0"x"', "-5", "-5"), ("0_)", "5", "5"), ("*-0", "5", "5"), ("[Red]0", "5", "5"), ("[>100]0.0", "5", "5.0"),
        ("[$EUR]0", "5", "EUR5"), ("[$-409]0", "5", "5"), ("[$€-2] 0", "5", "€ 5"), ("-0", "5", "-5"),
        ('"d"0', "5", "d5"), ('0 "days"', "5", "5 days"), ("Red", "5", "5"), ("A/P", "5", "5"),
        # hours that are summed up
        ("[mm]:ss", "0.01", "0:14:24"), ("[h]", "-0.5", "-12:00"), ("[s]", "0.001", "0:01:26"),
        ("[H]:MM", "0.25", "6:00"),
        ("[h]:mm:ss", "1", "24:00:00"), ("[h]:mm", "x", "x"), ("[h]:mm", "1e400", "1e400"),
        ("[h]:mm", "-0.01", "-0:14:24"),
        # days and hours
        ("yyyy", "45323", "2024"), ("yy-m", "45323", "2024-02"), ("mmm yyyy", "45323", "Feb-24"),
        ("m/d", "45323", "2/1"),
        ("d. mmm", "45323", "1-Feb"), ('m"月"d"日"', "45323", "2月1日"), ("d", "45323", "2024-02-01"),
        ("mmm", "45323", "2024-02-01"), ("h AM/PM", "0.75", "18:00"), ("ss", "0.001", "00:01:26"),
        ("yyyy-mm-dd hh:mm:ss", "45323.123456", "2024-02-01 02:57:47"), ("yyyy-mm-dd", "45323.123456", "2024-02-01"),
        ("yyyy/m/d h:mm", "45323.5004", "2024-02-01 12:00:35"), ('ggge"年"m"月"d"日"', "45323", "2024-02-01"),
        ("ge.m.d", "45323", "2024-02-01"), ("yyyy年m月", "45323", "2024-02"), ("m月d日", "45323", "2月1日"),
        ("h:mm", "x", "x"), ("h:mm", "1e9", "1000000000"), ("[$-411]yyyy", "45323", "2024"),
        ("yyyy-mm-dd", "60", "1900-02-28"), ("yyyy-mm-dd", "59.5", "1900-02-28"),
        # and both: the hours were lost
        ("m/d h:mm", "45323.5", "2/1 12:00"), ('m"月"d"日" h:mm', "45323.5", "2月1日 12:00"),
        ("d-mmm hh:mm:ss", "45323.5", "1-Feb 12:00:00"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_says(code: str, number: str, text: str) -> None:
    assert shown(code, False)(number) == text


@pytest.mark.parametrize(("number", "day"), [("0", "1904-01-01"), ("59", "1904-02-29"), ("61", "1904-03-02")])
def test_days_from_1904_on_have_no_day_too_many(number: str, day: str) -> None:
    assert shown("yyyy-mm-dd", True)(number) == day
