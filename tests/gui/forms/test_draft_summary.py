"""The line below the form: what it stands for, or why it cannot start."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_engine.session import display_name
from so8t_gui.forms.draft_summary import summary
from so8t_gui.forms.session_draft import SessionDraft

VALUES = {"seed": 1}
CHANGED = {("seed",): 2, ("name",): "x"}


@pytest.mark.parametrize(
    ("draft", "hindrance", "refused", "said"),
    [
        (SessionDraft(preset="demo"), "", "", "Asking the engine ..."),
        (SessionDraft(preset="demo", values=VALUES), "", "", "demo, unchanged"),
        (SessionDraft(file="/a.yaml", values=VALUES), "", "", "/a.yaml, unchanged"),
        (SessionDraft(file="/a.yaml", values=VALUES, name="copy"), "", "", "/a.yaml, unchanged but for its name"),
        (
            SessionDraft(file="/a.yaml", values=VALUES, changes={("seed",): 2}, name="copy"),
            "",
            "",
            "/a.yaml, changed settings: 2",
        ),
        (
            SessionDraft(file="/a.yaml", values=VALUES, changes=CHANGED, name="copy"),
            "",
            "",
            "/a.yaml, changed settings: 2",
        ),
        (SessionDraft(preset="demo", values=VALUES, changes=CHANGED), "", "", "demo, changed settings: 2"),
        (SessionDraft(preset="demo", values=VALUES, changes=CHANGED), "", "/b.yaml", "Not opened: /b.yaml"),
        (SessionDraft(preset="demo", values=VALUES), "Another one runs.", "/b.yaml", "Another one runs."),
        (SessionDraft(preset="demo"), "Another one runs.", "", "Another one runs."),
    ],
)
def test_it_says_what_matters_most(draft: SessionDraft, hindrance: str, refused: str, said: str) -> None:
    assert summary(draft, hindrance, refused) == said


def test_a_copy_is_told_by_what_its_session_is_called_now(tmp_path: Path) -> None:
    session = tmp_path / "20261129-031400-shop-helper"
    session.mkdir()
    for name in ("pipeline_state.json", "config.yaml"):
        (session / name).write_text("")
    draft = SessionDraft(file=str(session / "config.yaml"), values=VALUES, name="Our shop 2")
    assert summary(draft) == 'a copy of "shop-helper", unchanged but for its name'
    display_name.give(session, "Our shop")
    assert summary(draft) == 'a copy of "Our shop", unchanged but for its name'
    assert str(tmp_path) in summary(SessionDraft(file=str(tmp_path / "config.yaml"), values=VALUES))
