"""Drafts and what is no longer in force, in several languages; states that nobody understands are told."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

SOURCE = Dataset(name="x", source="local", path="x.csv")


def _rows(column: str, values: list[Any]) -> list[dict[str, Any]]:
    return [{"question": f"Are you open on day {n}?", "answer": "Yes.", column: said} for n, said in enumerate(values)]


def _learnt(column: str, values: list[Any]) -> list[bool]:
    return [isinstance(one, ParsedRow) and one.bad_answer is None for one in of_source(_rows(column, values))]


@pytest.mark.parametrize(
    ("column", "published", "draft"),
    [
        ("Status", "gepubliceerd", "concept"),
        ("Status", "Veröffentlicht", "Entwurf"),
        ("Statut", "publié", "ébauche"),
        ("Estado", "publicado", "borrador"),
        ("Stato", "pubblicata", "in bozza"),
        ("Estado", "publicado", "em rascunho"),
        ("ステータス", "公開", "下書き中"),
        ("Stav", "publikováno", "koncept"),
        ("Status", "publiceret", "udkast"),
        ("Tila", "julkaistu", "luonnos"),
        ("Статус", "опубликовано", "отозвано"),
        ("상태", "게시", "임시저장"),
        ("Trạng thái", "đã xuất bản", "bản nháp"),
    ],
)
def test_a_draft_is_not_learnt_whatever_language_calls_it_one(column: str, published: str, draft: str) -> None:
    assert _learnt(column, [published, draft, published]) == [True, False, True]


@pytest.mark.parametrize(
    ("column", "no", "yes"),
    [
        ("Vervallen", "nee", "ja"),
        ("Vervallen?", "", "x"),
        ("abgelaufen", "nein", "ja"),
        ("Périmé", "non", "oui"),
        ("caducada", "no", "sí"),
        ("Scaduto", "no", "sì"),
        ("廃止", "いいえ", "はい"),
        ("廃止フラグ", 0, 1),
        ("устарело", "нет", "да"),
        ("nieaktualne", "nie", "tak"),
        ("已作废", "否", "是"),
        ("폐기 여부", "아니오", "예"),
    ],
)
def test_what_is_no_longer_in_force_is_not_learnt(column: str, no: Any, yes: Any) -> None:
    assert _learnt(column, [no, yes, no]) == [True, False, True]


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("Status", ["wit", "zwart"] * 3, ["looks_like_label"]),
        ("Zustand", ["weiß", "schwarz"] * 3, ["looks_like_label"]),
        ("Status", ["published", "zwart"] * 3, ["looks_like_label"]),
        ("Status", ["gepubliceerd", "concept"] * 3, []),
        ("Status", ["wit"] * 6, []),
        ("Status", [f"case {n}" for n in range(20)], []),
        ("colour", ["wit", "zwart"] * 3, []),
    ],
)
def test_states_that_are_not_understood_are_told(column: str, values: list[str], told: list[str]) -> None:
    rows = _rows(column, values)
    index = choose_adapter.index_of(SOURCE, lambda: iter(rows))
    notes = source_notes.of_rows(SOURCE, rows, index)
    assert [note.code.removeprefix("data.") for note in notes] == told
    if told == ["looks_like_label"]:
        assert f'label: "{column} = {"|".join(sorted({*values}))}"' in str(notes[0].args["line"])


@pytest.mark.parametrize(
    ("column", "shown", "hidden"),
    [
        ("公開区分", "公開", "非公開"), ("公開範囲", "一般公開", "職員のみ"), ("公開設定", "公開", "社内限"),
        ("公開", "公開", "非公開"),
        ("Visibility", "Public", "Internal only"), ("visibility", "public", "private"),
        ("answerVisibility", "everyone", "staff only"),
        ("Sichtbarkeit", "öffentlich", "nur intern"), ("Visibilité", "publique", "privé"),
        ("Visibilidad", "pública", "interno"), ("公开范围", "公开", "内部"), ("공개여부", "공개", "비공개"),
    ],
)  # fmt: skip
def test_what_only_colleagues_see_is_not_learnt_where_other_answers_are_for_everybody(
    column: str, shown: str, hidden: str
) -> None:
    assert _learnt(column, [shown, hidden, shown]) == [True, False, True]
    assert _learnt(column, [hidden] * 6) == [True] * 6  # what is all of colleagues is meant to be learnt
    said = source_notes.verdicts_unused(SOURCE, _rows(column, [shown, hidden, shown]))
    assert not [one for one in said if one.code == "data.unsettled_line"]


@pytest.mark.parametrize(("column", "value"), [("公開区分", "未公開"), ("visibility", "unpublished")])
def test_what_is_not_public_yet_is_learnt_and_told(column: str, value: str) -> None:
    rows = _rows(column, ["public", value, "public"])
    assert _learnt(column, ["public", value, "public"]) == [True] * 3
    assert "data.unsettled_line" in [one.code for one in source_notes.verdicts_unused(SOURCE, rows)]
