"""Names of columns that say what is wrong with an answer: true, 1, yes are bad there, and false is good."""

from __future__ import annotations

import functools
import re
from typing import Literal

_OF = r"(?:(?:answer|response|output|completion|reply|model)_)?(?:(?:is|was|are|has|contains?)_)?(?:an?_)?"
_NO_LONGER = (  # in force, or there at all
    r"(?:(?:ist|est|es|è|é|está|jest|är|er|on)_)?(?:veraltet|überholt|abgelaufen|zurückgezogen|périmée?|expirée?|obsolète"
    r"|abrogée?|retirée?|supprimée?|caducad[oa]|vencid[oa]|obsolet[oa]|expirad[oa]|derogad[oa]|retirad[oa]|eliminad[oa]"
    r"|scadut[oa]|superat[oa]|ritirat[oa]|abrogat[oa]|eliminat[oa]|desactualizad[oa]|desatualizad[oa]|revogad[oa]"
    r"|excluíd[oa]|vervallen|verlopen|verouderd|ingetrokken|achterhaald|verwijderd|устарел[оа]?|устаревш(?:ий|ая|ее)"
    r"|ист[её]к(?:ло|ла)?|отозван[оа]?|удален[оа]?|недействительн[оа]|przestarzał[aey]|nieaktualn[aey]|wygasł[aey]"
    r"|wycofan[aey]|usunięt[aey]|güncel_değil|süresi_dol(?:du|muş)|geçersiz|silin(?:di|miş)|föråldra[dt]|utgånge[nt]"
    r"|borttage[nt]|forældet|udløbet|slettet|utdatert|utgått|vanhentunut|poistettu|zastaral[ýáé]|neplatn[ýáé]|elavult"
    r"|lejárt|застаріл[оаеий]+|منتهي(?:ة|_الصلاحية)?|ملغ[ىي]|hết_hạn|kedaluwarsa)"
    r"|(?:廃止|失効|期限切れ?|取り?下げ|撤回|無効|削除|使用停止|公開終了|掲載終了)(?:済み?|フラグ|か)"
    r"|廃止|廃番|期限切れ?|取り?下げ|撤回|無効|已?(?:过期|過期|作废|作廢|失效|废止|廢止|删除|刪除|撤回|停用)"
    r"|(?:만료|폐기|폐지|삭제|무효|철회)(?:됨|_?여부)?"
)
SINCE = re.compile(  # the day that ended it, where there is one
    r"(?:is_)?(?:outdated|obsolete|deprecated|withdrawn|retracted|superseded|revoked|deleted|removed|discarded|invalid)"
    r"_(?:since|on|at|date)|(?:deletion|deprecation|withdrawal|retraction|removal|revocation)_(?:date|time)"
    r"|date_(?:deleted|removed|withdrawn|deprecated|retracted|superseded|revoked)"
    r"|(?:veraltet|überholt|ungültig|zurückgezogen|gelöscht|aufgehoben|verworfen|ersetzt)_(?:seit|am)"
    r"|(?:obsolète|périmée?|retirée?|supprimée?|abrogée?)_(?:depuis(?:_le)?|le)"
    r"|(?:obsolet[oa]|derogad[oa]|retirad[oa]|eliminad[oa]|desactualizad[oa]|anulad[oa])_(?:desde(?:_el)?|el)"
    r"|(?:revogad[oa]|retirad[oa]|excluíd[oa]|desatualizad[oa])_(?:desde|em)"
    r"|(?:obsolet[oa]|superat[oa]|ritirat[oa]|abrogat[oa]|eliminat[oa])_(?:dal|il)"
    r"|(?:nieaktualn[aey]|przestarzał[aey]|wycofan[aeyo]|usunięt[aeyo]|uchylon[aeyo])_(?:od|dnia)"
    r"|(?:verouderd|vervallen|ingetrokken|verwijderd)_(?:sinds|op)|(?:撤回|取り?下げ|削除)の?(?:日時?|年月日|日付)"
    r"|(?:作废|作廢|废止|撤回|删除|停用)(?:日期|时间)|(?:폐기|폐지|철회|삭제)_?(?:일시?|일자|날짜)"
)
JUDGES = re.compile(  # by themselves, wherever they stand
    rf"(?P<request>(?:should|must|needs?_to|has_to)_(?:be_)?(?:refuse[ds]?|rejected|declined?)"
    r"|(?:refusal|rejection)_(?:expected|required|needed)|(?:expect(?:ed|s)?|needs?|requires?)_refusal|拒否すべき|断るべき|要拒否)"
    rf"|{_OF}(?P<harm>jailbroken|dangerous|offensive|hateful|hate_speech|abusive|attack_success(?:ful)?"
    r"|(?:violates?|violated|breaks?)_(?:the_)?(?:policy|policies|rules?)|(?:policy|rule|content)_violations?"
    r"|有害(?:フラグ)?|危険(?:フラグ)?|有毒|危险|유해|위험|t[óo]xic[oa]|toxique|tossic[oa]|toxisch|schädlich|gefährlich"
    r"|nuisible|dangereux|dañin[oa]|peligros[oa]|perigos[oa]|ofensiv[oa]|dannos[oa]|pericolos[oa]|вредно|опасно|токсично)"
    rf"|{_OF}(?P<wrong>misleading|(?:mis|dis)information|untrue|biased|fail|failed|deprecated|unusable|broken|inaccurate"
    r"|unhelpful|irrelevant|gibberish|nonsense|unreliable|unfaithful|ungrounded"
    r"|(?:is_?)?context_?only|(?:is_?)?follow_?up_?only"  # said after another question, as QnA Maker's
    rf"|{_NO_LONGER}"
    r"|(?:do_not|don_?t|never)_(?:use|train|learn|include)|not_(?:to_)?(?:be_used|use)"
    r"|not_(?:correct|right|true|helpful|useful|good|usable|accurate|acceptable|approved|ok)"
    r"|不正解|不正確|不適切|問題(?:あり|有り?)|不合格|誤情報|虚偽|削除|错误|錯誤|不正确|오류|falsch|fehlerhaft|ungültig|gelöscht|erroné|fout|incorrect[oa]|errad[oa]|sbagliat[oa]|onjuist"
    r"|неверно|неправильно|yanlış|faux|fausse|błędn[aey]|źle|틀림|틀렸음|오답여부|خطأ|خاطئة?|fel|gagal|गलत)"
    r"|(?:is|was|are)_(?P<said>false|rejected|a_lie|lie|an_error|error)"
)
NAMED = re.compile(
    rf"{_OF}(?:false|lie|rejected|declined|duplicated?|error|errors|failure|fault|却下|重複|嘘|差し?戻し|ミス|誤答|間違い)"
)


@functools.lru_cache(maxsize=512)
def kind_of(called: str) -> Literal["request", "harm", "wrong"] | None:
    """What a column called so judges by itself."""
    match = JUDGES.fullmatch(called)
    if match is None:
        return None
    return "request" if match["request"] else "harm" if match["harm"] else "wrong"


@functools.lru_cache(maxsize=512)
def is_one(called: str) -> bool:
    """Whether it is such a name, also where it judges only as the user's `label`."""
    return kind_of(called) is not None or NAMED.fullmatch(called) is not None
