"""The line that is proposed for rows that nothing is understood of teaches what they hold, or none is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import admission
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.proposed import proposals

PAIRS = [
    ("Which planet has the shortest year?", "Mercury", "Venus"),
    ("Why does ice float on water?", "It is less dense than the liquid.", "Ice is colder."),
    ("What is the capital of Australia?", "Canberra", "Sydney"),
    ("How do I store fresh basil?", "In a glass of water, out of the fridge.", "In the sun."),
]


def rows(**columns: Any) -> list[dict[str, Any]]:
    """A row for each pair: `columns` are functions of (number, question, answer, wrong answer), or what is the same."""
    return [
        {name.replace("__", " "): make(number, *pair) if callable(make) else make for name, make in columns.items()}
        for number, pair in enumerate(PAIRS)
    ]


def asked(number: int, question: str, answer: str, wrong: str) -> str:
    return question


def said(number: int, question: str, answer: str, wrong: str) -> str:
    return answer


def wrong(number: int, question: str, answer: str, wrong: str) -> str:
    return wrong


def judged(*, text: str, score: str, **marks: str) -> Any:
    def of(number: int, question: str, answer: str, wrong: str) -> list[dict[str, Any]]:
        first = {text: wrong, score: -2, **{name: False for name in marks.values()}}
        return [first, {text: answer, score: 12, **{name: True for name in marks.values()}}]

    return of


def proposed(given: list[dict[str, Any]]) -> str | None:
    where = proposals.propose(given)
    return None if where is None else column_names.line(where)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (rows(ユーザー入力=asked, 有害な応答=wrong, 望ましい応答=said),
         "{prompt: ユーザー入力, response: 望ましい応答}"),
        (rows(user=lambda n, *_: f"u{n}", user_text=asked, bot_reply=said, feedback="👍"),
         "{prompt: user_text, response: bot_reply, label: feedback}"),
        (rows(**{"from": "jo@x.com"}, subject="Question", body=lambda n, q, a, w: f"{q}\n\nRegards", reply=said),
         "{prompt: body, response: reply}"),
        (rows(tag=lambda n, *_: f"t{n}", patterns=lambda n, q, a, w: [q, q.lower()], responses=lambda n, q, a, w: [a]),
         "{prompt: patterns.0, response: responses.0}"),
        (rows(Summary=asked, Description=lambda n, q, a, w: f"{q} Please advise.", Resolution="Done",
              Comment=lambda n, q, a, w: f"12/Jan/25;jdoe;{a}"),
         "{prompt: Description, response: Comment, label: Resolution}"),
        (rows(item=lambda n, q, a, w: f"{q}\n(1) {w}\n(2) {a}\n(3) none", key="2"), "{prompt: item, response: key}"),
        (rows(Title=asked, Body="<p>", Answers=judged(text="Body", score="Score", accepted="IsAccepted")),
         "{prompt: Title, response: Answers}"),
        ([{"word": word, "pos": "n", "definition": text} for word, text in (("brook", "a small stream"),
          ("adage", "a saying"), ("moor", "open land"))],
         "{prompt: \"What does '{word}' mean?\", response: definition}"),
        ([{"ことわざ": "花より団子", "読み": "はなよりだんご", "意味": "実益を取ること。"}],
         '{prompt: "「{ことわざ}」の意味は何ですか。", response: 意味}'),
        ([{"English": "I like tea.", "Japanese": "お茶が好きです。"}],
         '{prompt: "Translate into Japanese:\\n\\n{English}", response: Japanese}'),
        ([{"原文": "I like tea.", "訳文": "お茶が好きです。"}],
         '{prompt: "次の文を日本語に訳してください。\\n\\n{原文}", response: 訳文}'),
        ([{"原文": "お茶が好きです。", "英訳": "I like tea."}],
         '{prompt: "Translate this:\\n\\n{原文}", response: 英訳}'),
        ([{"translation": {"en": "cat", "ja": "猫"}}],
         '{prompt: "Translate into Japanese:\\n\\n{translation.en}", response: translation.ja}'),
        ([{"日本語": "猫", "英語": "cat"}], '{prompt: "次の文を英語に訳してください。\\n\\n{日本語}", response: 英語}'),
        ([{"Incorrect sentence": "He go.", "Corrected sentence": "He goes."}],
         '{prompt: "Correct the mistakes:\\n\\n{Incorrect sentence}", response: "Corrected sentence"}'),
        (rows(Statement=lambda n, q, a, w: f"{a} answers: {q}",
              **{"True/False": lambda n, *_: "TRUE" if n else "FALSE"},
              Explanation=said),
         '{prompt: "Is this true or false?\\n\\n{Statement}", response: "True/False", reasoning: Explanation}'),
        (rows(Question=asked, **{"Student's answer": wrong, "Teacher's correction": said}),
         '{prompt: Question, response: "Teacher\'s correction"}'),
        (rows(prompt=asked, insecure_code=wrong, secure_code=said), "{prompt: prompt, response: secure_code}"),
        (rows(Question=asked, **{"Old answer": wrong, "New answer": said}),
         '{prompt: Question, response: "New answer"}'),
        (rows(面接の質問=asked, NG回答例=wrong, OK回答例=said), "{prompt: 面接の質問, response: OK回答例}"),
        ([{"id": "a", "article": "Dogs can smell cancer, says a study.", "highlights": "Dogs smell cancer."}],
         '{prompt: "Summarise this:\\n\\n{article}", response: highlights}'),
        ([{"id": "1", "title": "台風接近", "text": "気象庁によると台風10号は九州に近い。", "summary": "台風が近い。"}],
         '{prompt: "次の文章を要約してください。\\n\\n{text}", response: summary}'),
        ([{"common mistake": "I goed home.", "correct form": "I went home.", "rule": "'go' is irregular."}],
         '{prompt: "Correct the mistakes:\\n\\n{common mistake}", response: "correct form"}'),
        ([{"Situation": "Customer is angry", "Don't say": "Calm down.", "Say instead": "I see how hard this is."},
          {"Situation": "Late delivery", "Don't say": "Not my fault.", "Say instead": "I'm sorry for the delay."}],
         '{prompt: Situation, response: "Say instead"}'),
        ([{"Ticket": "1", "Subject": "Refund", "First message": "I want a refund.", "Agent reply": "It is on its way.",
           "Internal note": "annoying"}], '{prompt: "First message", response: "Agent reply"}'),
        (rows(Statement=asked, Answer=lambda n, *_: "TRUE" if n else "FALSE", Explanation=said),
         '{prompt: "Is this true or false?\\n\\n{Statement}", response: Answer, reasoning: Explanation}'),
        ([{"pairID": "1", "gold_label": "neutral", "Sentence1": "A man rides.", "Sentence2": "He trains.",
           "Explanation_1": "He may ride for fun."}],
         '{prompt: "Does the second sentence follow from the first (entailment), contradict it (contradiction), or '
         'neither (neutral)?\\n\\n1. {Sentence1}\\n2. {Sentence2}", response: gold_label, reasoning: Explanation_1}'),
        ([{"Statement": "Ice floats.", "True/False": "TRUE", "Explanation": "It is less dense."}],
         '{prompt: "Is this true or false?\\n\\n{Statement}", response: "True/False", reasoning: Explanation}'),
        ([{"problem": f"Tom has {n} and gets two. How many has he?", "step1": f"Two and {n}", "step2": f"give {n + 2}.",
           "result": str(n + 2)} for n in range(20, 23)],
         '{prompt: problem, response: result, reasoning: "{step1}\\n{step2}"}'),
        ([{"problem": f"{n} + 1?", "steps": [f"{n} and", "1"], "result": n + 1} for n in range(3)],
         "{prompt: problem, response: result, reasoning: steps}"),
        ([{"problem": f"{n} + 1?", "solution": {"steps": [{"explanation": "Add."}], "final_answer": f"{n + 1}"}}
          for n in range(3)],
         "{prompt: problem, response: solution.final_answer, reasoning: solution.steps}"),
        (rows(tex=asked, solution=lambda n, q, a, w: f"Not {w}, so {a}", final_answer=said),
         "{prompt: tex, response: final_answer, reasoning: solution, answer: final_answer}"),
        (rows(Surname=lambda n, *_: f"X{n}", Question__1=asked, Response__1=wrong, Right__answer__1=said),
         '{prompt: "Question 1", response: "Right answer 1"}'),
        ([{"Subject": q[:9], "Description": q, "Agent reply": a if n else ""} for n, (q, a, _) in enumerate(PAIRS)],
         '{prompt: Description, response: "Agent reply"}'),
        (rows(QTitle=asked, QBody=lambda n, q, a, w: f"I wonder about {w}.", ABody=said),
         '{prompt: "{QTitle}\\n\\n{QBody}", response: ABody}'),
        (rows(document=lambda n, q, a, w: {"id": n, "summary": {"text": f"{a} it was."}},
              question=lambda n, q, a, w: {"text": q}, answers=lambda n, q, a, w: [{"text": a}, {"text": a}]),
         "{prompt: question.text, query: document.summary.text, response: answers.0.text}"),
        (rows(claim=said, verifiable="YES", label=lambda n, *_: ("SUPPORTS", "REFUTES")[n % 2]),
         '{prompt: "Which is it: REFUTES, SUPPORTS?\\n\\n{claim}", response: label}'),
        (rows(doc=lambda n, q, a, w: {"question": q, "answer": f"It is not {w}, nor {w} at all, so it must be {a}" * 2},
              target=said, resps=lambda n, q, a, w: [[w]], exact_match=lambda n, *_: float(n % 2)),
         "{prompt: doc.question, response: target, reasoning: doc.answer, answer: target}"),
        (rows(Sachverhalt=lambda n, *_: f"A schuldet B {n} Euro.", Frage=asked, Ergebnis=said,
              Gutachten=lambda n, q, a, w: f"Es ist nicht {w}, also {a}"),
         "{prompt: Frage, query: Sachverhalt, response: Ergebnis, reasoning: Gutachten}"),
        (rows(Aussage=said, Lösung=lambda n, *_: ("Falsch", "Wahr")[n % 2], Begründung=wrong),
         '{prompt: "Is this true or false?\\n\\n{Aussage}", response: Lösung, reasoning: Begründung}'),
        (rows(question=asked, choices=lambda n, q, a, w: f"{w} | {a} | none of {n}", key=lambda n, *_: "BCBB"[n],
              rationale=lambda n, q, a, w: f"{a} is so, {w} is not"),
         "{prompt: question, reasoning: rationale, answer: key, choices: choices}"),
        (rows(enunciado=asked, alternativas=lambda n, q, a, w: [f"A) {w}", f"B) {a}", f"C) {n}"], resolução=said,
              gabarito=lambda n, *_: "BCBB"[n]),
         '{prompt: enunciado, answer: gabarito, choices: alternativas}'),
        (rows(質問=asked, 回答=said, 正解=lambda n, *_: "○×"[n % 2]), "{prompt: 質問, response: 回答, label: 正解}"),
        (rows(QuestionText=asked, CorrectAnswer=lambda n, *_: "ABCA"[n], AnswerAText=said, AnswerBText=wrong,
              AnswerCText=lambda n, *_: f"None of {n}"),
         '{prompt: QuestionText, answer: CorrectAnswer, choices: "AnswerAText, AnswerBText, AnswerCText"}'),
        (rows(doc=lambda n, q, a, w: {"question": q, "answer": f"{a}\n#### {n}"},
              target=lambda n, q, a, w: f"{a}\n#### {n}",
              resps=lambda n, q, a, w: [[w]]), "{prompt: doc.question, response: target}"),
        (rows(tstamp=lambda n, *_: n + 0.5, state=lambda n, q, a, w: {
            "roles": ["USER", "ASSISTANT"], "messages": [["USER", q], ["ASSISTANT", a]], "offset": 0}),
         "{messages: state.messages}"),
    ],
)  # fmt: skip
def test_the_columns_that_hold_questions_and_answers_are_proposed(given: list[dict[str, Any]], line: str) -> None:
    assert proposed(given) == f"columns: {line}"


@pytest.mark.parametrize(
    "given",
    [
        rows(post=asked, comments=lambda n, q, a, w: [{"body": w, "ups": -2}, None]),  # the other one was deleted
        rows(question=asked, options=lambda n, q, a, w: [w, f"*{a}"]),
        rows(item=lambda n, q, a, w: f"{q} ア {w} イ {a} ウ none", key=lambda n, *_: "アイウ"[n % 3]),
        rows(item=asked, A=wrong, B=said, key=lambda n, *_: "AB"[n % 2]),
        rows(item=asked, A=wrong, B=said, C=lambda n, *_: f"None of {n}", key=lambda n, *_: n % 3 + 1),
        rows(item=asked, option1=wrong, option2=said, key=lambda n, *_: "12"[n % 2]),
        rows(prompt=asked, responses=lambda n, q, a, w: [w, a], scores=[1, 5]),
        rows(prompt=asked, rejected=wrong, id=lambda n, *_: f"x{n}"),
        rows(Timestamp=lambda n, *_: f"2025/01/0{n} 10:00", Email=lambda n, *_: f"s{n}@x.com", Score="0 / 2"),
        rows(sentence=asked, reply="yes"),
        rows(Issue__key=lambda n, *_: f"SUP-{n}", Summary=wrong, Description=asked, Resolution="Done"),
        [
            {"sent_more": said, "sent_less": wrong, "kind": kind}
            for said, wrong, kind in (("The poor are lazy.", "The rich are lazy.", "stereo"), ("A.", "B.", "anti"))
        ],
        rows(id=lambda n, *_: n, sent_more=said, sent_less=wrong, bias_type="gender"),
        rows(question=asked, bad_answer=wrong, why_bad=lambda n, q, a, w: f"It is not {w}"),
        rows(Titel=asked, Body=said, Status="zu", Abschlussgrund=lambda n, *_: ["erledigt", "doppelt"][n % 2]),
        rows(
            Title=lambda n, q, a, w: f"Page {n}",
            Body=said,
            Space="IT",
            Labels=lambda n, *_: f"howto{n}",
            Last__updated=lambda n, *_: f"2024-01-0{n + 1}",
        ),
        rows(PostTypeId=lambda n, *_: str(n), AcceptedAnswerId=lambda n, *_: str(n + 4), ParentId=""),
    ],
)
def test_no_line_is_proposed_where_none_teaches_what_is_right(given: list[dict[str, Any]]) -> None:
    assert proposed(given) is None
    told = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), given)
    assert told.code == "steps.nothing_answers"
    assert "COLUMN OF THE QUESTIONS" in str(told)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (rows(post=asked, comments=judged(text="body", score="ups")), "answers_in_a_list"),
        (rows(title=wrong, body=asked, state="closed", state_reason=lambda n, *_: ["completed", "not_planned"][n % 2],
              comments_list=lambda n, q, a, w: [{"user": {"login": f"u{n}"}, "body": a},
                                                {"user": {"login": w}, "body": q}]), "answers_in_a_list"),
        (rows(question_text=asked, correct_comments=lambda n, q, a, w: f"Not {w}",
              answers=lambda n, q, a, w: [{"text": w, "weight": 0}, {"text": a, "weight": 100}]), "answers_in_a_list"),
        (rows(subject=lambda n, *_: f"Ticket {n}", description=asked,
              comments=lambda n, q, a, w: [{"public": True, "body": q}, {"public": False, "body": w}]),
         "answers_in_a_list"),
        (rows(QuestionText=asked, MC_Answer=wrong, StudentExplanation=lambda n, q, a, w: f"because {w}"),
         "answers_of_others"),
        (rows(article=said, title="t", questions=lambda n, q, a, w: [{"question": q, "options": [a, w]}] * 2),
         "rows_in_a_list"),
        ([{"custom_id": "r0", "method": "POST", "body": {"messages": [{"role": "user", "content": "Hi?"}]}}],
         "half_of_a_batch"),
        ([{"spec": {"eval_name": "math.dev.v0", "completion_fns": ["m"]}}], "log_of_evals"),
    ],
)  # fmt: skip
def test_where_no_column_can_be_the_answer_it_is_said_why(given: list[dict[str, Any]], why: str) -> None:
    assert admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), given).code == f"steps.{why}"


@pytest.mark.parametrize(
    "given",
    [
        rows(item=lambda n, q, a, w: f"{q}\n{a}", remark=said),
        rows(Satz=said, Satz2=lambda n, q, a, w: f"{w}."),
        [{"English": "I like tea.", "Japanese": "お茶が好きです。"}],
    ],
)
def test_names_unlike_what_is_below_them_are_a_header(given: list[dict[str, Any]]) -> None:
    assert "header: false" not in str(admission.unfit(Dataset(name="x", path="x.csv", source="local"), given))


def test_a_first_line_like_the_others_may_be_data() -> None:
    given = [{"Name the capital of Japan": f"Name the capital of {land}", "Tokyo": town}
             for land, town in (("France", "Paris"), ("Italy", "Rome"), ("Peru", "Lima"))]  # fmt: skip
    told = str(admission.unfit(Dataset(name="x", path="x.csv", source="local"), given))
    assert "`header: false, columns: {prompt: column1, response: column2}`" in told


def test_cards_without_names_may_have_a_first_card_in_their_place() -> None:
    cards = [("ephemeral", "lasting a short time"), ("laconic", "using few words"), ("gregarious", "sociable")]
    given = [{"ubiquitous": word, "present everywhere": meaning} for word, meaning in cards]
    told = str(admission.unfit(Dataset(name="x", path="x.tsv", source="local"), given))
    assert "`header: false, columns: {prompt: column1, response: column2}`" in told


@pytest.mark.parametrize("name", ['das "was", und', "C:\\data", "a: b", "{q}: {r}", "true", "3", "質問"])
def test_a_proposed_line_is_read_by_yaml_as_it_is_meant_whatever_columns_are_called(name: str) -> None:
    line = column_names.line(Columns(prompt=name, response="a"))
    assert yaml.safe_load(line) == {"columns": {"prompt": name, "response": "a"}}
    template = column_names.line(Columns(prompt="Q:\\n{q}", response="a"))
    assert template == 'columns: {prompt: "Q:\\n{q}", response: a}'


def test_the_first_of_several_answers_is_not_proposed_where_a_column_says_which_is_right() -> None:
    answers = [{"marker": "А", "text": "ice"}, {"marker": "Б", "text": "dew"}]
    rows = [{"question": f"Which {number}?", "answers": answers,
             "correct_answers": ["Б"]} for number in range(4)]  # fmt: skip
    where = proposals.propose(rows)
    assert where is None or ".0" not in str(where.response)


@pytest.mark.parametrize(("first", "second"), [("Thema", "Beitrag"), ("x", "y")])
def test_no_line_is_proposed_whose_questions_come_more_than_twice_each(first: str, second: str) -> None:
    asked = ["How do I cook rice?", "How do I bake bread?"]
    said = ["Rinse it first.", "Knead the dough.", "Use twice as much water.", "Let it rise.", "Do not stir it."]
    given = [{first: asked[number % 2], second: text} for number, text in enumerate(said)]
    place = f'"{second}"' if second == "y" else second

    assert proposed(given[:4]) == f"columns: {{prompt: {first}, response: {place}}}"
    assert proposed(given) is None


@pytest.mark.parametrize("first", ["tema", "ztema"])
def test_of_several_texts_beside_options_the_longest_asks(first: str) -> None:
    given = [
        {first: f"suma {n}", "enunciado": f"cuántas son {n} y {n} en total", "opcion a": f"{n}", "opcion b": f"{2 * n}",
         "opcion c": f"{3 * n}", "clave": "BCAB"[n]}
        for n in range(4)
    ]  # fmt: skip
    assert proposed(given) == 'columns: {prompt: enunciado, answer: clave, choices: "opcion a, opcion b, opcion c"}'


def _remark(n: int, q: str, a: str, w: str) -> str:
    return f"Nearly: it is not {w}"


@pytest.mark.parametrize(
    "given",
    [
        rows(question=asked, student_answer=said, marker_view=_remark),
        rows(question=asked, 生徒の解答=said, Comment=_remark, mark=lambda n, *_: n),
        rows(問題=asked, 生徒の解答=wrong, 先生のコメント=lambda n, q, a, w: f"違います。{a}", 点=lambda n, *_: str(n)),
        rows(question=asked, student_working=said, marks_awarded=lambda n, *_: n),
        rows(question=asked, 生徒の途中式=said, 得点=lambda n, *_: n),
        rows(Aufgabe=asked, Schülerlösung=said, Punkte=lambda n, *_: n),
        *(rows(question=asked, **{name: said}, Comment=_remark, mark=lambda n, *_: n)
          for name in ("working", "Rough work", "first_try", "draft", "submission", "calculation", "途中計算")),
        rows(question=asked, working=said, examiner_comment=_remark),
    ],
)  # fmt: skip
def test_what_pupils_tried_is_no_answer_nor_what_somebody_says_of_it(given: list[dict[str, Any]]) -> None:
    assert proposed(given) is None
    told = admission.unfit(Dataset(name="x", path="x.jsonl", source="local"), given)
    assert told.code == "steps.answers_of_others"


def test_a_working_that_nobody_marks_answers() -> None:
    assert proposed(rows(question=asked, working=said)) == "columns: {prompt: question, response: working}"
    assert proposed(rows(task_text=asked, working=wrong, solution_text=said)) == (
        "columns: {prompt: task_text, response: solution_text}"
    )


@pytest.mark.parametrize(
    ("said", "may"), [(["who asks?", "Where?"], True), (["who asks?", "Where?", "When?"], False), (["Where?"], False)]
)
def test_names_in_small_letters_may_be_a_row_where_half_of_the_texts_below_begin_so(said: list[str], may: bool) -> None:
    assert proposals._may_be_row({"what is it": said}) is may
