"""A sentence that a file says once for all of its rows is asked with each of them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import parsed
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import proposals
from so8t_engine.data.files import json_documents, task_sentences
from so8t_engine.data.files.row_readers import RawRow

IO = {"input": "Peru", "output": "Lima"}
QA = {"question": "Where?", "answer": "Here."}
CAPITALS = {
    "task_prefix": "Name the capital.\n",
    "example_input_prefix": "\nCountry: ",
    "example_output_prefix": "\nCapital: ",
}


def read(document: Any, **how: Any) -> list[Any]:
    found = json_documents.json_rows(io.BytesIO(json.dumps(document).encode()), 10**6, **how)
    return [json.loads(each.text) if isinstance(each, RawRow) else each for each in found]


@pytest.mark.parametrize(
    ("document", "prompt", "response"),
    [
        ({"instruction": "Name the capital.", "output_length": 9, "metrics": ["f1"], "few_shots": [IO],
          "samples": [IO]}, "Name the capital.\n\nPeru", "Lima"),
        ({"instruction": "Name the capital.", "few_shots": [IO]}, "Name the capital.\n\nPeru", "Lima"),
        ({"指示": "首都を答えてください。", "データ": [{"質問": "ペルーは？", "回答": "リマ"}]},
         "首都を答えてください。\n\nペルーは？", "リマ"),
        ({"指示": "首都を答えてください。", "データ": [{"入力": "ペルー", "出力": "リマ"}]},
         "首都を答えてください。\n\nペルー", "リマ"),
        ({"instruction": "Be brief.", "data": [QA]}, "Be brief.\n\nWhere?", "Here."),
        ({"instruction": ["Be brief.", "Be kind."], "train": [QA], "test": [IO]},
         "Be brief.\nBe kind.\n\nWhere?", "Here."),
        ({"task": "Say where it lies.", "data": [QA]}, "Say where it lies.\n\nWhere?", "Here."),
        ({"task": "qa", "instruction": " ", "data": [QA]}, "Where?", "Here."),
        ({"system_prompt": "Be brief.", "data": [QA]}, "Be brief.\n\nWhere?", "Here."),
        ({"instruction": "Be brief.", "data": [{"instruction": "Where?", "output": "Here."}]}, "Where?", "Here."),
        ({"instruction": "Be brief.", "data": [{"messages": [{"role": "user", "content": "Where?"},
                                                             {"role": "assistant", "content": "Here."}]}]},
         "Be brief.\n\nWhere?", "Here."),
        ({"name": "c", "description": "Capitals.", **CAPITALS, "examples": [{"input": "Peru", "target": "Lima"}]},
         "Name the capital.\n\nCountry: Peru\nCapital:", "Lima"),
        ({"task_prefix": "Choose.", "example_input_prefix": "\nQ: ", "examples": [
            {"input": "Is ice cold?", "target_scores": {"no": 0, "yes": 1}}]},
         "Choose.\n\nIs ice cold?\nA. no\nB. yes", "B. yes"),
        ({"example_input_prefix": "Country:", "examples": [{"input": "Peru", "target": "Lima"}]},
         "Country: Peru", "Lima"),
        ({"instruction": "Be brief.", "questions": [QA]}, "Be brief.\n\nWhere?", "Here."),
    ],
)  # fmt: skip
def test_it_stands_before_what_a_row_asks(document: Any, prompt: str, response: str) -> None:
    [row] = read(document)
    found = parsed(row)
    assert (found.prompt, found.response) == (prompt, response)


def test_of_several_objects_with_rows_each_has_its_own() -> None:
    objects = [{"instruction": f"Do {n}.", "questions": [QA]} for n in range(2)]
    assert [row["question"] for row in read(objects)] == ["Do 0.\n\nWhere?", "Do 1.\n\nWhere?"]


def test_which_list_is_read_is_said_and_may_be_chosen() -> None:
    document = {"instruction": "Name it.", "few_shots": [IO], "samples": [QA]}
    said: list[Any] = []
    assert len(read(document, notice=said.append)) == 1
    assert [(note.code, note.args["keys"]) for note in said] == [("data.other_lists", ["few_shots"])]
    [row] = read(document, split="few_shots")
    assert (row["instruction"], row["output"]) == ("Name it.", "Lima")


@pytest.mark.parametrize(
    ("name", "told", "asks"),
    [
        ("instruction", "Which feeling is it?", "{instruction}\\n\\n{text}"),
        ("task", "Say which feeling it is.", "{task}\\n\\n{text}"),
        ("指示", "感情を答えてください。", "{指示}\\n\\n{text}"),
        ("question", "Which feeling is in this text?", "{question}\\n\\n{text}"), ("task", "sst2", "text"),
        ("definition", "A word for what one feels.", "text"),
    ],
)  # fmt: skip
def test_a_line_for_rows_that_nothing_reads_asks_it_too(name: str, told: str, asks: str) -> None:
    rows = [
        {name: told, "text": text, "label": label}
        for text, label in (("I love it.", "positive"), ("I hate it.", "negative"), ("It is great.", "positive"))
    ]
    assert proposals.propose(rows) == Columns(prompt=asks, response="label")


def test_rows_whose_question_is_not_known_have_it_beside_them() -> None:
    row = {"text": "I love it.", "label": "positive"}
    assert task_sentences.with_it({"instruction": "Which feeling?"}, row) == {"instruction": "Which feeling?", **row}
    assert task_sentences.with_it({"instruction": "Which feeling?"}, 3) == 3 and task_sentences.with_it({}, row) is row
