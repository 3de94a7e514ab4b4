"""The number of a task, which asks nothing: 1a, (2), 問3, Aufgabe 4 b, Ex. 2.1, II."""

from __future__ import annotations

import re

NAMED = (
    "aufgabe|frage|übung|question|task|exercise|exercice|problem|item|ejercicio|pregunta|esercizio|domanda|exercício|questão"
    "|pergunta|opgave|zadanie|задача|задание|вопрос|soru|ex|no|nr|q|n[°º]|№|第|大問|小問|設問|問題|問|题|문제|문항"
)
PART = r"(?:\d{1,4}|[ivx]{1,5}|[a-zア-ン]|[①-⑳])"
NUMBER = re.compile(
    rf"(?i)\W*(?:{NAMED})?\W*(?:\d{{1,4}}|[ivx]{{1,5}}|[①-⑳]|[a-z](?=\W?\d))(?:[\s._()（）-]*{PART})?(?:[\s._()（）-]*{PART})?\s*(?:問|番|题|번)?\W*"
)
LONGEST = 24  # characters


def is_one(value: object) -> bool:
    """Whether this is no more than the number of a task."""
    if isinstance(value, str):
        return len(value) <= LONGEST and NUMBER.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)
