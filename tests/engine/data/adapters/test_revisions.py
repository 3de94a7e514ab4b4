"""Of an answer and what somebody has made of it the revision is learnt."""

from __future__ import annotations

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.proposed import proposals


@pytest.mark.parametrize(
    ("asks", "draft", "revised"),
    [
        ("prompt", "response", "corrected_response"), ("prompt", "output", "edited_output"),
        ("prompt", "response", "revised_response"), ("question", "answer", "improved_answer"),
        ("prompt", "output_before", "output_after"), ("prompt", "original_response", "revised_response"),
        ("質問", "回答", "修正後の回答"), ("質問", "回答（修正前）", "回答（修正後）"),
        ("質問", "回答", "訂正後回答"), ("質問", "修正前の回答", "修正後の回答"), ("質問", "回答", "添削後"),
    ],
)  # fmt: skip
def test_of_an_answer_and_its_revision_the_revision_is_learnt(asks: str, draft: str, revised: str) -> None:
    assert parsed({asks: "Which saw?", draft: "The draft.", revised: "The small one."}).response == "The small one."
    other = parsed({asks: "Which saw?", revised: "The small one.", draft: "The draft."})
    assert (other.response, other.answer) == ("The small one.", None)


def test_a_critique_is_of_the_draft_and_a_revision_without_one_may_be_a_number() -> None:
    row = {"prompt": "Which saw?", "response": "The draft.", "revision": "The small one."}
    assert parsed(row).response == "The draft."
    assert parsed({**row, "critique": "The response is harmful."}).response == "The small one."
    reflected = {
        "instruction": "Which saw?",
        "output": "The draft.",
        "reflection": "Too long.",
        "corrected": "The small one.",
    }
    assert parsed(reflected).response == "The small one."


@pytest.mark.parametrize("revised", ["corrected_response", "修正後の回答"])
def test_a_draft_that_nobody_has_revised_is_learnt_only_where_it_is_called_right(revised: str) -> None:
    row = {"prompt": "Which saw?", "response": "The draft.", revised: ""}
    assert reason(row) == drop_reasons.UNREVISED
    assert parsed({**row, "is_correct": True}).response == "The draft."
    assert reason({**row, "is_correct": False}) != drop_reasons.EMPTY_FIELD
    published = {"質問": "Which saw?", "回答": "The draft.", "レビュー状況": "OK", "修正案": ""}
    assert parsed(published).response == "The draft."
    assert reason({**published, "レビュー状況": "確認中"}) == drop_reasons.UNREVISED
    inside = {"prompt": "prompt", "response": f"data.{revised}"}
    assert parsed({"prompt": "Which saw?", "data": {revised: "Good."}}, columns=inside).response == "Good."
    either = {"prompt": "prompt", "response": f"{revised}, response"}
    assert parsed(row, columns=either).response == "The draft."
    assert parsed({**row, revised: "The small one."}, columns=either).response == "The small one."


@pytest.mark.parametrize(
    ("asks", "draft", "judge", "revised", "bad", "good"),
    [
        ("質問", "AIの回答", "判定", "正しい回答", "×", "○"),
        ("question", "ai_answer", "is_correct", "corrected_answer", "no", "yes"),
        ("prompt", "response", "verdict", "corrected_response", "wrong", "right"),
    ],
)
def test_a_verdict_beside_a_draft_and_its_revision_is_on_the_draft(
    asks: str, draft: str, judge: str, revised: str, bad: str, good: str
) -> None:
    row = {asks: "Which saw?", draft: "The draft.", judge: bad, revised: "The small one."}
    assert parsed(row).response == "The small one." and parsed(row).bad_answer is None
    assert parsed({**row, judge: good, revised: ""}).response == "The draft."
    assert reason({**row, revised: ""}) == drop_reasons.UNREVISED
    assert reason({asks: "Which saw?", judge: bad, revised: "The small one."}) == drop_reasons.labelled_bad(judge, bad)
    assert reason({**row, "approved": "no"}) == drop_reasons.labelled_bad("approved", "no")


@pytest.mark.parametrize(
    ("before", "after"),
    [("変更前", "変更後"), ("編集前", "編集後"), ("before", "after"), ("original", "edited"), ("原文", "修正文"),
     ("original_text", "edited_text"), ("書き換え前", "書き換え後")],
)  # fmt: skip
@pytest.mark.parametrize("asks", ["instruction", "指示", "prompt"])
def test_a_text_that_an_instruction_changes_is_a_part_of_what_is_asked(asks: str, before: str, after: str) -> None:
    row = parsed({"id": 1, asks: "Make it polite.", before: "Go.", after: "Please go."})
    assert (row.prompt, row.response) == ("Make it polite.\n\nGo.", "Please go.")


def test_of_a_question_the_draft_of_its_answer_is_none() -> None:
    row = parsed({"質問": "Which gas?", "変更前": "Helium.", "変更後": "Oxygen."})
    assert (row.prompt, row.response) == ("Which gas?", "Oxygen.")


def test_a_change_without_an_instruction_is_proposed_with_one() -> None:
    rows = [{"変更前": f"行くよ、{n}。", "変更後": f"参ります、{n}。"} for n in range(4)]
    where = proposals.propose(rows)
    assert where is not None and (where.prompt, where.response) == (
        "次の文を書き換えてください。\\n\\n{変更前}",
        "変更後",
    )
