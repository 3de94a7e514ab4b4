"""What follows from a word for good or bad: its opposite (nicht bestanden, 掲載不可), and how satisfied somebody was.

The opposite of a word that calls an answer good calls it bad, unless it only says that nobody has looked at it yet, or
that not everybody sees it (not verified, 非公開), which is told and not decided here: a column that says who sees an
answer decides it.
"""

from __future__ import annotations

import functools
import re

from so8t_engine.data.adapters.judged.verdict_words import STATED_BAD, STATED_GOOD, UNSETTLED

SATISFIED = re.compile(
    r"satisfied|zufrieden|satisfaite?s?|satisfech[oa]s?"
    r"|satisfeit[oa]s?|soddisfatt[oaie]|zadowolon[yaei]|tevreden|nöjd"
    r"|довол(?:ен|ьна|ьны)|満足(?:した|している|です)?|满意|滿意|만족(?:함|합니다|해요|스러움)?|memnun"
)
DISSATISFIED = re.compile(
    r"dissatisfied|unsatisfied|unzufrieden|insatisfaite?s?|mécontente?s?|insatisfech[oa]s?|insatisfeit[oa]s?"
    r"|insoddisfatt[oaie]|niezadowolon[yaei]|ontevreden|missnöjd"
    r"|недовол(?:ен|ьна|ьны)|不満足?(?:です|がある)?|不满意?"
    r"|不滿意?|불만족(?:함|합니다|해요|스러움)?|불만"
)
DEGREE = re.compile(  # how much so, which changes nothing about it
    r"(?:(?:very|extremely|completely|totally|fully|highly|fairly"
    r"|quite|rather|somewhat|mostly|slightly|sehr|äußerst|eher"
    r"|ziemlich|vollkommen|völlig|überwiegend|voll und ganz|très"
    r"|plutôt|assez|tout à fait|entièrement|muy|bastante|algo"
    r"|totalmente|completamente|molto|abbastanza|piuttosto"
    r"|del tutto|muito|bem|bardzo|raczej|całkowicie|zeer|heel|очень"
    r"|скорее|полностью|çok|매우|아주|대체로|약간|다소) +)"
    r"|(?:とても|大変|たいへん|非常に|大いに|やや|かなり|まあまあ"
    r"|どちらかといえば|どちらかというと|非常|十分|很|比较|比較|매우|아주)(?=\S)"
)
FORBIDDEN = {
    "forbidden", "prohibited", "disallowed", "banned", "not allowed", "not permitted", "do not use", "don't use",
    "must not be used", "verboten", "untersagt", "unzulässig", "nicht erlaubt", "nicht zulässig", "nicht verwenden",
    "nicht zu verwenden", "interdit", "interdite", "proscrit", "proscrite", "prohibé", "prohibée", "non autorisé",
    "non autorisée", "à proscrire", "à éviter", "ne pas utiliser", "prohibido", "prohibida", "no permitido",
    "no permitida", "no autorizado", "no usar", "vetado", "vetada", "proibido", "proibida", "não permitido",
    "não permitida", "não usar", "vietato", "vietata", "proibito", "proibita", "non consentito", "non consentita",
    "non ammesso", "non ammessa", "da evitare", "non usare", "zabronione", "zabroniony", "zabroniona", "zakazane",
    "zakazany", "zakazana", "niedozwolone", "niedozwolony", "niedozwolona", "nie używać", "verboden",
    "niet toegestaan",
    "запрещено", "запрещён", "запрещен", "禁止", "使用禁止", "使用しない", "禁止語", "禁句", "禁用", "禁止使用",
    "不允许",
    "不得使用", "不許可", "금지", "사용 금지", "사용금지", "사용 불가", "사용불가", "금칙어", "금지어",
}  # fmt: skip
NOT = re.compile(
    r"(?:(?:is |was |does )?not(?: at all| very| really| entirely| fully| quite| so)?|isn.t|wasn.t"
    r"|(?:ist |gar |überhaupt |leider )*nicht(?: sehr| ganz| wirklich)?|wenig(?:er)?"
    r"|(?:n.est |ne )?pas(?: du tout| très| vraiment| entièrement)?|peu"
    r"|no(?: es| está| fue| muy| del todo)?|nada|poco|não(?: é| está| foi| muito)?|nao|pouco"
    r"|non(?: è| del tutto| molto)?|per (?:niente|nulla)|niet"
    r"|(?:wcale |w ogóle )?nie|mało|не|совсем не|inte|icke|ikke) "
    r"|(?:un|in|non-?|dis|nie|не|on|o)(?=[^\W\d_])|(?:一点[都也])?不(?:太"
    r"|是|够|怎么|予)?|未|非|没有?|미|불|비|부|안 |못 |전혀 |별로 "
)
NO_MORE = re.compile(  # behind a word
    r"(?:では|じゃ|で)な(?:い|かった|し)|しない|せず|され(?:ず|ない|ていない"
    r"|なかった)|(?:し|され)ませんでした|できない|できず|不可|ならず|見送り"
    r"|拒否| değil| ?(?:안 ?(?:됨|함)|되지 않(?:음|았음)"
    r"|하지 (?:않음|않습니다|않았음|못함)|못 ?함|거부|거절|불가|아님)"
)
DECIDED = re.compile(r"不可|しない|見送り|拒否|거부|거절|불가|できない")  # not only that nobody has come to it
USES = frozenset(
    ("掲示", "掲載", "公開", "公表", "使用", "利用", "採用", "採択", "学習", "承認", "許可", "転載", "配布")
)  # 掲載不可
OF_WHAT = re.compile(  # said before a word, or behind it
    r"(?:answer|response|antwort|réponse|respuesta|resposta|risposta|odpowiedź"
    r"|ответ|답변|检查|審査|审核|审查|審核|审批|验收|质检|검수|심사) ?"
    r"|(?:回答|答案|答复)の?"
)
NUMBERED = re.compile(  # 1.とても満足, 5 = very dissatisfied, ⑤不満
    r"[(（\[]?\d{1,2}\s*[.．:：)）\]=＝、,–—-]+\s*(?=[^\W\d])|[①-⑩]\s*(?=[^\W\d])"
)
# Of these the opposite only says that nobody has come to it yet, or who sees it.
OPEN = frozenset((
    "answered", "beantwortet", "répondu", "respondido", "respondida", "risposto",
    "published", "released", "live", "active", "verified", "checked", "reviewed", "public", "confirmed", "done yet",
    "veröffentlicht", "aktiv", "geprüft", "überprüft", "verifiziert", "kontrolliert", "öffentlich", "publié",
    "publiée",
    "actif", "active", "vérifié", "vérifiée", "public", "publique", "publicado", "publicada", "activo", "activa",
    "verificado", "verificada", "revisado", "revisada", "público", "pública", "pubblicato", "pubblicata", "attivo",
    "attiva", "verificato", "verificata", "controllato", "controllata", "pubblico", "pubblica", "ativo", "ativa",
    "opublikowane", "opublikowany", "opublikowana", "sprawdzone", "zweryfikowane", "aktywne", "publiczne",
    "gecontroleerd", "gepubliceerd", "опубликовано", "проверено", "公開", "公開済", "公開済み", "確認", "確認済",
    "確認済み",
    "検証", "検証済み", "対応", "対応済", "対応済み", "対応完了", "回答", "回答済", "回答済み", "確定", "掲載",
    "審査", "公开",
    "发布", "审核", "审查", "确认", "确定", "核实", "공개", "게시", "검토", "검수", "확인", "검증", "확정",
    "bestätigt", "confirmé", "confirmée", "confirmado", "confirmada", "confermato", "confermata", "potwierdzone",
))  # fmt: skip
SHORTEST = 2  # letters of a word that may have an opposite: "ok"


