"""Rows of the datasets we name, and of the shapes people use, become the records they mean."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import reason
from so8t_engine.config import adapter_names
from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter, unanswered_rows
from so8t_engine.data.adapters.known import named
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.data.texts.refusals import refuses


def parsed(row: dict[str, Any], index: choose_adapter.Index | None = None, **dataset: Any) -> ParsedRow:
    adapter = choose_adapter.choose(Dataset(name="x", path="x.jsonl", source="local", **dataset), row)
    assert adapter is not None, "no adapter fits"
    return adapter.adapt(row, index or {})


def test_gsm8k_gives_the_number_and_the_solution_without_its_annotations() -> None:
    result = parsed({"question": "Q?", "answer": "She sold 48/2 = <<48/2=24>>24 clips.\nSo 1,024.\n#### 1,024"})

    assert (result.response, result.answer, result.answer_kind, result.category) == ("1024", "1024", "number", "maths")
    assert result.reasoning == "She sold 48/2 = 24 clips.\nSo 1,024."


def test_an_adapter_that_is_named_for_a_data_set_reads_it_whatever_columns_stand_beside_it() -> None:
    row = {"question": "Q?", "answer": "So 2.\n#### 2"}
    assert parsed(row, adapter="gsm8k", columns={"prompt": "answer", "response": "question"}).prompt == "Q?"


@pytest.mark.parametrize(
    "answer", ["Ferns like shade.\n\n#### Care\nWater twice, in May.", "x = text.split('####')[-1]"]
)
def test_a_heading_or_a_program_is_no_result_of_gsm8k(answer: str) -> None:
    found = parsed({"question": "How?", "answer": answer})
    assert (found.response, found.reasoning, found.answer_kind) == (answer, None, None)


@pytest.mark.parametrize(
    ("solution", "answer", "response", "reasoning"),
    [
        ("12 minus 2 is 10. Therefore, he took 10 more balls.", "10", "10",
         "12 minus 2 is 10. Therefore, he took 10 more balls."),
        ("We find \\boxed{1,250} in all. That beats 3 and 4.", "1250", "1250",
         "We find \\boxed{1,250} in all. That beats 3 and 4."),
        ("Half of it.\nTherefore, she has 3 of the 5 balls.", None, "Therefore, she has 3 of the 5 balls.",
         "Half of it."),
        ("She has 3 of the 5 balls.", None, "She has 3 of the 5 balls.", None),
    ],
)  # fmt: skip
def test_orca_math_gives_a_gold_answer_only_where_it_is_plain(
    solution: str, answer: str | None, response: str, reasoning: str | None
) -> None:
    result = parsed({"question": "Q?", "answer": solution}, adapter="orca-math")

    assert (result.answer, result.response, result.reasoning) == (answer, response, reasoning)


def test_math_qa_reads_its_option_string() -> None:
    row = {
        "Problem": "the banker's gain is rs . 36 ?",
        "Rationale": '"explanation : t = 3 years , so a )"',
        "options": "a ) 400 , b ) 300 , c ) 1 , 500 , d ) rs 2 , e ) none of these",
        "correct": "c",
    }
    result = parsed(row)

    assert result.choices == ("400", "300", "1 , 500", "rs 2", "none of these")
    assert (result.answer, result.answer_kind, result.response) == ("C", "choice", "C. 1 , 500")
    assert result.reasoning == "explanation : t = 3 years , so a )"
    assert result.prompt.splitlines()[1] == "A. 400"


def test_math_qa_reads_options_that_look_like_a_list() -> None:
    row = {"Problem": "p", "Rationale": "r", "options": "['a ) 38', 'b ) 27.675', 'c ) 30']", "correct": "b"}

    assert parsed(row).choices == ("38", "27.675", "30")


@pytest.mark.parametrize(
    "solutions",
    [
        {"language": [2, 3, 3], "solution": ["int main", "print(1)", "print(2)"]},
        [{"language": 2, "solution": "int main"}, {"language": 3, "solution": "print(1)"}],
    ],
)
def test_code_contests_prefers_python_3(solutions: object) -> None:
    result = parsed({"description": "Print 1.", "solutions": solutions})

    assert (result.response, result.category) == ("```python\nprint(1)\n```", "code")


def test_code_contests_takes_another_language_or_skips() -> None:
    result = parsed({"description": "Print 1.", "solutions": {"language": [4], "solution": ["class A {}"]}})

    assert result.response == "```java\nclass A {}\n```"
    with pytest.raises(Skip, match="no correct solution"):
        parsed({"description": "Print 1.", "solutions": {"language": [], "solution": []}})


@pytest.mark.parametrize(
    ("answer", "refused_it"),
    [
        ("I can't help with that.", True),
        ("I'm sorry, but I can’t do this.", True),
        ("I will not provide instructions for that.", True),
        ("それはお手伝いできません。", True),
        ("申し訳ありませんが、その質問には答えられないため、ご案内できません。", True),
        ("I'm unable to help with that.", True),
        ("I cannot fulfill this request.", True),
        ("そのご依頼はお断りいたします。", True),
        ("申し訳ございません。お答えすることができません。", True),
        ("作り方を教えることはできません。", True),
        ("Sure! I won't tell anyone.", False),
        ("I can't write a sonnet as well as Shakespeare, but here is one.", False),
        ("説明できないことは何もありません。", False),
        ("You can't park there.", False),
        ("I can help you with that.", False),
        ("It depends. " + "x" * 200 + " I can't help with that.", False),
        ("Sorry, no. That would be illegal and dangerous.", True),
        ("No. This is a crime, and people get hurt.", True),
        ("No, that is not what it means.", False),
        ("No. That is the dangerous part of the road.", False),
        ("いいえ。それは違法です。", True),
        ("申し訳ありませんが、それは犯罪にあたります。", True),
        ("いいえ、それは東京です。", False),
    ],
)
def test_a_refusal_is_told_by_its_opening(answer: str, refused_it: bool) -> None:
    assert refuses(answer) is refused_it


def test_a_tree_of_messages_is_its_best_branch_up_to_the_last_answer() -> None:
    def said(role: str, text: str, rank: int | None = None, *replies: dict[str, Any]) -> dict[str, Any]:
        return {"role": role, "text": text, "rank": rank, "lang": "en", "replies": list(replies)}

    more = said("prompter", "And five?", None, said("assistant", "Five.", None))
    best = said("assistant", "Seven.", 0, said("prompter", "Thanks!", 1), {**more, "rank": 0})
    tree = said("prompter", "How many?", None, said("assistant", "Eight.", 1), best)
    gone = {**tree, "replies": [{**best, "deleted": True}, said("assistant", "Eight.", 1)]}

    row = parsed({"message_tree_id": "x", "tree_state": "ready_for_export", "prompt": tree})
    assert (row.prompt, row.response) == ("User: How many?\n\nAssistant: Seven.\n\nUser: And five?", "Five.")
    assert parsed({"message_tree_id": "x", "prompt": gone}).response == "Eight."
    assert reason({"message_tree_id": "x", "prompt": said("prompter", "How many?")}) == drop_reasons.UNANSWERED


def test_oasst1_takes_the_best_reply_to_a_first_message_wherever_that_stands() -> None:
    def row(message: str, parent: str | None, role: str, rank: int | None) -> dict[str, Any]:
        return {
            "message_id": message, "parent_id": parent, "role": role, "rank": rank, "text": f"text {message}",
            "lang": "pt-BR",
        }  # fmt: skip

    rows = [row("b", "a", "assistant", 0), row("c", "a", "assistant", 1), row("a", None, "prompter", None)]
    rows += [row("d", "b", "prompter", 0), row("e", "d", "assistant", 0), row("f", "a", "assistant", None)]
    index = named.oasst1_index(iter(rows))
    result = []
    for item in rows:
        try:
            result.append(parsed(item, index))
        except Skip:
            continue

    assert [(reply.prompt, reply.response, reply.language) for reply in result] == [("text a", "text b", "pt")]


@pytest.mark.parametrize(
    ("row", "prompt", "response"),
    [
        ({"instruction": "I", "context": "C", "response": "R", "category": "closed_qa"}, "I\n\nC", "R"),
        ({"instruction": "I", "context": "", "response": "R"}, "I", "R"),
        ({"input": "入力", "output": "出力", "eval_aspect": "e"}, "入力", "出力"),
        ({"instruction": "I", "input": "X", "output": "R"}, "I\n\nX", "R"),
        ({"instruction": "I", "input": None, "output": "R"}, "I", "R"),
        ({"prompt": "P", "response": "R"}, "P", "R"),
        ({"prompt": "P", "completion": "R"}, "P", "R"),
        ({"question": "P", "answer": "R"}, "P", "R"),
        ({"messages": [{"role": "user", "content": "P"}, {"role": "assistant", "content": "R"}]}, "P", "R"),
        ({"conversations": [{"from": "human", "value": "P"}, {"from": "gpt", "value": "R"}]}, "P", "R"),
        ({"text": "### Human: P\n### Assistant: R"}, "P", "R"),
        ({"text": "A heading\n\nWhat stands below it."}, "A heading", "What stands below it."),
    ],
)
def test_common_shapes_are_known_by_their_columns(row: dict[str, Any], prompt: str, response: str) -> None:
    result = parsed(row)

    assert (result.prompt, result.response.strip(), result.category) == (prompt, response, "chat")


def test_a_system_message_and_earlier_turns_become_part_of_the_prompt() -> None:
    turns = [("system", "Be kind."), ("user", "Hi"), ("assistant", "Hello"), ("user", "Bye"), ("assistant", "See you")]
    result = parsed({"messages": [{"role": role, "content": content} for role, content in turns]})

    assert result.prompt == "Be kind.\n\nUser: Hi\n\nAssistant: Hello\n\nUser: Bye"
    assert result.response == "See you"


def test_a_choice_question_lists_its_options_and_answers_with_the_letter_first() -> None:
    row = {"q_id": 0, "question": "どれ？", "choice0": "世界", "choice1": "絵本", "choice2": "論文", "label": 1}
    result = parsed(row)

    assert result.prompt == "どれ？\nA. 世界\nB. 絵本\nC. 論文"
    assert (result.response, result.answer, result.choices) == ("B. 絵本", "B", ("世界", "絵本", "論文"))
    with pytest.raises(Skip, match="no right option"):
        parsed({**row, "label": 3})


def test_columns_named_in_the_configuration_are_used() -> None:
    columns = Columns(prompt="q", response="a", answer="n", reasoning="why")
    result = parsed({"q": "Q", "a": "It is 4.", "n": 4, "why": "2 + 2"}, adapter="columns", columns=columns)

    assert result == ParsedRow("Q", "It is 4.", "maths", "4", "number", reasoning="2 + 2")


def test_no_adapter_fits_unknown_columns() -> None:
    dataset = Dataset(name="x", path="x", source="local")

    assert choose_adapter.choose(dataset, {"foo": 1, "bar": 2}) is None


def test_a_hub_dataset_is_known_by_its_id() -> None:
    dataset = Dataset(name="x", path="microsoft/orca-math-word-problems-200k")

    chosen = choose_adapter.choose(dataset, {"question": "Q", "answer": "It is 3."})
    assert chosen is choose_adapter.ADAPTERS["orca_math"]


def test_the_names_a_configuration_may_use_are_those_there_are_in_the_order_they_are_looked_for() -> None:
    assert tuple(choose_adapter.ADAPTERS) == adapter_names.ADAPTERS


def test_preferences_are_hh_rlhfs_only_where_they_are_its_dialogues() -> None:
    ours = Dataset(name="x", path="x.jsonl", source="local")
    dialogue = {"chosen": "\n\nHuman: hi\n\nAssistant: hello", "rejected": "\n\nHuman: hi\n\nAssistant: no"}

    assert choose_adapter.choose(ours, dialogue) == choose_adapter.ADAPTERS["hh_rlhf"]
    for other in ("plain text", ["Human:"], None):
        assert choose_adapter.choose(ours, {"chosen": other, "rejected": "Human: hi"}) is None


def test_of_a_dataset_with_large_columns_only_the_useful_ones_are_fetched() -> None:
    def fetched(adapter: str) -> tuple[str, ...] | None:
        return choose_adapter.columns_of(Dataset(name="x", path="x", source="hub", adapter=adapter))

    assert fetched("code-contests") == choose_adapter.ADAPTERS["code_contests"].only
    assert "solutions" in (fetched("code_contests") or ()) and fetched("auto") is None and fetched("gsm8k") is None


def test_of_a_dataset_with_columns_by_name_these_are_fetched_and_all_where_one_is_a_way_into_another() -> None:
    def fetched(**columns: str) -> tuple[str, ...] | None:
        return choose_adapter.columns_of(Dataset(name="x", path="x", source="hub", columns=Columns(**columns)))

    assert fetched(prompt="q", response="a", system="q") == ("q", "a")
    assert fetched(prompt="q", response="a.text.0") is None


def test_math_shepherd_is_a_solution_where_all_its_steps_are_right() -> None:
    steps = "Half of 3 and 4? Step 1: 3 and 4 are 7. {}\nStep 2: Half of it is 3.5. The answer is: 3.5 {}"
    row = {"input": steps.format("ки", "ки"), "label": steps.format("+", "+"), "task": "GSM8K"}

    solved = parsed(row)
    assert (solved.prompt, solved.response, solved.answer_kind) == ("Half of 3 and 4?", "3.5", "number")
    assert solved.reasoning == "3 and 4 are 7.\nHalf of it is 3.5."
    assert reason({**row, "label": steps.format("+", "-")}) == drop_reasons.labelled_bad("label", "-")


def test_of_a_source_without_rows_and_of_one_whose_rows_stand_alone_nothing_is_looked_up() -> None:
    dataset = Dataset(name="a", path="owner/a")
    for rows, found in (([], {}), ([{"question": "1 + 1?", "answer": "2"}], {unanswered_rows.ANSWERED})):
        index = choose_adapter.index_of(dataset, lambda rows=rows: iter(rows))  # type: ignore[misc]
        assert index.keys() == {*found}


def of_tool(**values: Any) -> dict[str, Any]:
    """As Label Studio's JSON-MIN has it."""
    return {"id": 1, "annotator": 1, "annotation_id": 2, "created_at": "", "updated_at": "", "lead_time": 1.0} | values


