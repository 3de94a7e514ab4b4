"""What columns that judge an answer are called in other languages than English and Japanese."""

from __future__ import annotations

import re
from typing import Literal

OF_LANGUAGES = re.compile(
    r"(?P<answer>ラベル|标签|標籤|라벨|레이블|метка|etikett|étiquette|etiqueta|etichetta"
    r"|(?:ist_)?(?:richtig|korrekt)|(?:est_)?(?:correcte|juste)|(?:es_)?correct[oa]|(?:è_)?(?:giust[oa]|corrett[oa])"
    r"|(?:está_)?corret[oa]|juist|верно|правильно|poprawn[ea]|doğru(?:_mu)?|richtigkeit|korrektheit"
    r"|是否正确|是否正確|正确|正確|对错|對錯|正确性|정답_?여부|정오|맞음|정확성)"
    r"|(?P<checked>geprüft|überprüft|freigegeben|genehmigt|bestätigt|vérifiée?|validée?|approuvée?|verificad[oa]"
    r"|validad[oa]|aprobad[oa]|verificat[oa]|approvat[oa]|aprovad[oa]|gecontroleerd|goedgekeurd|sprawdzone|zatwierdzone"
    r"|onaylandı|провер(?:ено|ен|ена)|одобрено|подтверждено|已审核|已验证|已核实|审核|審核|검증|검증됨|승인|확인됨)"
    r"|(?P<critique>bewertung|beurteilung|urteil|évaluation|jugement|evaluación|valoración|calificación|valutazione"
    r"|giudizio|avaliação|beoordeling|ocena|değerlendirme|оценка|评价|评估|评判|評價|評估|평가|판정|채점|채점_결과)"
)


def kind_of(called: str) -> Literal["answer", "checked", "critique"] | None:
    match = OF_LANGUAGES.fullmatch(called)
    if match is None:
        return None
    return "answer" if match["answer"] else "checked" if match["checked"] else "critique"
