"""The engine's sentences in Japanese: all of them by their templates, and as they come: several, in one another."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject

import so8t_resources
from so8t_engine.config import file as config_file
from so8t_engine.doctor import checkup
from so8t_engine.errors import CODES, EngineError
from so8t_gui.i18n.engine_sentences import CONTEXT, spoken
from so8t_gui.i18n.language import Language

LATIN_SENTENCE = re.compile(r"\b(?:the|is|are|has|of|with|not|no|it)\b")


@pytest.fixture
def japanese(qapp: QObject) -> Iterator[Language]:
    made = Language()
    made.use("ja")
    yield made
    made.use("en")


def test_english_is_left_as_it_is(qapp: QObject) -> None:
    assert spoken("There is no file /x.") == "There is no file /x."


def test_every_template_is_found_again_with_its_values_in_it(japanese: Language) -> None:
    wrong = []
    for template in json.loads(so8t_resources.path("i18n", "engine_sentences.json").read_text(encoding="utf-8")):
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
        values = {name: f"Q{number}" for number, name in enumerate(names)}
        wanted, heard = (
            QCoreApplication.translate(CONTEXT, template).format(**values),
            spoken(template.format(**values)),
        )
        if heard not in (wanted, f"{wanted}。") and _bare(heard) != _bare(wanted):
            wrong.append((template, heard))
    assert not wrong


def _bare(text: str) -> str:
    """Without what may differ: stops and spaces, and which of two templates with the same words was taken."""
    return re.sub(r"[\s。.、,:]", "", text)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (
            "The engine's process was ended by SIGKILL, as the system does when memory runs out. "
            "3 new processes got no further.",
            "エンジンのプロセスが SIGKILL (メモリー不足のときにシステムが行うこと) で終了しました。"
            "3 回プロセスを替えても先に進みませんでした。",
        ),
        (
            "The base model /my models/phi is incomplete: its tensor a.b cannot be found in its files.",
            "ベースモデル /my models/phi は不完全です: テンソル a.b がファイルにありません。",
        ),
        (
            "must be one of sigmoid, linear, not 'sigmod'; did you mean sigmoid?",
            "sigmoid, linear のどれかでなければなりません ('sigmod' は不可)。sigmoid のことですか?",
        ),
        (
            "The session needs about 1.0 GiB: kept checkpoints 32 MiB, final model 18 MiB.",
            "このセッションには約 1.0 GiB 必要です: 残すチェックポイント 32 MiB, 最終モデル 18 MiB。",
        ),
        ("Nobody ever said this.", "Nobody ever said this."),
        ("{curly} %1 {0}", "{curly} %1 {0}"),
        ("", ""),
    ],
)
def test_sentences_in_a_row_and_in_one_another(said: str, heard: str, japanese: Language) -> None:
    assert spoken(said) == heard


def test_what_the_engine_really_says_has_no_english_sentence_left(japanese: Language, tmp_path: Path) -> None:
    config = config_file.load_preset("phi35-so8t")
    found = [getattr(one, part) for one in checkup.check(config, tmp_path) for part in ("what", "why", "change")]
    said = [text for text in found if text] + [kind.action for kind in CODES.values()]
    with pytest.raises(EngineError) as error:
        config_file.load_preset("demo", ["ppo.kl_coeff=1"])
    said.append(error.value.detail)

    left = {text: spoken(text) for text in said if LATIN_SENTENCE.search(re.sub(r"`[^`]*`", "", spoken(text)))}
    assert not left


def test_a_long_log_is_not_searched(japanese: Language) -> None:
    log = "There is no file x. " * 400
    assert spoken(log) == log