TALK = [{"role": "user", "content": "Which gas?"}, {"role": "assistant", "content": "Oxygen."}]


@pytest.mark.parametrize(
    ("row", "entry", "response"),
    [
        (of_tool(question="Which gas?", answer="Oxygen."), {}, "Oxygen."),
        (of_tool(question="Which gas?", answer="Oxygen."), {"adapter": "label_studio"}, "Oxygen."),
        (of_tool(q="Which gas?", said="Oxygen."),
         {"adapter": "label_studio", "columns": {"prompt": "q", "response": "said"}}, "Oxygen."),
        (of_tool(q="Which gas?", said="Oxygen."), {"columns": {"prompt": "q", "response": "said"}}, "Oxygen."),
        (of_tool(question="Which gas?", answer="A"), {"labels": {"A": "Oxygen."}}, "Oxygen."),
        ({"messages": TALK}, {}, "Oxygen."), ({"chat": TALK, "text": "x", "role": "y"}, {}, "Oxygen."),
        ({"text": "User: Which gas?\nAssistant: Oxygen."}, {}, "Oxygen."),
        ({"text": "Which gas?\n\nOxygen.", "label": None}, {}, "Oxygen."),
        ({"text": "Which gas?\n\nOxygen.", "label": "chemistry"}, {}, None),
        ({"text": "User: Which gas?\nAssistant: Oxygen.", "label": "chemistry"}, {}, "Oxygen."),
        ({"text": "Who owns it.\n\nThe state.", "article": "Art. 5"}, {}, None),
        ({"text": "Who owns it.\n\nThe state.", "article": "of faith"}, {}, "The state."),
        ({"log": "Jo: Which gas?\nMa: Oxygen."}, {"roles": {"Jo": "user", "Ma": "assistant"}}, "Oxygen."),
        ({"log": "Jo: Which gas?\nMa: Oxygen."}, {}, None), ({"log": "User: Why?\nAssistant: So."}, {}, "So."),
        ({"note": 7}, {"roles": {"Jo": "user"}}, None),
        ({"annotations": [None], "data": {}, "question": "Which gas?", "answer": "Oxygen."}, {}, "Oxygen."),
        ({"question": "Q?", "answer": "A."}, {"adapter": "squad"}, None),
    ],
)  # fmt: skip
def test_an_adapter_is_found_by_what_the_source_says_and_by_what_the_row_has(
    row: dict[str, Any], entry: dict[str, Any], response: str | None
) -> None:
    adapter = choose_adapter.choose(Dataset(name="x", path="x.jsonl", source="local", **entry), row)
    assert (None if adapter is None else adapter.adapt(row, {}).response) == response
