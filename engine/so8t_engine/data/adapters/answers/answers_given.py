"""Options, of which a player chose one, and beside that 1 or 0: whether the choice was right. It is no option's number.

Where a key beside it holds the right option's text, that is learnt; else what was chosen, where it is called right.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_languages
from so8t_engine.data.adapters.answers import options, right_options
from so8t_engine.data.adapters.judged import pupils, verdict_names
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields

VERDICTS = frozenset((  # of what was chosen, or the name of the right option
    "correct", "iscorrect", "right", "isright", "正解", "正誤", "正答", "richtig", "korrekt", "juste", "correcte",
    "bon", "bonne", "correcta", "correcto", "acertada", "acertado", "corretta", "corretto", "giusta", "giusto",
    "esatta", "esatto", "certa", "certo", "correta", "correto", "poprawna", "poprawnie", "doğru", "juist", "goed",
    "верно", "правильно", "正确", "正確", "정답", "rätt",
))  # fmt: skip
GIVEN = re.compile(
    r"answers?|responses?|(?:your|my|(?:the_)?(?:player|user|participant|candidate|respondent)s?(?:_s)?)_?(?:answer|response|choice)s?"
    r"|(?:selected|chosen|picked|submitted|given)_(?:answer|response|option|choice)s?|(?:answer|response|choice)_(?:given|chosen|selected)"
    r"|antwort(?:en)?|(?:deine|ihre|gewählte|gegebene)_antwort|réponses?|(?:votre_)?réponse(?:_(?:donnée|choisie))?|(?:tu_)?respuestas?"
    r"|respuesta_(?:dada|elegida)|rispost[ae]|risposta_(?:data|scelta)|respostas?|resposta_(?:dada|escolhida)|antwoord(?:en)?|svar"
    r"|ответ|odpowiedź|cevap|(?:あなたの|選んだ|選択した?)?(?:回答|解答|答え)|回答選択肢|选择的答案|答案|回答内容|답변|응답|선택한_답"
)
VALUES = {"0", "1", "true", "false", "0.0", "1.0"}


def mapping(row: Fields, where: Columns | None) -> Columns | None:
    """The mapping to the key, or to what was chosen; None where no such verdict says which option is right."""
    if where is None or not where.choices or where.answer not in row:
        return None
    places = where.choices.split(", ")
    verdict = verdict_of(tuple(row), where)
    if verdict is None or str(row[verdict]).strip().lower() not in VALUES:
        return None
    texts, _ = options.counted_options(row, places)
    others = [name for name in row if name not in (*places, verdict, where.prompt)]
    keys = [name for name in others if _is_key(name) and _are_texts(row[name], texts)]
    given = [name for name in others if is_given(name) and _may_be_chosen(row[name], texts)]
    answer = next(iter(keys + given), None)
    return None if answer is None or not texts else where.model_copy(update={"answer": answer})


def verdict_of(names: tuple[str, ...], where: Columns) -> str | None:
    """The column that is taken for the right option and may be a verdict, or that may be one on what was chosen."""
    answer = str(where.answer)
    if _is_verdict(answer) or not where.choices:
        return answer if where.choices else None
    return next(filter(_is_verdict, names), None) if is_given(answer) else None


@functools.lru_cache(maxsize=512)
def is_given(name: str) -> bool:
    """Whether a column may hold what somebody chose or answered."""
    return GIVEN.fullmatch(verdict_names.plain(name)) is not None or pupils.is_answer(name)


def judge_another(names: tuple[str, ...], where: Columns) -> bool:
    """Whether a key says which option is right, and what somebody chose stands beside it, which is what was judged."""
    if not where.choices or where.answer is None or not _is_key(where.answer):
        return False
    return any(is_given(name) for name in names if name not in where.choices.split(", "))


@functools.lru_cache(maxsize=512)
def _is_verdict(name: str) -> bool:
    return _joined(name) in VERDICTS


@functools.lru_cache(maxsize=512)
def _is_key(name: str) -> bool:
    known = _joined(name) in (*options.RIGHT, *column_languages.RIGHT)
    return known and not _is_verdict(name) and not is_given(name)


def _joined(name: str) -> str:
    return right_options.joined(name).replace("?", "").replace("？", "")


def _are_texts(value: Any, texts: list[str]) -> bool:
    """Whether it is the text of an option, or of several."""
    if not isinstance(value, str):
        return False
    return value.strip() in texts or all(str(one).strip() in texts for one in right_options.parts(value) or [value])


def _may_be_chosen(value: Any, texts: list[str]) -> bool:
    """Whether it is an option, its letter or number, or nothing where none was chosen."""
    said = right_options.plain(value).upper()
    return value in ("", None) or _are_texts(value, texts) or said in (*LETTERS[: len(texts)], "1", "2", "3", "4")
