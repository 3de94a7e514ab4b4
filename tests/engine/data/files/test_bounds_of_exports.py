"""What other programs export, at its bounds: keys of quizzes, GIFT, Moodle, posts, bots, objects, notes of texts."""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path
from typing import Any

from engine.data.files import test_json_layouts, test_rasa_bots, test_xml_files
from engine.data.files.test_files_people_have import put, read
from engine.data.files.test_gift import one
from engine.data.files.test_rasa_bots import HOURS, RESPONSES, steps
from engine.data.files.test_xml_files import answer, post, question
from so8t_engine.data.files import (
    answer_keys,
    gift,
    labelled_thoughts,
    question_texts,
    quiz_lines,
    rasa_bots,
    rasa_markdown,
)
from so8t_engine.data.files.row_readers import BadRow, RawRow

ASKED = ["1. Who?", "2. Why?", "3. When?"]
KEY = ["Answers", "1. b", "2. a", "3. c"]
STYLE = quiz_lines.style_of(ASKED)


def test_a_key_begins_where_entries_follow_at_once_and_belongs_to_the_questions_above_it() -> None:
    notes = ["so it is", "as we said"]
    for below, begins in ((KEY[1:], [3]), ([notes[0], *KEY[1:]], [3]), ([*notes, *KEY[1:]], [])):
        assert list(answer_keys.begins([*ASKED, "Answers", *below], STYLE)) == begins, below
    told = ["Answers", "(1) b", "(2) a", "(3) c"]  # no line of which asks
    assert list(answer_keys.begins(["Answers", *ASKED, *told], STYLE)) == [4]
    assert list(answer_keys.begins([*ASKED, *told, "1. Which?", *told], STYLE)) == [3]
    assert list(answer_keys.begins([*ASKED, *told, *ASKED, *told], STYLE)) == [3, 10]


def test_questions_are_numbered_as_words_say_and_else_as_the_first_of_them() -> None:
    for texts, asks, others in (
        (["1. x", "2. y", "問1 a", "問2 b"], "問3 z", "3. z"), (["1. x", "2. y", "(3) a", "(4) b"], "3. z", "(3) z"),
        (["(1) x", "(2) y", "3. a", "4. b"], "(3) z", "3. z"),
    ):  # fmt: skip
        style = quiz_lines.style_of(texts)
        assert style is not None and style.match(asks) and not style.match(others), texts


def test_entries_of_one_line_are_numbered_one_after_another() -> None:
    for line, found in (("1. b 2. a", 2), ("1. b 3. a", 1), ("1. b", 1), ("so it is", 0)):
        assert answer_keys.count([line]) == found, line


def test_the_next_part_begins_at_a_heading_with_a_question_right_below_it() -> None:
    for texts, style, end in (
        (["Answers", "Part 2", "", "1. Who?"], STYLE, 1), (["Answers", "1. b", "Part 2", "1. Who?"], STYLE, 2),
        (["Answers", "1. b", "Part 2", "1. Who?"], None, 4), (["Answers", "1. b", "Part 2", "as said"], STYLE, 4),
        (["【解答】", "1. Because it is so."], STYLE, 2), (["Answers", "1. b", "so", "1. Who?"], STYLE, 4),
        (["Answers", "1. b", "【解説】", "1. Who?"], STYLE, 4),
        (["Answers", "1. b", "Part 2"], STYLE, 3), (["Answers", "1. b", "Part 2", "1. b 2. a"], STYLE, 4),
    ):  # fmt: skip
        assert answer_keys.end(texts, style, 0, len(texts)) == end, texts


def test_of_a_line_with_an_answer_and_why_both_are_parted() -> None:
    for said, parts in (
        ("B", ("B", [])), ("B (Reason: so it is)", ("B", ["so it is"])), ("【解説】 so", ("", ["so"])),
        ("B 解説：so)", ("B", ["so)"])),
    ):  # fmt: skip
        assert quiz_lines.split(said) == parts, said


