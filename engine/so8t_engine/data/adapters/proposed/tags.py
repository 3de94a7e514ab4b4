"""What sorts, names or dates a row, by the column's name or by what stands there: it asks nothing and answers nothing.

Beside it what replies, and what somebody made of a case before: only for lines that are proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import short_thoughts
from so8t_engine.data.adapters.judged import verdict_names

TAGS = re.compile(
    r"(?:\w+_)?(?:types?|categor(?:y|ies)|(?:sub_?)?sections?|channel|(?:contact|payment)_method|department|division|team|status"
    r"|priority|severity|urgency|(?:closure|close|resolution|status|error|reason)_code|agent|assignee|reporter|customer"
    r"|client|student|pupil|learner|examinee|(?:asked|handled|closed|resolved|updated|created|answered|assigned|written)_by"
    r"|(?:due|start|end|reply|response|answer)_date|deadline|(?:first|last|full|user|customer|student|agent|display|screen|nick)_?name)|name"
    r"|\w*(?:区分|種別|分類|種類|カテゴリー?|ジャンル|[大中小]項目|(?:受付|連絡|対応|問い?合わ?せ)方法|手段|経路|チャン?ネル|媒体"
    r"|部署|部門|担当|ステータス|優先度|重要度|緊急度|難易度|期限|締め?切り?|氏名|名前|(?:顧客|お客様?|会社|担当者|生徒)名|お客様"
    r"|(?:担当|更新|作成|記入|登録|回答|受付|対応|入力|報告|投稿|依頼|相談|申込|質問)者"
    r"|(?:受付|対応|公開|更新|作成|登録|回答|問い?合わ?せ|発生|完了|処理|入力|申込|返信)日時?"
    r"|(?:受付|相談|問い?合わ?せ|会員|顧客|注文|伝票|事例|案件|質問|チケット|症例)(?:番号|no))|生徒|学生|児童|受験者|よみ(?:がな)?|読み(?:仮名)?|ふりがな|フリガナ"
    r"|what_to_\w+|(?:\w+_)?(?:criteri(?:on|a)|purpose|intention|competenc(?:y|ies)|learning_objectives?)|skills?_tested"
    r"|\w*(?:したい点|観点|ねらい|狙い|意図|基準)|(?:確認|評価|採点|出題|面接)の?ポイント"  # of whoever asks or marks
)
CATEGORIES = re.compile(r"rubriques?|thèmes?|catégories?|rubrik(?:en)?|kategorien?|categor[ií]as?")
STANDARD = re.compile(  # answers that are given to everybody who asks so: in French a `type` is a pattern
    r"r[ée]ponses?_(?:types?|standard|modèle|proposée)|antwort(?:en)?_standard|standardantwort|respuestas?_(?:tipo|estándar|modelo)"
    r"|rispost[ae]_(?:tipo|standard|modello)|respostas?_(?:padrão|tipo|modelo)"
)
REPLIES = re.compile(
    r"resolution|(?:\w+_)?(?:advice|recommendations?|suggestions?|remed(?:y|ies)|handling|actions?_taken|workaround|holding)(?:_given)?"
    r"|what_we_did|(?:resolution|closure|closing|solution)_(?:notes?|comments?|details?|text)|how_(?:it_was_)?(?:resolved|solved|fixed)"
    r"|\w*(?:助言|アドバイス|提案|返答|返信|処置|措置|支援|案内|対処|対応|処理|解決)(?:(?:し|され)た|する|の)?(?:(?:内容|結果|履歴|策|方法?|詳細|文))?"
)
VIEWS = re.compile(  # of a case, from which the reply comes
    r"(?:\w+_)?(?:assessment|diagnosis|formulation|analysis|discussion|background)"
    r"|\w*(?:見立て|アセスメント|分析|検討|考察|診断|原因)(?:の?(?:内容|結果|経過))?"
)


WITHIN = re.compile(r"[（(]([^（()）]+)[)）]\s*$")
GROUNDS = re.compile(  # why something was decided so: never what is asked
    r"(?:\w+_)?(?:reasonings?|rationales?|grounds|justifications?|thought_process|chain_of_thought)"
    r"(?:_(?:of|for|behind|by|from|process|steps?|text|given)(?:_\w+)?)?"
    r"|(?!(?:ご|お)?(?:問い?合わ?せ|相談|来[院談店]|受診|申[請込]し?|欠席|依頼|連絡|退会|解約|返品|志望|応募|希望)の?理由)"
    r"\w*(?:理由|根拠|判断材料|決め手)(?:の?(?:説明|内容|文|詳細))?"
    r"|(?:\w+_)?(?:begründung|entscheidungsgründe)(?:_\w+)?"
    r"|(?:\w+_)?(?:raisonnement|motivation)(?:_(?:de|du|des|d)_\w+)?"
    r"|(?:\w+_)?(?:razonamiento|justificación|fundamentación"
    r"|ragionamento|motivazione|raciocínio|fundamentação)(?:_\w+)?"
    r"|(?:\w+_)?(?:обоснование|uzasadnienie|gerekçe)(?:_\w+)?|\w*(?:依据|理据|推理过程|근거)"
)
THOUGHTS = re.compile(  # which may be asked too
    r"why|warum|wieso|weshalb|pourquoi|por_?qu[éê]|porquê|perché|dlaczego|なぜ|为什么|왜|ursachenanalyse|root_cause_analysis"
    r"|(?:\w+_)?(?:inner|internal|hidden|private)_(?:thoughts?|monologue|voice)|innerer_monolog|(?:monólogo|monologo)_inter(?:ior|no)"
    r"|monologue_intérieur|pensamento_interno|心の声|内心|内心独白|속마음|myśli"
)
OF_REFUSALS = re.compile(  # also why it was written anew
    r"却下|不採用|不採択|差し?戻し|減点|除外|削除|改訂|改定|変更|更新|ablehn|änder|reje[ct]|declin|refus|remov|delet"
    r"|score|rating|grade|mark|change|revision|update"
)


def is_tag(name: str) -> bool:
    plain = _plain(name)
    sorts = TAGS.fullmatch(plain) or CATEGORIES.fullmatch(plain)
    return sorts is not None and STANDARD.fullmatch(plain) is None


def replies(name: str) -> bool:
    """Whether a column by its name says what was answered or done."""
    return answers(name) or (REPLIES.fullmatch(_plain(name)) is not None and not is_tag(name))


def answers(name: str) -> bool:
    """Whether a column by its name holds answers: what was done (対応結果, resolution) may be but a state."""
    plain = _plain(name)
    answer = column_words.ANSWERS.search(plain.replace("resolution", "")) or STANDARD.fullmatch(plain)
    return answer is not None and not is_tag(name)


def is_view(name: str) -> bool:
    """Whether a column by its name, or by what its name says in parentheses, holds what somebody made of a case."""
    inside = WITHIN.search(name)
    return any(VIEWS.fullmatch(_plain(said)) for said in (name, inside[1] if inside is not None else ""))


def is_grounds(name: str) -> bool:
    """Whether a column by its name says why it was decided, answered or done so."""
    return GROUNDS.fullmatch(_plain(name)) is not None


def thinks(name: str) -> bool:
    """Whether such grounds are of the answer, and not of why it was refused or graded."""
    return (is_grounds(name) or THOUGHTS.fullmatch(_plain(name)) is not None) and OF_REFUSALS.search(
        _plain(name)
    ) is None


def are_bare(said: Sequence[str]) -> bool:
    """Whether most texts are a word or two."""
    return 2 * sum(map(short_thoughts.is_bare, said)) >= len(said) > 0


def are_outdone(place: str, texts: Mapping[str, Sequence[str]], prompt: str, taken: Sequence[str]) -> bool:
    """Whether words stand there, of which a quarter come again, or beside sentences that nothing is taken of."""
    said = texts.get(place, ())
    if not are_bare(said):
        return False
    others = [name for name in texts if name not in (place, prompt, *taken) and not is_tag(name.rpartition(".")[2])]
    longer = any(not are_bare(texts[name]) for name in others) and not are_bare(texts.get(prompt, ()))
    return len({*said}) * 4 <= len(said) * 3 or longer


def _plain(name: str) -> str:
    return verdict_names.plain(verdict_names.IN_PARENTHESES.sub("", name)).strip("_")
