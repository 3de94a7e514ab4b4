"""Translation memories (.tmx) are rows with a column for each language."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from engine.data.files.test_files_people_have import put, read
from helpers.rows import of_source
from helpers.sessions import refused
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.files import local_files, sheet_xml
from so8t_engine.data.files.row_readers import BadRow

HEAD = '<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
ABOUT = '<header creationtool="x" segtype="sentence" adminlang="en" srclang="{source}" datatype="plaintext"/>'


def memory(*units: str, source: str = "en-US", encoding: str = "utf-8") -> str:
    inside = "".join(f"<tu><note>words</note>{unit}</tu>\n" for unit in units)
    about = ABOUT.format(source=source)
    return f'{HEAD.format(encoding=encoding)}<tmx version="1.4">{about}<body>{inside}</body></tmx>'


def of(language: str, text: str, name: str = "xml:lang") -> str:
    return f'<tuv {name}="{language}"><prop type="p">no text</prop><seg>{text}</seg></tuv>'


def test_each_unit_is_a_row_with_the_language_translated_from_first(tmp_path: Path) -> None:
    text = memory(
        of("JA-jp", "またね。") + of("en-us", " See you. "), of("en", "Good day.", "lang") + of("de", "Guten Tag.")
    )
    found, said = read(put(tmp_path / "a.tmx", text))
    assert [list(row.items()) for row in found] == [
        [("en-US", "See you."), ("ja-JP", "またね。")], [("en", "Good day."), ("de", "Guten Tag.")],
    ]  # fmt: skip
    assert said == []
    [file] = local_files.find(str(put(tmp_path / "b.tmx.gz", gzip.compress(text.encode()))))
    items = list(local_files.read(file, 1_000))
    assert len(items) == 2 and list(local_files.read(file, 1_000, 1)) == items[1:]
    assert read(put(tmp_path / "c.tmx", memory(of("ja", "は") + of("en", "a"), source="*all*")))[0] == [
        {"ja": "は", "en": "a"}
    ]
    assert list(read(tmp_path / "c.tmx")[0][0]) == ["ja", "en"]


@pytest.mark.parametrize(("source", "language"), [("en-US", "en"), ("en", "en-GB"), ("EN_us", "en-GB"), ("en", "en")])
def test_a_language_without_its_country_is_the_one_translated_from(tmp_path: Path, source: str, language: str) -> None:
    text = memory(of("de", "Guten Tag.") + of(language, "Good day."), source=source)
    [row], _ = read(put(tmp_path / "a.tmx", text))
    assert list(row.items()) == [(language, "Good day."), ("de", "Guten Tag.")]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_file_says_its_encoding_itself(tmp_path: Path, encoding: str) -> None:
    data = memory(of("en", "a key") + of("fr", "une clé"), encoding=encoding).encode(encoding)
    assert read(put(tmp_path / "a.tmx", data))[0] == [{"en": "a key", "fr": "une clé"}]


def test_what_stands_for_formatting_is_no_text_and_what_is_highlighted_is(tmp_path: Path) -> None:
    seg = (
        'Press <bpt i="1">&lt;b&gt;<sub>no</sub></bpt><hi>OK</hi><ept i="1">&lt;/b&gt;</ept>,<ph>&lt;br/&gt;</ph> then'
        "<it pos='begin'>[</it> &amp; wait<ut>{</ut>."
    )
    assert read(put(tmp_path / "a.tmx", memory(of("en", seg) + of("ja", "x"))))[0][0]["en"] == "Press OK, then & wait."


def test_several_translations_of_one_text_are_a_row_each(tmp_path: Path) -> None:
    text = memory(
        of("en", "Bye.") + of("ja", "では。") + of("ja", "またね。"), of("en", ""), of("en", "One.") + of("", "x")
    )
    assert read(put(tmp_path / "a.tmx", text))[0] == [
        {"en": "Bye.", "ja": "では。"}, {"en": "Bye.", "ja": "またね。"}, {"en": "One."},
    ]  # fmt: skip


def test_the_line_that_is_proposed_asks_for_the_translation(tmp_path: Path) -> None:
    [row] = read(put(tmp_path / "a.tmx", memory(of("ja-JP", "またね。") + of("en-US", "See you."))))[0]
    columns = Columns(prompt="Translate into Japanese:\n\n{en-US}", response="ja-JP")
    adapter = choose_adapter.choose(Dataset(name="d", source="local", path="a.tmx", columns=columns), row)
    assert adapter is not None
    parsed: Any = adapter.adapt(row, {})
    assert (parsed.prompt, parsed.response) == ("Translate into Japanese:\n\nSee you.", "またね。")


def test_a_unit_that_is_too_long_costs_itself_alone(tmp_path: Path) -> None:
    text = memory(of("en", "a") + of("ja", "b"), of("en", "c" * 90) + of("ja", "d"), of("en", "e") + of("ja", "f"))
    [file] = local_files.find(str(put(tmp_path / "a.tmx", text)))
    items = list(local_files.read(file, 80))
    bad = [(item.number, item.unit, item.at, item.reason) for item in items if isinstance(item, BadRow)]
    assert bad == [(2, "item", 2, drop_reasons.TOO_LONG)] and len(items) == 3


def test_what_is_damaged_or_declares_entities_is_refused_with_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = memory(of("en", "a") + of("ja", "b"))
    cut = refused(lambda: read(put(tmp_path / "a.tmx", text[:-20]))).sentence.args["why"]
    assert cut.code == "data.not_xml" and "line 3" in cut.args["error"]
    bomb = text.replace('"tmx14.dtd"', '"tmx14.dtd" [<!ENTITY a "aaaa">]')
    assert (
        refused(lambda: read(put(tmp_path / "b.tmx", bomb))).sentence.args["why"].code == "data.workbook_with_entities"
    )
    monkeypatch.setattr(sheet_xml, "MOST_WITHOUT", 1_000)
    monkeypatch.setattr(sheet_xml, "PIECE", 100)
    empty = put(tmp_path / "c.tmx", memory(of("en", "a" * 5_000)))
    assert refused(lambda: read(empty)).sentence.args["why"].code == "data.not_xml"


@pytest.mark.parametrize(
    ("called", "said", "state"),
    [
        ("status", "rejected", "rejected"),
        ("x-ConfirmationLevel:SingleString", "RejectedTranslation", "Rejected"),
        ("confirmed", "no", "not approved"),
        ("x-status", "Entwurf", "Entwurf"),
        ("Statut", "brouillon", "brouillon"),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_what_was_rejected_or_is_a_draft_is_not_learnt(
    tmp_path: Path, called: str, said: str, state: str, inside: bool
) -> None:
    note = f'<prop type="{called}">{said}</prop>'
    bad = of("de", "Halt!") + of("en", "Stay!").replace("<seg>", note + "<seg>") * inside
    bad = bad if inside else note + of("de", "Halt!") + of("en", "Stay!")
    good = [of("de", f"Der {text} ist rot.") + of("en", f"The {text} is red.") for text in ("Bus", "Ball", "Zug")]
    found, _ = read(put(tmp_path / "a.tmx", memory(*good, bad, source="de")))
    assert [row.get("status") for row in found] == [None, None, None, state]
    where = proposals.propose(found)
    assert where is not None and (where.response, where.label) == ("en", "status")
    learnt = of_source(found, columns=where.model_dump(exclude_none=True))
    assert [isinstance(one, ParsedRow) and one.bad_answer is None for one in learnt] == [True, True, True, False]


def test_of_several_states_one_that_rejects_counts_and_else_the_first_of_each_unit(tmp_path: Path) -> None:
    def noted(*said: str) -> str:
        return "".join(f'<prop type="status">{one}</prop>' for one in said) + of("de", "Halt!") + of("en", "Stop!")

    told = [("draft", "approved"), ("approved", "rejected"), ("rejected", "approved"), ("final",), (), ("x" * 40, "y")]
    found, _ = read(put(tmp_path / "a.tmx", memory(*(noted(*said) for said in told))))
    assert [row.get("status") for row in found] == ["draft", "rejected", "rejected", "final", None, "x" * 40]
    lines = '<prop type="status">' + "&#120;" * 40 + "&#121;" + "</prop>" + of("de", "Halt!") + of("en", "Stop!")
    assert read(put(tmp_path / "b.tmx", memory(lines)))[0][0]["status"] == "x" * 40 + "y"


def test_scripts_are_written_large_and_a_unit_may_be_as_long_as_a_row(tmp_path: Path) -> None:
    text = memory(of("EN", "a" * 40) + of("zh-hant-tw", "b" * 40))
    path = put(tmp_path / "a.tmx", text)
    assert read(path)[0] == [{"en": "a" * 40, "zh-Hant-TW": "b" * 40}]
    [file] = local_files.find(str(path))
    assert [isinstance(next(local_files.read(file, limit)), BadRow) for limit in (80, 79)] == [False, True]
