"""Why something was decided is never proposed as what is asked, nor who wrote it as the answer; a run's number or a day
is no thought.
"""

from __future__ import annotations

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import short_thoughts
from so8t_engine.data.adapters.proposed import proposals, tags

CASES = (
    (
        "How much was spent on potholes in 2022?",
        "The finance system holds it by cost centre.",
        "It was 412,300 pounds.",
    ),
    (
        "Please send the home addresses of all councillors.",
        "Home addresses are personal data.",
        "We cannot release them.",
    ),
    ("How many fines were cancelled?", "A report from the parking system gives it.", "Of 8,112 fines 1,347 were."),
    (
        "All emails that mention the bypass.",
        "A search gives 41,000 of them.",
        "Please narrow your request to one year.",
    ),
)
TRIAGE = (
    ("昨日から熱があります。受診すべきですか。", "発熱2日目で水分は取れている。", "発熱外来を予約してください。"),
    ("朝から胸が締めつけられます。", "冷や汗を伴う胸痛は心筋梗塞を疑う。", "すぐに119番に電話してください。"),
    ("予防接種の後、腕が赤く腫れています。", "接種後1日の局所反応の範囲。", "タオルで冷やしてください。"),
    ("薬を夜に2回分飲んでもよいですか。", "2回分は過度の低血圧の危険がある。", "1回分だけ飲んでください。"),
)  # fmt: skip


def proposed(names: tuple[str, str, str], cases: tuple[tuple[str, str, str], ...]) -> Columns:
    rows = [{"no": str(at), **dict(zip(names, said, strict=True))} for at, said in enumerate(cases, 101)]
    where = proposals.propose(rows)
    assert where is not None
    return where


@pytest.mark.parametrize(
    ("asked", "why", "said"),
    [
        ("Request summary", "Reasoning of the officer", "Response sent"),
        ("Request summary", "Reasoning", "Response sent"),
        ("Request text", "Grounds for the decision", "Reply"),
        ("Enquiry", "Rationale", "Response sent"),
        ("Anfrage", "Begründung der Stelle", "Antwort an Bürger"),
        ("Complaint", "Officer's justification", "Response sent"),
    ],
)
def test_grounds_are_the_thought_and_never_what_is_asked(asked: str, why: str, said: str) -> None:
    where = proposed((asked, why, said), CASES)
    assert (where.prompt, where.response, where.reasoning) == (asked, said, why)


@pytest.mark.parametrize("said", ["案内した内容", "案内内容", "対応した内容", "案内された方法"])
@pytest.mark.parametrize(("asked", "why"), [("相談内容", "判断の根拠"), ("相談内容", "判断理由"), ("ご相談", "根拠")])
def test_advice_answers_what_somebody_came_with(asked: str, why: str, said: str) -> None:
    where = proposed((asked, why, said), TRIAGE)
    assert (where.prompt, where.response, where.reasoning) == (asked, said, why)


@pytest.mark.parametrize(
    "name", ["理由", "判断の根拠", "Reasoning", "officer reasoning", "Grounds", "依据", "Raisonnement du juge"]
)
def test_names_of_grounds(name: str) -> None:
    assert tags.is_grounds(name) and tags.thinks(name)


@pytest.mark.parametrize(
    "name", ["問い合わせ理由", "来院理由", "相談の理由", "Playground", "Background", "reason for contact"]
)
def test_why_somebody_comes_is_asked(name: str) -> None:
    assert not tags.is_grounds(name)


@pytest.mark.parametrize(
    "name", ["却下理由", "差し戻し理由", "Grounds for rejection", "score justification", "改訂理由"]
)
def test_why_an_answer_was_refused_is_no_thought_of_it(name: str) -> None:
    assert tags.is_grounds(name) and not tags.thinks(name)


@pytest.mark.parametrize("number", ["2025-0{}", "Exp-{}", "R-01{}", "1{}/02/2024", "2025-03-0{}"])
def test_the_number_of_a_run_or_a_day_is_no_thought(number: str) -> None:
    rows = [
        {"Exp": number.format(at), "Research question": asked, "Conclusion": said}
        for at, (asked, _, said) in enumerate(CASES, 3)
    ]
    assert proposals.propose(rows) == Columns(prompt="Research question", response="Conclusion")
    alone = [{"question": asked, "answer": said, "exp": number.format(at)} for at, (asked, _, said) in enumerate(CASES)]
    assert [getattr(row, "reasoning", row) for row in of_source(alone)] == [None] * 4


@pytest.mark.parametrize("text", ["12-5=7", "3 × 4 = 12", "5 - 2", "In 2025 the price fell."])
def test_a_sum_or_a_sentence_is_a_thought(text: str) -> None:
    assert not short_thoughts.is_bare(text)


@pytest.mark.parametrize("who", ["poster", "author", "sender_name", "posted_by", "投稿者", "remitente"])
def test_who_wrote_in_a_thread_is_never_the_answer(who: str) -> None:
    rows = [
        {"subject": f"About {at}", "entries_of": [{who: name, "words": asked}, {who: "Omar (staff)", "words": said}]}
        for (at, name), (asked, _, said) in zip(enumerate(("Lena", "Ravi", "Kim", "Tess")), CASES, strict=True)
    ]
    where = proposals.propose(rows)
    assert where is None or not str(where.response).endswith(who)


@pytest.mark.parametrize(
    "mark",
    [{"type": "N", "poster": "Omar"}, {"type": "note"}, {"internal": True}, {"public": False},
     {"visibility": "private"}, {"type": "Interne Notiz"}, {"visibility": "非公開"}],
)  # fmt: skip
def test_a_note_among_colleagues_is_never_the_answer_whoever_names_it(mark: dict[str, object]) -> None:
    asked, note, said = CASES[0]
    row = {"subject": "Potholes", "log": [{"body": asked}, {**mark, "body": note}, {"type": "R", "body": said}]}
    first, second = ({"prompt": "{subject}\\n\\n{log.0.body}", "response": f"log.{at}.body"} for at in (1, 2))
    assert of_source([row], columns=first) == [drop_reasons.INTERNAL_NOTE]
    assert [getattr(one, "response", one) for one in of_source([row], columns=second)] == [said]


@pytest.mark.parametrize(
    "why", ["Why", "Why?", "NPC inner thought", "Warum", "Pourquoi ?", "¿Por qué?", "Perché", "왜"]
)
def test_why_and_what_somebody_thought_by_himself_is_the_thought_of_a_proposed_line(why: str) -> None:
    assert proposed(("Request text", why, "Reply"), CASES).reasoning == why


def test_why_somebody_was_wrong_is_no_thought() -> None:
    assert not tags.thinks("Why wrong") and not tags.thinks("why_rejected")
