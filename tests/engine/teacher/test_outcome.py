"""What a teacher's replies came to: counted over batches, the most frequent reasons first."""

from __future__ import annotations

from typing import Any

from so8t_engine.data.record import Record
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.sentences import named, sentence
from so8t_engine.teacher import outcome
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply
from so8t_engine.teacher.verdicts import Judgement

RECORD = Record("07", "s", "1 + 1?", "2", "maths", "en", "train", answer="2", answer_kind="number")
GOOD = Judgement(Sections("2", {"logic": "one and one"}))


def judged(judgement: Judgement, reply: str = "{}", solving: bool = False) -> tuple[Question, Reply, Judgement]:
    return Question(RECORD, Sections("2", {}), ("logic",), solving, "1 + 1?"), Reply(reply), judgement


def test_batches_add_up_and_of_each_reason_the_first_replies_are_kept() -> None:
    first = outcome.added(
        None, 3, [judged(GOOD, solving=True), judged(GOOD), judged(Judgement(None, "form"), "x" * 301)]
    )
    assert first == {
        "asked": 3, "accepted": 2, "solved": 1, "rejected": {"form": 1},
        "examples": {"form": [{"id": "07", "reply": "x" * 300}]},
    }  # fmt: skip
    more = [judged(Judgement(None, "form"), str(place)) for place in range(12)]
    second = outcome.added(first, 14, [*more, judged(Judgement(None, "marks"), "m"), judged(GOOD, solving=True)])
    assert (second["asked"], second["accepted"], second["solved"]) == (17, 3, 2)
    assert second["rejected"] == {"form": 13, "marks": 1}
    assert [kept["reply"] for kept in second["examples"]["form"]] == ["x" * 300, *map(str, range(9))]
    assert second["examples"]["marks"] == [{"id": "07", "reply": "m"}]
    assert first["examples"]["form"] == [{"id": "07", "reply": "x" * 300}], "what was saved stays as it was"


def test_the_summary_says_all_were_accepted_or_why_not() -> None:
    counts: dict[str, Any] = {"asked": 9, "accepted": 4, "solved": 2, "rejected": {}}
    assert outcome.summary(counts) == sentence("teacher.all_accepted", asked=9, accepted=4, solved=2)
    counts["rejected"] = {"marks": 1, "form": 0, "repeats": 3, "truncated": 1}
    reasons = [
        sentence("data.reason_count", reason=named("rejected", name), count=count)
        for name, count in (("repeats", 3), ("truncated", 1), ("marks", 1))
    ]
    assert outcome.reasons(counts["rejected"]) == reasons
    assert outcome.summary(counts) == sentence("teacher.accepted", asked=9, accepted=4, solved=2, reasons=reasons)
