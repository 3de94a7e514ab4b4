"""Of a translation and what somebody has made of it the corrected one is proposed, or the draft where it was right."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.rows import parsed
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.proposed import proposals

SAID = [("Hello.", "こんにちは。"), ("Good night.", "おはよう。"), ("Thanks.", "ありがとう。"), ("Sorry.", "ごめん。")]


@pytest.mark.parametrize(
    ("original", "draft", "mended"),
    [
        ("原文", "訳文", "修正訳"),
        ("原文(英)", "機械翻訳", "修正訳"),
        ("source", "machine_translation", "corrected_translation"),
        ("原文", "翻訳", "修正後の訳文"),
        ("original", "translation", "reviewed_translation"),
        ("英文", "和訳", "訂正訳"),
        ("英語版", "日本語版", "修正訳"),
    ],
)
@pytest.mark.parametrize("nothing", ["-", "なし", "修正なし", "OK", "No change", "同左", "〃", "（同左）"])
def test_the_corrected_translation_is_learnt_and_where_there_is_none_the_draft(
    original: str, draft: str, mended: str, nothing: str
) -> None:
    rows = [{original: one, draft: said, mended: nothing} for one, said in SAID]
    rows[1][mended] = "おやすみなさい。"
    where = proposals.propose(rows)
    assert where is not None
    asks = "次の文を日本語に訳してください。"
    assert (where.prompt, where.response) == (f"{asks}\\n\\n{{{original}}}", f"{mended}, {draft}")
    assert [parsed(row, columns=where).response for row in rows] == [
        "こんにちは。", "おやすみなさい。", "ありがとう。", "ごめん。",
    ]  # fmt: skip


def test_what_says_as_at_the_left_in_a_table_is_read_so(tmp_path: Path) -> None:
    """A mark below a correction was read as that."""
    text = "原文,訳文,修正訳\nHi.,やあ。,どうも。\nBye.,またね。,〃\nYes.,はい。,同左\n〃,ええ。,同上\n"
    found, said = read(put(tmp_path / "t.csv", text))
    assert [row["修正訳"] for row in found] == ["どうも。", "またね。", "はい。", "ええ。"]
    assert found[3]["原文"] == "Yes."
    assert [note.args["what"].code for note in said] == ["data.as_above", "data.as_left"]
    plain, told = read(put(tmp_path / "u.csv", "q,a,note\nHi?,So.,x\nBye?,Thus.,〃\nYes?,Well.,同左\n"))
    assert [row["note"] for row in plain] == ["x", "x", "Well."] and len(told) == 2
    first, _ = read(put(tmp_path / "v.csv", "修正訳,原文\nどうも。,Hi.\n〃,Bye.\n同左,Yes.\n"))
    assert [row["修正訳"] for row in first] == ["どうも。", "どうも。", "同左"]


@pytest.mark.parametrize("name", ["修正訳", "corrected_answer", "post_edit", "訳文（修正後）", "改訳", "fixed"])
def test_names_of_what_was_mended(name: str) -> None:
    assert verdict_names.is_mended(name)
    assert verdict_names.is_unmended(name, " - ") and not verdict_names.is_unmended(name, "Nothing.")


@pytest.mark.parametrize("name", ["訳文", "answer", "translation", "note"])
def test_in_other_columns_a_word_for_none_is_one(name: str) -> None:
    assert not verdict_names.is_mended(name) and not verdict_names.is_unmended(name, "なし")
    assert verdict_names.is_unmended(name, None) and verdict_names.is_unmended(name, "")
