"""An answer, and beside it another text whose name says that it is the right one: that one is learnt.

Not where the answer explains: it holds the right one and more, has a thought or reasons. Nor where the right one is a
mere result: then the answer is held against it (conclusions.py).
What somebody wrote stands for what a machine said, however that explains; where nobody wrote anything, so does nothing.
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
_MACHINES = (
    r"(?:(?:the_)?(?:ai|bot|chat_?bot|llms?|model|assistant|machine)|(?:chat_?)?gpt\w*|claude\w*|gemini\w*|copilot|deepseek\w*"
    r"|llama\w*|mistral\w*|qwen\w*)"
)
_SAID = "(?:answer|response|output|reply|text|completion)"
OF_MACHINE = re.compile(
    rf"(?:generated|system|predicted|actual|automatic|auto|(?:ai|llm|model|machine)_generated|{_MACHINES})_{_SAID}"
    rf"|{_MACHINES}_s_{_SAID}|{_SAID}_(?:(?:of|by|from)_)?{_MACHINES}"
    r"|(?:ai|モデル|ボット|チャットボット|自動|生成ai|llm|(?:chat)?gpt\w*?)_?(?:による|の)?"
    r"(?:回答|応答|出力|答え|返信|返答)"
    r"|(?:回答|応答|答え|返信|返答)_(?:ai|モデル|ボット|llm|chatgpt)"
    r"|(?:antwort|ausgabe)_(?:(?:der_)?ki|(?:des_)?(?:modells?|bots?|chatbots?|sprachmodells?)|(?:von_)?(?:ki|chatgpt|gpt\w*))"
    r"|(?:ki|bot|modell|chatbot|chatgpt|maschinen)_?(?:antwort|ausgabe)"
    r"|réponse_(?:(?:de_l_)?ia|(?:d[ue]_)?(?:modèle|bot|chatbot|robot)|(?:de_)?chatgpt|automatique)"
    r"|respuesta_(?:(?:de_la_|de_)?ia|(?:del_)?(?:modelo|bot|chatbot)|(?:de_)?chatgpt|automática)"
    r"|risposta_(?:(?:dell_|di_)?ia|(?:del_)?(?:modello|bot|chatbot)|(?:di_)?chatgpt|automatica)"
    r"|resposta_(?:(?:da_|de_)?ia|(?:do_)?(?:modelo|bot|chatbot)|(?:do_)?chatgpt|automática)"
    r"|(?:ai|模型|大?语言模型|大模型|机器人?|機器人?|智能客服|chatgpt|gpt\w*)的?(?:回答|答案|回复|回覆|答复|输出|輸出)"
    r"|(?:回答|答案|回复|答复)_(?:ai|模型|机器人?|chatgpt)"
    r"|(?:ai|모델|챗봇|챗gpt|인공지능)의?_?(?:답변|응답|출력|대답)|(?:답변|응답)_(?:ai|모델|챗봇)"
    r"|ответ_(?:ии|модели|бота|нейросети|chatgpt)"
)
BY_HAND = re.compile(  # of answers: what somebody wrote, beside any other
    rf"(?:human|person|people|manual|hand_?written)(?:_s)?_(?:(?:expert|written|annotated|reference|gold)_)?{_SAID}"
    rf"|{_SAID}_(?:(?:of|by|from)_)?(?:(?:the|a)_)?humans?"
    r"|(?:人手|人間|人|手動|手作業|有人)(?:による|の|で)?(?:回答|応答|返信|返答|答え)|(?:回答|応答|答え|返信|返答)_(?:人手?|人間|有人)"
    r"|(?:人工|人类|人類|真人|手工|人)(?:客服)?的?(?:回答|答案|回复|回覆|答复)|(?:回答|答案|回复|答复)_(?:人工|人类|人類|真人|人)"
    r"|(?:사람|인간|수작업|수동)[이의]?_?(?:쓴_?)?(?:답변|응답|대답|답)|(?:답변|응답)_(?:사람|인간)"
    r"|antwort_(?:(?:des_|vom_|von_)?mensch(?:en)?|manuell)|(?:menschliche|manuelle)_antwort|menschen_?antwort"
    r"|réponse_(?:humaine?|(?:de_l_|d_un_)humain|manuelle)|respuesta_(?:humana|(?:de_un_|del_)?humano|manual)"
    r"|risposta_(?:umana|manuale)|resposta_(?:humana|manual)|ответ_человека"
)
_STAFF = (
    "(?:experts?|teacher|tutor|instructor|professor|doctor|physician|clinician|nurse|lawyer|attorney|specialist"
    "|professional|annotator|editor|agent|human_agent|operator|staff|support|advisor|consultant|representative|employee"
    "|domain_expert|subject_matter_expert|sme|curator)"
)
BY_STAFF = re.compile(  # the same of whom it is the work, beside a machine's
    rf"{_STAFF}(?:_s)?_{_SAID}|{_SAID}_(?:(?:of|by|from)_)?(?:(?:the|an?)_)?{_STAFF}"
    r"|(?:専門家|担当者?|オペレーター?|先生|教師|教員|講師|医師|弁護士|スタッフ|職員|社員|監修者)(?:による|の)?(?:回答|応答|返信|返答|答え)"
    r"|(?:回答|応答|答え|返信|返答)_(?:専門家|担当者?|オペレーター?|先生|教師|医師|スタッフ|職員)"
    r"|(?:专家|專家|老师|老師|教师|客服|坐席|医生|醫生|律师|员工)的?(?:回答|答案|回复|回覆|答复)"
    r"|(?:전문가|선생님|교사|상담원|상담사|담당자|의사|직원)의?_?(?:답변|응답|대답|답)"
    r"|antwort_(?:(?:des_|der_|vom_|von_)?(?:expert(?:en?|in)|lehrer(?:s|in)?|lehrkraft|mitarbeiter(?:s|in)?|agent(?:en)?|arzt(?:es)?))"
    r"|(?:experten|lehrer|mitarbeiter|agenten|support)_?antwort"
    r"|réponse_(?:(?:de_l_|d_un_|du_|de_la_)?(?:expert|enseignante?|prof(?:esseure?)?|agent|conseiller|médecin))"
    r"|respuesta_(?:(?:del_|de_la_|de_un_)?(?:expert[oa]|profesora?|docente|agente|maestr[oa]|médic[oa]))"
    r"|risposta_(?:(?:dell_|del_|di_un_)?(?:espert[oa]|docente|insegnante|operatore|medico))"
    r"|resposta_(?:(?:d[oa]_)?(?:especialista|professora?|atendente|médic[oa]))"
    r"|ответ_(?:эксперта|учителя|оператора|специалиста|врача)"
)
CANDIDATES = re.compile(
    rf"{OF_MACHINE.pattern}|candidates?(?:_\d)?|(?:output|prediction|hypothesis|hyp|system)_?\d?|predict\w*|user_input"
)
REASONS = re.compile(
    r"\b(?:because|therefore|thus|hence|step 1|first,|weil|daher|deshalb|parce que|donc|porque|perché|quindi|poiché)\b"
    r"|なぜなら|したがって|よって|ので、|ため、|因为|所以|따라서|왜냐하면|потому что|поэтому", re.IGNORECASE,
)  # fmt: skip
WORD, FORMULA = re.compile(r"[^\W\d_]"), re.compile(r"[\\$=^]")
PLAINLY = ("response", "output", "reply", "completion", "応答", "返信")
OF_ITS_OWN = ("answer", "回答")  # beside what a machine has said
TARGETS, PREDICTION = ("target", "targets"), re.compile(r"(?:model_)?(?:predict(?:ion|ions|ed)|pred)(?:_\w+)?")


def mapping(row: Mapping[str, Any], where: Columns | None) -> Columns | None:
    """The mapping to the right one, or to the answer that is held against it; None where only the answer is learnt."""
    if where is None or where.response is None or where.choices or where.response not in row:  # most rows go on
        return None
    right = column(tuple(row), where.response)
    if right is None or right in (where.prompt, where.query, where.reasoning):
        return None
    if is_unwritten(row, where.response, right):
        return _to(where, right)
    is_gold = verdict_names.plain(right) not in MAY_CITE or OF_MACHINE.fullmatch(verdict_names.plain(where.response))
    if where.answer is None and _is_result(row[right]) and is_gold:
        stands = is_by_people(right) and not conclusions.agrees(str(row[where.response]), conclusions.short(row[right]))
        return _to(where, right) if stands else _held(where, right)
    said, gold = row[where.response], text_of(row[right])
    if not isinstance(said, str) or gold is None:
        return None
    if said.strip() == gold.strip() or (not is_by_people(right) and _explains(said, gold, where.response)):
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
    if right is not None:
        return right
    if OF_MACHINE.fullmatch(answers):
        right = next((by_name[name] for name in OF_ITS_OWN if name in by_name), None)
        return right or _by_people(by_name, BY_HAND, BY_STAFF)
    plainly = answers in (*ANSWERS, *PLAINLY) and not any(map(OF_MACHINE.fullmatch, by_name))
    return _by_people(by_name, BY_HAND) if plainly else None


def _by_people(by_name: Mapping[str, str], *kinds: re.Pattern[str]) -> str | None:
    """The column of what somebody wrote, of those that are called so plainly first."""
    return next((column for kind in kinds for name, column in by_name.items() if kind.fullmatch(name)), None)


@functools.lru_cache(maxsize=512)
def is_by_people(name: str) -> bool:
    """Whether a column of this name holds what somebody wrote, and no machine."""
    return any(kind.fullmatch(verdict_names.plain(name)) for kind in (BY_HAND, BY_STAFF))


def is_outdone(response: str, names: tuple[str, ...]) -> bool:
    """Whether an answer is a machine's, and the right one or what somebody wrote stands beside it."""
    said = OF_MACHINE.fullmatch(verdict_names.plain(response)) is not None
    return said and column(names, response) is not None


