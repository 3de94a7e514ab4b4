"""Numbers of sources that are not there go from an answer; those of lists, places, steps and formulas stay."""

from __future__ import annotations

import pytest

from helpers.admitted_rows import record_of
from so8t_engine.config.run_config import Dataset, Integrate, RunConfig
from so8t_engine.data.texts import text_rules

Q = "Where is the tower?"
GO = [
    ("It stands in Paris, where it was built in 1889 [3]", "It stands in Paris, where it was built in 1889"),
    ("Eiffel built it [1], an engineer [2, 3]. It opened in 1889. [4]",
     "Eiffel built it, an engineer. It opened in 1889."),
    ("It was in 1889.[3][4] Later it grew [5]; then it fell [6].", "It was in 1889. Later it grew; then it fell."),
    ("It is so[1]. And so.[2][3]", "It is so. And so."), ("Bonn is on the Rhine[13].", "Bonn is on the Rhine."),
    ("Bonn is on the Rhine [1] [2].", "Bonn is on the Rhine."),
    ("Bonn is on the Rhine [1], [2].", "Bonn is on the Rhine."),
    ("It is 57 km long[1] and 9 km wide[2].", "It is 57 km long and 9 km wide."),
    ("It grew [1-3]. It fell [4].", "It grew. It fell."),
    ("It lies there.[1]\n\nIt is old.[2]", "It lies there.\n\nIt is old."),
    ("約1400万人です[3]。面積は狭いです [4]。", "約1400万人です。面積は狭いです。"),
    ("東京都です。[1]", "東京都です。"),
    ("It is so[^1][^2].", "It is so."),
    ("It is so.[^1]", "It is so."), ("It is so [^1].", "It is so."), ("It is so[^a1].", "It is so."),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "plain"), GO)
def test_a_mark_of_a_source_that_is_not_there_is_taken_out_and_counted(answer: str, plain: str) -> None:
    assert text_rules.answered(answer, Integrate(), Q) == (plain, ["cut_citations"])
    assert text_rules.answered(answer, Integrate(cut_citations=False), Q) == (answer, [])
    assert text_rules.answered(answer, Integrate(), Q, sourced=True) == (answer, [])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("Use a[3], as in x = a[3].", Q), ("Take items[3].", "How do I get it in Python?"),
        ("Its value is in a[3].", Q),
        ("The list is [1, 2, 3].", Q), ("It becomes [3].", Q), ("f maps to [3]", Q), ("It holds [2, 3] then.", Q),
        ("As step [2] says, turn it. Then see [4].", Q), ("The matrix a[1][2].", Q), ("Use `a[3]` then [3].", Q),
        ("It is old [3].", "What is the sorted list?"), ("It is old [3].", "Which source says so?"),
        ("It is old [1].\n\n[1] An atlas", Q), ("It is old [1].\n\nReferences:\n1. An atlas", Q),
        ("It is old [1].\n\n出典\n1. 地図", Q), ("It is old [1].", "Passage [1]: It is old.\nIs it?"),
        ("It is old [1]. The set is [3, 4].", Q), ("$x$ is old [1].", Q), ("It is old, says Ann [1] there.", Q),
        ("要素は[3]。", Q), ("It is old [0].", Q), ("It is 1889[3].5 long", Q), ("[3]", Q),
        ("Lyon.[^1]\n\n[^1]: an atlas", Q),
    ],
)  # fmt: skip
def test_a_number_that_may_be_anything_else_stays(answer: str, asked: str) -> None:
    assert text_rules.answered(answer, Integrate(), asked) == (answer, [])


@pytest.mark.parametrize(
    ("more", "cut"),
    [({}, True), ({"source": "web"}, True), ({"references": []}, True), ({"references": ["An atlas"]}, False),
     ({"citations": [{"url": "x"}]}, False), ({"search_results": "An atlas"}, False), ({"出典": "地図"}, False)],
)  # fmt: skip
def test_a_row_that_has_its_sources_keeps_the_marks(more: dict[str, object], cut: bool) -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    config = RunConfig.model_validate({"datasets": [dataset.model_dump()], "model": {"model_name_or_path": "m"}})
    row = {"question": Q, "answer": "It was built in 1889 [3].", **more}
    found = record_of(config, row)
    assert found.record.response == ("It was built in 1889." if cut else "It was built in 1889 [3].")
    assert found.changed == (("cut_citations",) if cut else ())