def test_one_comment_in_gift_is_of_the_wrong_choice_and_pairs_are_all_that_there_is() -> None:
    assert one("Is it? {T#No, it is.}") == {"question": "Is it?", "A": "True", "B": "False", "answer": "A"}
    assert one("Is it? {T#No.#By law.}")["explanation"] == "By law."
    assert one("Which? {=a -> b =c -> d}")["answer"] == "- a -> b\n- c -> d"
    assert one("Which? {~%0%Alps =Nile}")["answer"] == "B" and one("Which? {~%1%Alps ~%99%Nile}")["answer"] == "A,B"
    assert one("[html]What does [plain] say? {=x}")["question"] == "What does [plain] say?"
    assert one("Which? {=a -> b =c}") == {"question": "Which?", "answer": "a -> b"}


def test_as_many_characters_as_a_row_may_have_are_read_of_moodle_and_of_posts(tmp_path: Path) -> None:
    quiz = f"<quiz>{question('shortanswer', answer('100', 'x' * 50), 'y' * 40)}</quiz>"
    posts = f"<posts>{post(1, 1, Body='y' * 88)}</posts>"
    for name, text, longest in (("a.xml", quiz, 50), ("Posts.xml", posts, 88)):
        [found], [none] = (test_xml_files.read(tmp_path / name, text, limit=limit) for limit in (90, 89))
        assert max(map(len, found.values())) == longest and isinstance(none, BadRow), name
    found, none = (next(gift.rows(io.BytesIO(b"Why? {=so}"), limit)) for limit in (10, 9))
    assert isinstance(found, RawRow) and isinstance(none, BadRow)


def test_of_several_right_options_each_has_some_share(tmp_path: Path) -> None:
    options = "<single>false</single>" + answer("1", "Red") + answer("0", "Blue") + answer("", "Grey")
    options += answer("99", "Pink")
    [row] = test_xml_files.read(tmp_path / "a.xml", f"<quiz>{question('multichoice', options)}</quiz>")
    assert row["answer"] == "A,D"
    one = "<subquestion><text>Cat</text><answer><text>Meow</text></answer></subquestion>"
    two = one + one.replace("Cat", "Dog").replace("Meow", "Bark")
    for pairs, said in ((one, ""), (two, "- Cat -> Meow\n- Dog -> Bark")):
        [row] = test_xml_files.read(tmp_path / "a.xml", f"<quiz>{question('matching', pairs)}</quiz>")
        assert row["answer"] == said, pairs
    plain = question("shortanswer", answer("100", "x"), "Does &lt;br&gt; break?").replace('"html"', '"plain_text"', 1)
    assert test_xml_files.read(tmp_path / "a.xml", f"<quiz>{plain}</quiz>")[0]["question"] == "Does <br> break?"


def test_what_a_bot_says_in_one_channel_or_state_alone_and_what_its_stories_do_not_agree_on_is_no_answer(
    tmp_path: Path,
) -> None:
    nlu = {"nlu": [{"intent": name, "examples": f"- {name}?"} for name in ("a", "b", "faq/c")]}
    told = [{"text": "One."}, {"text": "Two.", "channel": "web"}, {"text": "Three.", "condition": [{"type": "slot"}]}]
    texts = {"utter_a": told, "utter_b": [{"text": "B."}], "utter_faq/c": [{"text": "C."}]}
    rules = [steps("a", "utter_a"), steps("b", "utter_b"), steps("faq/c", "utter_b"), steps("faq/c", "utter_a")]
    none = {"steps": [{"intent": "faq/c"}, "utter_b"]}
    agreed = [("a?", "One."), ("b?", "B.")]
    bot = test_rasa_bots.put(tmp_path / "bot.yml", nlu, {"responses": texts}, {"rules": rules})
    assert test_rasa_bots.read(bot)[0] == agreed
    bot = test_rasa_bots.put(tmp_path / "bot.yml", nlu, {"responses": texts}, {"rules": [*rules[:2], none, "x"]})
    assert test_rasa_bots.read(bot)[0] == [*agreed, ("faq/c?", "C.")]


