"""What the columns of a row mean by their names and by its values: row by row, the whole mapping."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import row_mapping

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
OPEN = "Thought: I look.\nAction: search[saw]\nObservation: one"
STEPS = f"{OPEN}\nThought: I know.\nAction: Finish[small]"
TALK, NAMED = "User: Hi\nAssistant: Yes?", "Customer: hi\nAgent: yes"
BESIDE = {"question": Q, "answer": A}
PAIR = {"prompt": "question", "response": "answer"}


def found(row: dict[str, Any], **roles: str) -> dict[str, str] | None:
    where = row_mapping.mapping(row, roles)
    return None if where is None else {role: name for role, name in where.model_dump().items() if name is not None}


ROWS: list[tuple[dict[str, Any], dict[str, str] | None]] = [
    ({"vanilla": Q, "adversarial": "", "completion": A}, {"prompt": "vanilla", "response": "completion"}),
    ({"vanilla": "x", "adversarial": Q, "completion": A}, {"prompt": "adversarial", "response": "completion"}),
    # a talk, or a text of which something else is asked
    ({"conversation": TALK, "id": 1}, {"messages": "conversation"}),
    ({"conversation": TALK, "summary": "x"}, {"messages": "conversation"}),
    ({"conversation": "A text.", "id": 1}, {"messages": "conversation"}),
    ({"conversation": "A text.", "summary": "x", "id": 1}, None),
    ({"conversation": "A text.", **BESIDE}, {"query": "conversation", **PAIR}),
    ({"transcript": NAMED}, {"messages": "transcript"}),
    ({"transcript": NAMED, "id": 3}, {"messages": "transcript"}),
    ({"transcript": NAMED, "summary": "x", "id": 3}, None),
    ({"turns": [ASKED, ANSWERED]}, {"messages": "turns"}),
    ({"turns": 3, **BESIDE}, PAIR),
    ({"turns": [Q, "And now?"], **BESIDE}, PAIR),
    ({"turns": [Q, ANSWERED], **BESIDE}, {"messages": "turns", "answer": "answer"}),
    # what a talk lacks stands beside it
    ({"messages": [ASKED]}, {"messages": "messages"}),
    ({"messages": [ASKED], "answer": ""}, {"messages": "messages"}),
    ({"messages": [ASKED], "answer": A, "response": "", "cot": []}, {"messages": "messages", "response": "answer"}),
    ({"messages": [ASKED], "answer": A, "reasoning": "I see."},
     {"messages": "messages", "response": "answer", "reasoning": "reasoning"}),
    ({"messages": [{"from": "human", "value": Q}], "answer": A}, {"messages": "messages", "response": "answer"}),
    ({"messages": [ASKED, ANSWERED], "answer": "7"}, {"messages": "messages", "answer": "answer"}),
    ({"messages": [ASKED, ANSWERED], "answer": 7}, {"messages": "messages", "answer": "answer"}),
    ({"messages": [ASKED, ANSWERED], "answer": "w" * 120}, {"messages": "messages", "answer": "answer"}),
    ({"messages": [ASKED, ANSWERED], "answer": "w" * 121}, {"messages": "messages"}),
    ({"messages": [ASKED, ANSWERED], "answer": ["7"]}, {"messages": "messages"}),
    ({"messages": TALK, "answer": "7"}, {"messages": "messages"}),
    ({"messages": [{"text": Q}], "answer": "7"}, {"messages": "messages"}),
    # what an agent did
    ({"trajectory": STEPS}, {"messages": "trajectory"}),
    ({"question": Q, "trajectory": STEPS, "answer": "small"},
     {"prompt": "question", "response": "trajectory", "answer": "answer"}),
    ({"question": Q, "trajectory": STEPS, "answer": "w" * 120},
     {"prompt": "question", "response": "trajectory", "answer": "answer"}),
    ({"question": Q, "trajectory": STEPS, "answer": "w" * 121}, {"prompt": "question", "response": "trajectory"}),
    ({"question": Q, "trajectory": OPEN, "answer": "small"},
     {"prompt": "question", "response": "{trajectory}\\nFinal Answer: {answer}"}),
    ({"question": Q, "reasoning": OPEN, "answer": "small"},
     {"prompt": "question", "response": "{reasoning}\\nFinal Answer: {answer}"}),
    # the second of two columns, where the first is empty
    ({"question": Q, "response": "", "output": A}, {"prompt": "question", "response": "output"}),
    ({"question": Q, "response": None, "answer": A}, PAIR),
    ({"question": Q, "response": "", "id": 1}, {"prompt": "question", "response": "response"}),
    ({"question": Q, "cot": "", "rationale": "I see.", "answer": A}, {**PAIR, "reasoning": "rationale"}),
    ({"question": Q, "cot": [], "rationale": "I see.", "answer": A}, {**PAIR, "reasoning": "rationale"}),
    ({"question": Q, "cot": "", "answer": A}, {**PAIR, "reasoning": "cot"}),
    ({"question": Q, "solution": "1 + 1", "answer": "N/A"}, {"prompt": "question", "response": "solution"}),
    ({"question": Q, "response": A, "final_answer": " N/A ", "answer": "7"},
     {"prompt": "question", "response": "response", "answer": "answer"}),
    # options, or what is only called so
    ({"question": Q, "choices": ["hen", "dog"], "answer": "A"},
     {"prompt": "question", "choices": "choices", "answer": "answer"}),
    ({"question": Q, "choices": ["*hen", "dog"]}, {"prompt": "question", "choices": "choices", "answer": "choices"}),
    ({"question": Q, "choices": ["hen", "dog"]}, None),
    ({"question": Q, "option1": "*hen", "option2": "dog"},
     {"prompt": "question", "choices": "option1, option2", "answer": "option1, option2"}),
    ({"question": Q, "option1": "hen", "option2": "dog"}, None),
    ({"question": Q, "choice": "the first", "answer": A}, PAIR),
    ({"options": "hens", "answer": A}, None),
    ({"question": Q, "options": "A. hen\nB. dog", "answer": "The hen is."}, {**PAIR, "query": "options"}),
    ({"instruction": Q, "input": "x", "options": "A. hen\nB. dog", "answer": "The hen is."},
     {"prompt": "instruction", "query": "input", "response": "answer"}),
    ({"question": "12", "sentence": Q, "option1": "hen", "option2": "dog", "answer": "1"},
     {"prompt": "sentence", "choices": "option1, option2", "answer": "answer"}),
    ({"context": 3, "question": "12", "sentence": Q, "option1": "hen", "option2": "dog", "answer": "1"},
     {"prompt": "sentence", "choices": "option1, option2", "answer": "answer"}),
    ({"question": 12, "option1": "hen", "option2": "dog", "answer": "1"},
     {"prompt": "question", "choices": "option1, option2", "answer": "answer"}),
    ({"question": Q, "answers": ["hen"], "label": 0}, {"prompt": "question", "response": "answers", "label": "label"}),
    ({"question": Q, "answers": ["hen", "dog"], "label": True},
     {"prompt": "question", "response": "answers", "label": "label"}),
    ({"question": Q, "answers": ["hen", "dog"], "label": 3},
     {"prompt": "question", "response": "answers", "label": "label"}),
    *(({"question": Q, "answers": ["hen", "dog"], "label": label},
       {"prompt": "question", "choices": "answers", "answer": "label"}) for label in (0, 1, 2, "1")),
    ({"question": Q, "context": "C.", "answers": ["hen", "dog"], "label": 1},
     {"prompt": "{context}\\n\\n{question}", "choices": "answers", "answer": "label"}),
    ({"question": Q, "answers": ["*hen", "w" * 120]},
     {"prompt": "question", "choices": "answers", "answer": "answers"}),
    ({"question": Q, "answers": ["*hen", "w" * 121]}, {"prompt": "question", "response": "answers"}),
    # what is asked about
    ({"code": "a\nb", "input": "1", "output": "2"}, {"prompt": "code", "query": "input", "response": "output"}),
    ({"code": "a b", "input": "1", "output": "2"}, {"prompt": "code", "query": "input", "response": "output"}),
    ({"code": "en", "input": "1", "output": "2"}, {"prompt": "input", "response": "output"}),
    ({"instruction": Q, "input": ["a", "b"], "output": A},
     {"prompt": "instruction", "query": "input", "response": "output"}),
    *(({"instruction": Q, "input": given, "output": A},
       {"prompt": "instruction", "query": "input", "response": "output"})
      for given in (None, 21, 2.5, [2, 1], ["a", {"x": 1}], [2, {"x": 1}], {"x": 1}, {}, [])),
    *(({"instruction": Q, "input": given, "output": A}, {"prompt": "instruction", "response": "output"})
      for given in (float("nan"), True, {"type": "image_url", "image_url": "x.png"})),
    ({"question": Q, "context": [["T", ["a.", "b."]]], "answer": A}, {**PAIR, "query": "context"}),
    ({"question": Q, "context": 21, "answer": A}, PAIR),
    ({"question": Q, "text": f"Question: {Q} Answer: {A}", "answer": A}, PAIR),
    ({"question": Q, "text": "It rains.", "answer": A}, {**PAIR, "query": "text"}),
    # preferences that bring their question with them, or do not
    ({"chosen": TALK, "rejected": TALK}, {"chosen": "chosen", "rejected": "rejected"}),
    ({"chosen": A, "rejected": "No."}, None),
    ({"chosen": [ASKED, ANSWERED], "rejected": [ASKED]}, {"chosen": "chosen", "rejected": "rejected"}),
    ({"chosen": [ANSWERED], "rejected": [ANSWERED]}, None),
    ({"chosen": [ASKED, A], "rejected": [ASKED]}, None),
    ({"prompt": Q, "chosen": A, "rejected": "No."}, {"prompt": "prompt", "chosen": "chosen", "rejected": "rejected"}),
    # labels, and gold answers elsewhere
    ({"prompt": Q, "response": A, "response_label": "good"},
     {"prompt": "prompt", "response": "response", "label": "response_label"}),
    *(({"prompt": Q, "response": A, "response_label": label}, None) for label in (1, "1", "-1")),
    ({"problem": Q, "solution": "7", "generation": "It is 7."},
     {"prompt": "problem", "response": "generation", "answer": "solution"}),
    ({"problem": Q, "solution": "I add.", "generation": "It is 7."},
     {"prompt": "problem", "response": "generation", "reasoning": "solution"}),
    ({"question": Q, "response": A, "reward_model": {"ground_truth": "7"}},
     {"prompt": "question", "response": "response", "answer": "reward_model.ground_truth"}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "columns"), ROWS)
def test_the_columns_of_a_row_mean_what_its_values_bear_out(
    row: dict[str, Any], columns: dict[str, str] | None
) -> None:
    assert found(row) == columns


def test_names_that_the_user_gave_roles_are_those_of_a_talk() -> None:
    row = {"transcript": "Jo: hi\nMa: yes", "summary": "x"}

    assert found(row) is None and found(row, Xo="user", Ma="assistant") is None
    assert found(row, Jo="user", Ma="assistant") == {"messages": "transcript"}


def test_a_number_that_an_instruction_is_about_is_asked_with_it() -> None:
    row = {"instruction": "Double it.", "input": 21, "output": "42"}

    assert parsed(row).prompt == "Double it.\n\n21"
    assert parsed({**row, "input": [2.5, 3]}).prompt == "Double it.\n\n2.5\n3"


def test_the_last_of_several_answers_is_the_right_one_where_labels_count_from_one() -> None:
    rows = [{"question": f"{Q} {n}", "answers": ["hen", "dog"], "label": label} for n, label in enumerate((1, 2, 2))]

    assert [getattr(each, "response", each) for each in of_source(rows)] == ["A. hen", "B. dog", "B. dog"]
    assert reason(rows[1]) == drop_reasons.NO_RIGHT_OPTION  # alone it does not say what it counts from
