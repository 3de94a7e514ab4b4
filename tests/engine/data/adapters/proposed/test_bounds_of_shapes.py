"""What shows of which shape rows are, at its bounds: two languages, own verdicts, threads, spans, what was mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.data.adapters.proposed.test_language_pairs import columns
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.proposed import (
    completed,
    language_pairs,
    mended_translations,
    nearest_mapping,
    never_proposed,
    own_verdicts,
    proposals,
    tasks,
)

OWED = "CC-BY 2.0 (France) Attribution: tatoeba.org #1"
ENGLISH = ["The man and the dog are in the house.", "The man is with the dog.", "It is the end of the day."]
GERMAN = ["Der Mann und der Hund sind in dem Haus.", "Der Mann ist mit dem Hund.", "Es ist das Ende und der Tag."]
RUSSIAN = ["Я дома.", "Он там.", "Мы тут."]
STRANGE = ["Xa zu re.", "Bo li na.", "Ka ta mi.", "Ru no so.", "Te ke la."]
ACCENTED = ["Xá zu ré?", "Bó li ná!", "Ká ta mi?", "Rú no so!", "Té ke la."]


def pair(*said: Sequence[str]) -> tuple[str, str, str | None] | None:
    found = language_pairs.pair({f"c{at}": list(texts) for at, texts in enumerate(said)})
    return None if found is None else tuple(found)  # type: ignore[return-value]


def test_two_columns_are_one_text_in_two_languages_where_something_says_so() -> None:
    unlike = ["Bo li na.", "Xa zu re.", "Ru no so.", "Ka ta mi.", "La ke te."]
    plain = ["Xa zu re?", "Bo li na!", "Ka ta mi?", "Ru no so!", "Te ke la!"]
    apart = ["Xa zu re?", "Bo li na!", "Ka ta mi?", "Ru no so.", "Te ke la!"]
    cases: list[tuple[list[list[str]], Any]] = [
        ([ENGLISH, GERMAN], ("c0", "c1", "German")), ([GERMAN, ENGLISH], ("c0", "c1", "English")),
        ([ENGLISH, ENGLISH[::-1]], None), ([STRANGE, unlike], None),
        ([STRANGE, unlike, [OWED] * 5], ("c0", "c1", None)),
        ([STRANGE, unlike, [OWED] * 4 + ["x"]], ("c0", "c1", None)),
        ([STRANGE, unlike, [OWED] * 3 + ["x y.", "z w."]], None),
        ([ENGLISH[:2], RUSSIAN[:2]], ("c0", "c1", "Russian")), ([ENGLISH[:1], RUSSIAN[:1]], None),
        ([ENGLISH[:2], [RUSSIAN[0], ""]], None), ([["home", "there", "here"], RUSSIAN], None),
        ([ENGLISH, ["дома", "там", "тут"]], None),
        ([plain, ACCENTED], ("c0", "c1", None)), ([apart, ACCENTED], None), ([plain, plain[::-1]], None),
        ([["Xa zu?"] * 5, ["Xá zu?"] * 5], None), ([["Xa zu!"] * 5, ["Xá zu!"] * 5], None),
        ([[*plain, ""], [*ACCENTED, "Na!"]], ("c0", "c1", None)),
    ]  # fmt: skip
    for said, found in cases:
        assert pair(*said) == found, said


def test_where_half_of_one_column_asks_the_other_does_not_answer() -> None:
    asks = ["Xa zu re?", "Bo li na?", "Ka ta mi.", "Ru no so."]
    told = ["Я дома.", "Он там.", "Мы тут.", "Вы все."]
    assert pair(asks, told) == ("c0", "c1", "Russian")
    assert pair([*asks[:2], "Ka ta mi?", asks[3]], told) is None
    for text, found in (("ωωωω ab ωωωω.", ("c0", "c1", None)), ("ωωωω abc ωωωω.", None), ("ab ωω.", None)):
        assert pair(STRANGE[:3], [text] * 3) == found, text
    assert language_pairs.mapping(columns(list(zip(ENGLISH, GERMAN, strict=True)))) == Columns(
        prompt="Translate into German:\\n\\n{column1}", response="column2"
    )


ASKED, ANSWERED = {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}
TRIES = [{"code": "x = 1", "passed": True}, {"code": "x = 2", "passed": False}]


def test_an_attempt_is_one_of_several_or_stands_in_an_object_with_its_verdict() -> None:
    row = {"q": "Do it.", "tries": TRIES, "first": TRIES[0], "other": {"code": "x", "passed": "blue"}}
    where = Columns(prompt="q", response="tries.0.code")
    assert own_verdicts.are_of_each(where, [row]) is True
    assert own_verdicts.are_of_each(where, [{**row, "tries": TRIES[:1]}]) is False
    assert own_verdicts.are_of_each(where, [{**row, "tries": [{"code": "x"}] * 2}]) is False
    assert own_verdicts.are_of_each(Columns(prompt="q", response="first.code"), [row]) is False
    for place, rows, judged in (
        ("first.code", [row], True), ("first.code", [{"first": {"code": "x", "votes": 3}}], False),
        ("first.code", [{"first": {"code": "x"}}], False),
        ("other.code", [{"other": {"code": "x", "is_correct": "?"}}], False),
        ("first.code", [row, {"first": {"code": "x", "passed": "??"}}], True),
        ("first.code", [{"first": {"code": "x", "is_correct": said}} for said in (True, "?")], True),
        ("q", [row], False),
    ):  # fmt: skip
        assert own_verdicts.is_judged(place, rows) is judged, (place, rows)
    for given, place, is_one in (
        ({"gpt": "x", "claude": "y"}, "outputs.gpt", True), ({"gpt": "x", "n": 2}, "outputs.gpt", False),
        ({"answer": "x", "claude": "y"}, "outputs.answer", False), ("x", "outputs.gpt", False),
    ):  # fmt: skip
        assert own_verdicts.is_of_a_giver(place, {"outputs": given}) is is_one, given


def test_the_state_of_a_translation_and_its_errors_are_its_label_where_they_tell_rows_apart() -> None:
    where = Columns(prompt="source", response="target")
    for said, label in (
        ({"status": ["rejected", "x"]}, "status"), ({"status": ["approved", "x"]}, None),
        ({"errors": [["a"], []]}, "errors = []"),
        ({"errors": [["a"], ["b"]]}, None), ({"errors": [[], []]}, None), ({"errors": [["a"], ""]}, None),
        ({"tags": [["a"], []]}, None),
        ({"status": ["approved", "rejected"], "errors": [[], ["a"]]}, "status, errors = []"),
    ):  # fmt: skip
        rows = [{"source": "x", "target": "y", **{name: values[at] for name, values in said.items()}} for at in (0, 1)]
        assert own_verdicts.of_translation(where, rows) == where.model_copy(update={"label": label}), said
        named = where.model_copy(update={"label": "grade"})
        assert own_verdicts.of_translation(named, rows) == named


def test_what_several_wrote_below_a_ticket_is_told_by_who_asks_or_who_reads_it() -> None:
    def thread(first: dict[str, Any], *, asker: str | None = "a", several: bool = True) -> list[dict[str, Any]]:
        others = [{"author": "b", "body": "Take that."}] if several else []
        return [{"title": "t", "requester": asker, "city": "b", "thread": [{"body": "Which?", **first}, *others]}]

    for rows, is_thread in (
        (thread({"author": "a"}), True), (thread({"author": "b"}), False),
        (thread({"author": "a"}, several=False), False),
        (thread({"public": True}), True), (thread({"author": ""}, asker=""), False), (thread({"city": "a"}), False),
        ([*thread({"author": "b"}), *thread({"author": "a"})], True),
    ):  # fmt: skip
        assert never_proposed.is_of_thread("thread.0.body", rows) is is_thread, rows
    assert never_proposed.is_of_thread("title", thread({"author": "a"})) is False
    assert never_proposed.is_work("essay") is True is never_proposed.is_work("student_answer")
    assert never_proposed.is_work("question") is False
    assert never_proposed.forbids(Columns(prompt="rationale", response="decision"), ["rationale", "decision"]) is True


def test_a_span_has_its_ends_and_what_it_is_called() -> None:
    for value, is_one in (
        ([0, 4, "N"], True), ([[0, 4, "N"], [5, 6, "M"]], True), ([[0, 4, "N"], "x"], False), ([0, 4], False),
        ({"start": 0, "end": 4, "label": "N"}, True), ({"start_offset": 0, "end_offset": 4, "label": "N"}, True),
        ({"start": 0, "end": 4}, False), ({"label": "N", "end": 4}, False), ([{"label": "N"}], False), ([], False),
        ("x", False),
    ):  # fmt: skip
        assert never_proposed.is_span(value) is is_one, value


def test_a_name_of_a_column_looks_like_the_texts_below_it() -> None:
    for name, said, alike in (
        ("Why?", ["How?", "Who?"], True), ("Why?", ["So.", "Thus."], False), ("12", ["7", "9"], True),
        ("12", ["x"], False),
        ("a b c", ["d e f g"], True), ("a b c", ["d e"], False), ("a\nb", ["c\nd"], True), ("a b", ["c\nd"], False),
        ("a", [" "], False),
    ):  # fmt: skip
        assert proposals.looks_like(name, said) is alike, (name, said)


def test_names_are_another_row_where_they_begin_as_the_texts_do() -> None:
    names = ("what is rust", "an oxide of iron")
    for said, are_row in (
        ([("why is it red", "due to the iron"), ("how is it made", "by water and air")], True),
        ([("Why is it red?", "Due to the iron."), ("How is it made?", "By water and air.")], False),
        ([("why is it red", "Due to the iron."), ("how is it made", "By water and air.")], False),
    ):  # fmt: skip
        rows = [dict(zip(names, one, strict=True)) for one in said]
        assert (proposals.without_header(rows) is not None) is are_row, said
    assert proposals.without_header([{"question": "why is it red", "answer": "due to the iron"}] * 3) is None
    numbered = [{"7": "8", names[0]: "why is it red", names[1]: "due to the iron"}]
    where = proposals.without_header(numbered)
    assert where is not None and (where.prompt, where.response) == ("column2", "column3")
    assert proposals.without_header([{"7": "8", "9": "10"}]) is None


def test_a_label_is_left_out_where_its_values_only_grade() -> None:
    for values, label in (
        ([0, 1], "score"),
        ([1, 4], None),
        ([1, 2], None),
        ([[1], "x"], "score"),
        ([1, 1], "score"),
        ([0, 5], "score"),
        (["x", "y"], None),
        ([[1], []], "score"),
    ):
        rows = [{"q": f"Why {at}?", "a": f"So {at}.", "score": value} for at, value in enumerate(values)]
        texts = {name: [str(row[name]) for row in rows] for name in ("q", "a")}
        where = completed.completed(Columns(prompt="q", response="a", label="score"), rows, texts)
        assert where.label == label, values


def test_the_mended_translation_is_learnt_with_what_judges_the_draft() -> None:
    rows = [{"source": "Halt!", "mt": "Stop!", "post_edit": "Stay!", "status": "approved", "comment": "wrong"},
            {"source": "Los!", "mt": "Off!", "post_edit": "Go!", "status": "new", "comment": "ok"}]  # fmt: skip
    found = mended_translations.mapping(rows)
    assert found is not None and (found.response, found.label) == ("post_edit", "status")
    assert mended_translations.mapping([rows[0], {**rows[1], "status": ""}]) == found
    draft = [rows[0], {**rows[1], "post_edit": "", "status": "rejected"}]
    found = mended_translations.mapping(draft)
    assert found is not None and (found.response, found.label) == ("post_edit, mt", "status")
    for name in ("source", "mt", "post_edit"):
        assert mended_translations.mapping([{key: row[key] for key in row if key != name} for row in rows]) is None
    assert mended_translations.mapping([rows[0], {**rows[1], "mt": None}]) is None
    found = mended_translations.mapping([{key: row[key] for key in row if key != "status"} for row in rows])
    assert found is not None and (found.response, found.label) == ("post_edit", None)


def test_whether_people_would_say_it_is_asked_in_the_sentences_language() -> None:
    for sentence, asked in (
        ("He go.", "Is this sentence acceptable?"),
        ("彼は行くです。", "次の文は自然な日本語ですか。"),
    ):
        where = tasks.mapping({"sentence": sentence, "acceptable": "0"})
        assert where == Columns(prompt=f"{asked}\\n\\n{{sentence}}", response="acceptable"), sentence


def test_the_nearest_line_is_made_of_what_holds_something_and_may_ask_or_answer() -> None:
    cases: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"question": "", "text": "Why?", "answer": "So."},
         {"prompt": "text", "response": "answer", "answer": "answer"}),
        ({"question": "", "answer": ""}, {"prompt": "question", "response": "answer"}),
        ({"first": "a b", "second": "c d", "third": "e f", "label": "x"},
         {"prompt": "{first}\\n{second}", "response": "label"}),
        ({"label": "x", "text": "a b", "more": "c d"}, {"prompt": "text", "response": "label"}),
        ({"zork": "bar"}, {"prompt": "zork", "response": "zork"}),
        ({"answer": "x"}, {"prompt": "?", "response": "answer"}),
        ({"text": "x y", "description": "z w", "advice": "u v"}, {"prompt": "description", "response": "advice"}),
        ({"equation": "1 + 1", "zork": "How much?", "advice": "u v"}, {"prompt": "zork", "response": "advice"}),
        ({"zork": ["a", "b"]}, {"messages": "zork"}), ({"zork": ["a", "b"], "x": 1}, {"messages": "zork"}),
        ({"zork": ["a", "b"], "x": 1, "y": 2}, {"prompt": "zork.0", "response": "?"}),
        ({"zork": ["a", 1]}, {"prompt": "zork.0", "response": "zork.0"}),
        ({"zork": ["a"]}, {"prompt": "zork.0", "response": "zork.0"}),
        ({"note": "a b", "zork": "c d"}, {"prompt": "note", "response": "zork"}),
        ({"student_answer": "a b", "result": "y x", "zork": "c d"},
         {"prompt": "zork", "response": "student_answer", "label": "result"}),
        ({"messages": [ASKED, ANSWERED], "first": ASKED}, {"messages": "messages"}),
        ({"item": {"question": "Why?", "answer": "So.", "is_correct": "yes", "difficulty": 3}},
         {"prompt": "item.question", "response": "item.answer", "label": "item.is_correct"}),
        ({"title": "T t", "text": "So it is.", "zork": "y"}, {"prompt": "text", "response": "title"}),
        ({"data": {"question": "Why?", "answer": "So."}}, {"prompt": "data.question", "response": "data.answer"}),
        ({"messages": [ASKED], "reply": ANSWERED}, {"messages": "messages", "response": "reply"}),
        ({"prompt": ASKED, "reply": ANSWERED}, {"prompt": "prompt", "response": "reply"}),
    ]  # fmt: skip
    for row, where in cases:
        assert nearest_mapping.columns(row) == Columns(**where), row
    for place, row, never in (
        ("a.student_answer", {"a": {"student_answer": "x"}}, True), ("wrong_answers.text", {}, True),
        ("answer.text", {}, False),
        ("student_answer.text", {"student_answer": {"text": "x"}}, True),
    ):  # fmt: skip
        assert nearest_mapping.never_answers(place, row) is never, place


def test_a_list_holds_the_rows_or_the_questions_where_it_has_more_than_one() -> None:
    entry = {"question": "Why?", "answer": "So."}
    where = Columns(prompt="items.0.question", response="items.0.answer")
    beside = where.model_copy(update={"prompt": "q"})
    for count, name in ((2, "items"), (1, None)):
        row = {"items": [entry] * count, "q": "Who?"}
        assert nearest_mapping.list_of_questions(row) == nearest_mapping.list_of_rows(row, where) == name
        assert nearest_mapping.list_of_rows(row, beside) is None
    for names, are_names in ((["question", "zork"], True), (["id", "zork"], True), (["zork", "blim"], False)):
        assert nearest_mapping.are_names(names) is are_names, names


def done(where: Columns, **columns: list[str]) -> dict[str, str]:
    """The roles of a line and their columns, once it has what it lacks."""
    length = max(map(len, columns.values()))
    rows = [{name: said[at] for name, said in columns.items()} for at in range(length)]
    texts = {name: [text for text in said if text] for name, said in columns.items()}
    return completed.completed(where, rows, texts).model_dump(exclude_none=True)


ASKS = ["Why is it?", "How is it?", "Who is it?", "Where is it?"]


def test_a_worked_solution_is_a_few_times_as_long_as_its_result_or_holds_it() -> None:
    where = Columns(prompt="q", response="a", answer="solution")
    kept, turned = {"prompt": "q", "response": "a", "answer": "solution"}, {"prompt": "q", "response": "solution"}
    thought = {"prompt": "q", "response": "a", "reasoning": "solution", "answer": "a"}
    for results, solutions, found in (
        (["ab"], ["x" * 6], kept), (["ab"], ["x" * 7], thought), (["a" * 120], ["x" * 400], thought),
        (["a" * 121], ["x" * 400], kept), (["a" * 121, "b"], ["x" * 400] * 2, kept),
    ):  # fmt: skip
        assert done(where, q=ASKS[: len(results)], a=results, solution=solutions) == found, (results, solutions)
    for marked, found in ((1, thought), (2, thought), (3, turned), (4, turned)):
        solutions = ["So it is.\n#### 4"] * marked + ["So it is, it is."] * (4 - marked)
        assert done(where, q=ASKS, a=["4"] * 4, solution=solutions) == found, marked


def test_what_stands_below_a_title_is_asked_with_it_where_it_varies_and_says_more() -> None:
    both = "{title}\\n\\n{body}"
    for bodies, prompt in (
        (["x y", "z w", "x y", "z w"], both), (["x y"] * 4, "title"), (["x y", "z w", "x y", "x y", "x y"], "title"),
    ):  # fmt: skip
        titles, said = (ASKS * 2)[: len(bodies)], ["So."] * len(bodies)
        found = done(Columns(prompt="title", response="answer"), title=titles, body=bodies, answer=said)
        assert found == {"prompt": prompt, "response": "answer"}, bodies
    posts = ["It is x.", "It is y."]
    for name, titles, texts, asks in (
        ("title", ["A b", "C d"], posts, True), ("title", ["It is x", "It is y"], posts, False),
        ("title", ["It is x", "C d"], posts, True), ("title", ["A b", "C d", "E f"], [*posts, ""], True),
        ("subject", ["A b", "C d"], posts, True),
    ):  # fmt: skip
        columns = {name: titles, "post": texts, "answer": ["So.", "Thus.", "Then."][: len(titles)]}
        found = done(Columns(prompt="post", response="answer"), **columns)
        assert found == {"prompt": f"{{{name}}}\\n\\n{{post}}" if asks else "post", "response": "answer"}, (
            name,
            titles,
        )
    mail = done(Columns(prompt="body", response="answer"), subject=["A b", "C d"], body=posts, answer=["So.", "Thus."])
    assert mail == {"prompt": "body", "response": "answer"}


def test_figures_are_no_reasons_where_half_of_the_texts_are_such() -> None:
    for said, reasons in (
        (["12", "7", "9"], False), (["12", "So it is so.", "Thus it was."], True),
        (["12", "7", "Thus it was."], False),
        (["12", "So it was"], False), (["12"], False), (["So it was."], True),
    ):  # fmt: skip
        found = done(Columns(prompt="q", response="a"), q=ASKS[: len(said)], a=["So."] * len(said), reasoning=said)
        assert ("reasoning" in found) is reasons, said


def test_a_question_is_about_a_passage_and_the_summary_of_one_but_not_about_any_summary() -> None:
    for name, about in (("passage", True), ("document.summary.text", True), ("summary", False), ("zork", False)):
        columns = {"question": ASKS, "a": ["So.", "Thus.", "Then.", "Now."], name: ["It is so and so."] * 4}
        found = done(Columns(prompt="question", response="a"), **columns)
        assert found == {"prompt": "question", "response": "a"} | ({"query": name} if about else {}), name
