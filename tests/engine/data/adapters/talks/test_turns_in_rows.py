"""Talks whose turns lie in rows of their own: put together by a column that says which talk they are of."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from helpers.rows import of_source
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.adapters.talks import turns_in_rows

SAID = (("user", "Which gas?"), ("assistant", "Oxygen."), ("user", "Why?"), ("assistant", "It burns."))
NAMES = [
    ("conversation_id", "turn", "speaker", "text"), ("dialogue_id", "turn_id", "role", "content"),
    ("session_id", "timestamp", "sender", "message"), ("会話ID", "順番", "話者", "発話"),
    ("thread_id", "seq", "from", "body"), ("chat_id", "order", "author", "utterance"),
    ("Conversation ID", "Turn", "Speaker", "Text"),
]  # fmt: skip


def rows(names: tuple[str, str, str, str], talks: int = 2, **who: str) -> list[dict[str, Any]]:
    talk, order, speaker, text = names
    return [
        {
            talk: f"t{n}",
            order: str(turn),
            speaker: who.get(role, role),
            text: said + (f" {n}" if role == "user" else ""),
        }
        for n in range(talks)
        for turn, (role, said) in enumerate(SAID, 1)
    ]


@pytest.mark.parametrize("names", NAMES)
def test_rows_of_one_talk_are_one_record_at_its_first(names: tuple[str, str, str, str]) -> None:
    found = of_source(rows(names))
    records = [each for each in found if each != drop_reasons.OF_A_TALK]
    assert [getattr(each, "response", each) for each in records] == ["It burns."] * 2
    assert getattr(records[1], "messages", records[1]) == (
        ("user", "Which gas? 1"),
        ("assistant", "Oxygen."),
        ("user", "Why? 1"),
    )
    assert found[0] == records[0] and found[4] == records[1]


def test_turns_are_put_in_their_order_wherever_their_rows_lie() -> None:
    first, second = rows(NAMES[0])[:4], rows(NAMES[0])[4:]
    mixed = [row for pair in zip(reversed(first), second, strict=True) for row in pair]
    found = [each for each in of_source(mixed) if each != drop_reasons.OF_A_TALK]
    assert [getattr(each, "messages", each)[0][1] for each in found] == ["Which gas? 0", "Which gas? 1"]


def test_a_turn_of_several_paragraphs_or_without_words_is_one_all_the_same() -> None:
    some = rows(NAMES[0])[:4]
    some[1]["text"], some[2]["text"] = "Oxygen.\n\nAlways.", None
    first, *others = of_source(some)
    assert getattr(first, "response", first) == "It burns." and others == [drop_reasons.OF_A_TALK] * 3


def test_speakers_are_told_by_roles_and_a_talk_without_an_answer_is_none() -> None:
    named = rows(NAMES[0], user="U1", assistant="U2")
    found = of_source(named, roles={"U1": "user", "U2": "assistant"})
    assert getattr(found[0], "response", found[0]) == "It burns."
    assert of_source(named)[0] == drop_reasons.UNKNOWN_ROLE
    assert of_source(rows(NAMES[0])[:5])[4] == drop_reasons.UNANSWERED


def tried(path: Path) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    code = cli.answered(cli.parsed(["data", "try", str(path)]), Printer(out, json=True, language="en"))
    return code, json.loads(out.getvalue())


def test_what_is_needed_is_said_where_nothing_tells_talks_or_speakers_apart(tmp_path: Path) -> None:
    without = [
        {name: value for name, value in row.items() if name not in ("conversation_id", "turn")}
        for row in rows(NAMES[0])
    ]
    for bare in (without, [{"date": "1/5", "sender": "Jo", "message": f"Why, {n}?"} for n in range(4)]):
        code, found = tried(write_lines(tmp_path / "a.jsonl", bare))
        told = found["notes"][-1]["text"]
        assert code == 7 and "one turn of a talk" in told and "`conversation_id`" in told
    slack = [{"type": "message", "user": f"U{n % 2 + 1}", "ts": f"17.{n}", "text": "Why?"} for n in range(4)]
    assert "one turn of a talk" in tried(write_lines(tmp_path / "b.jsonl", slack))[1]["notes"][-1]["text"]
    threads = [{**row, "thread_ts": "17.0"} if n else row for n, row in enumerate(slack)]
    _, found = tried(write_lines(tmp_path / "c.jsonl", threads))
    assert any("roles: {U1: user, U2: assistant}" in note["text"] for note in found["notes"])


def test_who_is_called_by_a_number_in_slack_has_the_name_that_the_rows_give() -> None:
    said = (("U1", "1.1", "Who orders mice?"), ("U2", "1.1", "<@U3> and <@U4> do."), ("U3", "2.1", "Why?"),
            ("U1", "2.1", "<@U3> So."))  # fmt: skip
    rows = [
        {"type": "message", "user": who, "ts": thread if text.endswith("?") else f"{thread}1", "text": text,
         "thread_ts": thread, "user_profile": {"real_name": f"Jo {who[1]}"}}
        for who, thread, text in said
    ]  # fmt: skip
    answers = [getattr(item, "response", None) for item in of_source(rows)]
    assert answers == ["<@U3|Jo 3> and <@U4> do.", None, "<@U3|Jo 3> So.", None]


def test_a_channel_of_slack_may_begin_with_somebody_who_joins(tmp_path: Path) -> None:
    joined = {"type": "message", "subtype": "channel_join", "user": "U3", "ts": "17.0", "text": "joined"}
    said = [
        {"type": "message", "user": who, "ts": at, "text": text, "thread_ts": "17.1"}
        for who, at, text in (("U1", "17.1", "Which gas?"), ("U2", "17.2", "Oxygen."))
    ]
    path = write_lines(tmp_path / "a.jsonl", [joined, *said])
    _, found = tried(path)
    assert any("roles: {U1: user, U2: assistant}" in note["text"] for note in found["notes"])
    _, first, _ = of_source([joined, *said], roles={"U1": "user", "U2": "assistant"})
    assert getattr(first, "response", first) == "Oxygen."


@pytest.mark.parametrize("is_packed", [False, True])
def test_of_an_export_of_slack_the_channels_are_read_and_not_its_lists_of_people(
    tmp_path: Path, is_packed: bool
) -> None:
    said = [
        {"type": "message", "user": who, "ts": at, "text": text, "thread_ts": f"{thread}.1"}
        for who, at, text, thread in (("U1", "17.1", "Which gas?", 17), ("U2", "17.2", "Oxygen.", 17),
                                      ("U2", "18.1", "Which port?", 18), ("U1", "18.2", "Port 22.", 18))
    ]  # fmt: skip
    held = {"channels.json": [{"id": "C1", "name": "it", "members": ["U1"]}],
            "users.json": [{"id": "U1", "name": "Jo"}], "it/2024-05-01.json": said}  # fmt: skip
    folder = tmp_path / "export"
    (folder / "it").mkdir(parents=True)
    for name, rows in held.items():
        (folder / name).write_text(json.dumps(rows))
    path = Path(shutil.make_archive(str(folder), "zip", folder)) if is_packed else folder
    code, found = tried(path)
    learnt = [(each["record"]["prompt"], each["record"]["response"]) for each in found["examples"] if each["record"]]
    assert code == 0 and learnt == [("Which gas?", "Oxygen."), ("Which port?", "Port 22.")]
    assert not any("users.json" in note["text"] for note in found["notes"])


def test_a_thread_of_a_channel_is_a_question_and_the_first_reply_of_somebody_else() -> None:
    def said(at: int, who: str, text: str, thread: int | None = None) -> dict[str, Any]:
        in_thread = {} if thread is None else {"thread_ts": f"17.{thread}"}
        return {"type": "message", "user": who, "ts": f"17.{at}", "text": text, **in_thread}

    channel = [
        said(1, "U1", "Which gas?", 1), said(2, "U1", "Anyone?", 1), said(3, "U2", "Lunch?"),
        said(4, "U2", "Oxygen.", 1), said(5, "U1", "Thanks!", 1), said(6, "U3", "It was before.", 0),
        said(7, "U3", "Which port?", 7), said(8, "U1", "Port 22.", 7),
    ]  # fmt: skip
    found = [each for each in of_source(channel) if each != drop_reasons.OF_A_TALK]
    pairs = [(getattr(each, "prompt", each), getattr(each, "response", each)) for each in found]
    unanswered, no_question = drop_reasons.UNANSWERED, drop_reasons.NO_QUESTION
    expected = [("Which gas?", "Oxygen."), (unanswered,) * 2, (no_question,) * 2, ("Which port?", "Port 22.")]
    assert pairs == expected and turns_in_rows.speakers_of(channel) == []
    told = of_source(channel, roles={"U1": "user", "U2": "assistant", "U3": "user"})
    assert getattr(told[0], "prompt", told[0]) == "User: Which gas?\n\nUser: Anyone?"


def test_a_talk_that_goes_on_after_others_is_read_as_if_its_rows_lay_together() -> None:
    talks = {name: [f"{name}{number}" for number in range(5)] for name in "abc"}
    together = [{"chat_id": name, "role": "user", "text": said} for name, texts in talks.items() for said in texts]
    mixed = [{"chat_id": name, "role": "user", "text": talks[name][n]} for n in range(5) for name in talks]

    assert turns_in_rows.look(iter(mixed)) == turns_in_rows.look(iter(together))
    assert turns_in_rows.look(iter(together[::5])) == {}


def test_messages_that_discord_exports_as_a_table_are_turns_of_a_talk_that_is_to_be_named(tmp_path: Path) -> None:
    row = {"AuthorID": "1", "Author": "taro#1", "Date": "2024", "Content": "Why?", "Attachments": "", "Reactions": ""}
    assert "one turn of a talk" in tried(write_lines(tmp_path / "a.jsonl", [row, row]))[1]["notes"][-1]["text"]
    named = [{**row, "conversation_id": "1", "Author": who, "Content": said}
             for who, said in (("taro#1", "Which gas?"), ("bot#2", "Oxygen."))]  # fmt: skip
    first = of_source(named, roles={"taro#1": "user", "bot#2": "assistant"})[0]
    assert getattr(first, "response", first) == "Oxygen."


def test_texts_with_an_author_are_no_turns() -> None:
    text = {"author": "Poe", "text": "Once upon a midnight dreary\n\nwhile I pondered."}
    assert getattr(of_source([text])[0], "prompt", of_source([text])[0]) == "Once upon a midnight dreary"
    asked = {"session_id": "1", "role": "x", "question": "Which gas?", "answer": "Oxygen.", "text": "z"}
    assert getattr(of_source([asked])[0], "response", of_source([asked])[0]) == "Oxygen."


@pytest.mark.parametrize("name", ["ticket", "case", "case_no", "chat", "session", "thread", "conversation", "topic_id",
                                  "スレッド", "チケット", "案件番号"])  # fmt: skip
def test_what_a_talk_is_called_may_have_any_usual_name(name: str) -> None:
    said = [("c1", "user", "What is rust?"), ("c1", "assistant", "Iron oxide."), ("c2", "user", "What is dew?"),
            ("c2", "assistant", "Water.")]  # fmt: skip
    rows = [{name: of, "role": who, "content": text} for of, who, text in said]
    dataset = Dataset(name="d", source="local", path="x")
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    found = [admission.parsed(dataset, row, index) for row in rows[::2]]
    assert [(one.prompt, one.response) for one in found] == [
        ("What is rust?", "Iron oxide."),
        ("What is dew?", "Water."),
    ]
    parts = [
        {**row, "content": [{"type": "text", "text": {"value": row["content"], "annotations": []}}]} for row in rows
    ]
    index = choose_adapter.index_of(dataset, lambda: iter(parts))
    assert admission.parsed(dataset, parts[0], index) == found[0]


def test_what_a_talk_holds_is_not_what_it_is_called() -> None:
    row = {"chat": [{"role": "user", "content": "What is rust?"}, {"role": "assistant", "content": "Iron oxide."}],
           "role": "x", "content": "y"}  # fmt: skip
    dataset = Dataset(name="d", source="local", path="x")
    assert admission.parsed(dataset, row, {}).response == "Iron oxide."
    written = {
        **row,
        "chat": "User: What is rust, and where is it found on a ship?\nAssistant: Iron oxide, low down.",
    }
    assert admission.parsed(dataset, written, {}).response == "Iron oxide, low down."


def counted(*talks: list[tuple[str, str]], start: int = 0, name: str = "turn") -> list[dict[str, Any]]:
    return [
        {name: start + number, "role": role, "content": text}
        for talk in talks
        for number, (role, text) in enumerate(talk)
    ]


ONE = [("user", "Which gas?"), ("assistant", "Oxygen.")]
TWO = [("user", "Which planet?"), ("assistant", "Mars."), ("user", "Why?"), ("assistant", "It is red.")]


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("name", ["turn", "message_index", "order", "順番"])
def test_turns_that_are_counted_anew_in_each_talk_need_no_name_of_it(start: int, name: str) -> None:
    found = of_source(counted(ONE, TWO, start=start, name=name))
    told = [row if isinstance(row, str) or not hasattr(row, "prompt") else (row.prompt, row.response) for row in found]
    of_a_talk = drop_reasons.OF_A_TALK
    asked = "User: Which planet?\n\nAssistant: Mars.\n\nUser: Why?"
    assert told == [("Which gas?", "Oxygen."), of_a_talk, (asked, "It is red."), of_a_talk, of_a_talk, of_a_talk]


@pytest.mark.parametrize(
    "given",
    [
        counted([*ONE, *TWO]),  # one talk, or the numbers of rows
        counted(ONE, TWO[1:]), counted(ONE, [*ONE, ("assistant", "Yes.")]), counted(ONE, TWO, start=7),
        [*counted(ONE), *counted(TWO)[1:]], [*counted(ONE), {"turn": None, "role": "user", "content": "Hi"}],
        [{**row, "role": {"user": "Ann", "assistant": "Bo"}[row["role"]]} for row in counted(ONE, TWO)],
        [{"timestamp": 0, **{key: row[key] for key in ("role", "content")}} for row in counted(ONE, TWO)],
    ],
)  # fmt: skip
def test_where_a_number_or_who_speaks_leaves_a_doubt_talks_are_asked_for(given: list[dict[str, Any]]) -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    index = choose_adapter.index_of(dataset, lambda: iter(given))
    assert index == {}
    assert admission.unfit(dataset, given).code == "steps.turns_without_a_talk"


def test_talks_that_begin_alike_are_left_out_and_said_so() -> None:
    other = [ONE[0], ("assistant", "Helium.")]
    found = of_source(counted(ONE, TWO, other))
    assert found[0] == found[6] == drop_reasons.SAME_BEGINNING
    assert getattr(found[2], "response", None) == "It is red."
    assert [getattr(row, "response", None) for row in of_source(counted(ONE, TWO, ONE))][::6] == ["Oxygen.", "Oxygen."]


@pytest.mark.parametrize("name", ["id", "ID", "sample_id", "uuid", "No.", "番号"])
@pytest.mark.parametrize("ids", [("a", "b"), (101, 102), (1, 2), ("0", "1")])
def test_talks_whose_rows_lie_among_each_other_are_told_apart_by_what_comes_back(
    name: str, ids: tuple[Any, Any]
) -> None:
    """Answers were learnt behind the other talk's question."""
    talks = zip(ids, (ONE, TWO[:2]), strict=True)
    first, second = ([{name: which, **row} for row in counted(talk)] for which, talk in talks)
    for given in ([first[0], second[0], second[1], *first[1:]], [first[1], second[0], first[0], *first[2:], second[1]]):
        found = [row for row in of_source(given) if isinstance(row, ParsedRow)]
        learnt = {(row.prompt, row.response) for row in found}
        assert learnt == {(asked, said) for (_, asked), (_, said) in (ONE, TWO[:2])}
    assert len(turns_in_rows.look(iter([*first, *second]))) == 2


