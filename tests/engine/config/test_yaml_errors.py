"""Slips in a configuration's YAML are named in words that say what to type, with their line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from helpers import program
from so8t_engine.config import yaml_errors, yaml_source

CASES = [
    ("name: x\n\tmodel: {build: {}}\n", "2:1", "indented with a tab; use spaces", "タブで字下げ"),
    ("name: x\nmodel:\n\tbuild: {}\n", "3:1", "indented with a tab; use spaces", "タブで字下げ"),
    (
        "name：x\nmodel: {build: {}}\n",
        "2:6",
        "line 1 has the full-width character '：'; write ':'",
        "1 行目に全角の「：」",
    ),
    ("name: x\nmodel：\n  build: {}\n", "3:8", "line 2 has the full-width character '：'", "2 行目に全角の「：」"),
    ("name: x\nmodel:\u3000{build: {}}\n", "2:18", "full-width character '\u3000'; write ' '", "全角の「\u3000」"),
    ("name: x\nmodel: ｛build: {}｝\n", "2:14", "full-width character '｛'; write '{'", "全角の「｛」"),
    ("name: x\n  model: {build: {}}\n", "2:8", "indented further than the one above", "上の行より深く字下げ"),
    ("name: x\ndescription: a: b\n", "2:15", "a second `: ` in one line", "`: ` が 2 つ"),
    ("name: x\nmodel:\n    build: {}\n  lora: {}\n", "4:3", "does not fit the lines above", "上の行とそろっていません"),
    ("name: x\nmodel: {build: {}\nseed: 1\n", "3:1", "of line 2 is not closed", "2 行目の括弧または引用符"),
    ('name: x\ndata_root: "C:\n', "3:1", "of line 2 is not closed", "2 行目の括弧または引用符"),
    ('data_root: "C:\\Users\\me"\n', "1:17", "put a path between single ones ('C:\\data')", "一重引用符で囲む"),
    ("name: x\nmodel\nseed: 1\n", "3:1", "line 2 has no `: ` behind its key", "2 行目のキーの後に"),
    (
        "name: x\ndescription: 全角：も ok、「引用」も\nmodel: {build: {}\n",
        "4:1",
        "of line 3 is not closed",
        "3 行目の括弧",
    ),
]


@pytest.mark.parametrize(("text", "place", "english", "japanese"), CASES)
def test_a_slip_in_yaml_is_named_with_what_to_type(
    tmp_path: Path, text: str, place: str, english: str, japanese: str
) -> None:
    file = tmp_path / "run.yaml"
    file.write_text(text, encoding="utf-8")
    for language, words in (("en", english), ("ja", japanese)):
        done = program.answered("config", "check", file, SO8T_LANG=language)
        first = done.stdout.splitlines()[0]
        assert done.returncode == 2 and first.startswith(f"{file}:{place}: ") and words in first, first


def test_the_real_program_says_it_too(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("name: x\n\tmodel: {}\n", encoding="utf-8")
    done = program.so8t("run", tmp_path / "run.yaml", "--data-root", tmp_path, LC_ALL="ja_JP.UTF-8", SO8T_LANG="")
    assert done.returncode == 2 and "タブで字下げされています" in done.stdout and "scanning" not in done.stdout


def test_what_is_no_key_with_a_value_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("name: x\n", encoding="utf-8")
    done = program.answered("config", "check", tmp_path / "run.yaml", "--set", "=x", SO8T_LANG="en")
    assert "--set =x: write it as key=value" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 'x\n\ty", "config.yaml_tab"), ("- \tb: c", "config.yaml_tab"), ("a: 'x\n y", "config.yaml_not_closed"),
        ('a: "\\q"\nb： 1', "config.yaml_backslash"), ("a： b\n\nc: {", "config.yaml_full_width"),
        ("a: @b", "while scanning for the next token, found character '@' that cannot start any token"),
        ("a: *b", "found undefined alias 'b'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_by_its_own_line_and_the_one_above(text: str, said: str) -> None:
    with pytest.raises(yaml_source.Broken) as caught:
        yaml_source.read(text)

    what = caught.value.why.args["error"]
    assert said in (what.code, str(what))


def test_an_error_without_a_place_is_shown_in_its_own_words() -> None:
    assert str(yaml_errors.why(yaml.MarkedYAMLError("while composing", problem="found nothing"), "a")) == (
        "while composing, found nothing"
    )
