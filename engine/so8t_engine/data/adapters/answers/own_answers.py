"""Whose reasoning it is, and what its author came to by it: `r1_reasoning` beside `r1_answer`.

Where that is another answer than the one which is learnt, the reasoning leads astray.
"""

from __future__ import annotations

import functools
import re

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

REASONING = re.compile(
    r"(\w+?)_?(?:の)?(?:reasoning|thoughts?|thinking|cot|chain_of_thought|traces?|rationale|explanation|steps|working|solution"
    r"|response|generation|output|推論|思考|考え方|理由|解説|途中式|begründung|lösungsweg|raisonnement|razonamiento|ragionamento)"
    r"(?:_(?:content|trace|text|steps|process))?"
)
RESULT = (
    r"_?(?:の)?(?:(?:final|boxed|extracted|parsed|predicted)_)?(?:answer|result|prediction|pred|conclusion|label|choice"
    r"|最終回答|回答|答え|解答|結論|結果|antwort|ergebnis|réponse|respuesta|risposta|resposta)"
)


def differ(row: Fields, where: Columns) -> bool:
    """Whether the reasoning of a row is somebody's who came to another result than the answer."""
    if where.reasoning is None or where.choices or where.chosen or where.messages or not where.response:
        return False
    own = of(tuple(row), where)
    gold = row.get(where.answer or where.response)
    said, wanted = conclusions.short(row.get(str(own))), conclusions.short(gold)
    if own is None or not said or not wanted or said.casefold() == wanted.casefold():
        return False
    return conclusions.differs(said, wanted) and not conclusions.is_same(said, wanted)


@functools.lru_cache(maxsize=512)
def of(names: tuple[str, ...], where: Columns) -> str | None:
    """The column for what the reasoning's author came to; None where it is nobody's, or that is what is learnt."""
    author = REASONING.fullmatch(verdict_names.plain(str(where.reasoning)))
    if author is None:
        return None
    result = re.compile(re.escape(author[1]) + RESULT)
    taken = (where.prompt, where.response, where.answer, where.reasoning)
    return next((name for name in names if name not in taken and result.fullmatch(verdict_names.plain(name))), None)
