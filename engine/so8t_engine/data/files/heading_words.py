"""Rows of a table that look like the names of its columns: a few short words, among them such as head columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from so8t_engine.data.adapters import column_languages, column_names

ALIKE = 0.1  # of the rows of a table may look like names, too
NAME = re.compile(r"#|№|N[or]\.|[^\W\d_][^\n.!?。！？:：;；]{0,29}")
MOST_WORDS = 4
HEADS = frozenset(map(column_languages.plain, (
    "abbreviation", "acronym", "term", "word", "meaning", "definition", "description", "translation", "name", "date",
    "time", "price", "cost", "amount", "quantity", "unit", "phone", "telephone", "extension", "e-mail", "email", "mail",
    "contact", "department", "team", "person", "owner", "role", "address", "link", "url", "version", "change", "author",
    "status", "comment", "remark", "remarks", "note", "notes", "item", "key", "value", "code", "id", "topic", "section",
    "用語", "意味", "略語", "略称", "正式名称", "名称", "名前", "氏名", "担当", "担当者", "部署", "部門", "内線",
    "内線番号", "電話", "電話番号", "連絡先", "メール", "メールアドレス", "住所", "項目", "内容", "説明", "定義", "訳",
    "日時", "時間", "金額", "価格", "単価", "数量", "単位", "変更内容", "変更日", "版", "バージョン", "作成者", "状態",
    "abkürzung", "thema", "begriff", "bedeutung", "erklärung", "beschreibung", "datum", "preis", "betrag", "menge",
    "einheit",
    "telefon", "durchwahl", "abteilung", "ansprechpartner", "anschrift", "adresse", "bemerkung", "änderung", "stand",
    "abréviation", "sigle", "terme", "signification", "définition", "nom", "prix", "montant", "quantité", "téléphone",
    "service", "remarque", "abreviatura", "sigla", "término", "significado", "definición", "nombre", "fecha", "precio",
    "cantidad", "teléfono", "termine", "significato", "definizione", "nome", "data", "prezzo", "quantità",
)))  # fmt: skip


def may_be_names(cells: Sequence[str]) -> bool:
    """Whether these few words may be what columns are called."""
    return 1 < len(cells) == len({*cells}) and all(
        NAME.fullmatch(cell) is not None and len(cell.split()) <= MOST_WORDS for cell in cells
    )


def are_known(cells: Sequence[str]) -> bool:
    """Whether half of these words or more are what people call columns."""
    return 2 * sum(column_languages.plain(cell) in HEADS or column_names.is_known(cell) for cell in cells) >= len(cells)


def are_unlike(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the rows of a table look like no names."""
    alike = [may_be_names(row) for row in rows]
    return sum(alike) <= ALIKE * len(alike)
