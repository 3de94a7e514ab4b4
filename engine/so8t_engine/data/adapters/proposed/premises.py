"""Premises in a list, a conclusion, and whether it follows (FOLIO, ProofWriter): the line asks of all of them together.

Only proposed: what to ask is the user's choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import tasks
from so8t_engine.data.adapters.talks import talk

PREMISES = re.compile(
    r"premises?|facts|rules|theory|assumptions|axioms|given|hypotheses|prämissen|annahmen|prémisses|premisas|premesse|premissas"
    r"|前提(?:条件|文)?|仮定|前提一覧|посылки|przesłanki|전제"
)
CONCLUSION = re.compile(
    r"conclusion|hypothesis|statement|claim|query|schlussfolgerung|folgerung|conclusión|conclusione|conclusão|結論|命題"
    r"|结论|結論文|вывод|wniosek|결론"
)
LABELS = frozenset((
    "true", "false", "uncertain", "unknown", "undetermined", "neither", "yes", "no", "entailment", "contradiction",
    "neutral", "entailed", "contradicted", "proved", "disproved", "真", "偽", "不明", "はい", "いいえ", "含意", "矛盾",
    "中立",
)) | tasks.TRUE_OR_FALSE  # fmt: skip
WHY = re.compile(r"proofs?|explanations?|rationale|reason(?:ing|s)?|chain_of_thought|cot|証明|理由|説明|解説")


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """What asks whether the conclusion follows, of all premises."""
    plain = {verdict_names.plain(name): name for name in rows[0]}

    def find(pattern: re.Pattern[str]) -> str | None:
        return next((name for called, name in plain.items() if pattern.fullmatch(called)), None)

    premises, conclusion = find(PREMISES), find(CONCLUSION)
    if premises is None or conclusion is None:
        return None
    if not all(_is_list(row.get(premises)) and isinstance(row.get(conclusion), str) for row in rows):
        return None
    label = next((name for name in rows[0] if all(_says(row.get(name)) for row in rows)), None)
    if label is None:
        return None
    words = sorted({talk.words(row[label]).strip() for row in rows})
    if tasks.KANA.search(str(rows[0][conclusion])):
        asked, parts = f"次の前提から、結論について言えるのはどれですか: {'、'.join(words)}", ("前提", "結論")
    else:
        asked, parts = f"What do the premises say of the conclusion: {', '.join(words)}?", ("Premises", "Conclusion")
    prompt = f"{asked}\\n\\n{parts[0]}:\\n{{{premises}}}\\n\\n{parts[1]}: {{{conclusion}}}"
    return Columns(prompt=prompt, response=label, reasoning=find(WHY))


def _is_list(value: Any) -> bool:
    texts = talk.opened(value)
    return isinstance(texts, list) and bool(texts) and all(isinstance(one, str) for one in texts)


def _says(value: Any) -> bool:
    return isinstance(value, (str, bool)) and talk.words(value).strip().lower() in LABELS
