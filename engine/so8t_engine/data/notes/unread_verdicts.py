"""That a column which nothing reads looks like a verdict on the answers or a score of them, and the line for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import (
    fault_flags,
    score_limits,
    user_labels,
    verdict_names,
    verdict_values,
)
from so8t_engine.data.notes import expired_notes, label_notes
from so8t_engine.sentences import Sentence, sentence

LIKE_A_VERDICT = re.compile(  # by its name a column may judge; whether it does its values tell, or only who made it
    r"accept|approv|verif|valid|correct|accura|review|judg|verdict|grade|rating|rated|feedback|helpful|useful|quality"
    r"|confiden|trust|reliab|error|mistake|flag|reject|(?:^|_)best|stars?(?:$|_)|satisf|vote|(?:^|_)eval|assess|check"
    r"|comment|remark|正誤|正確|判定|採用|承認|却下|評価|品質|満足|審査|検証|査読|レビュー|ベスト|役に?立|信頼|適切|妥当"
    r"|エラー|フラグ|コメント|備考|指摘"
)
VALIDITY = re.compile(  # until or from when an answer holds: of no use without today's date
    r"(?:is_)?valid_?(?:from|until|till|thru|through|to|since|date|on|before|after)|validity_(?:date|start|end|period)"
    r"|(?:\w+_)?expir(?:y|es|ation|ing)(?:_\w+)?"
    r"|(?:best_before|effective)(?:_\w+)?|g[üu]e?ltig(?:_?(?:bis|ab|von|seit)|keit\w*)|ablauf\w*|läuft_ab\w*"
    r"|valable_\w+|valide_(?:du|au|jusqu\w*)|expire_le|v[áa]lid[oa]_(?:desde|hasta|até|de|a)|vigencia|caducidad|valid[oa]_(?:dal?|fino)\w*"
    r"|scaden\w+|(?:有効|適用|使用|掲載|公開)(?:期[限間]|開始|終了)\w*|失効\w*|有效期\w*"
)
DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[T ].{0,20})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?: .{0,12})?"
)
FEW_VALUES = 12  # different ones, from which on a column tells of more than good and bad
LONGEST_GRADE, MOST_GRADES = 2, 100  # "A+", and how many of them
SCORES = re.compile(
    r"(?:\w+_)?(?:score|quality|grade|rating|points|marks?|stars?|confidence|reward|faithfulness|groundedness|relevanc[ey]"
    r"|similarity|accuracy|helpfulness|usefulness)s?|(?:schul|gesamt)?noten?|zensur(?:en)?|punktzahl|(?:\w+)?(?:評価点|点数|得点|スコア|評点|成績|品質|評価|満足度)"
)
LETTERED = re.compile(r"labels?|ranks?|class|ラベル|ランク|等級|区分")  # of which A, B and C may be grades
COUNTS = re.compile(  # of what people thought of an answer
    r"(?:\w+_)?(?:up|down)?_?votes?(?:_count)?|(?:\w+_)?(?:dis)?likes?(?:_count)?|(?:num|n|count|total)_\w*(?:helpful|useful)\w*"
    r"|\w*(?:helpful|useful)\w*|\w*thumbs\w*|いいね\w*|\w*役に?立\w*|参考に\w*"
)


def note(name: str, held: Sequence[object], where: Columns, tool: str | None, of_runs: bool) -> Sentence | None:
    """One that tells answers apart: by words for good and bad, by signs, or, where it is called so, by its figures.

    `held`: what stands there in all rows.
    """
    values = Counter(map(_value, held))
    said = {value: count for value, count in values.items() if value not in (None, "")}
    shown = label_notes.first(Counter({label_notes.shown(value): count for value, count in said.items()}))
    findings = {verdict_values.called(value) for value in said if not verdict_values.is_unsettled(value)}
    figures = _figures(held)
    if (expired := expired_notes.note(name, held, where, tool)) is not None:
        return expired
    if VALIDITY.fullmatch(verdict_names.plain(name)) or (said and all(DATE.fullmatch(str(value)) for value in said)):
        return None
    graded = bool(figures) or all(len(str(value)) <= LONGEST_GRADE for value in said)
    kind = verdict_names.kind_of(name, where.response) if of_runs else None
    if kind in verdict_names.OF_RUNS and (not graded or said.keys() <= {True, False, "0", "1"}):
        findings = {verdict_values.finding(kind, value) for value in said}  # of what the data set itself answers
    called = [verdict_names.plain(name), verdict_names.plain(verdict_names.IN_PARENTHESES.sub("", name))]
    judges = any(LIKE_A_VERDICT.search(each) or fault_flags.is_one(each) for each in called)
    judges = judges and (of_runs or kind is None)
    counts = any(abs(figure) > 1 for figure in figures)
    if not figures and findings.issuperset({True, False}) and verdict_names.kind_of(name, where.response) == "stated":
        findings = {True, False}  # of a state, beside words that are not known
    if judges and findings != {True, False} and not counts:
        judge = user_labels.kind_of_label({}, name)
        known = {
            verdict_values.finding(judge, value) if verdict_values.is_known(judge, value) else None for value in said
        }
        told = known - {None}
        findings = told if len(told) == 2 else {True} if True in told and None in known and not graded else findings
    others = len(said) < len(values) or (judges and len(said) > 1)
    marks_some = findings == {True} and others  # which say nothing
    scored = verdict_names.SCALE.search(name) is not None or any(map(SCORES.fullmatch, called))
    rated_once = bool(figures) and scored and len(values) > len(said) == 1
    if len(said) < 2 and not (marks_some or rated_once):
        return None
    if marks_some or findings == {True, False} or said.keys() in ({1, -1}, {"1", "-1"}):
        line = label_notes.line_with(name, where, tool)
        return sentence("data.looks_like_verdict", column=name, values=shown, line=line)
    of_people = counts and any(map(COUNTS.fullmatch, called))
    are_few = len(said) <= FEW_VALUES and 2 * len(said) <= len(held)
    scored = scored or LETTERED.fullmatch(called[0]) is not None
    are_words = not figures and all(len(str(value)) <= verdict_values.LONGEST for value in said)
    if figures and (of_people or (scored and len(said) <= MOST_GRADES) or (judges and are_few)):
        limit = label_notes.line_with(score_limits.proposed(name, figures), where, tool)
        return sentence("data.looks_like_score", column=name, values=shown, line=limit)
    may_be_state = of_runs and not graded and label_notes.is_state(name)
    if are_words and ((graded and scored and len(said) <= MOST_GRADES) or ((judges or may_be_state) and are_few)):
        return label_notes.may_judge(name, said, where, tool)
    return None


def _value(value: object) -> str | float | None:
    return value if isinstance(value, (str, int, float)) else None if value is None else label_notes.shown(value)


def _figures(held: Sequence[object]) -> list[float]:
    """What scores come to that stand in a column, also several in one cell; none where anything else stands there."""
    given = [one for value in held for one in score_limits.scores_in(value) if one not in (None, "")]
    figures = [figure for one in given if (figure := score_limits.figure_of(one)) is not None]
    return figures if len(figures) == len(given) else []
