"""Which column of a dataset holds what, typed as one line and shown as one line."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.sentences import from_json, in_turn, sentence, to_json
from so8t_gui.forms import columns_text


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("prompt=question, response=solution", {"prompt": "question", "response": "solution"}),
        (" prompt = the question ,response=a", {"prompt": "the question", "response": "a"}),
        ("prompt=質問, response=回答, reasoning=理由", {"prompt": "質問", "response": "回答", "reasoning": "理由"}),
        ('prompt="a, b", response="say ""x"""', {"prompt": "a, b", "response": 'say "x"'}),
        ("prompt=q, label=a >= 4", {"prompt": "q", "label": "a >= 4"}),
        ("prompt=a=b, response=c", {"prompt": "a=b", "response": "c"}),
        ("prompt=q,", {"prompt": "q"}),
        ("prompt=", {"prompt": ""}),
    ],
)
def test_a_line_is_read_and_what_is_shown_reads_the_same(text: str, columns: dict[str, str]) -> None:
    assert columns_text.from_text(text) == columns
    assert columns_text.from_text(columns_text.to_text(columns)) == columns


@pytest.mark.parametrize("text", ["question", "prompt", 'prompt="a', "=x", "prompt=a; response", ", ,"])
def test_what_cannot_be_read_stays_as_it_was_typed(text: str) -> None:
    """For the engine's check to complain about; a semicolon belongs to a name."""
    read = columns_text.from_text(text)
    assert read in (text, {"prompt": "a; response"}) and columns_text.to_text(read) == text


def test_nothing_typed_is_no_columns() -> None:
    assert columns_text.from_text("  ") is None and columns_text.to_text(None) == ""
    assert columns_text.to_text({"prompt": "q", "response": "r", "answer": None}) == "prompt=q, response=r"


def test_it_belongs_to_the_adapter_of_that_name() -> None:
    assert columns_text.is_wanted({"adapter": " Columns "}) and columns_text.is_wanted({"columns": {"prompt": "q"}})
    assert not columns_text.is_wanted({"adapter": "auto", "columns": None}) and not columns_text.is_wanted({})


@pytest.mark.parametrize("tool", [None, "prodigy"])
@pytest.mark.parametrize(
    "columns",
    [
        {"prompt": "frage", "response": "loesung"},
        {"prompt": "質問", "response": "the answer, whole", "reasoning": "meta.why"},
        {"prompt": "a: b", "response": "{c}"},
        {"prompt": 'das "was", und', "response": "C:\\data"},
        {"prompt": "Translate:\\n\\n{en}", "response": "ja", "label": "not bad"},
        {"prompt": "q", "response": "a", "label": "rating >= 4, grade = A|B"},
    ],
)
def test_what_the_engine_proposes_is_read_as_it_means_it(columns: dict[str, str], tool: str | None) -> None:
    line = column_names.line(Columns(**columns), tool)
    said = sentence("steps.no_adapter_fits", path="/a.csv", columns=["x"], line=line)
    found = columns_text.proposed(from_json(to_json(in_turn(said, sentence("action.disk_full")))))
    assert found == ({"columns": columns} if tool is None else {"adapter": tool, "columns": columns})
    assert columns_text.proposed(sentence("action.disk_full")) == {}
    assert columns_text.proposed(sentence("steps.no_adapter_fits", path="", columns=[], line="?")) == {}
