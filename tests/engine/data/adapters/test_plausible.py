"""What only has the columns of a known data set is not taken for it."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters import plausible

SAID = {"author": {"role": "user"}, "content": {"parts": ["hi"]}}


@pytest.mark.parametrize(
    ("name", "one", "others"),
    [
        ("commonsense_qa", {"choices": {"label": ["A"], "text": ["ice"]}},
         [{"choices": {"text": ["ice"]}}, {"choices": "label, text"}]),
        ("oasst_tree", {"prompt": {"text": "q", "replies": []}}, [{"prompt": {"text": "q"}}, {"prompt": "no replies"}]),
        ("chatgpt", {"mapping": {"a": {"message": None}, "b": {"message": SAID}}},
         [{"mapping": {"b": {"message": {"fragments": []}}}}, {"mapping": {"b": {"text": "message"}}},
          {"mapping": {}}, {"mapping": {"a": "message"}}, {"mapping": "message"}]),
        ("deepseek", {"mapping": {"b": {"message": {"fragments": []}}}}, [{"mapping": {"b": {"message": SAID}}}]),
        ("claude", {"chat_messages": [{"sender": "human", "text": "hi"}]},
         [{"chat_messages": [{"text": "hi"}]}, {"chat_messages": ["sender"]}, {"chat_messages": "sender"}]),
        ("squad", {"answers": {"text": ["x"], "answer_start": [0]}},
         [{"answers": [{"answer": "x"}]}, {"answers": ["a text"]}, {"answers": "a text"}]),
        ("squad", {"answers": [{"text": "x", "answer_start": 0}]}, [{"answers": [{"text": "x"}, {"answer": "y"}]}]),
        ("mt_bench", {"turns": ["Why?", "And then?"]},
         [{"turns": []}, {"turns": "Why?"}, {"turns": ["Why?", 3]}, {"turns": [{"role": "user"}]}, {"turns": 2}]),
        ("open_webui", {"chat": {"messages": []}}, [{"chat": {"messages": "hi"}}, {"chat": {}}, {"chat": "messages"}]),
        ("math_shepherd", {"label": "Add. +", "input": "Add. ки"},
         [{"label": 1, "input": "ки"}, {"label": "+", "input": "x"}]),
        ("dolly", {"instruction": "Why?", "context": "", "response": "So."},
         [{"instruction": "Why?", "context": "", "response": "So.", "source": "x"},
          {"instruction": "Why?", "context": "", "response": "So.", "category": "qa", "is_correct": False}]),
        ("dolly", {"instruction": "Why?", "context": "", "response": "So.", "category": "qa", "id": 1}, []),
        ("orz", {"messages": [{"value": "Why?"}, {"ground_truth": {"value": "So"}}]},
         [{"messages": [{"ground_truth": {"value": "So"}}]}, {"messages": "Why?"},
          {"messages": [{"value": "Why?"}, {"value": "So.", "ground_truth": {"value": "So"}}]},
          {"messages": [{"value": "Why?"}, {"value": ""}]}]),
        ("chatgpt", {"mapping": {"a": {"message": None}, "b": {"message": {"author": {}}}}},
         [{"mapping": {"a": {"message": {"author": {}}}, "b": {"message": {"x": 1}}}},
          {"mapping": {"a": {"message": None}}},
          {"mapping": {"a": {"x": 1}, "b": {"message": {"author": {}}}}}, {"mapping": []}]),
        ("deepseek", {"mapping": {"a": {"message": None}, "b": {"message": {"x": 1}}}},
         [{"mapping": {"a": {"message": {"author": {}}}, "b": {"message": {"x": 1}}}},
          {"mapping": {"a": {"message": None}}}]),
        ("llama_server", {"conv": {"currNode": 1}, "messages": [{"parent": 1}]},
         [{"conv": {}, "messages": [{"parent": 1}]}, {"conv": "currNode", "messages": [{"parent": 1}]},
          {"conv": {"currNode": 1}, "messages": []}, {"conv": {"currNode": 1}, "messages": [{"parent": 1}, {"x": 1}]}]),
        ("claude", {"chat_messages": [{"sender": "human"}]}, [{"chat_messages": [{"sender": "human"}, {"x": 1}]},
         {"chat_messages": "x"}]),
        ("gsm8k", {"answer": "3 + 4\n#### 7"},
         [{"answer": "7"}, {"answer": 7}, {"answer": "#### 7", "is_correct": False}]),
        ("hh_rlhf", {"chosen": "\n\nHuman: Why?"}, [{"chosen": "Why?"}, {"chosen": ["Human:"]}]),
        ("prm800k", {"question": {"problem": "q"}, "label": {"steps": []}},
         [{"question": "q", "label": {"steps": []}}, {"question": {}, "label": {}},
          {"question": {}, "label": "steps"}]),
    ],
)  # fmt: skip
def test_a_shape_is_known_by_what_its_columns_hold(
    name: str, one: dict[str, Any], others: list[dict[str, Any]]
) -> None:
    assert plausible.is_one(one, name)
    assert [plausible.is_one(row, name) for row in others] == [False] * len(others)


def test_question_and_answer_alone_are_of_no_data_set() -> None:
    assert plausible.is_one({"question": "Why?", "answer": "So."}, "orca_math") is False
