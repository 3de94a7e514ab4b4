"""In a slim column a long word goes on in the next line: its end was cut off."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.breaking_label import BreakingLabel, broken
from so8t_gui.widgets.panels import Banner


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("convert.teaching.samples: It must", "convert.\nteaching.\nsamples: It must"),
        ("convert.teach is", "convert.\nteach is"),
        ("short words", "short words"),
        ("a 0123456789abcde b", "a 0123456789\nabcde b"),
        ("/tmp/a/b/c/d/e", "/tmp/a/b/\nc/d/e"),
        ("日本語の長い文はどこでも折り返せます", "日本語の長い文はどこでも折り返せます"),
        ("one\nconvert.teaching", "one\nconvert.\nteaching"),
    ],
)
def test_a_word_that_is_too_wide_is_broken_behind_a_sign_or_where_it_must(text: str, shown: str) -> None:
    assert broken(text, 10, len) == shown
    assert broken(text, 100, len) == text


def test_nothing_of_a_key_is_outside_of_a_narrow_message_and_wide_ones_have_it_whole(qtbot: QtBot) -> None:
    banner, text = Banner(narrow=True), "ppo.local_rollout_forward_batch_size: It must be at most 4."
    qtbot.addWidget(banner)
    banner.resize(160, 300)
    banner.say("error", text)
    banner.show()
    qtbot.waitExposed(banner)
    label = banner.findChild(BreakingLabel)
    measure = label.fontMetrics().horizontalAdvance
    assert (
        max(measure(word) for word in label.text().split()) <= label.contentsRect().width() < measure(text.split()[0])
    )
    assert banner.text == label.whole == label.accessibleName() == text
    assert label.height() >= label.heightForWidth(label.width()) > 3 * label.fontMetrics().lineSpacing()
    banner.resize(900, 300)
    qtbot.waitUntil(lambda: label.text() == text)
