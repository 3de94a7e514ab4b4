"""What columns that judge an answer are called in other languages than English and Japanese."""

from __future__ import annotations

import re
from typing import Literal

OF_LANGUAGES = re.compile(
    r"(?P<answer>(?:è_|está_)?cert[oa]|vraie?|exacte?|esatt[oa]|acertad[oa]|goed|prawidłow[aey]|dobrze"
    r"|(?:ответ_)?верн(?:ый|ая|о)|(?:ответ_)?правильн(?:ый|ая|о)|rätt|đúng|सही|صحيحة?|صح|صواب|맞음|正误|正誤"
    r"|ラベル|标签|標籤|라벨|레이블|метка|etikett|étiquette|etiqueta|etichetta"
    r"|(?:ist_)?(?:richtig|korrekt)|(?:est_)?(?:correcte|juste)|(?:es_)?correct[oa]|(?:è_)?(?:giust[oa]|corrett[oa])"
    r"|(?:está_)?corret[oa]|juist|верно|правильно|poprawn[ea]|doğru(?:_mu)?|richtigkeit|korrektheit"
    r"|(?:掲示|掲載|公表|公開|転載|利用)の?(?:可否|可)|掲示|掲載"
    r"|是否正确|是否正確|正确|正確|对错|對錯|正确性|정답_?여부|정오|맞음|정확성"
    r"|(?:noch_)?(?:gültig|aktuell)|vigente|vigencia|vigência|en_vigueur|en_vigor|em_vigor|in_vigore|是否有效|유효)"
    r"|(?P<checked>freigabe|genehmigung|abnahme|zulassung|validation|approbation|aprobación|aprobacion|validación|approvazione"
    r"|convalida|aprovação|validação|goedkeuring|godkänd|godkännande|geprüft|überprüft|freigegeben|genehmigt|bestätigt|vérifiée?|validée?|approuvée?|verificad[oa]"
    r"|validad[oa]|aprobad[oa]|verificat[oa]|approvat[oa]|aprovad[oa]|gecontroleerd|goedgekeurd|sprawdzone|zatwierdzone"
    r"|onaylandı|(?:確認|検証|チェック|査読|校閲|校正)(?:済み?)?|проверка|مراجعة|المراجعة|التدقيق|провер(?:ено|ен|ена)|одобрено|подтверждено|已审核|已验证|已核实|审核|審核|검증|검증됨|승인|확인됨)"
    r"|(?P<run>(?:(?:problema?|problème|anliegen|ticket|caso|zgłoszenie|sprawa)_)?(?:est_|è_|está_|ist_)?"
    r"(?:resolvid[oa]|resuelt[oa]|risolt[oa]|résolue?|solucionad[oa]|gelöst|opgelost|rozwiązan[aeyo]|решен[оа]|löst|løst)"
    r"|解決(?:済み?|可否|フラグ)|(?:是否)?已?解决了?吗?|해결(?:됨|_?여부)|çözüldü(?:_mü)?)"
    r"|(?P<critique>bewertung|beurteilung|urteil|évaluation|jugement|evaluación|valoración|calificación|valutazione"
    r"|giudizio|avaliação|beoordeling|ocena|değerlendirme|оценка|评价|评估|评判|評價|評估|평가|판정|채점|채점_결과"
    r"|التقييم|تقييم|الحكم|đánh_giá|betyg|bedömning)"
    r"|(?P<stated>結果|结果|結論|结论|결과|(?:prüf|test)?ergebnis(?:se)?|resultat|résultats?|resultados?|risultat[oi]"
    r"|(?:kunden|gesamt)?zufriedenheit|satisfaction_(?:du_)?client|satisfacción(?:_del_cliente)?|satisfação(?:_do_cliente)?"
    r"|soddisfazione(?:_(?:del_)?cliente)?|zadowolenie(?:_klienta)?|满意度|满意程度|滿意度|(?:고객_?)?만족도"
    r"|(?:qualitäts)?(?:prüfung|kontrolle)|prüfstatus|contrôle_(?:de_la_)?qualité|control_de_calidad|controllo_(?:di_)?qualità"
    r"|controle_de_qualidade|kontrola_jakości|品質(?:チェック|確認|検査)|质检(?:结果)?|(?:审核|审查|审批)(?:结果|状态)"
    r"|(?:품질_?)?(?:검수|검토|심사|승인)_?(?:상태|결과|여부)|검수|검토|심사|revisión(?:_humana)?|verificación|comprobación"
    r"|revisione|verifica|revisão|verificação|relecture|vérification|überprüfung|durchsicht|(?:审|複|复)[查核阅閱]|评审|審查|審査(?:結果|状況)?"
    r"|(?:医師|薬剤師|弁護士|専門家|監修者|上長|管理者|責任者|教員|先生|校閲者?)の?(?:確認|チェック|承認|レビュー|監修)"
    r"|resultaat|результат|итог|wynik|sonuç|النتيجة|نتيجة|kết_quả|परिणाम"
    r"|stand|zustand|aktualität|état|statut|estado|stato|статус|状态|狀態|상태|durum|stav|stan|tila|állapot|stare|κατάσταση|الحالة|حالة|trạng_thái|स्थिति)"
    r"|(?P<word>(?:antwort|text)?qualität(?:_der_antwort)?|qualité(?:_de_la_réponse)?|calidad(?:_de_(?:la_)?respuesta)?"
    r"|qualità(?:_della_risposta)?|qualidade(?:_da_resposta)?|kwaliteit|jakość(?:_odpowiedzi)?|качество(?:_ответа)?"
    r"|kalite|kvalit(?:et|e|ěta)|(?:回答|答案|答复)?的?(?:质量|質量|品质|品質)(?:等级|评级)?|回答の?(?:品質|質)|(?:답변_?)?품질)"
    r"|(?P<remark>备注|備註|비고|메모|코멘트|bemerkung(?:en)?|anmerkung(?:en)?|kommentare?|hinweise?|remarques?|commentaires?"
    r"|observaci(?:ón|ones)|observaç(?:ão|ões)|comentarios?|comentários?|notas?|osservazion[ei]|comment[oi]|opmerking(?:en)?"
    r"|примечани[ея]|комментари[йи]|uwagi|komentarz|yorum(?:lar)?|notlar|ملاحظات|ملاحظة|ghi_chú|kommentar(?:er)?|टिप्पणी)"
)


WHO_SEES = re.compile(  # an answer: everybody, or colleagues alone
    r"(?:(?:answer|response|entry|article|item|record)_)?visibility|sichtbarkeit|visibilité|visibilidad|visibilidade"
    r"|visibilità|widoczność|zichtbaarheid|公開(?:区分|範囲|設定|レベル|状態|可否|・非公開)?|公開非公開|公开(?:状态|范围)?|是否公开"
    r"|공개(?:_?(?:여부|구분|범위|설정|상태))?"
)


def kind_of(called: str) -> Literal["answer", "checked", "run", "critique", "stated", "word", "remark"] | None:
    match = OF_LANGUAGES.fullmatch(called)
    return None if match is None else match.lastgroup  # type: ignore[return-value] # its groups are called so