def is_unwritten(row: Mapping[str, Any], response: str, right: str) -> bool:
    """Whether nobody has written the right answer yet beside a machine's; a source may be cited in some rows alone."""
    called = verdict_names.plain(right)
    return (
        OF_MACHINE.fullmatch(verdict_names.plain(response)) is not None
        and called not in MAY_CITE
        and (row[right] is None or (isinstance(row[right], str) and not row[right].strip()))
    )


def alone(by_name: Mapping[str, str]) -> str | None:
    """What is right, where nothing else answers; a mere `reference`, what somebody wrote, beside what a system said."""
    names = NAMES if any(map(CANDIDATES.fullmatch, by_name)) else ALONE
    right = next((by_name[name] for name in names if name in by_name), None)
    if right is None and any(map(OF_MACHINE.fullmatch, by_name)):
        right = _by_people(by_name, BY_HAND, BY_STAFF)
    return right


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
    if where.reasoning or not (called in (*NAMES, *OF_ITS_OWN, *TARGETS) or is_by_people(called)):
        return False  # or the worked solution was judged
    others = [verdict_names.plain(name) for name in names if name not in (where.response, where.prompt)]
    if called in TARGETS:
        return any(map(PREDICTION.fullmatch, others))
    if called in OF_ITS_OWN or (called not in NAMES and BY_STAFF.fullmatch(called)):
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
