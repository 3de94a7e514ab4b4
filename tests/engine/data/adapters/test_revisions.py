"""Of an answer and what somebody has made of it the revision is learnt."""

from __future__ import annotations

import pytest

from helpers.rows import parsed


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
    assert parsed({asks: "Which saw?", revised: "The small one.", draft: "The draft."}).response == "The small one."


def test_a_critique_is_of_the_draft_and_a_revision_without_one_may_be_a_number() -> None:
    row = {"prompt": "Which saw?", "response": "The draft.", "revision": "The small one."}
    assert parsed(row).response == "The draft."
    assert parsed({**row, "critique": "The response is harmful."}).response == "The small one."
