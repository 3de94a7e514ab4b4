"""Says that a form which was filled in is here again, or was put aside; one click takes it back or throws it away."""

from __future__ import annotations

from collections.abc import Callable

from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.panels import Banner


class KeptNote(Banner):
    """Hidden while there is nothing to say."""

    def __init__(self, take_back: Callable[[], None], forget_aside: Callable[[], None]) -> None:
        super().__init__()
        self._take_back, self._forget_aside = take_back, forget_aside
        self._again: SessionDraft | None = None
        self._aside: SessionDraft | None = None
        self._undo: Callable[[], None] = lambda: None

    def here_again(self, draft: SessionDraft, undo: Callable[[], None]) -> None:
        """`draft`: what was kept, until the user has read so; `undo`: away with it."""
        self._again, self._undo = draft, undo
        self._put()

    def put(self, now: SessionDraft, aside: SessionDraft | None) -> None:
        if self._again is not None and not self._again.is_same(now):
            self._again = None  # it has been seen
        self._aside = aside
        self._put()

    def _put(self) -> None:
        away = tr("Throw it away")
        if self._again is not None:
            text = tr("What you had changed and not started is here again.")
            self.say("note", text, discard=(away, self._undo), close=(tr("&OK"), self._read))
        elif self._aside is not None:
            text = tr("What you had changed of {source} was put aside.", source=self._aside.called)
            self.say("note", text, back=(tr("Take it back"), self._take_back), discard=(away, self._forget_aside))
        else:
            self.quieten()

    def _read(self) -> None:
        self._again = None
        self._put()
