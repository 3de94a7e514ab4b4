"""Tickets with their comments in columns of one name (Comment, Comment 2), perhaps with a day and an author in front,
as Jira exports them: what was asked is answered by the last one that may answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import ticket_comments

TITLE = re.compile(r"summary|subject|title|zusammenfassung|résumé|resumen|riepilogo|resumo|概要|要約|件名|タイトル")
TEXT = re.compile(r"(?:\w+_)?description|beschreibung|descripción|descrizione|descrição|説明|詳細|内容")
KIND = re.compile(r"issue_type|vorgangstyp|type_de_ticket|tipo_de_incidencia|課題タイプ")
OF_DEVELOPERS = {
    "bug", "story", "epic", "task", "improvement", "new feature", "sub-task", "subtask", "technical task", "spike",
    "バグ", "ストーリー", "エピック", "タスク", "改善", "新機能", "サブタスク",
}  # fmt: skip
ANSWERED = 3  # of so many rows at least one has an answer


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """None where nobody asks, where too few have an answer, and of what developers note for themselves."""
    names = {name: verdict_names.plain(name) for name in rows[0]}
    title, text = (next((name for name in names if called.fullmatch(names[name])), None) for called in (TITLE, TEXT))
    comments = _comments(rows)
    if text is None or not comments:
        return None
    answered = sum(any(ticket_comments.answers(row, str(row.get(name) or "")) for name in comments) for row in rows)
    kinds = {str(row.get(name)).strip().lower() for row in rows for name in names if KIND.fullmatch(names[name])}
    if (kinds and not kinds - OF_DEVELOPERS) or answered * ANSWERED < len(rows):
        return None
    asked = text if title is None else f"{{{title}}}\\n\\n{{{text}}}"
    return Columns(prompt=asked, response=", ".join(comments))


def _comments(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The columns of one name whose texts are stamped so, or several that are called comments; the last one first."""
    found: dict[str, dict[int, str]] = {}
    bare = set[str]()
    for name in rows[0]:
        there = [said for row in rows if (said := row.get(name)) not in (None, "")]
        if not there or "," in name or not all(isinstance(said, str) for said in there):
            continue
        called, number = ticket_comments.stem(name)
        stamped = all(ticket_comments.STAMPED.match(str(said)) for said in there)
        if stamped or ticket_comments.is_named_so(name):
            found.setdefault(called, {})[number] = name
            bare |= set() if stamped or ticket_comments.is_last(name) else {called}
    several = max(
        (found[called] for called in found if called not in bare or len(found[called]) > 1), key=len, default={}
    )
    return [several[number] for number in sorted(several, reverse=True)]