def test_responses_have_one_name_and_a_folder_without_any_is_no_bot(tmp_path: Path) -> None:
    both = {**RESPONSES, "templates": {"utter_hours": [{"text": "Never."}]}}
    test_rasa_bots.put(tmp_path / "domain.yml", both)
    test_rasa_bots.put(tmp_path / "data" / "nlu.yml", test_rasa_bots.NLU, {"rules": [steps("hours", "utter_hours")]})
    assert test_rasa_bots.read(tmp_path)[0] == [*HOURS]
    test_rasa_bots.put(tmp_path / "domain.yml", {"templates": {"hours": [{"text": "Never."}]}})
    assert rasa_bots.of_folder(tmp_path) == [] and rasa_bots.of_folder(tmp_path / "data") == []
    test_rasa_bots.put(tmp_path / "domain.yml", {"responses": RESPONSES["responses"]})
    test_rasa_bots.put(tmp_path / "data" / "nlu.yml", test_rasa_bots.NLU)
    (tmp_path / "data" / "words.yml").write_text("- a\n- b\n", encoding="utf-8")
    assert [file.path.stem for file in rasa_bots.of_folder(tmp_path)] == ["nlu", "words", "domain"]
    assert rasa_bots.is_part(["nlu", "responses"], dict) is False, "keys alone are no bot"
    (tmp_path / "data" / "words.yml").write_text("a: [\n", encoding="utf-8")
    assert rasa_bots.of_folder(tmp_path) == []


def test_a_part_of_a_bot_has_steps_intents_or_responses_alone_and_its_domain_may_be_a_folder(tmp_path: Path) -> None:
    for document, is_part in (
        ({"stories": [{"steps": []}]}, True), ({"stories": [{"steps": []}, "steps"]}, False), ({"x": []}, False),
        ({"responses": {"utter_a": [], "b": []}}, False), ({"responses": {"utter_a": []}}, True),
        ({"stories": []}, False),
        ({"nlu": [{"intent": "a"}, {"x": 1}]}, False),
    ):  # fmt: skip
        assert rasa_bots.is_part(document, partial(dict[str, Any], document)) is is_part, document
    test_rasa_bots.put(tmp_path / "domain" / "a.yml", RESPONSES)
    test_rasa_bots.put(tmp_path / "data" / "nlu.yml", test_rasa_bots.NLU, {"rules": [steps("hours", "utter_hours")]})
    first, *_ = rasa_bots.of_folder(tmp_path)
    assert [row.number for row in rasa_bots.rows(first, 1_000, 0, lambda said: None)] == [1, 2]
    assert [row.number for row in rasa_bots.rows(first, 1_000, 1, lambda said: None)] == [2]
    test_rasa_bots.put(tmp_path / "domain" / "a.yml", {"templates": {**RESPONSES["responses"], "x": []}})
    assert rasa_bots.of_folder(tmp_path) == []


def test_a_story_that_goes_on_from_another_is_left_out_and_one_that_others_go_on_from_is_not() -> None:
    for lines, told in (
        ("* hi\n - utter_hi\n", [{"intent": "hi"}, {"action": "utter_hi"}]), ("> asked\n* hi\n - utter_hi\n", None),
        ("* hi\n - utter_hi\n> asked\n", [{"intent": "hi"}, {"action": "utter_hi"}, {"checkpoint": "> asked"}]),
    ):  # fmt: skip
        stories = [{"story": "a", "steps": told}] if told else None
        assert rasa_markdown.read(f"## a\n{lines}").get("stories") == stories, lines
    told = {"responses": {"utter_faq/c": [{"text": "Yes"}, {"text": "It is so."}]}}
    assert rasa_markdown.read("## c\n* faq/c\n - Yes\n - It is so.\n") == told


