"""Questions that go on from another one: which are told, and which can be understood alone."""

from __future__ import annotations

import pytest

from so8t_engine.data.notes import follow_ups
from so8t_engine.data.record import Record

GOES_ON = (
    "and the second?", "And Nara?", "Und die zweite?", "et après ?", "y el segundo?", "why?", "Why not?", "and why?",
    "Which one?", "the other one", "Tell me more.", "continue", "では2つ目は？", "じゃあ奈良は？", "2つ目は？",
    "他には？", "なぜ？", "続きをお願いします",
)  # fmt: skip
ALONE = (
    "What is an and gate?", "Android or iPhone?", "Yes?", "Why is the sky blue?", "Which one is larger, 3 or 5?",
    "And then there were none is a novel by whom, and who filmed it in the year 1945 first?", "Andorra?",
    "Et tu, Brute", "次の文を英語に訳してください。", "では、次の計算をしてください。3+4=", "奈良はどこにありますか？",
    "日本の首都は？",
    "and 2 + 2?",
    "続日本紀とは何ですか？", "Endlich?", "When did the war end?",
)  # fmt: skip


def record(prompt: str, messages: str | None = None) -> Record:
    return Record("i", "s", prompt, "Yes.", "general", "en", "train", messages=messages)  # type: ignore[arg-type]


@pytest.mark.parametrize(("asked", "goes_on"), [*((one, True) for one in GOES_ON), *((one, False) for one in ALONE)])
def test_what_goes_on_is_told_by_its_words(asked: str, goes_on: bool) -> None:
    assert follow_ups.goes_on(asked) is goes_on


def test_one_is_enough_only_where_rows_are_of_one_talk() -> None:
    one, two = [record("Where is Kyoto?"), record("And Nara?")], [record("And Nara?"), record("And Osaka?")]
    talks = [{"session_id": "a"}, {"session_id": "a"}]
    assert follow_ups.note([{"id": "1"}, {"id": "2"}], one) is None
    assert follow_ups.note([{"session_id": "1"}, {"session_id": "2"}], one) is None
    for rows, records, count in ((talks, one, 1), ([{"id": "1"}, {"id": "2"}], two, 2)):
        said = follow_ups.note(rows, records)
        assert said is not None
        assert (said.code, said.args["count"]) == ("data.follow_ups", count)
    said = follow_ups.note([{}], [record(f"And {town}?") for town in ("Nara", "Osaka", "Kobe", "Ise")])
    assert said is not None and said.args == {"count": 4, "examples": ["And Nara?", "And Osaka?", "And Kobe?"]}
    in_talks = [record("User: Where is Kyoto?\n\nUser: And Nara?", messages="[]"), record("And Nara?", messages="[]")]
    assert follow_ups.note(talks, in_talks) is None
