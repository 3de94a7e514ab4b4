"""A text, a machine's translation of it, and what somebody has made of that: the correction is learnt.

Where a correction says in words that nothing is to be changed ("OK", "-"), or is empty beside a verdict on the draft,
the machine's is, as far as that does not call it bad. An empty one alone may be work that is still to be done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import judged_others, translations, user_labels, verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import source_targets, tasks

JUDGES = ("answer", "checked", "verdict", "stated", "critique")


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """What asks for the translation, with both columns that may hold it; None where there is no such correction."""
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    original, machine = _find(names, translations.ORIGINALS), _find(names, translations.BY_MACHINE)
    mended = _find(names, translations.MENDED) or _find(names, translations.BY_HAND)
    if original is None or machine is None or mended is None or not _are_texts(rows, original, machine):
        return None
    response = f"{mended}, {machine}"
    where = Columns(prompt=f"{_asked(rows, machine)}\\n\\n{{{original}}}", response=response)
    judges = [
        name
        for name in names
        if _may_judge(name, names, where.model_copy(update={"response": mended}))
        and any(_is_settled(name, row) for row in rows)
    ]
    where = where.model_copy(update={"label": ", ".join(judges) or None})
    if _tells_of_draft(rows, mended, judges):
        return where
    of_all = [name for name in judges if verdict_names.STATES.fullmatch(verdict_names.plain(name))]
    return where.model_copy(update={"response": mended, "label": ", ".join(of_all) or None})


def _tells_of_draft(rows: Sequence[Fields], mended: str, judges: Sequence[str]) -> bool:
    """Whether some rows have no correction, and of each of those something says what the draft is."""
    plain = [row for row in rows if verdict_names.is_unmended(mended, row.get(mended))]
    return bool(plain) and all(
        str(row.get(mended) or "").strip() or any(_is_settled(name, row) for name in judges) for row in plain
    )


def _is_settled(name: str, row: Fields) -> bool:
    """Whether a verdict is known to say good or bad; not that it is still to come."""
    value = row.get(name)
    return not verdict_values.is_unsettled(value) and user_labels.read_as(row, name, value) is not None


def _may_judge(name: str, names: tuple[str, ...], where: Columns) -> bool:
    """Whether it judges the machine's translation, or says how far a row has come."""
    kind = verdict_names.kind_of(name)
    if verdict_names.STATES.fullmatch(verdict_names.plain(name)):
        return True
    return kind in JUDGES and judged_others.is_of_draft(names, where, name, kind)


def _find(names: Sequence[str], pattern: re.Pattern[str]) -> str | None:
    """The column of such a name, a language behind it in parentheses or not: 原文(日), Machine translation (EN)."""
    bare = {name: verdict_names.plain(verdict_names.IN_PARENTHESES.sub("", name)) for name in names}
    return next((name for name, called in bare.items() if pattern.fullmatch(called)), None)


def _are_texts(rows: Sequence[Fields], *names: str) -> bool:
    return all(isinstance(row.get(name), str) for row in rows for name in names)


def _asked(rows: Sequence[Fields], machine: str) -> str:
    spoken = source_targets.language([str(row[machine]) for row in rows])
    if spoken == "Japanese":
        return tasks.INTO_JAPANESE
    return f"Translate into {spoken}:" if spoken is not None else "Translate this:"
