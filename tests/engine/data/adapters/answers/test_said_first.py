"""What a sentence plainly says is heard: yes or no at its beginning, number words, times of day; no more than that."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helpers.rows import parsed, reason
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import conclusions

APART = [
    ("240を8で割ると30になる。", "1日40ページです。"),
    ("1L=1000mLなので200。", "2000mL"),
    ("So the answer is no.", "Yes, it is."),
    ("So the answer is six.", "8 legs"),
    ("So it closes at 17:00.", "6 pm"),
    ("So the answer is yes.", "No, it sinks."),
    ("よって答えは十二。", "13"),
    ("3×4=12。", "十三個です。"),
    ("So twelve in all.", "It is 13."),
    ("よって、いいえ。", "はい、飛べます。"),
    ("So the answer is 12:15.", "half past twelve"),
    ("したがって答えはウ。", "ア"),
    ("したがって答えはウ。", "ア 大阪"),
    ("So the answer is (iii).", "(ii)"),
    ("So the answer is ③.", "①"),
    ("国会は東京にある。よって③。", "①"),
    ("したがって、ウが正しい。", "ア"),
    ("So it is II.", "III"),
    ("よってIV。", "II"),
]
NOT_PLAIN = [
    ("60×1.5=90。", "1時間30分です。"),
    ("60×1.5=90分。", "1時間30分です。"),
    ("1 m is 100 cm, so it is 250 in all.", "2.5 m"),
    ("1 h has 60 min, so 90 in all.", "1.5 h"),
    ("24×60×60=86400。", "8万6400秒です。"),
    ("答えは15000円。", "1万5千円です。"),
    ("答えは15000円。", "一万五千円です。"),
    ("Differences are 4, 6, 8, so 10 is next.", "30"),
    ("So the answer is 0.5.", "It is 50 cents."),
    ("17÷20=0.85。", "85%です。"),
    ("So the answer is 3 dozen.", "36 eggs"),
    ("So it closes at 17:00.", "5 pm"),
    ("So it closes at 17:00.", "It closes at 5:00."),
    ("So it starts at 9:00.", "It takes 8 hours."),
    ("So the answer is yes.", "No. 7 is the right one."),
    ("So the answer is yes.", "No, but in a sense yes."),
    ("よって、いいえ。", "はい、飛べません。"),
    ("したがって答えはウ。", "③"),
    ("したがって答えはウ。", "C"),
    ("So the answer is II.", "B"),
    ("よって③。", "③"),
    ("答えは90。", "1時間半です。"),
    ("60×1.5=90。", "一時間半です。"),
    ("So the answer is 10.", "2 boxes of 5"),
    ("So the answer is 10.", "It is 2 packs of 5 pens."),
    ("So the answer is 20.", "They have 10 each."),
    ("10を2で割ると5。", "3人ずつです。"),
    ("答えはアメリカ。", "ア"),
    ("So the answer is 25%.", "1/4"),
    ("So the answer is 90.", "It takes 1 hour and 30 minutes."),
    ("So it ends at 0:00.", "midnight"),
    ("よって③。", "C"),
    ("だからア行の音です。", "イ"),
    ("240を8で割ると30になる。", "1日30ページです。"),
    ("240を8で割ると30になる。", "およそ40ページほど。"),
    ("240を8で割ると30になる。", "8日で読めます。"),
    ("So the answer is 0.75.", "three quarters"),
    ("So the answer is 2.5.", "two and a half"),
    ("So the answer is 13:15.", "quarter past one"),
    ("3 * 4 = 12", "It is the same as the other two."),
    ("So the answer is 5.", "Room 12"),
    ("So the answer is 100.", "a hundred"),
]


@pytest.mark.parametrize(("thought", "answer"), APART)
def test_a_thought_is_held_against_what_its_answer_says_in_a_sentence(thought: str, answer: str) -> None:
    assert reason({"question": "What is it?", "reasoning": thought, "answer": answer}) == drop_reasons.CONTRADICTS


@pytest.mark.parametrize(("thought", "answer"), NOT_PLAIN)
def test_what_may_be_the_same_or_says_nothing_plain_is_learnt(thought: str, answer: str) -> None:
    kept = parsed({"question": "What is it?", "reasoning": thought, "answer": answer})
    assert (kept.response, kept.reasoning, kept.bad_answer) == (answer, thought, None)


@pytest.mark.parametrize(
    ("answer", "gold", "is_right"),
    [
        ("大阪の方が多いです。", "東京", False),
        ("東京の方が多いです。", "東京", True),
        ("大阪より東京の方が多いです。", "東京", True),
        ("大阪の方が多いとは言えません。", "東京", True),
        ("大阪の方が多いです。", "東京都大阪市", True),
        ("六十五分", "75", False),
        ("七十五分", "75", True),
        ("守備につくのは十人です。", "9人", False),
        ("守備につくのは九人です。", "9人", True),
        ("No, zero is neither.", "yes", False),
        ("No, zero is neither.", "no", True),
        ("はい、飛べます。", "いいえ", False),
        ("はい、飛べません。", "いいえ", True),
        ("いいえ、と答える人も多いですが、はいです。", "はい", True),
        ("No wonder, it is.", "yes", True),
        ("Three hours after half past ten it is half past two.", "13:30", False),
        ("It is half past one.", "13:30", True),
        ("午後四時に終わります。", "16時", True),
        ("There are ten players and a goalkeeper, so twelve in all.", "11", False),
        ("There are ten players and a goalkeeper, so eleven in all.", "11", True),
        ("It has eight players.", "7", False),
        ("It is for two people.", "5", True),
        ("So it is the right one.", "7", True),
        ("That is fifty cents.", "0.50", True),
        ("It is two hours.", "120", True),
        ("It is 2 hours.", "120", True),
        ("It was in nineteen eighty-four.", "1984", True),
        ("それで十分です。", "30", True),
        ("大阪の三人の方が多い。", "5", True),
        ("It is three point five.", "3.5", True),
        ("八王子です。", "5", True),
        ("ウ", "ア", False),
        ("③", "C", True),
        ("8万6400秒です。", "86400", True),
        ("8万6400秒です。", "86500", False),
    ],
)
def test_an_answer_in_a_sentence_is_held_against_the_gold_one(answer: str, gold: str, is_right: bool) -> None:
    found = parsed({"question": "What is it?", "response": answer, "gold_answer": gold})
    assert found.bad_answer == (None if is_right else drop_reasons.other_than_gold("gold_answer"))


def test_a_long_text_that_only_begins_so_is_not_heard() -> None:
    assert not conclusions.differs("No, " + "as one may well think at first. " * 10, "yes")


def test_a_try_says_that_such_rows_are_not_learnt(tmp_path: Path) -> None:
    rows = [
        {"question": "Does ice float?", "thinking": "So the answer is yes.", "answer": said, "gold_answer": "yes"}
        for said in ("Yes, it does.", "No, it sinks.")
    ]
    path = write_lines(tmp_path / "a.jsonl", rows)
    out = io.StringIO()
    cli.answered(cli.parsed(["data", "try", str(path)]), Printer(out, json=True, language="en"))
    learnt = [one["record"]["response"] for one in json.loads(out.getvalue())["examples"]]
    assert learnt == ["Yes, it does.", ""]
