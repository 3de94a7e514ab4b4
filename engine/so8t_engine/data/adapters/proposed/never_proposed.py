"""Columns that a proposed line never learns as the answer, by what they are called: pupils' and systems' answers where
nothing says which are right, a ticket's subject, a question's body, the first step of a solution, the text asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.judged import pupils, verdict_names, verdicts
from so8t_engine.data.adapters.judged.verdict_names import plain
from so8t_engine.data.adapters.proposed import completed, nearest_mapping, tags
from so8t_engine.data.adapters.talks import talk

RIGHT = re.compile(  # which holds the right answer, whatever else is there
    r"(?:the_)?(?:right|correct|model|reference|gold|expected|ideal)_(?:answer|response|solution|option)s?_?\d*"
)
OF_STEPS = re.compile(r"(?:(?:solution|reasoning|hint)_)?(?:steps?|hints?)_?\d*|(?:手順|ヒント|ステップ)_?\d*")
QUESTIONS_OWN = re.compile(r"(?:q|question)_(?:body|text|title|content|details?)")
READ_FIRST = frozenset((
    "article", "passage", "document", "story", "paragraph", "context", "evidence", "本文", "記事", "文脈", "段落",
))  # fmt: skip
TEXT = re.compile(r"(?i)(?:\w+_)?(?:body|text|message|content|comment|note|answer)")  # of an entry of a list
SUMMARY = re.compile(r"summary|zusammenfassung|résumé|resumen|riassunto|resumo|概要|要約|摘要|요약")  # its title
TICKETS = re.compile(
    r"(?:issue|ticket|bug|case)_(?:key|id|type|number|no)|resolution|assignee|assigned_to|reporter|priority|sprint|fix_version"
    r"|bearbeiter|priorität|担当者|優先度|対応状況"
)
TRACKED = re.compile(r"(?:issue|bug)_(?:key|id|type|number)|reporter|sprint|fix_version")  # as in Jira
SORTED_BY = re.compile(
    r"(?:labels?|components?|watchers?|attachments?|(?:fix|affects)_versions?|sprints?|status)(?:_\d+)?"
)
PAGES = re.compile(  # of a wiki, whose labels sort them
    r"space(?:_key|_name)?|last_(?:updated|modified|edited)(?:_by|_at)?|(?:page|parent|ancestor)(?:_id)?|(?:page_)?version|bereich"
    r"|zuletzt_geändert|espace|dernière_mise_à_jour|espacio|última_actualización|スペース|最終更新(?:日時?)?|空间|最后更新|스페이스"
)
STATES = re.compile(  # of a ticket: what became of it
    r"(?:issue_|ticket_)?(?:state|status|stage|resolution)_(?:reason|code|name|detail)|clos(?:e|ed|ing|ure)_(?:reason|code|state|status)"
    r"|author_association|abschlussgrund|schließungsgrund|motif_de_(?:clôture|fermeture)|motivo_de(?:l)?_cierre"
    r"|(?:完了|クローズ|終了|解決)の?理由|关闭原因|종료_?사유"
)
ASKED_BY = re.compile(
    r"(?:requester|submitter|reporter|author|customer|contact|user|owner|creator|created_by)(?:_id|_email)?"
)
WRITTEN_BY = re.compile(r"(?:author|user|sender|from|writer|creator|created_by|posted_by)(?:_id|_email)?")
WRITER = re.compile(  # who said it, of an entry of a list: never what was said
    r"(?:\w+_)?(?:poster|posted_by|login|nick_?name|handle|author|sender|written_by|created_by|from|speaker|user_?name|participant|signature|signed_by)"
    r"(?:_?(?:name|id|email|role|type))?|投稿者|送信者|発言者|記入者|話者|作成者|書いた人|absender|verfasser|autor|auteur|expéditeur|remitente"
    r"|mittente|remetente|autore"
)
SEEN_BY = re.compile(r"(?:is_)?(?:public|private|internal|incoming|inbound|visibility)")  # of what a desk writes
OF_FEEDBACK = re.compile(r"(?:(?:in)?correct|neutral|general)_(?:comments?|feedback)(?:_html)?")  # of a quiz
OF_PUPILS = re.compile(
    r"(?:student|pupil|learner|candidate|examinee)s?_(?:s_)?(?:explanation|reasoning|thought|comment|rationale|name|id)"
    r"|students?|pupils?|learners?|examinees?|生徒|学生|児童|受験者|misconceptions?|(?:生徒|学生|受験者|児童|学習者|解答者)の?(?:説明|考え|理由|コメント|氏名|番号)"
)

INTENTS = re.compile(
    r"(?:\w+_)?intents?(?:_(?:name|id|label))?|absicht(?:en)?|intención|intenção|インテント|意図"
)  # of a chatbot
WORK = re.compile(  # what somebody tried, who may be anybody
    r"(?:rough_?|scratch_?|own_|full_|my_)?(?:workings?|work)|scratch_?pad|(?:first|second|last|my)_(?:try|attempt|answer)"
    r"|attempts?(?:_text)?|tr(?:y|ies)|drafts?|submissions?|submitted_\w+|calculations?|copie|brouillon|calculs?|(?:neben)?rechnung"
    r"|essays?|compositions?|borrador|cálculos?|途中計算|計算過程|計算|下書き|提出物|答案|作文|小論文|感想文"
)
MARKS = re.compile(  # of whoever tried
    r"(?:marks?|points?|scores?|grades?)(?:_(?:awarded|given|obtained|gained|out_of|total))?|(?:max(?:imum)?|total)_(?:marks?|points?|scores?)"
    r"|comments?|コメント|out_of|得点|点数|点|採点|配点|note|punkte|puntos|voto|nota"
)

REVIEWS = re.compile(  # of what pupils wrote
    r"講評|添削\w*|(?:先生|教師|講師|採点者?)の?(?:コメント|所見|一言)|(?:teacher|grader|marker|examiner)s?_(?:s_)?(?:comment|feedback|remark|note)s?"
)
CORRECTED = re.compile(r"correct|korrektur|corrig|correcc|corre[cz]|添削|訂正|修正")
CONSTANT = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*")  # of a program: COMPLETED, NOT_PLANNED
WORDS = re.compile(r"\w+")
NONE = re.compile(r"(?i)none|null|nil|n/?a|unknown|undefined")
SAID = frozenset(("YES", "NO", "TRUE", "FALSE"))
SUM = re.compile(r"[A-Za-z]?\s*=?\s*[-\d(][\d\s.,%+*/×÷^=()xX-]*[-+*/×÷^][\d\s.,%+*/×÷^=()xX-]*")  # x=24*(1-3/8)
FIGURE = re.compile(r"-?\d[\d.,/]*%?")
TOLD_OF = re.compile(  # what somebody says about a row, where its answer stands elsewhere
    r"(?:\w+_)?(?:comments?|metadata|meta|infos?|bemerkung(?:en)?|kommentare?|commentaires?|remarques?|comentarios?|observaciones"
    r"|commenti?|note|observações)|コメント|注記|メタデータ|评论|备注|비고"
)
TARGETS = re.compile(
    r"(?:\w+_)?(?:targets?|gold|labels?|answers?|ground_truth|solutions?|ans)(?:_(?!id|date|count)\w+)?"
)
PLAYED = ("{{user}}", "{{char}}")  # in a character's card, filled in by its program
ENDS = (("start_offset", "end_offset"), ("start", "end"))  # of a span


def are_of_a_character(texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether texts tell a program how to play somebody: none of them asks or answers another."""
    told = [text for said in texts.values() for text in said]
    return all(any(name in text for text in told) for name in PLAYED)


