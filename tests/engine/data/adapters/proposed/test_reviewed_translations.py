"""Of a machine's translation and its correction the correction is learnt, whatever a verdict says of the machine's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import first_filled
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.notes import source_notes

OF_JAPANESE = [
    ("お手数をおかけします。", "I will put the trouble to you.", "We are sorry for the inconvenience."),
    ("本日は休業です。", "We are closed today, and that is all.", ""),
    ("足元にご注意ください。", "Please be careful of the feet origin.", "Please watch your step on the stairs."),
    ("猫の手も借りたい。", "It is that I want to borrow the cat hand.", ""),
]
BAD, GOOD, SAYS_NOTHING = "要修正", "OK", ""


def rows_of(names: tuple[str, str, str, str], verdicts: tuple[str, str, str, str]) -> list[dict[str, str]]:
    return [
        dict(zip(names, (*said, verdict), strict=True)) for said, verdict in zip(OF_JAPANESE, verdicts, strict=True)
    ]


def learnt(rows: list[dict[str, str]], where: Columns) -> list[object]:
    found = of_source(rows, columns=where.model_dump(exclude_none=True))
    return [one.response if isinstance(one, ParsedRow) else one for one in found]


@pytest.mark.parametrize(
    "names",
    [
        ("原文", "機械翻訳", "人手修正", "判定"),
        ("原文", "機械翻訳", "人手修正文", "判定"),
        ("原文（日本語）", "MT訳", "修正後", "評価"),
        ("source", "mt", "human_edit", "verdict"),
        ("source_text", "machine_translation", "Human post-edit", "is_correct"),
        ("src", "mt_output", "correction", "判定結果"),
        ("Ausgangstext", "Maschinelle Übersetzung", "Korrektur", "verdict"),
        ("texte source", "traduction automatique", "traduction corrigée", "verdict"),
        ("原文", "机器翻译", "人工修改", "verdict"),
    ],
)
def test_the_proposed_line_learns_corrections_and_what_the_verdict_calls_good(names: tuple[str, str, str, str]) -> None:
    rows = rows_of(names, (BAD, GOOD, BAD, BAD))
    where = proposals.propose(rows)
    assert where is not None
    original, machine, mended, judge = names
    assert (where.prompt, where.response, where.label) == (
        f"Translate into English:\\n\\n{{{original}}}", f"{mended}, {machine}", judge,
    )  # fmt: skip
    assert learnt(rows, where) == [
        OF_JAPANESE[0][2], OF_JAPANESE[1][1], OF_JAPANESE[2][2], drop_reasons.labelled_bad(judge, BAD),
    ]  # fmt: skip


def test_a_state_of_the_whole_counts_beside_a_correction_too() -> None:
    rows = rows_of(("原文", "機械翻訳", "人手修正", "ステータス"), ("却下", "承認", "承認", "却下"))
    where = proposals.propose(rows)
    assert where is not None and where.label == "ステータス"
    bad = drop_reasons.labelled_bad("ステータス", "却下")
    assert learnt(rows, where) == [bad, OF_JAPANESE[1][1], OF_JAPANESE[2][2], bad]


def test_without_a_verdict_the_machines_is_not_learnt_where_nobody_corrected_it() -> None:
    """An empty correction may be work still to be done; the machine's stands in for it where the user says so."""
    rows = rows_of(("原文", "機械翻訳", "人手修正", "備考欄"), (SAYS_NOTHING, SAYS_NOTHING, SAYS_NOTHING, "x"))
    where = proposals.propose(rows)
    assert where is not None and (where.response, where.label) == ("人手修正", None)
    left = drop_reasons.EMPTY_FIELD
    assert learnt(rows, where) == [OF_JAPANESE[0][2], left, OF_JAPANESE[2][2], left]
    both = where.model_copy(update={"response": "人手修正, 機械翻訳"})
    assert learnt(rows, both) == [OF_JAPANESE[0][2], OF_JAPANESE[1][1], OF_JAPANESE[2][2], OF_JAPANESE[3][1]]


@pytest.mark.parametrize("names", [("source", "mt output", "post-edited"), ("原文", "機械翻訳", "ポストエディット")])
@pytest.mark.parametrize("state", ["Pending", "", "Open"])
def test_a_post_edit_that_is_still_to_be_done_is_not_learnt_from_the_machine(
    names: tuple[str, str, str], state: str
) -> None:
    rows = rows_of((*names, "Status"), ("Approved", state, "Approved", state))
    where = proposals.propose(rows)
    assert where is not None and where.response == names[2]
    done = [{**row, names[2]: row[names[2]] or "Done."} for row in rows]
    where = proposals.propose(done)
    assert where is not None and where.response == names[2]


def test_a_verdict_on_the_draft_takes_no_correction_out_where_that_alone_is_learnt() -> None:
    rows = rows_of(("原文", "機械翻訳", "人手修正", "判定"), (BAD, SAYS_NOTHING, BAD, BAD))
    where = proposals.propose(rows)
    assert where is not None and (where.response, where.label) == ("人手修正", None)
    left = drop_reasons.EMPTY_FIELD
    assert learnt(rows, where) == [OF_JAPANESE[0][2], left, OF_JAPANESE[2][2], left]


