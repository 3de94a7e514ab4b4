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
