"""Rows that need a picture or a sound are not learnt."""

from __future__ import annotations

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons


@pytest.mark.parametrize(
    ("name", "needs", "not_so"),
    [
        ("immagine", "fig12.png", ""), ("figures", ["a.jpg"], []), ("Image", "https://x.org/a.webp", None),
        ("画像", "写真1.jpg", "なし"), ("text_only", False, True), ("figure", "img/3.svg", "Figure 3 shows it."),
    ],
)  # fmt: skip
def test_a_question_about_a_picture_is_not_learnt_whatever_its_column_is_called(
    name: str, needs: object, not_so: object
) -> None:
    row = {"question": "Which is it?", "answer": "The left one."}
    assert reason({**row, name: needs}) == drop_reasons.NEEDS_MEDIA
    assert parsed({**row, name: not_so}).response == "The left one."
    choice = {"question": "Which is it?", "choices": ["left", "right"], "answer": "left"}
    assert reason({**choice, name: needs}) == drop_reasons.NEEDS_MEDIA
