"""What programs hand out, at its bounds: rankings of annotators, passages, tickets, chats of Copilot, topics."""

from __future__ import annotations

import pytest

from engine.data.adapters.known.test_annotation_tools import side, task
from engine.data.adapters.known.test_annotators import ASKED, A, Q, place, ranks
from engine.data.adapters.known.test_copilot import request
from engine.data.adapters.known.test_forums import post, topic
from engine.data.adapters.known.test_passages import OF_QUAC, STORY
from engine.data.adapters.known.test_tickets import AGENT, USER, zendesk
from so8t_engine.data.adapters.known import annotation_tools, annotators, copilot, forums, passages, tickets
from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.adapters.talks import ticket_marks

ITEMS = [{"id": name, "body": f"Answer {name}."} for name in "abc"]


def test_of_several_that_were_ranked_the_first_and_the_last_are_the_pair() -> None:
    for items, order, pair in (
        (ITEMS, "bac", ("Answer b.", "Answer c.")), (ITEMS[:2], "ba", ("Answer b.", "Answer a.")),
        (ITEMS[:1], "a", None),
        (ITEMS, "ba", None), ([*ITEMS, {"id": "d"}], "bacd", None), ([*ITEMS, "d"], "bacd", None),
        ("abc", "bac", None),
    ):  # fmt: skip
        found = annotators.ranked({"items": items, "q": Q}, [("rank", ranks(*order)["value"]["ranker"])])
        told = {"q": Q, "chosen": pair[0], "rejected": pair[1]} if pair else None
        assert found == told, (items, order)


def test_a_ranking_of_columns_puts_one_first_where_all_of_it_are_columns_with_numbers() -> None:
    columns = {"x": "1", "y": "2", "a": "3", "b": "4"}
    for value, first in (
        (["y", "x"], "y"), (["y"], None), (["y", "z"], None), ("ab", None), (None, None),
        ([{"value": "x", "rank": 2}, {"value": "y", "rank": 1}], "y"),
        ([{"value": "x", "rank": 2}, {"value": "y", "rank": "1"}], None),
    ):  # fmt: skip
        assert annotators.first_of(value, columns, "best") == first, value


def test_what_was_written_to_a_question_ends_its_talk_and_all_else_stays() -> None:
    flat = {"chat": ASKED, "response": A, "topic": "tools"}
    said = [*ASKED, {"role": "assistant", "content": A}]
    assert annotators.with_answer(flat, ["response", "topic"]) == {"chat": said, "topic": "tools"}
    for chat in ([{"role": "system"}, *ASKED], ["the content", *ASKED], [], said, "content"):
        assert annotators.with_answer({**flat, "chat": chat}, ["response"]) == {**flat, "chat": chat}, chat
    assert annotators.with_answer(flat, ["topic"]) == flat


def test_the_side_that_won_is_the_column_that_stood_there() -> None:
    for to, data, winner in (
        ("x,y", {"x": "1", "y": "2"}, "x"), ("x, y", {"x": "1", "y": "2", "q": Q}, "x"),
        ("x,y,z", {"x": "1", "y": "2"}, "a"),
        ("x,z", {"x": "1", "y": "2"}, "a"),
    ):  # fmt: skip
        assert annotation_tools.label_studio(task(side("left", to), **data))["winner"] == winner, to


def test_of_a_place_in_a_taxonomy_the_part_that_judges_is_told() -> None:
    for path, told in ((("Check", "Yes"), "Yes"), (("Check", "Wrong"), "Wrong"), (("Tools", "Saws"), "Tools / Saws")):
        row = annotation_tools.label_studio(task(place(*path), prompt=Q, response=A))
        assert told in (row.get("kind"), row.get("annotations", {}).get("kind")), path


def test_a_mean_of_marks_is_rounded_where_it_is_a_share() -> None:
    for mean, told in ((0.2, 0), (0.9, 1), (1, 1), (1.4, 1.4), (None, None)):
        row = {"inputs": {"q": Q}, "outputs": {"a": A}, "feedback_stats": {"right": {"avg": mean}}}
        assert annotation_tools.langsmith(row).get("right") == told, mean


def test_articles_have_questions_that_follow_each_other_all_of_them() -> None:
    asks = [{"question": Q, "followup": "y", "orig_answer": {"text": "Pablo"}},
            {"question": "Why?", "followup": "n", "answers": [{"text": "So."}, {"text": "No."}]},
            {"question": "When?", "followup": "n", "answers": []}]  # fmt: skip
    found = passages.of_articles({"title": "T"}, {"context": STORY, "qas": asks})
    assert found is not None and found["answers"] == ["Pablo", "So.", ""] and found["questions"] == [Q, "Why?", "When?"]
    assert passages.of_articles({}, {"qas": [asks[0], {"question": Q}]}) is None
    numbered = [{"input_text": text, "turn_id": at} for at, text in enumerate(("Pablo", "bread"), 1)]
    some = [numbered[0], {"input_text": "bread"}]
    for asked, answers in ((["Who?", "What?"], numbered), (["Who?", "What?"], some), (some, numbered), (some, some)):
        read = passages.read({**OF_QUAC, "questions": asked, "answers": answers, "orig_answers": None}, {})
        assert read.response == "bread", (asked, answers)


