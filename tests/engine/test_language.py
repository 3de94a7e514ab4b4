"""Which language people are spoken to in."""

from __future__ import annotations

import sys

import pytest

from so8t_engine import cli, language


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        ("ja", {"SO8T_LANG": "en"}, "ja"),
        ("en", {"SO8T_LANG": "ja"}, "en"),
        (None, {"SO8T_LANG": "ja", "LANG": "en_US.UTF-8"}, "ja"),
        (None, {"SO8T_LANG": "de"}, "en"),
        (None, {"SO8T_LANG": "ja_JP.UTF-8"}, "ja"),
    ],
)
def test_the_option_comes_first_then_the_variable(
    option: str | None, environment: dict[str, str], expected: str
) -> None:
    assert language.chosen(option, environment) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there the system's own language counts")
@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP"}, "ja"),
        ({"LC_ALL": "", "LANG": "jam_JM"}, "en"),
    ],
)
def test_else_the_locale_of_the_system_decides(environment: dict[str, str], expected: str) -> None:
    assert language.chosen(None, environment) == expected


@pytest.mark.parametrize(
    "argv",
    [
        ["--lang", "ja", "--json", "--data-root", "x", "sessions"],
        ["sessions", "--lang", "ja", "--json", "--data-root", "x"],
        ["--json", "sessions", "--data-root", "x", "--lang", "ja"],
    ],
)
def test_options_of_every_command_stand_before_it_or_behind_it(argv: list[str]) -> None:
    options = cli.parsed(argv)

    assert (options.lang, options.json, options.data_root) == ("ja", True, "x")


def test_without_them_nothing_is_chosen() -> None:
    options = cli.parsed(["sessions"])

    assert (options.lang, options.json, options.data_root) == (None, False, None)
