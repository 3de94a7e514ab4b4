"""What a form stands for, in one line below it. No Qt here."""

from __future__ import annotations

from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr


def summary(draft: SessionDraft, hindrance: str = "", refused: str = "") -> str:
    """`hindrance`: why nothing is started now; `refused`: what was to be opened and could not be."""
    source, changes = draft.file or draft.preset, len(draft.changes)
    if hindrance:
        return hindrance
    if not draft.values:
        return tr("Asking the engine ...")
    if refused:
        return tr("Not opened: {file}", file=refused)
    if changes:
        return tr("{source}, changed keys: {n}", source=source, n=changes)
    return tr("{source}, unchanged", source=source)