PAIR, QA = {"input": "hot", "output": "cold"}, {"question": "Why?", "answer": "So."}
TALK = [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]
SENT = [{"sender": one["role"], "text": one["content"]} for one in TALK]
ROW = {**QA, "instances": [PAIR]}
OBJECTS: list[tuple[Any, Any]] = [
    ([ROW] * 2, [ROW] * 2),
    ([{**ROW, "definition": "x"}] * 2, [{"definition": "x", **PAIR}] * 2),
    ({"zork": []}, [{"zork": []}]),
    ({"train": [["a", "b"]], "x": [["c", "d"]]}, [{"train": ["a", "b"], "x": ["c", "d"]}]),
    ({"samples": [QA], "zork": [QA]}, ("data.several_lists", ["samples", "zork"])),
    ({"definition": "x", "zork": [QA], "blim": [QA]}, ("data.several_lists", ["zork", "blim"])),
    ({"Why is it?": "So.", "Where is it?": 3}, [{"Why is it?": "So.", "Where is it?": 3}]),
    (TALK, [{"messages": TALK}]),
    (TALK[:1], TALK[:1]),
    (SENT, [{"messages": TALK}]),
    (SENT[:1] * 2, SENT[:1] * 2),
    (
        {"messagesTree": [{"messageId": "a", "children": [{"messageId": "b", "children": []}, {"messageId": "c"}]}]},
        [
            {
                "messagesTree": [
                    {"messageId": "a", "children": [{"messageId": "b", "children": []}, {"messageId": "c"}]}
                ],
                "messages": [{"messageId": one} for one in "abc"],
            }
        ],
    ),
    ({"d": {"train": [{"x": 1}, 3]}}, [{"d": {"train": [{"x": 1}, 3]}}]),
    ({"zork": [{"x": 1}], "messages": [{"x": 1}] * 2}, [{"zork": [{"x": 1}], "messages": [{"x": 1}] * 2}]),
    ({"Why is it?": "So.", "Where is it?": [1, 2]}, [{"Why is it?": "So.", "Where is it?": [1, 2]}]),
    ({name: {"1": name, "x": "y"} for name in ("p", "q")}, [{"1": "p", "x": "y"}, {"1": "q", "x": "y"}]),
    ({name: {"1": name, "2": "y"} for name in ("p", "q")}, [{"p": "p", "q": "q"}, {"p": "y", "q": "y"}]),
]


def test_what_one_object_holds_is_told_by_all_of_it() -> None:
    for document, rows in OBJECTS:
        assert test_json_layouts.read(json.dumps(document)) == (rows, []), document


def test_a_note_of_whoever_learns_stands_below_the_answer_and_the_answer_stays(tmp_path: Path) -> None:
    for said, kept in (
        ("So.\n\n> learn this", "So."), ("\n\n> learn this", "> learn this"), ("> a\n\n> learn this", "> a"),
        (f"> {'x' * 70}\n\n> learn this", f"> {'x' * 70}"), ("So:\n\n> learn this", None),
        ("So.\n\n> learn this\nReally.", None),
        (f"So.\n\n> learn this {'x' * 69}", "So."), (f"So.\n\n> learn this {'x' * 70}", None),
    ):  # fmt: skip
        text = f"Q: What does the sign say?\nA: {said}\n\nQ: Who?\nA: She.\n"
        assert read(put(tmp_path / "notes.md", text))[0][0]["answer"] == (kept or said), said


def test_marks_in_bold_are_no_part_of_what_stands_behind_them(tmp_path: Path) -> None:
    for mark, said, text in (("**A:", "So.**", "So."), ("**A:**", "So.**", "So.**"), ("A:", "**So.**", "**So.**")):
        found = read(put(tmp_path / "faq.md", f"Q: Why?\n{mark} {said}\n\nQ: Who?\nA: She.\n"))[0]
        assert found[0]["answer"] == text, mark


def test_questions_are_marked_where_about_as_many_are_answered() -> None:
    for asked, said, kind in ((1, 2, None), (2, 1, None), (4, 2, "marked"), (5, 2, None), (2, 5, None), (3, 1, None)):
        lines = [f"Q: what {at}?" for at in range(asked)] + [f"A: this {at}." for at in range(said)]
        assert question_texts.kind_of("\n".join(lines)) == kind, (asked, said)


def test_a_label_in_bold_is_closed_where_it_or_what_it_labels_ends() -> None:
    for line, thought in (
        ("**Solution: so**", "so"), ("**Solution:** it is **so**", "it is **so**"), ("Solution: **so**", "**so**"),
        ("**Solution**: it is **so**", "it is **so**"), ("**Solution: it is so", "it is so"),
    ):  # fmt: skip
        assert labelled_thoughts.said(line, ["How?"], None) == thought, line
