"""Whose reasoning it is, and what its author came to by it: `r1_reasoning` beside `r1_answer`.

Where that is another answer than the one which is learnt, the reasoning leads astray: so it does where the right answer
is learnt in place of the one that stands beside it, unless it is known to be of the right one.
"""

from __future__ import annotations

import functools
import re

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import conclusions, right_beside
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
OF_RIGHT = re.compile(  # reasoning that is of the right answer by its name
    r"(?:reference|gold(?:en|_standard)?|ground_truth|gt|correct|right|ideal|expected|official|expert|teacher|tutor"
    r"|instructor|professor|author|human)s?_\w+|\w+_(?:of|for)_(?:the_)?(?:correct|right|reference)_\w+"
    r"|(?:正解|正答|模範|先生|教師|教員|講師|専門家|監修者|公式)\w+|(?:老师|教师|名师|专家|标准)\w+|(?:선생님|교사|강사|전문가|정답|모범)\w+"
    r"|\w+_(?:der_lehrkraft|des_lehrers|du_prof\w*|de_l_enseignant|del_(?:profesor|docente|maestro|professore)"
    r"|d[oa]_(?:professor|docente)|dell_insegnante|nauczyciela)|muster\w+"
)
EXPLAINS = re.compile(  # a task as its author does, where no model has answered it
    r"(?:answer_|detailed_)?explanations?|(?:worked_)?solutions?|solution_steps|how_to_solve|feedback|解説文?|かいせつ|説明|解き方|解法|求め方"
    r"|解析|讲解|题目解析|해설|풀이|erklärung(?:en)?|erläuterung(?:en)?|lösungsweg|explications?|explicaci(?:ón|ones)"
    r"|resolución|explicaç(?:ão|ões)|comentários?|spiegazion[ei]|svolgimento|объяснение|wyjaśnienie|rozwiązanie|açıklama"
)


def differ(row: Fields, where: Columns) -> bool:
    """Whether the reasoning of a row is somebody's who came to another result than the answer."""
    if where.reasoning is None or where.choices or where.chosen or where.messages or not where.response:
        return False
    own = of(tuple(row), where)
    if own is None:
        return False
    said, wanted = conclusions.short(row.get(own)), conclusions.short(row.get(where.answer or where.response))
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


def without_anothers(row: Fields, where: Columns, right: Columns | None) -> Columns | None:
    """The mapping to the right answer, without the reasoning by which its author came to the one that it replaces.

    `where`: the mapping to that one. What holds the right answer was come to by as good a reasoning.
    """
    if right is None or right.response == where.response or not right.reasoning or not where.response:
        return right
    said, gold = row.get(where.response), right_beside.text_of(row.get(str(right.response)))
    if isinstance(said, str) and gold is not None and gold.strip(" .。").casefold() in said.casefold():
        return right
    return without_reasoning(right) if may_be_of(right.reasoning, where.response) else right


def is_replaced(learnt: str, other: Columns) -> bool:
    """Whether an answer is learnt in place of the one that `other` names, and of the reasoning that may be of that."""
    called, replaced = verdict_names.plain(learnt), verdict_names.plain(str(other.response))
    is_one = replaced in (*right_beside.ANSWERS, "response", "output") or right_beside.CANDIDATES.fullmatch(replaced)
    is_right = called in right_beside.NAMES or (called in right_beside.OF_ITS_OWN and called != replaced)
    if not (is_right and is_one) and not verdict_names.is_revision(learnt):
        return False
    return may_be_of(str(other.reasoning), str(other.response))


@functools.lru_cache(maxsize=512)
def may_be_of(reasoning: str, replaced: str) -> bool:
    """Whether reasoning may be what led to an answer that is not learnt: it is not known to be of the right one."""
    name = verdict_names.plain(reasoning)
    if OF_RIGHT.fullmatch(name):
        return False
    is_models = right_beside.OF_MACHINE.fullmatch(verdict_names.plain(replaced)) is not None
    return is_models or EXPLAINS.fullmatch(name) is None


@functools.lru_cache(maxsize=512)
def without_reasoning(where: Columns) -> Columns:
    return where.model_copy(update={"reasoning": None})