def test_votes_of_copilot_are_up_or_down_and_a_chat_is_nothing_but_requests() -> None:
    for vote, noted in ((1, "thumbs up"), (0, "thumbs down"), (5, None), ("x", None), (None, None)):
        [turn] = copilot.talks([request(vote=vote)])
        assert turn["messages"][-1].get("feedback") == noted, vote
    assert copilot.is_chat({"requests": [request()]}) is True
    assert copilot.is_chat({"requests": [request(), {"x": 1}]}) is False is copilot.is_chat({"requests": []})


def test_a_topic_has_numbered_posts_alone_and_left_overs_in_it_are_refused() -> None:
    asked, said = post(1, f"<p>{Q}</p>"), post(2, f"<p>{A}</p>", accepted_answer=True)
    assert forums.is_topic(topic(asked, said)) is True
    assert forums.is_topic(topic(asked, {"cooked": "x"})) is False
    with pytest.raises(Skip):
        forums.discourse(topic(asked, post(2, "<p>(blank)</p>", accepted_answer=True)), {})


def test_a_list_is_of_a_ticket_where_some_of_it_tells_who_wrote() -> None:
    public = {"incoming": True, "body": Q}
    for row, is_one in (
        ({"comments": [public, {"body": "x"}]}, True), ({"requester_id": 1, "comments": [{"body": "x"}]}, False),
        ({"requester_id": 1, "description_text": Q, "conversations": [{"x": 1}]}, False),
        ({"requester_id": 1, "description_text": Q, "conversations": []}, True),
        ({"requester_id": 1, "conversations": []}, False), ("x", False), (None, False),
        ({"number": 1, "title": "t", "body": Q, "author": {"login": "ann"}, "comments": []}, True),
        ({"number": 1, "title": "t", "body": Q, "comments": []}, False),
    ):  # fmt: skip
        assert tickets.is_one(row) is is_one, row
    own = next(iter(tickets.OF_ONE))
    assert tickets.may_be_one([own, "x"], "comments") is True
    assert tickets.may_be_one([own, "x"], "x") is False is tickets.may_be_one(["x"], "comments")


def test_messages_of_a_ticket_are_in_the_order_of_their_times_where_all_have_one_of_a_kind() -> None:
    said = (AGENT, A, True), (USER, Q, True)  # the newest first
    for times, question in (
        (("2024-03-02T11", "2024-03-02T10"), Q), ((2, 1), Q), ((2, "2024-03-02"), None), (("3/2/24", "3/1/24"), None),
        ((2, None), None),
    ):  # fmt: skip
        row = zendesk(*said, description=None)
        for comment, time in zip(row["comments"], times, strict=True):
            comment["created_at"] = time
        if question is None:
            with pytest.raises(Skip):
                tickets.read(row, {})
        else:
            assert tickets.read(row, {}).prompt == question, times
    row = zendesk()
    del row["comments"][1]["public"]
    assert tickets.read(row, {}).prompt == row["description"]


def test_what_marks_a_message_as_a_note_or_as_written_by_a_machine() -> None:
    long = f"private {'x' * ticket_marks.LONGEST_KIND}"[: ticket_marks.LONGEST_KIND]
    for entry, told in (
        ({"public": False}, "open hidden note"), ({"public": True}, "open"), ({"body": "x"}, ""),
        ({"type": "note"}, "hidden note"),
        ({"type": long}, "note"), ({"type": f"{long}x"}, ""), ({"author": {"type": "bot"}}, "machine"),
        ({"author_id": -1}, "machine"), ({"message_type": 2}, "machine"), ({"message_type": 1}, ""),
        ({"message_type": 3}, "machine"), ({"part_type": "assignment"}, "hidden"), ({"part_type": "comment"}, ""),
    ):  # fmt: skip
        found = {"open": ticket_marks.is_open(entry), "hidden": ticket_marks.is_hidden(entry),
                 "note": ticket_marks.is_note(entry), "machine": ticket_marks.is_of_machine(entry)}  # fmt: skip
        assert " ".join(name for name, is_so in found.items() if is_so is True) == told, entry
        assert {*found.values()} <= {True, False}, entry
    for way, told in (("inbound", True), ("outgoing", True), ("sideways", False)):
        assert ticket_marks.tells({"direction": way, "body": "x"}) is told, way
    row = {"thread": [{"body": Q}, {"body": A, "private": True}]}
    assert [ticket_marks.holds_note(row, f"thread.{at}.body") for at in (0, 1, -1, 2)] == [False, True, True, False]
    received = "It has been received and is being reviewed."
    for spare, is_receipt in ((0, True), (1, False)):
        text = received + " " * (ticket_marks.LONGEST_RECEIPT - len(received) + spare)
        assert ticket_marks.is_receipt(text) is is_receipt
