"""What people write where an answer is still to come, or stands elsewhere: "[insert answer]", "will ask Bob", 要確認.

Only whole answers, and none that the question asks for by name; what may as well be right ("pending", 未定) stays, and
what is not settled yet ("in Klärung", 調査中), where a question asks for a state or a cause.
"""

from __future__ import annotations

import re

LONGEST = 80  # characters
FEWEST_WORDS = 3  # of what is no entry of a dictionary
# All that an answer is held against is of lower case: quicker than to ignore the case of each letter.
# "[your answer here]", "<answer>", "{placeholder}"; "[deleted]", "[continued from previous]".
_TEXT = r"(?:answers?|responses?|reply|solution|completion|placeholder)"
WIDE = "（［＜【〔"
BRACKETS = str.maketrans(f"{WIDE}）］＞】〕", "([<[()]>])")
BRACKETED = re.compile(
    r"[\[<({]{1,2}\s*(?:"
    rf"(?:(?:insert|enter|add|write|type|put|fill in|paste|your|the|model)\s+)*{_TEXT}(?:\s+(?:goes\s+)?here)?"
    r"|insert\s+[\w ]+|[\w ]+\s+(?:goes\s+)?here|to be (?:continued|added|filled in)|todo|tbd|placeholder"
    r"|continued(?: from (?:the )?(?:previous|above|last)[\w ]*)?|deleted(?: by \w+)?|removed(?: by \w+)?"
    r"|content (?:removed|deleted)|leer|vide|vuoto|vac[ií]o|empty|blank|空欄?"
    r"|redacted|same|ditto|error|削除(?:済み?|されました)?|続き|ここに[^\]>)}]{0,12}"
    r")\s*[\]>)}]{1,2}"
)
TO_COME = re.compile(
    r"(?:todo|tb[dac]|fixme|wip)\s*[:：\-–].*"
    r"|(?:still )?to be (?:completed|written|added|filled(?: in)?|confirmed|done|provided|announced|clarified"
    r"|determined|decided)"
    r"|pending (?:review|approval|confirmation|answer|clarification)|work in progress|coming soon"
    r"|tbd|tba|todo|wird (?:noch )?(?:nachgereicht|ergänzt|geklärt)|folgt noch"
    r"|(?:muss )?noch (?:zu klären|geklärt werden)|à (?:compléter|définir|confirmer)"
    r"|pendiente|por definir"
    r"|(?:answer|details?) (?:will follow|to follow|pending)"
    r"|(?:i )?(?:will|i'll|need to|must|have to|should) (?:ask|check with|confirm with) [\w' ]{1,24}"
    r"|(?:waiting for|awaiting|checking with) (?:an? |the )?(?:answer|reply|confirmation|feedback|input|approval)"
    r"(?: (?:from|by|of) [\w' ]{1,24})?"
    r"|(?:[^\s、。]{1,12}[にへ])?(?:要確認|確認中|問い?合わせ中|照会中|確認待ち|回答待ち|確認予定)(?:です)?"
    r"|(?:後日|後ほど|あとで|後で|追って)(?:記入|記載|追記|入力|回答|確認|連絡)(?:予定|します|する)?|要(?:調査|記入|追記)"
    r"|要(?:確認|調査|記入|追記)[:：(（、。\s].{1,24}"
    r"|(?:現在|ただいま|回答|本文|原稿)?(?:を?(?:作成|準備|執筆|記入|編集)中)(?:です)?"
)
UNSETTLED = re.compile(
    r"(?:still |currently )?(?:pending (?:review|clarification|confirmation|answer|reply)"
    r"|under (?:review|clarification|investigation|discussion)"
    r"|in (?:review|clarification)|being (?:clarified|checked|reviewed|investigated))"
    r"|(?:ist |noch |derzeit |aktuell ){0,2}(?:in (?:klärung|prüfung|abstimmung)|nicht geklärt)"
    r"|(?:wird |noch |derzeit |gerade |intern ){1,3}(?:geprüft|geklärt|abgeklärt|nachgereicht|nachgetragen|ergänzt)"
    r"|(?:antwort )?folgt(?: noch| in kürze)?|rückfrage läuft"
    r"|à (?:préciser|vérifier|clarifier|déterminer|valider|venir)|réponse à venir"
    r"|en attente d(?:e |')(?:réponse|validation|confirmation|retour)"
    r"|en cours de (?:vérification|validation|clarification|rédaction)"
    r"|por (?:confirmar|determinar|aclarar|completar|revisar)|en (?:revisión|espera de respuesta)"
    r"|pendiente de (?:confirmar|confirmación|respuesta|revisión)"
    r"|a (?:confirmar|definir|esclarecer)|em (?:análise|revisão|elaboração)"
    r"|da (?:confermare|definire|completare|verificare|chiarire)"
    r"|in (?:attesa di (?:risposta|conferma)|verifica|revisione)"
    r"|(?:現在|ただいま)?(?:調査|検討|精査)中(?:です)?|待(?:定|确认|確認)|(?:确认|审核|調查|调查)中"
)
OF_STATE = re.compile(
    r"(?i)\bstat(?:e|us|o|ut)s?\b|\bstand\b|zustand|ergebnis|\bétat\b|estado|\bfase\b|\bphase|\bstage\b|progress|approved"
    r"|\bcauses?\b|\bcausa\b|ursache|genehmigt|原因|進捗|結果|どうな|阶段|状态"
    r"|classif|categor|\blabels?\b|klassifi|分類|ラベル"
)
# "TODO ask legal": in capitals alone, as a cell has it; "TODO el día" is Spanish, a "TODO list" is one.
SHORT_NOTE = re.compile(
    r"(?:TODO|TBD|TBA|TBC|FIXME|WIP)(?: ?(?=[(（])| )(?!(?:lists?|comments?|items?|apps?|mark(?:er)?s?|notes?"
    r"|tags?|means|is|are"
    r"|el|l[ao]s?|[oa]s?|una?|uma?|est[eoa]|es[eo]|está|es|é|mundo|bi?en?m?|d[ií]a|en|em|por|para|con|com|depende)\b)"
    r"[a-z@(（].{1,40}"
)
AROUND = re.compile(
    r"[※＊*→⇒▲・\s]*(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\]|<(?P<angle>[^<>]+)>|(?P<bare>.+))"
)
IN_BRACKETS = re.compile(r"(?:調査|検討|確認|照会)中|未(?:確認|記入|作成|回答)|追って確認|(?:作成|回答|追加)予定")
NAMES_IT = re.compile(
    r"(?i)\b(?:tb[dac]|todo|fixme|wip)\b|unfinished|進捗|段階|札|看板|表示|まし(?:た|て)|ています|もう|いつ"
)
_NUMBER = r"(?:question|answer|frage|antwort|pregunta|respuesta|réponse|domanda|punkt|nr\.?|no\.?|q|a|f|#) ?\d{1,4}"
ELSEWHERE = re.compile(
    r"(?:(?:the )?same|ditto|dito|idem)(?: (?:as|to) "
    r"(?:above|below|before|previous|(?:no\.? ?|question |q|#)?\d+))?"
    r"|(?:please )?(?:see|refer to) (?:above|below|previous|(?:the )?(?:answer|question|row|no\.?|q|#) ?\d+)|as above"
    r"|(?:please )?(?:see|cf\.?|refer to) (?:the )?(?:answer |question |entry )?(?:above|below|earlier)"
    r"|s\. ?[ou]|s\. (?:oben|unten)|(?:bitte )?(?:siehe|vgl\.?|wie) (?:weiter )?(?:oben|unten)"
    r"|(?:voir|cf\.?) (?:plus (?:haut|bas)|ci-des(?:sus|sous)|supra|infra)"
    r"|v(?:er|éase|ide) (?:más )?(?:arriba|abajo|supra)|(?:ver|veja|vide) (?:acima|abaixo)"
    r"|(?:vedi|come) (?:sopra|sotto)"
    rf"|(?:please see|see|cf\.?|s\.|siehe|vgl\.?|wie|voir|ver|véase|veja|vedi) (?:die |la |l')?{_NUMBER}"
    r"|(?:上記|下記|前述|前出|別紙|別表|上|下|前項|前問|(?:質問|問|q) ?[0-9０-９]{1,3})"
    r"(?:を?(?:ご)?参照|[にと]?同じ|の(?:とお|通)り)"
    r"(?:ください|のこと|です)?|同様|同左|见上|同前"
)
# That there is none; the brackets around it are off.
NONE_GIVEN = re.compile(
    r"no[ _]?answer(?: (?:present|available|given|provided|found|yet))?|(?:un|not )answerable|cannot ?answer|unanswered"
    r"|(?:not|never) answered|k\. ?a|keine (?:antwort|angaben?)|ohne antwort|nicht (?:beantwortet|ausgefüllt)"
    r"|n/[drc]|(?:sin|sem) (?:respuesta|resposta|contestar|datos)|no (?:aplica|contestad[oa]|responde)"
    r"|não (?:se aplica|respondid[oa]|informad[oa])|(?:sans|pas de) réponse|non (?:renseigné|répondu)e?|sans objet"
    r"|nessuna risposta|non (?:applicabile|pervenut[oa])"
    r"|待(?:补充|补|填写|完善|更新|回答)|(?:暂时?|尚)?(?:无|没有)(?:答案|回答)|未(?:作答|填写|回答)"
    r"|(?:同|见)上题?"
    r"|(?:回答|解答|答え)(?:なし|無し|略)|(?:未|無)回答|解答省略"
    r"|추후 ?(?:작성|기재|입력|답변|보완)(?: ?예정)?|답변 ?(?:예정|없음|대기)|미(?:작성|입력|기재)"
    r"|상동|위와 (?:같음|동일)"
)
# The same, and what is said where nothing is left or nothing is fixed.
NOTHING = re.compile(r"\[\]|暂无|略|미정")
ASKS_HOW_MANY = re.compile(
    r"(?i)몇|얼마|개수|남[은았]|있[나는습]|언제|예정|几|多少|有没有|有无|剩|存货|库存|何时|\bleft\b|how many|remain"
    r"|\b(?:lists?|arrays?|sets?|returns?|prints?|outputs?|evaluates?|sort|filter|intersection|json|python)\b"
)
FILLED_IN = re.compile(r"x{3,}|(?:asdf)+(?:gh(?:jkl)?)?|[?？]{1,5}|lorem ipsum\b[\s\S]*|(?:bla(?:h)?[ ,]*){2,}|ダミー")
NOTICE = "m a bot, and this action was performed automatically"
FAILED = re.compile(r"""\{\s*["']error["']\s*:\s*[{"'][\s\S]*\}|<error>""")
# What lets a placeholder be the answer: of all kinds; of "same" and "?" besides, which words and signs are asked for.
NEAR = re.compile(
    r"(?i)error|exception|\bapi\b|json|http|status|code|script|regex|wildcard|symbol|sign\b|mark|punctuation|character"
    r"|placeholder|dummy|filler|latin|lorem|roman|chromosom|sex|rating|film|movie|keyboard|home row|keys?\b|template"
    r"|translat|reddit|\bbot\b|tags?\b|element|stands? for|abbrev|acronym|\bplay\b|title|novel|song|game|status|state\b"
    r"|略|題|状況|記号|符号|文字|ローマ|訳|ひな形|テンプレート|ステータス|状態|エラー|タグ|映画"
)
FAR = re.compile(
    rf"{NEAR.pattern}|same|differ|equal|similar|compar|opposite|antonym|synonym|mean|word|say|同じ|違|反対|意味|言い換え"
)
WILL_DO = re.compile(
    r"(?i)どうしま|何をし|\b(?:what|who|how|which)\b.*\b(?:will|do|does|did|should|would|going to|must)\b"
)