@functools.lru_cache(maxsize=4096)
def of(word: str) -> bool | None:
    """Whether a word in small letters condemns by what it says together; None where it says nothing, or is known."""
    if word in UNSETTLED:
        return None
    if word in FORBIDDEN:
        return True
    bare = DEGREE.sub("", word)
    if DISSATISFIED.fullmatch(bare):
        return True
    if SATISFIED.fullmatch(bare):
        return False
    if (told := OF_WHAT.sub("", word)) != word and told.strip() and said(told.strip()) is not None:
        return said(told.strip())
    is_decided = DECIDED.search(word) is not None
    return True if any((is_decided or one not in OPEN) and _is_good(one) for one in _negated(word)) else None


def is_open(word: str) -> bool:
    """Whether a word in small letters says that nobody has come to an answer yet: not verified, 审核前."""
    return DECIDED.search(word) is None and any(one in OPEN for one in _negated(word))


def without_number(text: str) -> str:
    """What a text says behind the number of a choice, where that alone is known to say something."""
    rest = NUMBERED.sub("", text.strip())
    plain = rest.strip().lower()
    known = plain in UNSETTLED or said(plain) is not None or said(DEGREE.sub("", plain)) is not None
    return rest if known else text


def said(word: str) -> bool | None:
    """Whether a word in small letters condemns, by itself or by its opposite; None where it says nothing."""
    return True if word in STATED_BAD else False if word in STATED_GOOD else of(word)


def _negated(word: str) -> list[str]:
    """What is called not to be so."""
    before, behind = NOT.match(word), NO_MORE.search(word)
    found = [word[before.end() :]] if before is not None else []
    return found + ([word[: behind.start()]] if behind is not None and behind.end() == len(word) else [])


def _is_good(word: str) -> bool:
    if word in USES:
        return True
    if len(word) < SHORTEST and word.isascii():
        return False
    return word in STATED_GOOD or SATISFIED.fullmatch(DEGREE.sub("", word)) is not None
