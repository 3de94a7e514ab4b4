"""A question, the reasons, and what they come to under a name that elsewhere judges: "Gutachten" and "Ergebnis"; or as
a model's prediction, beside what says whether it is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names, column_words
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.proposed import nearest_mapping

ISSUES = re.compile(
    r"(?:legal_)?issues?|legal_questions?|questions?_presented|rechtsfrage|question_de_droit|争点|論点|法的?論点|爭點|쟁점"
)
OF_ISSUES = re.compile(  # what is reasoned, in its order: of an opinion, IRAC
    r"(?:legal_)?rules?|(?:legal_)?(?:norm|standard|principle)s?|規範|法規範|適用法条|判断基準|analysis|application|discussion|subsumtion|reasoning"
    r"|検討|考察|あてはめ|当てはめ|分析|理由"
)
RESULT = re.compile(
    r"holding|ruling|(?:end)?ergebnis|resultat|résultat|resultado|risultato|results?|conclusions?|conclusión|conclusione|conclusão|fazit"
    r"|結論|結果|结论|结果|결론|결과|вывод|результат"
)
PREDICTED = re.compile(
    r"(?:model_)?predict(?:ion|ed)(?:_(?:answer|result|label))?|vorhersage"
    r"|prédiction|predicción|予測"
)
ABOUT = re.compile(  # the facts of a case, which a question is about
    r"sachverhalt|fall|tatbestand|(?:les_)?faits|hechos|fatti|fatos|(?:case_|key_)?facts(?:_of_the_case)?|case|scenario|事実関係|事実|事案|事例"
    r"|案情|案件事实|사실관계|사안"
)


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """Only proposed, and not where the result says good or bad."""
    names = {verdict_names.plain(name): name for name in rows[0]}
    asking = (*column_words.QUESTIONS, *column_words.PROMPT)
    prompt = next((names[name] for name in asking if name in names), None)
    prompt = prompt or next((name for plain, name in names.items() if ISSUES.fullmatch(plain)), None)
    result = next((name for plain, name in names.items() if RESULT.fullmatch(plain)), None)
    result = result or next((name for plain, name in names.items() if PREDICTED.fullmatch(plain)), None)
    response, _, reasoning = column_names.answering(tuple(rows[0]))
    if result is not None and ISSUES.fullmatch(verdict_names.plain(str(prompt))):
        parts = [name for plain, name in names.items() if OF_ISSUES.fullmatch(plain) and name not in (prompt, result)]
        reasoning = "\\n".join(f"{{{name}}}" for name in parts) if len(parts) > 1 else next(iter(parts), None)
    if None in (prompt, result, reasoning) or response is not None or _judges(rows, str(result)):
        return None
    taken = (prompt, reasoning)
    query = next((name for plain, name in names.items() if ABOUT.fullmatch(plain) and name not in taken), None)
    label = nearest_mapping.judging(rows[0], str(prompt), str(result))
    if query is not None and ISSUES.fullmatch(verdict_names.plain(str(prompt))):
        prompt, query = f"{{{query}}}\\n\\n{{{prompt}}}", None
    return Columns(prompt=prompt, query=query, response=result, reasoning=reasoning, label=label)


def is_one(where: Columns) -> bool:
    """Whether the answer of a mapping is such a result."""
    called = verdict_names.plain(str(where.response))
    return where.reasoning is not None and any(names.fullmatch(called) for names in (RESULT, PREDICTED))


def _judges(rows: Sequence[Fields], name: str) -> bool:
    return any(verdict_values.called(row.get(name)) is not None for row in rows if len(str(row.get(name))) <= 20)
