"""Cards of characters give the exchanges that they show, and who plays a role has a name."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters.known import character_cards
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import RawRow

EXAMPLES = (
    "<START>\n{{user}}: Who are you?\n{{char}}: I am {{char}},\nguardian of it, {{user}}.\n<START>\n"
    "{{char}}: *She waves.*\n{{user}}: Where am I?\n{{char}}: In my glade.\n{{char}}: Stay."
)
CARD = {
    "name": "Sera", "description": "{{char}} guards the forest.", "personality": "kind", "scenario": "",
    "first_mes": "You are awake, {{user}}.", "mes_example": EXAMPLES,
}  # fmt: skip
SYSTEM = {"role": "system", "content": "Sera guards the forest.\n\nPersonality: kind"}
TALKS = [
    [SYSTEM, {"role": "user", "content": "Who are you?"},
     {"role": "assistant", "content": "I am Sera,\nguardian of it, User."}],
    [SYSTEM, {"role": "user", "content": "Where am I?"}, {"role": "assistant", "content": "In my glade.\n\nStay."}],
]  # fmt: skip


def read(text: str, **how: Any) -> list[Any]:
    found = json_documents.json_rows(io.BytesIO(text.encode()), 10**6, **how)
    return [json.loads(each.text) if isinstance(each, RawRow) else each for each in found]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(CARD), json.dumps(CARD, indent=1), json.dumps({"spec": "chara_card_v2", "data": CARD}),
        json.dumps({"char_name": "Sera", "char_persona": "Sera guards the forest.", "personality": "kind",
                    "example_dialogue": EXAMPLES.replace("{{user}}", "You").replace("{{char}}:", "Sera:")
                    .replace("it, You", "it, <USER>")}),
    ],
)  # fmt: skip
def test_each_exchange_of_a_card_is_a_talk_with_its_character(text: str) -> None:
    assert [row["messages"] for row in read(text)] == TALKS


def test_cards_in_lines_are_read_each_and_in_japanese_the_user_has_a_japanese_name() -> None:
    japanese = {
        "name": "さくら",
        "personality": "明るい",
        "mes_example": "{{user}}: ここは？\n{{char}}: 神社だよ、{{user}}さん。",
    }
    rows = read("".join(json.dumps(card, ensure_ascii=False) + "\n" for card in (CARD, japanese)), lines=True)
    assert [row["messages"] for row in rows[:2]] == TALKS
    assert [turn["content"] for turn in rows[2]["messages"]] == ["性格: 明るい", "ここは？", "神社だよ、ユーザーさん。"]


@pytest.mark.parametrize(
    "card",
    [
        {**CARD, "mes_example": ""}, {**CARD, "name": ""}, {**CARD, "mes_example": "<START>\n{{char}}: Alone."},
        {**CARD, "mes_example": "Just prose."}, {"name": "x"},
    ],
)  # fmt: skip
def test_a_card_without_an_exchange_is_what_it_was(card: Any) -> None:
    assert character_cards.talks(card) is None and read(json.dumps(card)) == [card]


def said(row: dict[str, Any]) -> ParsedRow:
    [found] = admission.answers(Dataset(name="x", path="x.jsonl", source="local"), row, {})
    assert isinstance(found, ParsedRow)
    return found


@pytest.mark.parametrize(
    ("row", "response"),
    [
        ({"prompt": "Who?", "response": "I am {{char}}, {{user}}."}, "I am Assistant, User."),
        ({"prompt": "Who, {{char}}?", "response": "{{char}}: North, {{User}}.", "name": "Kai"}, "North, User."),
        ({"prompt": "誰？", "response": "{{char}}です、{{user}}さん。"}, "アシスタントです、ユーザーさん。"),
        ({"character": "Kai", "user_name": "Bo", "conversations": [
            {"from": "human", "value": "Who?"}, {"from": "gpt", "value": "{{char}}, {{user}}."}]}, "Kai, Bo."),
        ({"prompt": "Write a greeting template.", "response": "Hi {{user}}!"}, "Hi {{user}}!"),
        ({"prompt": "Greet.", "response": "Hi {{user}} of {{place}}!"}, "Hi {{user}} of {{place}}!"),
        ({"prompt": "Greet.", "response": "Use `{{user}}` or {{char}}."}, "Use `{{user}}` or {{char}}."),
        ({"prompt": "Greet.", "response": "{{greeting}}"}, "{{greeting}}"),
    ],
)  # fmt: skip
def test_who_plays_has_a_name_in_other_rows_too(row: dict[str, Any], response: str) -> None:
    assert said(row).response == response


def test_all_that_a_row_says_has_the_names() -> None:
    talk = [
        ("system", "{{char}} sails."),
        ("user", "Where, {{char}}?"),
        ("assistant", "North, {{user}}."),
        ("user", "Why?"),
    ]
    row = {"name": "Kai", "messages": [{"role": role, "content": text} for role, text in talk]}
    row["messages"] += [{"role": "assistant", "content": "<think>{{char}} is cold.</think>It is {{char}}'s wish."}]
    found = said(row)
    assert [text for _, text in found.messages] == ["Kai sails.", "Where, Kai?", "North, User.", "Why?"]
    assert (found.reasoning, found.response) == ("Kai is cold.", "It is Kai's wish.")
