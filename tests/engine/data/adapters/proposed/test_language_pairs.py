"""Sentences in two languages without names of columns: the line asks for the translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.sessions import refused
from so8t_engine.data.adapters.proposed import language_pairs, proposals

OWED = "CC-BY 2.0 (France) Attribution: tatoeba.org #2877272 (CM) & #8597805 (Roujin)"
SHORT = [("Go.", "Geh."), ("Hi.", "Moin."), ("Run!", "Lauf!"), ("Got it?", "Verstanden?"), ("Stop!", "Tür zu!")]
FRENCH = [
    ("The house is very old and cold.", "La maison est très vieille et froide."),
    ("I do not know where the key is.", "Je ne sais pas où est la clé."),
    ("Is that the last train to Lyon?", "Est-ce le dernier train pour Lyon ?"),
]
JAPANESE = [
    ("I was late.", "雪のせいで遅れた。"), ("Where is the station?", "駅はどこですか。"),
    ("It sleeps.", "猫が寝ている。"),
]  # fmt: skip
RUSSIAN = [
    ("Good morning, Anna.", "Доброе утро, Анна."),
    ("Is it far?", "Это далеко?"),
    ("No, it is near.", "Нет, близко."),
]
GREEK = [
    ("Good morning, Anna.", "Καλημέρα, Άννα."),
    ("Is it far?", "Είναι μακριά;"),
    ("No, it is near.", "Όχι, είναι κοντά."),
]
QUESTIONS = [
    ("What is the capital of France?", "Paris is the capital."), ("How tall is it?", "It is 300 metres tall."),
    ("Who built the house?", "The firm of Eiffel built it."),
]  # fmt: skip


def columns(rows: list[tuple[str, ...]]) -> dict[str, list[str]]:
    return {f"column{place}": list(said) for place, said in enumerate(zip(*rows, strict=True), 1)}


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (FRENCH, ("Translate into French:", "column1", "column2")),
        ([(b, a) for a, b in FRENCH], ("Translate into English:", "column1", "column2")),
        (JAPANESE, ("次の文を日本語に訳してください。", "column1", "column2")),
        ([(b, a) for a, b in JAPANESE], ("Translate into English:", "column1", "column2")),
        (RUSSIAN, ("Translate into Russian:", "column1", "column2")),
        (GREEK, ("Translate this:", "column1", "column2")),
        (SHORT, ("Translate this:", "column1", "column2")),
        ([(a, b, OWED) for a, b in SHORT], ("Translate this:", "column1", "column2")),
        ([("1276", a, "1277", b) for a, b in FRENCH], ("Translate into French:", "column2", "column4")),
        ([("9", "eng", a, "8", "deu", b) for a, b in SHORT], ("Translate into German:", "column3", "column6")),
    ],
)
def test_what_is_asked_of_two_columns(rows: list[tuple[str, ...]], line: tuple[str, str, str]) -> None:
    where = language_pairs.mapping(columns(rows))
    asked, source, target = line
    assert where is not None and (where.prompt, where.response) == (f"{asked}\\n\\n{{{source}}}", target)
    assert proposals.propose([dict(zip(columns(rows), row, strict=True)) for row in rows]) == where


@pytest.mark.parametrize(
    "rows",
    [
        QUESTIONS,
        [(a, f"{b} «Café».") for a, b in QUESTIONS],
        [
            ("What does 猫 mean?", "猫は動物です。"),
            ("What does 犬 mean?", "犬も動物です。"),
            ("Is 鳥 one?", "鳥もです。"),
        ],
        [("一期一会。", "いちごいちえ。"), ("四面楚歌。", "しめんそか。"), ("以心伝心。", "いしんでんしん。")],
        [("H2O", "水"), ("NaCl", "塩"), ("Fe", "鉄")],
        [(a, b, "One more text of the row.") for a, b in FRENCH],
        FRENCH[:1],
        [("I am off.", "I left."), ("Is it far?", "Is it a long way?"), ("Go!", "Leave now!")],
    ],
)
def test_what_are_no_sentences_in_two_languages(rows: list[tuple[str, ...]]) -> None:
    assert language_pairs.mapping(columns(rows)) is None


def table(tmp_path: Path, rows: list[tuple[str, ...]]) -> Path:
    return put(tmp_path / "t.tsv", "".join("\t".join(row) + "\n" for row in rows))


def test_a_table_without_names_is_refused_with_that_line(tmp_path: Path) -> None:
    said = refused(lambda: read(table(tmp_path, [(a, b, OWED) for a, b in FRENCH]))).detail
    assert 'header: false, columns: {prompt: "Translate into French:\\n\\n{column1}", response: column2}' in said
    assert "prompt: column1, response: column2" in refused(lambda: read(table(tmp_path, QUESTIONS))).detail
