"""An answer, and beside it another text whose name says that it is the right one: that one is learnt.

Not where the answer explains: it holds the right one and more, has a thought or reasons. Nor where the right one is a
mere result: then the answer is held against it (conclusions.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import evaluated, verdict_names

NAMES = (  # of what is right, the plainest first
    "correct_answer", "right_answer", "gold_answer", "golden_answer", "ground_truth_answer", "gt_answer", "true_answer",
    "reference_answer", "expected_answer", "ideal_answer", "correct_response", "reference_response",
    "expected_response", "ideal_response", "gold_response", "correct_output", "reference_output", "expected_output",
    "ground_truth", "ground_truths", "gold", "gt", "ideal", "reference", "expected",
    "正解", "正答", "模範解答", "模範回答", "解答例", "回答例", "正解の回答",
    "正しい回答", "正しい答え", "正しい解答",
    "richtige_antwort", "korrekte_antwort", "musterlösung", "musterantwort", "bonne_réponse", "réponse_correcte",
    "réponse_attendue", "corrigé", "respuesta_correcta", "respuesta_esperada", "risposta_corretta", "risposta_giusta",
    "risposta_attesa", "resposta_correta", "resposta_certa", "resposta_esperada", "juiste_antwoord",
    "правильный_ответ", "верный_ответ", "эталонный_ответ", "poprawna_odpowiedź", "prawidłowa_odpowiedź", "doğru_cevap",
    "正确答案", "正確答案", "标准答案", "標準答案", "参考答案", "정답", "모범답안", "모범_답안",
)  # fmt: skip
ALONE = NAMES[: NAMES.index("ground_truth")]  # which answer a question where nothing else does
MAY_CITE = ("reference", "expected", "ideal", "gold", "gt")  # or name a source
CITES = re.compile(
    r"https?://|www\.|\bpp?\. ?\d|et al\b|\bdoi\b|§|ISBN|\.pdf\b|第\d+[条章頁]|\d+ページ|\b(?:chapter|section|page) \d"
    r"|\(\d{4}\)", re.IGNORECASE,
)  # fmt: skip
ANSWERS = (
    "answer", "answer_text", "回答", "解答", "答え", "返答", "回答文", "回答内容", "ご回答", "antwort", "réponse",
    "reponse", "respuesta", "risposta", "resposta", "antwoord", "ответ", "答复", "답변", "대답", "odpowiedź", "cevap",
)  # fmt: skip
OF_MACHINE = re.compile(
    r"(?:generated|llm|ai|bot|chatbot|gpt\w*|system|predicted|actual)_(?:answer|response|output|reply|text)"
    r"|model_(?:answer|response|output)|ai[_ ]?の?(?:回答|応答|出力|答え)|モデルの?(?:回答|応答|出力|答え)"
    r"|(?:the_)?(?:ai|bot|model|chatbot|assistant)_s_(?:answer|response|output|reply)"
    r"|(?:answer|response|output|reply)_(?:of|by|from)_(?:the_)?(?:ai|bot|model|llm|chatbot|gpt\w*)"
    r"|(?:antwort|ausgabe)_(?:der_ki|des_(?:modells|bots|chatbots|sprachmodells)|von_(?:ki|chatgpt|gpt\w*))"
    r"|(?:ki|bot|modell|chatbot)_?(?:antwort|ausgabe)|réponse_(?:de_l_)?ia|réponse_d[ue]_(?:modèle|bot|chatbot)"
    r"|respuesta_(?:de_la_|de_)?ia|respuesta_del_(?:modelo|bot|chatbot)|risposta_(?:dell_|di_)?ia"
    r"|risposta_del_(?:modello|bot|chatbot)|resposta_(?:da_|de_)?ia|resposta_do_(?:modelo|bot|chatbot)"
    r"|(?:ai|模型|机器人)的?(?:回答|答案|回复|输出)|(?:ai|모델|챗봇)의?_?(?:답변|응답|출력)|ответ_(?:ии|модели|бота)"
)
CANDIDATES = re.compile(
    rf"{OF_MACHINE.pattern}|candidates?(?:_\d)?|(?:output|prediction|hypothesis|hyp|system)_?\d?|predict\w*|user_input"
)
REASONS = re.compile(
    r"\b(?:because|therefore|thus|hence|step 1|first,|weil|daher|deshalb|parce que|donc|porque|perché|quindi|poiché)\b"
    r"|なぜなら|したがって|よって|ので、|ため、|因为|所以|따라서|왜냐하면|потому что|поэтому", re.IGNORECASE,
)  # fmt: skip
WORD, FORMULA = re.compile(r"[^\W\d_]"), re.compile(r"[\\$=^]")
OF_ITS_OWN = ("answer", "回答")  # beside what a machine has said
TARGETS, PREDICTION = ("target", "targets"), re.compile(r"(?:model_)?(?:predict(?:ion|ions|ed)|pred)(?:_\w+)?")


def mapping(row: Mapping[str, Any], where: Columns | None) -> Columns | None:
    """The mapping to the right one, or to the answer that is held against it; None where only the answer is learnt."""
    if where is None or where.response is None or where.choices or where.response not in row:  # most rows go on
        return None
    right = column(tuple(row), where.response)
    if right is None or right in (where.prompt, where.query, where.reasoning):
        return None
    is_gold = verdict_names.plain(right) not in MAY_CITE or OF_MACHINE.fullmatch(verdict_names.plain(where.response))
    if where.answer is None and _is_result(row[right]) and is_gold:
        return _held(where, right)
    said, gold = row[where.response], text_of(row[right])
    if not isinstance(said, str) or gold is None or _explains(said, gold, where.response):
        return None
    if verdict_names.plain(right) in MAY_CITE and CITES.search(gold):
        return None
    return _to(where, right)


def instead(row: Mapping[str, Any], where: Columns) -> Columns | None:
    """The same where the answer is known to be wrong, however long it is: the right text, or the result it is not."""
    if where.response not in row or where.choices:
        return None
    right = column(tuple(row), where.response)
    gold = text_of(row.get(str(right)))
    if right in (None, where.prompt, where.query, where.reasoning) or (gold is None and not _is_result(row[right])):
        return None
    if gold is not None and verdict_names.plain(right) in MAY_CITE and CITES.search(gold):
        return None
    is_result = _is_result(row[right]) or (gold is not None and _is_mark(gold))
    return _held(where, right) if is_result else _to(where, right)


def _is_result(value: Any) -> bool:
    return not isinstance(value, bool) and conclusions.is_result(value)


def _is_mark(gold: str) -> bool:
    """Whether it is a formula, or has no words at all."""
    return FORMULA.search(gold) is not None or not WORD.search(gold)


@functools.lru_cache(maxsize=512)
def _held(where: Columns, right: str) -> Columns:
    return where.model_copy(update={"answer": right})


@functools.lru_cache(maxsize=512)
def _to(where: Columns, right: str) -> Columns:
    return where.model_copy(update={"response": right, "answer": None})


@functools.lru_cache(maxsize=512)
def column(names: tuple[str, ...], response: str) -> str | None:
    """The column whose name says that it is right, where that of the answer does not."""
    answers = verdict_names.plain(response)
    by_name = {verdict_names.plain(name): name for name in names if name != response}
    if answers in NAMES or verdict_names.is_revision(response):
        return None
    right = next((by_name[name] for name in NAMES if name in by_name), None)
    if right is None and OF_MACHINE.fullmatch(answers):
        right = next((by_name[name] for name in OF_ITS_OWN if name in by_name), None)
    return right


def alone(by_name: Mapping[str, str]) -> str | None:
    """What is right, where nothing else answers; a mere `reference` beside what a system said."""
    names = NAMES if any(map(CANDIDATES.fullmatch, by_name)) else ALONE
    return next((by_name[name] for name in names if name in by_name), None)


def is_of_pupil(response: str, names: tuple[str, ...]) -> bool:
    """Whether an answer is a pupil's, or whoever's: beside `Right answer 1` or a misconception."""
    plain = [re.sub(r"_?\d+$", "", verdict_names.plain(name)) for name in names]
    if re.sub(r"_?\d+$", "", verdict_names.plain(response)) in NAMES:
        return False
    return any(name in ALONE or name.startswith(("misconception", "student_explanation")) for name in plain)


def text_of(value: Any) -> str | None:
    """The right answer as text, where it is one, or the only one of a list."""
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) and value.strip() else None


def judges_another(names: tuple[str, ...], where: Columns) -> bool:
    """Whether the right answer is learnt, and a system's stands beside it, which is what was judged."""
    called = verdict_names.plain(where.response or "")
    if where.reasoning or called not in (*NAMES, *OF_ITS_OWN, *TARGETS):
        return False  # or the worked solution was judged
    others = [verdict_names.plain(name) for name in names if name not in (where.response, where.prompt)]
    if called in TARGETS:
        return any(map(PREDICTION.fullmatch, others))
    if called in OF_ITS_OWN:
        return any(map(OF_MACHINE.fullmatch, others))
    return any(other in ANSWERS or other == "response" or CANDIDATES.fullmatch(other) for other in others)


def _explains(said: str, gold: str, response: str) -> bool:
    """Whether an answer is as right as the right one, or what comes to it."""
    one, other = said.strip(), gold.strip()
    if not one or one == other or evaluated.is_worked(one, other):
        return True
    if conclusions.plain(other) is not None or _is_mark(other):
        return True  # it is held against it
    called = verdict_names.plain(response)
    longer = len(one) >= evaluated.LONGER * len(other)
    if called in ANSWERS or OF_MACHINE.fullmatch(called):
        return longer and REASONS.search(one) is not None
    return longer
