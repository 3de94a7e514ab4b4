"""Tickets with their comments in columns of one name (Comment, Comment 2), each with its day and its author in front of
it, as Jira exports them: what was asked is answered by the last one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

STAMPED = re.compile(r"\d{1,4}[/.-]\w{2,3}[/.-]\d{2,4}[ T]\d{1,2}:\d{2}[^;\n]{0,6};")
BY = re.compile(rf"{STAMPED.pattern}([^;\n]*);")
NUMBERED = re.compile(r"(.+?)(?: (\d+))?")  # as repeated_names.py tells them apart
TITLE = re.compile(r"summary|subject|title|zusammenfassung|résumé|resumen|riepilogo|resumo|概要|要約|件名|タイトル")
TEXT = re.compile(r"(?:\w+_)?description|beschreibung|descripción|descrizione|descrição|説明|詳細|内容")
ASKER = re.compile(r"(?:reporter|creator|requester|autor|rapporteur|informador|報告者|作成者)(?:_(?:id|name))?")

KIND = re.compile(r"issue_type|vorgangstyp|type_de_ticket|tipo_de_incidencia|課題タイプ")
OF_DEVELOPERS = {
    "bug", "story", "epic", "task", "improvement", "new feature", "sub-task", "subtask", "technical task", "spike",
    "バグ", "ストーリー", "エピック", "タスク", "改善", "新機能", "サブタスク",
}  # fmt: skip
THANKS = re.compile(
    r"(?i)(?:ok|great|perfect|super|many)?[,!. ]*(?:thanks?\b|thx|cheers|danke|merci|gracias|grazie|obrigad|dziękuj"
    r"|спасибо|(?:どうも)?ありがとう|助かりました|谢谢|감사)"
)


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """None where nobody asks, where whoever asked has the last word, and of what developers note for themselves."""
    names = {name: verdict_names.plain(name) for name in rows[0]}
    title, text = (next((name for name in names if called.fullmatch(names[name])), None) for called in (TITLE, TEXT))
    comments = _comments(rows)
    if text is None or not comments:
        return None
    askers = [name for name, called in names.items() if ASKER.fullmatch(called)]
    last = [(row, next((said for name in comments if (said := str(row.get(name) or "").strip())), "")) for row in rows]
    kinds = {str(row.get(name)).strip().lower() for row in rows for name in names if KIND.fullmatch(names[name])}
    if (kinds and kinds <= OF_DEVELOPERS) or any(THANKS.match(BY.sub("", said)) for _, said in last):
        return None
    if any((by := BY.match(said)) and by[1] in (row.get(name) for name in askers) for row, said in last):
        return None
    asked = text if title is None else f"{{{title}}}\\n\\n{{{text}}}"
    return Columns(prompt=asked, response=", ".join(comments))


def _comments(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The columns of one name whose texts are stamped so, the last one first."""
    found: dict[str, dict[int, str]] = {}
    for name in rows[0]:
        said = [str(row.get(name) or "") for row in rows]
        there = [text for text in said if text.strip()]
        match = NUMBERED.fullmatch(name)
        if match is not None and there and all(map(STAMPED.match, there)) and "," not in name:
            found.setdefault(match[1], {})[int(match[2] or 1)] = name
    several = max(found.values(), key=len, default={})
    return [several[number] for number in sorted(several, reverse=True)]
