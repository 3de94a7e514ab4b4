"""Talks about a passage are read question by question, whoever keeps them in which lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.rows import reason, whole
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.known import passages
from so8t_engine.data.files import local_files

STORY = "Pablo the donkey lived near Toledo. He carried bread."
ASKED = ("Who lived there?", "What did he carry?")
OF_COQA = {
    "source": "mctest", "story": STORY,
    "questions": [{"input_text": asked, "turn_id": number} for number, asked in enumerate(ASKED, 1)],
    "answers": [
        {"input_text": "Pablo", "span_text": "Pablo the donkey", "turn_id": 1},
        {"input_text": "bread", "span_text": "He carried bread", "turn_id": 2},
    ],
}  # fmt: skip
OF_QUAC = {
    "context": f"{STORY} CANNOTANSWER", "background": "A tale.", "section_title": "Life", "questions": [*ASKED, "Age?"],
    "answers": {"texts": [["Pablo the donkey", "Pablo"], ["bread", "some bread"], ["CANNOTANSWER"]]},
    "orig_answers": {"texts": ["Pablo", "bread", "CANNOTANSWER"], "answer_starts": [0, 50, 60]}, "yesnos": [2, 2, 2],
}  # fmt: skip


def talk(first: str = f"{STORY}\n\n{ASKED[0]}", before: str = "Pablo", last: str = ASKED[1]) -> dict[str, Any]:
    turns = (("user", first), ("assistant", before), ("user", last))
    return {"prompt": f"User: {first}\n\nAssistant: {before}\n\nUser: {last}", "response": "bread", "messages": turns}


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (OF_COQA, talk()),
        ({**OF_COQA, "answers": OF_COQA["answers"][::-1]}, talk()),  # type: ignore[index]
        ({"story": STORY, "questions": [*ASKED], "answers": {"input_text": ["Pablo", "bread"], "answer_start": [0, 9]}},
         talk()),
        (OF_QUAC, talk(f"A tale.\n\nLife\n\n{STORY}\n\n{ASKED[0]}")),
        ({"passage": STORY, "questions": [*ASKED], "answers": ["Pablo", "bread"]}, talk()),
        ({"本文": STORY, "questions": [*ASKED, "Age?"], "answers": ["Pablo", "bread", "unknown"]}, talk()),
        ({"text": STORY, "questions": ["Age?", *ASKED], "answers": ["Unknown", "Pablo", "bread"]}, talk()),
        ({"context": STORY, "questions": ["Age?", "Name?"], "answers": ["unknown", " "]}, drop_reasons.NO_GOLD_ANSWER),
        ({"context": STORY, "questions": ["Name?", "Age?"], "answers": ["Pablo", "unknown"]},
         {"prompt": f"{STORY}\n\nName?", "response": "Pablo"}),
    ],
)  # fmt: skip
def test_a_talk_about_a_passage_is_read_with_the_passage_before_its_first_question(
    row: dict[str, Any], read: object
) -> None:
    assert whole(row) == read


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (OF_COQA, True), ({"context": STORY, "questions": ["Name?", "Age?"], "answers": ["Pablo", "5"]}, True),
        ({**OF_COQA, "questions": OF_COQA["questions"][:1], "answers": OF_COQA["answers"][:1]}, True),  # type: ignore[index]
        ({"context": STORY, "questions": ["Name?"], "answers": ["Pablo"]}, False),
        ({"questions": ["Name?", "Age?"], "answers": ["Pablo", "5"]}, False),
        ({"context": [STORY], "questions": ["Name?", "Age?"], "answers": ["Pablo", "5"]}, False),
        ({"context": STORY, "questions": ["Name?", "Age?"], "answers": ["Pablo"]}, False),
        ({"context": STORY, "questions": ["Name?", "Age?"], "answers": ["Pablo", 5]}, False),
        ({"context": STORY, "questions": ["Name?", "Age?"], "answers": "Pablo"}, False),
        ({"context": STORY, "questions": "Name?", "answers": ["Pablo"]}, False),
        ({"article": STORY, "questions": ["_ lived.", "He had _."], "answers": ["A", "B"], "options": [["a", "b"]] * 2},
         False),
        ({**OF_COQA, "answers": [{"input_text": "Pablo", "turn_id": 1}, {"input_text": "bread", "turn_id": 7}]}, False),
        ({**OF_COQA, "answers": [{"input_text": "Pablo", "turn_id": 1}, {"input_text": "bread", "turn_id": 1}]}, False),
    ],
)  # fmt: skip
def test_lists_that_do_not_go_together_are_no_talk(row: dict[str, Any], is_one: bool) -> None:
    assert passages.is_one(row) is is_one


def test_each_answer_of_the_talk_is_read_where_all_are_to_be_learnt() -> None:
    source = Dataset(name="x", path="x.jsonl", source="local")
    adapter = choose_adapter.choose(source, OF_COQA)

    assert adapter is not None
    assert adapter.adapt(OF_COQA, {"\0up to answer": ("0", "")}).response == "Pablo"


def test_what_a_passage_does_not_tell_is_no_answer_of_squads_form() -> None:
    row = {"context": f"{STORY} CANNOTANSWER", "question": "Age?", "answers": {"text": ["CANNOTANSWER"]}}

    assert reason(row) == drop_reasons.NO_GOLD_ANSWER
    assert whole({**row, "question": "Name?", "answers": {"text": ["Pablo"]}}) == {
        "prompt": f"{STORY}\n\nName?", "response": "Pablo", "answer": "Pablo", "answer_kind": "text",
    }  # fmt: skip


def test_articles_of_quac_are_talks_and_those_of_squad_questions_by_themselves(tmp_path: Path) -> None:
    def asked(number: int, **more: Any) -> dict[str, Any]:
        said = ("Pablo", "bread")[number]
        return {"question": ASKED[number], "answers": [{"text": f"{said}, he", "answer_start": 0}], "id": "1", **more}

    of_talk = [asked(number, followup="y", orig_answer={"text": ("Pablo", "bread")[number]}) for number in (0, 1)]
    of_quac = {"section_title": "Life", "background": "A tale.", "paragraphs": [{"context": STORY, "qas": of_talk}]}
    of_squad = {"title": "T", "paragraphs": [{"context": STORY, "qas": [asked(0), asked(1)]}]}
    read = []
    for article in (of_quac, of_squad):
        (path := tmp_path / "x.json").write_text(json.dumps({"data": [article]}), encoding="utf-8")
        [file] = local_files.find(str(path))
        read.append([json.loads(row.text) for row in local_files.read(file, 10_000) if hasattr(row, "text")])

    assert [whole(row) for row in read[0]] == [talk(f"A tale.\n\nLife\n\n{STORY}\n\n{ASKED[0]}")]
    assert [row["question"] for row in read[1]] == [*ASKED]