def is_one(asked: str, answer: str) -> bool:
    """Whether an answer only keeps the place of one."""
    if NOTICE in answer or _is_failure(answer):
        return not NEAR.search(asked)
    if len(answer) > LONGEST:
        return answer[:11].lower() == "lorem ipsum" and not NEAR.search(asked)
    said = answer.lower()
    said = said.translate(BRACKETS) if said[:1] in WIDE else said
    if said in asked.lower() and said.strip("?？"):
        return False
    if _is_to_come(answer, said):
        return not (WILL_DO.search(asked) or NEAR.search(asked) or NAMES_IT.search(asked))
    if said[:1] in "[<({" and BRACKETED.fullmatch(said):
        return not NEAR.search(asked)
    if UNSETTLED.fullmatch(said.strip("()[]. 。…*")):
        is_asked = len(asked.split()) >= FEWEST_WORDS or asked[-1:] in "?？。"
        return is_asked and not (WILL_DO.search(asked) or FAR.search(asked) or OF_STATE.search(asked))
    if NONE_GIVEN.fullmatch(said.strip("()（）[]. 。")):
        return not (WILL_DO.search(asked) or FAR.search(asked) or OF_STATE.search(asked))
    if NOTHING.fullmatch(said):
        return not (ASKS_HOW_MANY.search(asked) or WILL_DO.search(asked) or FAR.search(asked) or OF_STATE.search(asked))
    if ELSEWHERE.fullmatch(said.strip("()（）[]. 。")) or FILLED_IN.fullmatch(said):
        return not FAR.search(asked) and not (said[:1] == "x" and any(map(str.isdecimal, asked)))
    return False


def _is_to_come(answer: str, said: str) -> bool:
    """`said`: the answer in lower case, its brackets narrow."""
    around = AROUND.fullmatch(said.rstrip(".!。…！"))
    if around is None:
        return False
    inside = around["round"] or around["square"] or around["angle"]
    bare = (inside or around["bare"]).strip()
    if TO_COME.fullmatch(bare) or SHORT_NOTE.fullmatch(answer.strip("()[]（）［］ ")):
        return True
    return inside is not None and IN_BRACKETS.fullmatch(bare) is not None


def _is_failure(answer: str) -> bool:
    return answer[:1] in "{<" and FAILED.fullmatch(answer.lower()) is not None
