"""What happened before this window looked, where the folder of the session cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_gui.view import diary
from so8t_gui.widgets import log_view


def test_a_folder_that_cannot_be_read_tells_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> tuple[diary.Past, ...]:
        raise PermissionError

    monkeypatch.setattr(diary, "read", refused)
    assert log_view.past_of(Path("/s/a")) == ()
