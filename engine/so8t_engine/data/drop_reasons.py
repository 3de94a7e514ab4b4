"""Why a row is left out: the closed list of reasons, for rows that cannot be read or are dropped later.

Checkpoints, provenance.json, counts.json and report.json hold a reason as its English text, so the English of these
sentences never changes; `of_text` finds the sentence again, for whoever reads it in another language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from so8t_engine.sentences import Sentence, sentence, verbatim

# A row that cannot be read (row_readers.py).
NOT_UTF8 = sentence("data.not_utf8")
TOO_LONG = sentence("data.too_long")
NOT_JSON = sentence("data.not_json")
NOT_OBJECT = sentence("data.not_object")
NOT_UNICODE = sentence("data.not_unicode")
WRONG_FIELDS = sentence("data.wrong_fields")
OPEN_QUOTE = sentence("data.open_quote")

# A row that an adapter passes over (adapters/).
OTHER_SHAPE = sentence("data.other_shape")
EMPTY_FIELD = sentence("data.empty_field")
ONE_PARAGRAPH = sentence("data.one_paragraph")
NO_QUESTION = sentence("data.no_question")
ENDS_IN_CALL = sentence("data.ends_in_call")
NO_RIGHT_OPTION = sentence("data.no_right_option")
SEVERAL_RIGHT = sentence("data.several_right")
OTHER_OPTIONS = sentence("data.other_options")
TWO_RIGHT_OPTIONS = sentence("data.two_right_options")
LETTER_OF_ANOTHER = sentence("data.letter_of_another")
NO_GOLD_ANSWER = sentence("data.no_gold_answer")
ONLY_CHECKED = sentence("data.only_checked")
UNREVISED = sentence("data.unrevised")
UNANSWERED = sentence("data.unanswered")
NOT_ACCEPTED = sentence("data.not_accepted")
NO_CORRECT_SOLUTION = sentence("data.no_correct_solution")
NOT_FIRST_REPLY = sentence("data.not_first_reply")
NOT_BEST_REPLY = sentence("data.not_best_reply")
INTERNAL_NOTE = sentence("data.internal_note")
SAME_BEGINNING = sentence("data.same_beginning")
UNKNOWN_SAFETY = sentence("data.unknown_safety")
LABELLED_BAD = sentence("data.labelled_bad")
ANSWERS_UNSAFE = sentence("data.answers_unsafe")
MAY_COMPLY = sentence("data.may_comply")
BARE_REFUSAL = sentence("data.bare_refusal")
UNKNOWN_ROLE = sentence("data.unknown_role")
NEEDS_MEDIA = sentence("data.needs_media")
BROKEN_TRACE = sentence("data.broken_trace")
NO_ANSWER = sentence("data.none_in_place")
CONTRADICTS = sentence("data.contradicts")
OF_TABLE = sentence("data.of_table")
OF_A_TALK = sentence("data.of_a_talk")
PLACEHOLDER = sentence("data.placeholder")
STRUCK_OUT = sentence("data.struck_out")

# A record that is not kept (steps/integrate.py).
HOLDS_TAGS = sentence("data.holds_tags")
LONG_PROMPT = sentence("data.long_prompt")
LONG_RESPONSE = sentence("data.long_response")
OTHER_LANGUAGE = sentence("data.other_language")
EVALUATED = sentence("data.evaluated")
DUPLICATE = sentence("data.duplicate")
NEAR_DUPLICATE = sentence("data.near_duplicate")
HOLDS_EVALUATED = sentence("data.holds_evaluated")
BROKEN_ENCODING = sentence("data.broken_encoding")
REPEATS = sentence("data.repeats")
UNFILLED = sentence("data.unfilled")
DISCLAIMS = sentence("data.disclaims")
OTHER_LICENCE = sentence("data.other_licence")
CAPPED = sentence("data.capped")
NOT_DRAWN = sentence("data.not_drawn")

# A record that is not learnt (steps/convert.py).
FINAL_ONLY = sentence("data.final_only")
TOO_MANY_TOKENS = sentence("data.too_many_tokens")

BAD = (NOT_UTF8, TOO_LONG, NOT_JSON, NOT_OBJECT, NOT_UNICODE, WRONG_FIELDS, OPEN_QUOTE)
DROPPED = (
    OTHER_SHAPE,
    EMPTY_FIELD,
    ONE_PARAGRAPH,
    NO_QUESTION,
    ENDS_IN_CALL,
    NO_RIGHT_OPTION,
    SEVERAL_RIGHT,
    OTHER_OPTIONS,
    TWO_RIGHT_OPTIONS,
    LETTER_OF_ANOTHER,
    NO_GOLD_ANSWER,
    ONLY_CHECKED,
    UNREVISED,
    UNANSWERED,
    NOT_ACCEPTED,
    NO_CORRECT_SOLUTION,
    NOT_FIRST_REPLY,
    NOT_BEST_REPLY,
    INTERNAL_NOTE,
    SAME_BEGINNING,
    UNKNOWN_SAFETY,
    LABELLED_BAD,
    ANSWERS_UNSAFE,
    MAY_COMPLY,
    BARE_REFUSAL,
    UNKNOWN_ROLE,
    NEEDS_MEDIA,
    BROKEN_TRACE,
    NO_ANSWER,
    CONTRADICTS,
    OF_TABLE,
    OF_A_TALK,
    PLACEHOLDER,
    STRUCK_OUT,
    HOLDS_TAGS,
    LONG_PROMPT,
    LONG_RESPONSE,
    OTHER_LANGUAGE,
    EVALUATED,
    DUPLICATE,
    NEAR_DUPLICATE,
    HOLDS_EVALUATED,
    BROKEN_ENCODING,
    REPEATS,
    UNFILLED,
    DISCLAIMS,
    OTHER_LICENCE,
    CAPPED,
    NOT_DRAWN,
    FINAL_ONLY,
    TOO_MANY_TOKENS,
)
# Left out because the configuration asks for it, or because its source is made so: not a sign of a bad source.
EXPECTED = (
    NOT_FIRST_REPLY,
    NOT_BEST_REPLY,
    OF_A_TALK,
    UNANSWERED,
    NOT_ACCEPTED,
    LABELLED_BAD,
    ANSWERS_UNSAFE,
    MAY_COMPLY,
    BARE_REFUSAL,
    OTHER_LANGUAGE,
    OTHER_LICENCE,
    CAPPED,
    NOT_DRAWN,
    LONG_PROMPT,
    LONG_RESPONSE,
)

LABELLED_BAD_BY = "data.labelled_bad_by"
CUT_OFF_BY = "data.cut_off_by"
TIED = "data.votes_are_tied"
NONE_IS_BETTER = "data.none_is_better"
BY_A_VERDICT = (LABELLED_BAD_BY, CUT_OFF_BY, TIED)
OTHER_THAN_GOLD = "data.other_than_gold"
UNPAIRED = "data.unpaired"
# As files hold them; an older version wrote no quotes.
BY_COLUMN = re.compile(r"its answer is labelled bad \(('?)(.*)\1: (.*?)\)")
BY_END = re.compile(r"its answer is cut off \('(.*)': (.*?)\)")
BY_TIE = re.compile(r"as many people call its answer good as bad \('(.*)'\)")
BY_DRAW = re.compile(r"none of its answers is called the better one \('(.*)'\)")
BY_COUNT = re.compile(r"'(.*)' has not one entry for each answer in '(.*)'")
BY_GOLD = re.compile(r"it comes to another answer than '(.*)' says")


def labelled_bad(column: str, value: str) -> Sentence:
    """LABELLED_BAD, by which column and by which of its values: of a closed list, so that reasons stay few."""
    return sentence("data.labelled_bad_by", column=column, value=value)


def cut_off(column: str, value: str) -> Sentence:
    """That the answer was not written to its end, by which column and by which of its values."""
    return sentence("data.cut_off_by", column=column, value=value)


def tied(column: str) -> Sentence:
    """That as many people call the answer good as bad, in those columns."""
    return sentence("data.votes_are_tied", column=column)


def none_is_better(column: str) -> Sentence:
    """That several answers to one question are called equally good, in that column."""
    return sentence("data.none_is_better", column=column)


def other_than_gold(column: str) -> Sentence:
    """That the answer comes to something else than the gold one in that column."""
    return sentence("data.other_than_gold", column=column)


def unpaired(column: str, answers: str) -> Sentence:
    """That a list which judges several answers is shorter or longer than theirs."""
    return sentence("data.unpaired", column=column, answers=answers)


def of_text(text: str) -> Sentence:
    """The reason with that English text; the text itself where it is none of them (another version wrote it)."""
    if (by := BY_COLUMN.fullmatch(text)) is not None:
        return labelled_bad(by[2], by[3])
    if (by := BY_END.fullmatch(text)) is not None:
        return cut_off(by[1], by[2])
    if (by := BY_TIE.fullmatch(text)) is not None:
        return tied(by[1])
    if (by := BY_DRAW.fullmatch(text)) is not None:
        return none_is_better(by[1])
    if (by := BY_COUNT.fullmatch(text)) is not None:
        return unpaired(by[1], by[2])
    if (by := BY_GOLD.fullmatch(text)) is not None:
        return other_than_gold(by[1])
    return _by_text().get(text) or verbatim(text)


def is_expected(text: str) -> bool:
    """Whether a reason, by its English text, is one of EXPECTED."""
    by_a_column = any(pattern.fullmatch(text) for pattern in (BY_COLUMN, BY_END, BY_GOLD, BY_TIE, BY_DRAW))
    return by_a_column or text in {str(reason) for reason in EXPECTED}


def with_counts(rows: Mapping[str, int]) -> list[Sentence]:
    """Reasons as files hold them, each with its number of rows, the most frequent first; for a sentence."""
    ordered = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    return [sentence("data.reason_count", reason=of_text(text), count=count) for text, count in ordered]


@functools.cache
def _by_text() -> Mapping[str, Sentence]:
    return {str(reason): reason for reason in (*BAD, *DROPPED)}