@pytest.mark.parametrize(
    "places",
    [
        "a1 b1 a2 a1 b2",  # one of two talks by the same name
        "a1 b1 a3 b2",  # a gap
        "a1 b1 a2 b2 a4", "a1 b1 a2 b4",
        "a3 b3 a4 b4",  # their beginnings lie elsewhere
        "a1 b1 a2! b2",  # who has asked goes on
    ],
)  # fmt: skip
def test_of_such_talks_that_are_not_whole_none_is_learnt(places: str) -> None:
    who = ["assistant" if (place[1] in "13") is place.endswith("!") else "user" for place in places.split()]
    rows = [
        {"id": place[0], "turn": int(place[1]), "role": who[number], "content": f"{number}?"}
        for number, place in enumerate(places.split())
    ]
    assert turns_in_rows.look(iter(rows)) == {}
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    assert admission.unfit(dataset, rows).code == "steps.turns_without_a_talk"


def test_more_talks_among_each_other_than_can_be_kept_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_in_rows, "MOST_OPEN", 2)
    rows = [
        {"id": which, "turn": turn, "role": who, "content": f"{which}{turn}?"}
        for turn, who in ((1, "user"), (2, "assistant"))
        for which in "abc"
    ]
    assert turns_in_rows.look(iter(rows)) == {}
    monkeypatch.setattr(turns_in_rows, "MOST_OPEN", 3)
    assert len(turns_in_rows.look(iter(rows))) == 4


@pytest.mark.parametrize("start", [0, 1, 100])
def test_the_numbers_of_rows_or_of_turns_leave_talks_as_they_are(start: int) -> None:
    rows = counted(ONE, TWO)
    assert len(turns_in_rows.look(iter([{"id": start + at, **row} for at, row in enumerate(rows)]))) == 2
    assert len(turns_in_rows.look(iter([{"id": row["turn"] + 1, **row} for row in rows]))) == 2
