"""Help and refused arguments, in both languages: of the whole program, as it is made."""

from __future__ import annotations

import argparse
import re
import sys

import pytest
from rich.cells import cell_len

from engine.test_sentences import CATALOGUE
from helpers import program
from so8t_engine import cli
from so8t_engine.commands import help_texts

KANA = re.compile("[ぁ-ヿ]")
OF_OPTIONS = ("--json", "--data-root FOLDER", "--lang {en,ja}")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        cli.parsed(words)
    printed = capsys.readouterr()
    return int(left.value.code or 0), printed.out + printed.err


@pytest.mark.parametrize("command", [None, *cli.COMMANDS])
def test_the_help_of_every_command_is_in_the_readers_language_and_says_what_it_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str | None
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SO8T_LANG", "ja")
    words = [command, "--help"] if command else ["--help"]
    (code, japanese), (_, english) = said(capsys, *words), said(capsys, "--lang", "en", *words)
    assert code == 0 and KANA.search(japanese) and not KANA.search(english)
    assert "使い方: so8t" in japanese and "usage: so8t" in english
    assert all(option in text for option in OF_OPTIONS for text in (japanese, english))
    assert max(map(cell_len, japanese.splitlines())) <= 80
    foreign = [text["en"] for code, text in CATALOGUE.items() if code.startswith("help.") and text["en"] in japanese]
    assert foreign == []
    what = CATALOGUE[f"help.{command or 'program'}"]
    for language, text in (("ja", japanese), ("en", english)):
        assert "".join(what[language].split()) in "".join(text.split())


def test_the_catalogue_has_every_text_of_the_help_and_no_other() -> None:
    texts = {CATALOGUE[code]["en"] for code in CATALOGUE if code.startswith("help.")}
    assert help_texts.texts(cli.program()) | {"usage: "} == texts


@pytest.mark.parametrize(
    ("words", "japanese", "english"),
    [
        (["verify"], "SESSION を指定してください。", "missing arguments: SESSION"),
        (["sessions", "--nonsense"], "--nonsense という引数はありません。", "unknown arguments: --nonsense"),
        (["xyz"], "「xyz」は使えません。使えるのは run、resume、", "cannot be 'xyz'; it is one of run, resume,"),
        (["run", "--preset"], "--preset の後に値が必要です。", "--preset needs a value"),
        (["eval", "--limit", "x"], "1 以上の整数を指定してください", "must be a whole number from 1 on, not 'x'"),
    ],
)
def test_a_wrong_argument_is_refused_in_the_readers_language_with_the_way_to_help(
    capsys: pytest.CaptureFixture[str], words: list[str], japanese: str, english: str
) -> None:
    for language, wanted, way in (("ja", japanese, "--help` で確認"), ("en", english, "--help` says")):
        code, text = said(capsys, "--lang", language, *words)
        assert code == 2 and wanted in text and way in text, text
        assert text.startswith({"ja": "使い方: so8t", "en": "usage: so8t"}[language]), text


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        (["staus"], "en", "did you mean status? It is one of run, "),
        (["run", "--presset", "demo"], "en", "unknown arguments: --presset; did you mean --preset?"),
        (["status", "--wach"], "ja", "--wach という引数はありません。--watch のことですか?"),
        (["run", "--zzz"], "en", "unknown arguments: --zzz\n"),
        (["eval", "--limit", "x"], "ja", "--limit には 1 以上の整数を指定してください ('x' は使えません)。"),
        (["eval", "--limit", "0"], "en", "--limit must be a whole number from 1 on, not '0'"),
        (["--lang", "fr", "sessions"], "ja", "--lang に「fr」は使えません。"),
    ],
)
def test_wrong_words_are_refused_with_the_right_one_in_the_readers_language(
    words: list[str], language: str, said: str
) -> None:
    done = program.so8t(*words, SO8T_LANG="", LC_ALL="ja_JP.UTF-8" if language == "ja" else "C")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_the_way_to_help_names_the_program_as_it_was_called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/some tools/so8t"])
    monkeypatch.setenv("SO8T_LANG", "en")
    code, text = said(capsys, "verify")

    assert code == 2 and "/some tools/so8t" in text.splitlines()[-1] and "verify --help" in text


@pytest.mark.parametrize(
    ("message", "code", "args"),
    [
        ("the following arguments are required: SESSION, FILE", "argument_missing", {"names": "SESSION, FILE"}),
        ("unrecognized arguments: --presset demo", "argument_unknown_but_near", {"near": "--preset"}),
        ("unrecognized arguments: --presset=demo x", "argument_unknown_but_near", {"names": "--presset=demo x"}),
        ("unrecognized arguments: preset", "argument_unknown", {"names": "preset"}),
        ("unrecognized arguments: --zzz", "argument_unknown", {"names": "--zzz"}),
        ("argument COMMAND: invalid choice: 'rum' (choose from 'run', 'resume')", "argument_choice_but_near",
         {"name": "COMMAND", "value": "rum", "choices": ["run", "resume"], "near": "run"}),
        ("argument --lang: invalid choice: 'fr' (choose from en, ja)", "argument_choice",
         {"name": "--lang", "value": "fr", "choices": ["en", "ja"]}),
        ("argument --limit: '0' is no whole number from 1 on", "argument_no_count",
         {"name": "--limit", "value": "'0'"}),
        ("argument --set: expected at least one argument", "argument_without_value", {"name": "--set"}),
        ("argument --to: expected one argument", "argument_without_value", {"name": "--to"}),
    ],
)  # fmt: skip
def test_what_argparse_says_becomes_a_sentence_with_the_right_word(
    message: str, code: str, args: dict[str, object]
) -> None:
    found = help_texts.refusal(message, ["--preset", "--presets", "--set"])

    assert found.code == f"commands.{code}" and found.args.items() >= args.items()


def test_what_argparse_says_otherwise_is_said_in_its_own_words() -> None:
    assert str(help_texts.refusal("not allowed with argument --all")) == "not allowed with argument --all"


def usage(width: int) -> list[str]:
    parser = argparse.ArgumentParser("x", formatter_class=lambda prog: help_texts.JapaneseHelp(prog, width=width))
    parser.add_argument("--one")
    parser.add_argument("--two")
    return parser.format_usage().splitlines()


def test_a_usage_in_japanese_takes_all_the_cells_there_are_and_not_one_more() -> None:
    [line] = usage(200)

    assert usage(cell_len(line)) == [line] and len(usage(cell_len(line) - 1)) == 2


@pytest.mark.parametrize(
    ("text", "width", "indent", "lines"),
    [
        ("あいう", 6, "", ["あいう"]), ("あいう", 5, "", ["あい", "う"]),
        ("あいうえお", 6, "  ", ["  あい", "  うえ", "  お"]),
        ("so8t を使う。", 7, "", ["so8t を", "使う。"]), ("あいう。え", 6, "", ["あい", "う。え"]),
    ],
)  # fmt: skip
def test_japanese_breaks_where_its_cells_end(text: str, width: int, indent: str, lines: list[str]) -> None:
    assert help_texts.JapaneseHelp("x")._fill_text(text, width, indent).split("\n") == lines
