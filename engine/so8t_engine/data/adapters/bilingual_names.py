"""Tables that hold the same questions and answers in two languages, each under the names of its own language.

質問, 回答, Question, Answer: the pair that stands first is read; by their names alone the question of the one went
with the answer of the other. Where somebody has put a translation beside a data set (question_ja, answer_ja beside
question, answer), that is read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import NamedTuple

from so8t_engine.config.run_config import Columns

TRANSLATED = re.compile(
    r"(?i)(.+)[_ .-](ja|jp|japanese|de|german|fr|french|es|spanish|it|italian|pt|portuguese|ko|korean"
    r"|zh|chinese|ru|russian)"
)


class Words(NamedTuple):
    """What a language calls the columns of questions, of answers and of reasons."""

    asks: frozenset[str]
    answers: frozenset[str]
    reasons: frozenset[str]

    def of(self, name: str) -> bool:
        return name in self.asks or name in self.answers or name in self.reasons


def _words(asks: str, answers: str, reasons: str) -> Words:
    return Words(*(frozenset(words.split()) for words in (asks, answers, reasons)))


LANGUAGES = (
    _words("question questions q prompt instruction query", "answer answers a response reply output",
           "explanation reason reasons rationale reasoning"),
    _words("質問 質問文 質問内容 問題 問題文 問い 設問 ご質問 指示", "回答 答え 解答 回答文 回答内容 ご回答 応答 正解",
           "解説 理由 説明 根拠 考え方"),
    _words("frage fragen aufgabe anweisung", "antwort antworten lösung", "begründung erklärung erläuterung"),
    _words("question énoncé demande consigne", "réponse reponse réponses", "explication justification raisonnement"),
    _words("pregunta preguntas consulta instrucción", "respuesta respuestas", "explicación justificación"),
    _words("domanda domande", "risposta risposte", "spiegazione motivazione"),
    _words("pergunta perguntas", "resposta respostas", "explicação justificativa"),
    _words("вопрос вопросы", "ответ ответы", "объяснение пояснение обоснование"),
    _words("问题 問題 提问 指令", "答案 回答 回复", "解析 解释 理由"),
    _words("질문 문제 지시", "답변 대답 정답 응답", "해설 설명 이유"),
)  # fmt: skip


@functools.lru_cache(maxsize=512)
def of_one_language(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without those of the other languages, where two have columns of their own for question and answer."""
    plain = {name: name.strip().lower() for name in names}
    whole: list[tuple[Words, set[str]]] = []
    for words in LANGUAGES:
        own = {name for name in names if words.of(plain[name])}
        if any(plain[name] in words.asks for name in own) and any(plain[name] in words.answers for name in own):
            whole.append((words, own))
    if len(whole) < 2:
        return names
    first = min(whole, key=lambda each: names.index(next(name for name in names if name in each[1])))
    others = set().union(*(own for words, own in whole if not own & first[1]))
    return tuple(name for name in names if name not in others)


def original(name: str, names: Collection[str]) -> str | None:
    """The column beside it that this one translates: question of question_ja."""
    match = TRANSLATED.fullmatch(name)
    return match[1] if match is not None and match[1] in names else None


def translated(where: Columns, names: tuple[str, ...]) -> Columns:
    """The mapping to the translations, where the question and what answers it have one each, in one language."""
    beside = {name: first for name in names if (first := original(name, names)) is not None}
    if len({name.removeprefix(first) for name, first in beside.items()}) != 1 or where.choices:
        return where
    of = {first: name for name, first in beside.items()}
    roles = {role: of[place] for role, place in where.model_dump().items() if role != "label" and place in of}
    answered = {"response", "reasoning", "chosen"} & roles.keys()
    return where.model_copy(update=roles) if "prompt" in roles and answered else where
