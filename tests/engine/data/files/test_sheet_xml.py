"""What the parts of a workbook hold, as its readers are told of it."""

from __future__ import annotations

import io

import pytest

from so8t_engine.data.files import sheet_xml

ROW = '<row r="1"><c><v>7</v></c></row>'
OF_A_LIBRARY = '<x:row xmlns:x="urn:x" r="1"><x:c><x:v>7</x:v></x:c></x:row>'


@pytest.mark.parametrize("text", [ROW, OF_A_LIBRARY])
def test_elements_begin_and_end_under_their_names_without_a_prefix(text: str) -> None:
    began, ended, said = list[str](), list[str](), list[str]()
    read = list(
        sheet_xml.feed(io.BytesIO(text.encode()), lambda name, _: began.append(name), ended.append, said.append)
    )

    assert (began, ended, said) == (["row", "c", "v"], ["v", "c", "row"], ["7"])
    assert read == [len(text)]


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("0", 0), ("9" * 9, 999_999_999), ("1" * 10, -1), ("-7", -1), ("", -1), (None, -1)]
)
def test_a_number_is_whole_and_of_nine_digits_at_most(text: str | None, number: int) -> None:
    assert sheet_xml.whole(text, -1) == number


@pytest.mark.parametrize(
    ("attributes", "is_on"), [({}, True), ({"val": "1"}, True), ({"w:val": "0"}, False), ({"val": "false"}, False)]
)
def test_an_element_switches_on_unless_its_value_says_otherwise(attributes: dict[str, str], is_on: bool) -> None:
    assert sheet_xml.is_on(attributes) is is_on
