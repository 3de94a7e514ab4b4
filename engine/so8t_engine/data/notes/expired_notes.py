"""That answers no longer hold by the day until which they did, and the line that leaves them out.

Nothing is left out unasked: what a run learns must not depend on the day it is started, so the day stands in the line.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import days, verdict_names
from so8t_engine.data.notes import label_notes
from so8t_engine.sentences import Sentence, sentence

UNTIL = re.compile(  # not from or since when
    r"(?:is_)?valid_?(?:until|till|thru|through|to|up_to)(?:_\w+)?|validity_end(?:_\w+)?|good_until"
    r"|(?:\w+_)?(?:expir(?:y|es|ation)|expire[ds]?)(?:_(?:date|on|at|day))?|(?:best|use)_before|end_of_(?:validity|life)"
    r"|(?:end|expiry|sunset|retire(?:ment)?)_?date|g[üu]e?ltig_?bis|ablauf(?:_?datum)?|läuft_ab(?:_am)?|enddatum"
    r"|gültigkeitsende|valable_jusqu\w*|valide_jusqu\w*|expire_le|date_(?:de_fin|d_expiration|de_péremption)"
    r"|(?:v[áa]lid[oa]|vigente)_(?:hasta|até)|fecha_de_(?:vencimiento|caducidad|expiración|fin)|caducidad|vencimiento"
    r"|(?:data_(?:de_validade|di_scadenza)|validade|vencimento|valid[oa]_fino\w*|scadenza|geldig_tot|vervaldatum)"
    r"|действительно?_до|срок_действия|ważne_do|(?:有効|使用|掲載|公開|適用)(?:期限|終了日?|期間終了日?)|失効日?|廃止(?:予定)?日|終了日|(?:ungültig|veraltet|aufgehoben)_(?:ab|zum)"
    r"|有效期[至限]?|有效期截止|失效日期|截止日期|유효_?기[간한]|만료일"
)


def is_until(name: str) -> bool:
    """Whether a column by its name holds the day until which an answer holds."""
    return UNTIL.fullmatch(verdict_names.plain(name)) is not None


def note(
    name: str, held: Sequence[object], where: Columns, tool: str | None, today: datetime.date | None = None
) -> Sentence | None:
    """`held`: what stands there in all rows. None where it is no such column, or none of its days is past."""
    if not is_until(name):
        return None
    today = today or datetime.date.today()
    past = [value for value in held if (day := days.of(value)) is not None and day.last < today]
    if not past:
        return None
    line = label_notes.line_with(f"{name} >= {today.isoformat()}", where, tool)
    values = label_notes.first(Counter(map(label_notes.shown, past)))
    return sentence("data.looks_expired", column=name, values=values, count=len(past), line=line)
