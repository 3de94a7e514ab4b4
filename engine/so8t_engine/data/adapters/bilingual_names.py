"""Tables that hold the same questions and answers in two languages, each under the names of its own language.

質問, 回答, Question, Answer: the pair that stands first is read; by their names alone the question of the one went
with the answer of the other. So do names that tell their language themselves: Frage (DE), Question (EN); answer_de.
Where somebody has put a translation beside a data set (question_ja, answer_ja beside question, answer), that is read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words

TRANSLATED = re.compile(
    r"(?i)(.+)[_ .-](ja|jp|japanese|de|german|fr|french|es|spanish|it|italian|pt|portuguese|ko|korean"
    r"|zh|chinese|ru|russian)"
)

TONGUES = {  # what a name may have behind it or ahead of it; not `id`, `no`, `is`, which say something else there
    "en": "en eng english englisch anglais inglés ingles inglese inglês 英語 英文 英 英语 영어 английский",
    "de": "de ger deu german deutsch allemand alemán tedesco alemão ドイツ語 独語 德语 독일어 немецкий",
    "fr": "fr fra fre french französisch français francais francés フランス語 仏語 法语 프랑스어 французский",
    "es": "es spa spanish spanisch espagnol español espanol spagnolo espanhol スペイン語 西班牙语 스페인어 испанский",
    "it": "it ita italian italienisch italien italiano イタリア語 意大利语 이탈리아어 итальянский",
    "pt": "pt por ptbr portuguese portugiesisch portugués português ポルトガル語 葡萄牙语 포르투갈어",
    "ja": "ja jp jpn japanese japanisch japonais japonés 日本語 和文 邦文 日 日语 日文 일본어 японский",
    "ko": "ko kr kor korean koreanisch coréen coreano 韓国語 한국어 韩语 корейский",
    "zh": "zh cn chi zho chinese chinesisch chinois chino cinese chinês 中国語 中文 中 汉语 중국어 китайский",
    "ru": "ru rus russian russisch russe ruso russo ロシア語 俄语 러시아어 русский",
    "nl": "nl nld dutch nederlands niederländisch オランダ語", "pl": "pl pol polish polski polnisch ポーランド語",
    "tr": "tr tur turkish türkçe türkisch トルコ語", "cs": "cs cz czech čeština česky tschechisch チェコ語",
    "uk": "uk ua ukr ukrainian українська ukrainisch ウクライナ語", "sv": "sv swe swedish svenska schwedisch",
    "vi": "vi vie vietnamese việt ベトナム語", "th": "th tha thai ไทย タイ語", "ar": "ar ara arabic العربية アラビア語",
}  # fmt: skip
CODES = {word: code for code, words in TONGUES.items() for word in words.split()}
_TONGUE = "|".join(sorted(map(re.escape, CODES), key=len, reverse=True))
_KANJI = "|".join(word for word in CODES if re.fullmatch(r"[ァ-ヶ一-龠]{2,}", word))
TAGGED = re.compile(
    rf"(?i)(?P<a>.*\S)\s*[(（\[【<{{]\s*(?P<a_>{_TONGUE})(?:[-_][A-Z]{{2}})?\s*[)）\]】>}}]"
    rf"|(?P<b>.*[^\s_./:|・-])\s*[\s_./:|・–—-]\s*(?P<b_>{_TONGUE})(?:[-_][A-Z]{{2}})?"
    rf"|[(（\[【<{{]?\s*(?P<c_>{_TONGUE})\s*[)）\]】>}}\s_./:|・–—-]\s*(?P<c>[^\s_./:|・–—-].*)"
    rf"|(?P<d>.+?)の?(?P<d_>{_KANJI})版?|(?P<e_>{_KANJI})版?の?(?P<e>.+)"
    rf"|(?-i:(?P<f>.*[a-z])(?P<f_>E[Nn]|D[Ee]|F[Rr]|E[Ss]|J[AaPp]|Z[Hh]|K[Oo]|R[Uu]|P[Tt]))"
)
ASKING = frozenset((*column_words.PROMPT, "q"))
ANSWERING = frozenset((*column_words.RESPONSE, *column_words.ANSWER, *column_words.CHOSEN, "a"))


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
    told, names = _told(names), _of_one_tongue(names)
    plain = {name: told[name][0] if name in told else name.strip().lower() for name in names}
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


def untagged(names: tuple[str, ...]) -> dict[str, str]:
    """What columns of a language are called without it, where it has both a question and an answer of its own."""
    told = _told(names)
    bare = {name.strip().lower() for name in names}
    if not bare.isdisjoint(called for called, _ in told.values()):  # a translation beside what it translates
        return {}
    whole = _whole(told)
    return {name: called for name, (called, tongue) in told.items() if tongue in whole}


def _of_one_tongue(names: tuple[str, ...]) -> tuple[str, ...]:
    """Without the columns that name another language than the first that has both a question and an answer."""
    told = _told(names)
    whole = list(dict.fromkeys(told[name][1] for name in untagged(names)))
    return tuple(name for name in names if name not in told or told[name][1] == whole[0]) if whole else names


def _told(names: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """(The name without it, the language) of those that name one."""
    return {name: told for name in names if (told := _tagged(name)) is not None}


@functools.lru_cache(maxsize=1024)
def _tagged(name: str) -> tuple[str, str] | None:
    match = TAGGED.fullmatch(name.strip())
    if match is None:
        return None
    called = next(said for said in map(match.group, "abcdef") if said)
    tongue = next(said for said in (match[f"{each}_"] for each in "abcdef") if said)
    return re.sub(r"[^\w]+", "_", called.strip().lower()).strip("_"), CODES[tongue.lower()]


def _whole(told: Mapping[str, tuple[str, str]]) -> set[str]:
    """The languages that have both a question and an answer."""
    asks, answers = ({tongue for called, tongue in told.values() if called in wanted} for wanted in (ASKING, ANSWERING))
    return asks & answers


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