@pytest.mark.parametrize("name", ["mqm_errors", "errors", "error_spans", "human_errors", "誤訳箇所"])
@pytest.mark.parametrize("written", [lambda value: value, str])
def test_a_list_of_errors_in_a_translation_that_is_empty_means_a_good_one(
    name: str, written: Callable[[list[Any]], Any]
) -> None:
    bad = [{"category": "accuracy", "severity": "critical"}]
    rows: list[dict[str, Any]] = [
        {
            "src_lang": "ja",
            "tgt_lang": "en",
            "source": source,
            "translation": said,
            name: written(bad if at == 2 else []),
        }
        for at, (source, said, _) in enumerate(OF_JAPANESE)
    ]
    where = proposals.propose(rows)
    assert where is not None and (where.response, where.label) == ("translation", f"{name} = []")
    assert where.prompt == "Translate into English:\\n\\n{source}"
    kept, out = [said for _, said, _ in OF_JAPANESE], drop_reasons.labelled_bad(name, "…")
    assert learnt(rows, where) == [kept[0], kept[1], out, kept[3]]


@pytest.mark.parametrize(
    ("name", "figures", "limit"),
    [
        ("mqm_penalty", (0, 25, 1, 5), 4), ("penalty", ("0", "10", "0", "5"), 4), ("num_errors", (0, 2, 0, 1), 0),
        ("errorCount", (0, 2, 0, 1), 0), ("mqm_penalty", (0, 0, 0, 0), None), ("penalty", (0, -5, 0, -1), None),
    ],
)  # fmt: skip
def test_a_count_of_errors_in_a_translation_has_a_limit(name: str, figures: tuple[Any, ...], limit: int | None) -> None:
    rows = [
        {"source": source, "translation": said, name: figure}
        for (source, said, _), figure in zip(OF_JAPANESE, figures, strict=True)
    ]
    where = proposals.propose(rows)
    assert where is not None and where.label == (None if limit is None else f"{name} <= {limit}")
    good = [limit is None or float(figure) <= limit for figure in figures]
    assert [said == kept for (_, said, _), kept in zip(OF_JAPANESE, learnt(rows, where), strict=True)] == good


@pytest.mark.parametrize(
    ("beside", "asked"),
    [
        ({"tgt_lang": "en"}, "Translate into English:"), ({}, "Translate into English:"),
        ({"src_lang": "en", "tgt_lang": "ja"}, "Translate this:"),  # which it is not
    ],
)  # fmt: skip
def test_the_line_says_into_which_language_where_that_is_plain(beside: dict[str, str], asked: str) -> None:
    rows = [{**beside, "source": source, "translation": said} for source, said, _ in OF_JAPANESE]
    where = proposals.propose(rows)
    assert where is not None and where.prompt == f"{asked}\\n\\n{{source}}"


@pytest.mark.parametrize("name", ["Superseded by", "Replaced by", "deprecated"])
def test_what_took_an_answers_place_is_no_score(name: str) -> None:
    rows = [
        {"q": f"Which {at}?", "a": f"So {at}.", name: number} for at, number in enumerate(["", "R-022", "", "R-030"])
    ]
    dataset = Dataset(name="x", path="x.csv", source="local", columns=Columns(prompt="q", response="a", label=name))
    assert not [str(note) for note in source_notes.labels_read(dataset, rows) if ">=" in str(note)]


@pytest.mark.parametrize(
    ("label", "row", "left"),
    [
        ("判定", {"人手修正": "Good."}, None),
        ("判定", {"人手修正": ""}, "判定"),
        ("判定", {"人手修正": "なし"}, "判定"),
        ("score >= 3", {"人手修正": "Good."}, None),
        ("判定, approved", {"人手修正": "Good."}, "approved"),
        ("ステータス, 判定", {"人手修正": "Good."}, "ステータス"),
        ("人手修正_ok", {"人手修正": "Good."}, "人手修正_ok"),
        ("harmful", {"人手修正": "Good."}, "harmful"),
    ],
)
def test_a_label_beside_a_correction_and_its_draft_is_of_the_draft(
    label: str, row: dict[str, str], left: str | None
) -> None:
    names = {"原文": "a", "機械翻訳": "b", "判定": "x", "score": "1", "approved": "yes", "ステータス": "済"}
    where = Columns(prompt="原文", response="人手修正, 機械翻訳", label=label)
    read = first_filled.of(where, {**names, **row})
    assert (read.response, read.label) == ("人手修正" if row["人手修正"] == "Good." else "機械翻訳", left)


def test_a_label_of_columns_that_are_no_drafts_of_each_other_always_counts() -> None:
    where = Columns(prompt="question", response="answer_a, answer_b", label="verdict")
    assert (
        first_filled.of(where, {"question": "q", "answer_a": "x", "answer_b": "y", "verdict": "bad"}).label == "verdict"
    )


def told(columns: Columns) -> list[str]:
    rows = rows_of(("原文", "機械翻訳", "人手修正", "判定"), (BAD, GOOD, BAD, GOOD))
    dataset = Dataset(name="x", path="x.csv", source="local", columns=columns)
    notes = [*source_notes.verdicts_unused(dataset, rows), *source_notes.labels_read(dataset, rows)]
    return [str(note) for note in notes]


def test_what_is_said_of_a_verdict_on_the_draft() -> None:
    """No line is proposed that leaves out all corrections, and how the rows are read is what happens to them."""
    assert told(Columns(prompt="原文", response="人手修正")) == []
    both = Columns(prompt="原文", response="人手修正, 機械翻訳", label="判定")
    assert told(both) == [
        "'判定', named as `label`: 2 rows are good (OK), 2 rows judge a draft whose correction is learnt (要修正)."
    ]
    [alone] = told(Columns(prompt="原文", response="機械翻訳"))
    assert "label: 判定" in alone
