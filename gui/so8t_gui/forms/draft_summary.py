"""What a form stands for, in one line below it. No Qt here."""

from __future__ import annotations

from so8t_gui.forms.session_draft import NAME, SessionDraft
from so8t_gui.i18n.translate import tr


def summary(draft: SessionDraft, hindrance: str = "", refused: str = "") -> str:
    """`hindrance`: why nothing is started now; `refused`: what was to be opened and could not be."""
    source, renamed = source_of(draft), bool(draft.name) and NAME not in draft.changes
    if hindrance:
        return hindrance
    if not draft.values:
        return tr("Asking the engine ...")
    if refused:
        return tr("Not opened: {file}", file=refused)
    if draft.changes:
        return tr("{source}, changed settings: {n}", source=source, n=len(draft.changes) + renamed)
    if renamed:
        return tr("{source}, unchanged but for its name", source=source)
    return tr("{source}, unchanged", source=source)


def source_of(draft: SessionDraft) -> str:
    """A session by what people call it, not by where its configuration lies."""
    return tr('a copy of "{name}"', name=draft.copied) if draft.copied else draft.file or draft.preset