def are_constants(place: str, said: Sequence[str]) -> bool:
    """Whether texts are words of a program, as of a state, or mostly none: what is called an answer may be a class."""
    called = plain(_leaf(place))
    if 2 * sum(NONE.fullmatch(text) is not None for text in said) > len(said):
        return True
    if called in column_words.ANSWERING or column_words.CLASSES.fullmatch(called) or not said:
        return False
    constants = [text for text in said if CONSTANT.fullmatch(text) and text not in SAID]
    return len(constants) == len(said) and (any("_" in text for text in said) or len({*said}) < len(said))


def is_outdone(response: str, rows: Sequence[Mapping[str, Any]], places: Iterable[str]) -> bool:
    """Whether it is a sum beside its result, or a comment beside what is called the target."""
    values = [str(said) for row in rows if (said := verdicts.at(row, response)) not in (None, "")]
    others = [place for place in places if place.partition(".")[0] != response.partition(".")[0]]
    if TOLD_OF.fullmatch(plain(_leaf(response))):
        return any(TARGETS.fullmatch(plain(part)) for place in others for part in place.split("."))
    if not values or not all(map(SUM.fullmatch, values)):
        return False
    return any(_are_results(place, rows) for place in others)


def _are_results(place: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds figures that are neither marks nor numbers of rows."""
    said = [str(verdicts.at(row, place)).strip() for row in rows]
    if nearest_mapping.SAYS_NOTHING.search(place) or MARKS.fullmatch(plain(_leaf(place))) or tags.is_tag(_leaf(place)):
        return False
    return all(map(FIGURE.fullmatch, said)) and said != [str(number) for number, _ in enumerate(said, 1)]


def is_work(name: str) -> bool:
    """Whether a column by its name holds what somebody tried: no part of a question."""
    return WORK.fullmatch(plain(name)) is not None or pupils.is_answer(name)


def forbids(where: Columns, places: Iterable[str]) -> bool:
    """`places`: all that the rows have. What a template asks for is what it was written for."""
    response = str(where.chosen or where.response)
    called = [plain(part) for part in response.split(".")]
    if any(map(OF_STEPS.fullmatch, called)) or any(no.fullmatch(called[-1]) for no in (QUESTIONS_OWN, OF_FEEDBACK)):
        return True
    if "{" not in str(where.prompt) and is_title(response):
        return True
    if "." in response and WRITER.fullmatch(called[-1]):
        return True
    if tags.is_grounds(_leaf(str(where.prompt))):
        return True
    others = [plain(_leaf(place)) for place in places]
    if INTENTS.fullmatch(called[-1]):
        return True
    if any(map(TICKETS.fullmatch, others)) and _is_of_ticket(called[-1], where):
        return True
    sorts = SORTED_BY.fullmatch(called[-1]) is not None
    if sorts and any(of.fullmatch(other) for other in others for of in (TRACKED, PAGES)):
        return True
    stated = called[-1] in ("state", "status") and any(map(STATES.fullmatch, others))
    if stated or STATES.fullmatch(called[-1]):
        return True
    if called[-1] in READ_FIRST and not {*others}.isdisjoint(column_words.QUESTIONS):
        return True
    if completed.OF_SYSTEMS.fullmatch(called[-1]):
        return where.label is None
    tried = any(map(WORK.fullmatch, others)) and any(map(_marks, others))
    if WORK.fullmatch(called[-1]) and tried:
        return True
    if RIGHT.fullmatch(called[-1]) or verdict_names.is_revision(called[-1]):
        return False
    if any(map(RIGHT.fullmatch, others)):
        return True
    remarked = tried or any(pupils.is_answer(other) or REVIEWS.fullmatch(other) for other in others)
    theirs = (remarked and not _answers(called[-1])) or any(map(OF_PUPILS.fullmatch, others))
    return where.label is None and theirs


def _answers(called: str) -> bool:
    """Whether a column by its name answers, explains or corrects: no remark on somebody else's answer."""
    known = called in column_words.REASONING or called in column_words.ANSWERING
    return known or any(names.search(called) for names in (column_words.ANSWERS, CORRECTED))


def _marks(called: str) -> bool:
    """Whether a column by its name has marks, or what whoever marks says."""
    return MARKS.fullmatch(called) is not None or column_words.REMARKS.fullmatch(called) is not None


def are_of_others(places: Iterable[str]) -> bool:
    """Whether answers are there, but pupils' or a system's, and none that is said to be right."""
    parts = [plain(part) for place in places for part in place.split(".")]
    theirs = (OF_PUPILS.fullmatch, completed.OF_SYSTEMS.fullmatch, pupils.is_answer)
    tried = any(map(WORK.fullmatch, parts)) and any(map(_marks, parts))
    return (tried or any(is_one(part) for is_one in theirs for part in parts)) and not any(map(RIGHT.fullmatch, parts))


def list_of_texts(row: Mapping[str, Any]) -> str | None:
    """A list of what several have written (comments, notes, answers), of which nobody can tell which answers."""
    lists = ((name, talk.opened(value)) for name, value in row.items())
    return next((name for name, said in lists if isinstance(said, list) and _are_texts(said)), None)


def _are_texts(said: Sequence[Any]) -> bool:
    objects = [one for one in said if isinstance(one, Mapping)]
    told = [one for one in objects if any(isinstance(one.get(name), str) and TEXT.fullmatch(name) for name in one)]
    return len(told) > 1 and len(told) == len(said)


def takes_of_thread(where: Columns, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first of what several wrote below a ticket would answer it, or the ticket answer that."""
    own = not _answers(plain(_leaf(str(where.response))))
    return is_of_thread(where.response, rows) or (own and is_of_thread(where.prompt, rows))


def is_of_thread(place: str | None, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether it is the first of what several wrote below a ticket: of whoever asks, or of a colleague."""
    name, first, _ = str(place).partition(".0")
    return bool(first) and any(_is_thread(row, talk.opened(verdicts.at(row, name))) for row in rows)


def _is_thread(row: Mapping[str, Any], said: Any) -> bool:
    entries = [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []
    asking = [value for name, value in row.items() if ASKED_BY.fullmatch(plain(name)) and value not in (None, "")]
    first = [value for name, value in entries[0].items() if WRITTEN_BY.fullmatch(plain(str(name)))] if entries else []
    seen = any(SEEN_BY.fullmatch(plain(str(name))) for one in entries for name in one)
    return len(entries) > 1 and (seen or any(value in asking for value in first))


def _is_of_ticket(response: str, where: Columns) -> bool:
    """Whether it is a ticket's title, or the text below that."""
    titled = SUMMARY.fullmatch(plain(str(where.prompt))) is not None
    return SUMMARY.fullmatch(response) is not None or (titled and completed.BODY.fullmatch(response) is not None)


def are_versions(said: Any) -> bool:
    """Whether texts of a list share their words, as corrections of one sentence do, or are single words of English."""
    if not isinstance(said, list) or len(said) < 2 or not all(isinstance(one, str) and one.isascii() for one in said):
        return False
    first, second, *others = ({*WORDS.findall(one.lower())} for one in said)
    bare = all(len(words) == 1 for words in (first, second, *others))
    return bare or 2 * len(first & second) > min(len(first), len(second))


def is_title(place: str) -> bool:
    return completed.TITLE.fullmatch(plain(_leaf(place))) is not None


def _leaf(place: str) -> str:
    return re.sub(r"(?:\.\d+)+$", "", place).rpartition(".")[2]


def is_span(value: Any) -> bool:
    """Whether it says where in a text something stands and what that is called, [0, 4, "NAME"], or several do."""
    if isinstance(value, list) and value and isinstance(value[0], (list, Mapping)):
        return all(map(is_span, value))
    if isinstance(value, Mapping):
        return "label" in value and any(all(name in value for name in names) for names in ENDS)
    return isinstance(value, list) and len(value) == 3 and [type(one) for one in value] == [int, int, str]
