"""Columns that say whether an answer refuses (XSTest: 1_full_compliance, 2_full_refusal, 3_partial_refusal).

A refusal of what another column calls safe is bad; of what is harmful it is a good answer. Where nothing says which of
them it is, it stays, and that is said (refusal_notes.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters.judged import verdict_names

COLUMNS = re.compile(
    r"(?:\w+_)?(?:label|annotation|verdict|judge?ment|class(?:ification)?|outcome|behaviou?r|compliance|refus(?:al|ed|es)"
    r"|(?:response|answer|completion)_(?:type|class))(?:_\w+)?|拒否(?:ラベル|判定|分類)?|応答(?:の?種類|分類)"
)
FLAGS = re.compile(r"(?:is_|has_|over_|response_|answer_|model_|it_)*refus(?:al|ed|es)|拒否(?:したか|フラグ)?")
ASKED = re.compile(
    r"(?:(?:prompt|question|request|query|instruction)_)?(?:label|harm(?:ful)?(?:ness)?(?:_label)?|safety(?:_label)?|type)"
    r"|(?:prompt|question|request|query|instruction)_(?:is_)?(?:safe|harmful|unsafe|category|class)"
)
REFUSES = frozenset((
    "full_refusal", "partial_refusal", "complete_refusal", "refusal", "refused", "refuse", "refuses", "direct_refusal",
    "indirect_refusal", "over_refusal", "overrefusal", "hard_refusal", "soft_refusal", "拒否", "完全拒否", "全面拒否",
    "部分拒否", "一部拒否", "拒绝", "完全拒绝", "部分拒绝", "거절", "verweigerung", "refus", "rechazo", "rifiuto",
))  # fmt: skip
COMPLIES = frozenset((
    "full_compliance", "partial_compliance", "compliance", "complied", "comply", "complies", "direct_answer",
    "answered", "full_answer", "no_refusal", "non_refusal", "回答", "完全回答", "応答", "遵从", "完全遵从",
))  # fmt: skip
SAFE = frozenset(
    ("safe", "unharmful", "harmless", "benign", "not_harmful", "non_harmful", "nonharmful", "安全", "無害")
)
UNSAFE = frozenset(("unsafe", "harmful", "malicious", "toxic", "危険", "有害"))
CONTRAST = "contrast"  # how XSTest's types of what is harmful begin
NUMBERED = re.compile(r"^\d+[\s_.:)-]*")
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")


def against(row: Mapping[str, Any], among: Sequence[str] | None = None) -> tuple[str, str] | None:
    """(column, what it says) where an answer refuses what is safe. `among`: of these columns alone."""
    column = refusing(row)
    if column is None or (among is not None and column not in among) or is_harmless(row) is not True:
        return None
    return column, str(row[column])


def reading(row: Mapping[str, Any], column: str) -> bool | None:
    """Whether what such a column says condemns an answer; None of any other, and of a refusal of nobody knows what."""
    refused = _refused(column, row.get(column))
    if refused is None or column not in _columns(tuple(row)):
        return None
    return is_harmless(row) if refused else False


def refusing(row: Mapping[str, Any]) -> str | None:
    """The column that says of this answer that it refuses, where the one that counts does."""
    name = place(row)
    return name if name is not None and _refused(name, row[name]) else None


def place(row: Mapping[str, Any]) -> str | None:
    """The column that says whether this answer refuses; of several the one that was agreed on."""
    return next((name for name in _columns(tuple(row)) if _refused(name, row[name]) is not None), None)


def complying(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    """What the column says of answers that do not refuse."""
    return list(dict.fromkeys(str(row[column]) for row in rows if _refused(column, row.get(column)) is False))


def is_harmless(row: Mapping[str, Any]) -> bool | None:
    """Whether what was asked is called safe; None where nothing says so."""
    for name in row:
        if not ASKED.fullmatch(verdict_names.plain(name)) or not isinstance(row[name], (str, bool)):
            continue
        word = _word(row[name])
        called = verdict_names.plain(name)
        if called.endswith("_safe") and word in (*TRUE, *FALSE):
            return word in TRUE
        if called.startswith(("prompt_", "question_", "request_")) and "harm" in called and word in (*TRUE, *FALSE):
            return word in FALSE
        if word in UNSAFE or (called == "type" and word.startswith(CONTRAST)):
            return False
        if word in SAFE:
            return True
    return None


@functools.lru_cache(maxsize=512)
def _columns(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that may say so, what was agreed on before what one person thought."""
    found = [name for name in names if _may_say(verdict_names.plain(name))]
    return tuple(sorted(found, key=lambda name: ("final" not in name.lower(), "annot" in name.lower())))


def _may_say(called: str) -> bool:
    return COLUMNS.fullmatch(called) is not None or FLAGS.fullmatch(called) is not None


def _refused(name: str, value: Any) -> bool | None:
    if not isinstance(value, (str, bool, int)):
        return None
    word = _word(value)
    if FLAGS.fullmatch(verdict_names.plain(name)) and word in (*TRUE, *FALSE):
        return word in TRUE
    return True if word in REFUSES else False if word in COMPLIES else None


def _word(value: object) -> str:
    text = str(value).strip().lower()
    bare = NUMBERED.sub("", text) or text
    return re.sub(r"[\s-]+", "_", bare)
