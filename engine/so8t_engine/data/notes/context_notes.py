"""Columns that are not read but may be what the questions are about (reviews, policies), or what answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from so8t_engine.config.run_config import Columns, Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names, mapped, row_mapping
from so8t_engine.data.adapters.answers import labels_beside, paragraphs
from so8t_engine.data.adapters.judged import evaluated, verdict_names
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index, Skip
from so8t_engine.data.adapters.proposed import nearest_mapping, never_proposed
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence

FEWEST = 2  # rows whose answers stand there
LOOKED_AT = 200  # rows
AGAIN = 0.6  # of its words
SHORTEST = 30  # characters of a text that questions are about
NAMES_A_TEXT = re.compile(  # that the question itself does not hold
    r"(?i)\b(?:the|this|that|these|those) (?:(?:above|following|given|provided|attached) )?(?:texts?|passages?"
    r"|articles?|documents?|paragraphs?|tables?|transcripts?|e-?mails?|reviews?|contracts?|reports?|excerpts?|story"
    r"|context|call|conversation|dialogue|letter|clause|policy|schema|database|chart|ticket|abstract|description"
    r"|manual|snippets?)\b|\baccording to the\b"
    r"|(?:この|その|上の|次の|以下の|上記の?|下記の?)(?:文章?|本文|記事|資料|文書|表|会話|通話|メール|レビュー|口コミ"
    r"|契約書?|規程|規約|段落|テキスト|レポート|報告書?|抜粋|物語|議事録|説明書?|データベース)|本文|文中|資料に"
    r"|によると|によれば"
)
OF_PROOFS = re.compile(r"(?:\w+_)?(?:proofs?|derivations?|beweis|preuve|証明|证明)(?:_\w+)?")
OF_MODELS = re.compile(
    r"gpt|claude|gemini|llama|mistral|qwen|deepseek|(?:^|_)(?:model|llm|ai|system|prediction)(?:$|_)"
)
TYPED_ONCE = re.compile(  # for several questions below each other; a `context` or an `input` may be there or not
    r"(?:\w+_)?(?:passage|article|story|paragraph|document|text|lesetext|texte|texto|testo|tekst)(?:_text)?|(?:課題|問題)?本文|課題文|長文"
    r"|記事|段落|資料|文章|短文|지문|본문|课文|текст"
)
WORKED = re.compile(r"(?i)\d\s*[=＝]\s*\d|よって|ゆえに|∴|\b(?:therefore|hence)\b")
WORD = re.compile(r"[^\W_ぁ-ゖァ-ヺ一-龠ー]{3,}|\d+|[一-龠ァ-ヺー]{2,}")
COMMON = frozenset((
    "the", "and", "are", "was", "for", "you", "not", "his", "her", "its", "they", "with", "that", "this", "from",
    "have", "has", "does", "yes", "der", "die", "das", "und", "les", "des", "est", "los", "las",
))  # fmt: skip


def note(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    """The first of them, with the line that asks about it; None where the user has mapped the columns."""
    if dataset.columns is not None:
        return None
    told = [_told(row, where) for row in rows[:LOOKED_AT]]
    names = [name for name in column_names.unused(tuple(rows[0]), where) if _may_be_about(name, rows[0])]
    for name in names:
        texts = [_text(row.get(name), name) for row in rows[: len(told)]]
        answers = _hold_answers(texts, told)
        if answers and (column_names.is_hint(name) or _work_out(texts, told)):
            if where.reasoning is None and not where.messages and where.prompt:
                thought = column_names.line(where.model_copy(update={"reasoning": name}), tool)
                return sentence("data.thought_stands_in", column=name, line=thought)
            continue
        if answers and _say_again(texts, told):
            continue
        line = _line(name, rows[0], where, tool) if answers or _are_spoken_of(texts, told) else None
        if line is not None and answers:
            return sentence("data.answers_stand_in", column=name, line=line)
        if line is not None:
            return sentence("data.questions_speak_of", column=name, line=line)
    return None


def typed_once(rows: Sequence[Fields], where: Columns) -> Sentence | None:
    """That a text stands in the first row of several questions alone, and is asked with that one alone."""
    if where.query is None or TYPED_ONCE.fullmatch(verdict_names.plain(where.query)) is None:
        return None
    held = [str(row.get(where.query) or "").strip() != "" for row in rows]
    without = held.count(False)
    if not held[0] or without < FEWEST or 4 * without < len(held):
        return None
    return sentence("data.text_typed_once", column=where.query, count=without)


def scored(dataset: Dataset, rows: Sequence[Fields], where: Columns, tool: str | None, index: Index) -> Sentence | None:
    """That a reference is learnt and not the answer beside it, and how to learn that one."""
    if (said := _beside(dataset, rows, tool, index)) is not None:
        return said
    names = evaluated.without_scores(tuple(rows[0]), where.response, verdict_names.plain)
    other = column_names.guess(names) if names is not None and dataset.columns is None else None
    if other is None or other.response in (None, where.response) or other.choices:
        return None
    line = column_names.line(other.model_copy(update={"label": None, "answer": None}), tool)
    return sentence("data.reference_learnt", column=other.response, reference=where.response, line=line)


def _beside(dataset: Dataset, rows: Sequence[Fields], tool: str | None, index: Index) -> Sentence | None:
    """In how many rows the text is learnt that is called right, and not the answer beside it."""
    guessed = column_names.guess(tuple(rows[0])) if dataset.columns is None else None
    if guessed is None:
        return None
    mapped_to = ((row, where) for row in rows if (where := row_mapping.right_one(row, guessed)) is not None)
    found = ((row, where) for row, where in mapped_to if row.get(str(where.response)) not in ("", None))
    read = (labels_beside.applied(where, row, index) for row, where in found)
    turned = [where for where in read if where.response != guessed.response]
    if not turned:
        return None
    line = column_names.line(guessed.model_copy(update={"label": None, "answer": None}), tool)
    right = turned[0].response
    return sentence("data.right_one_learnt", column=guessed.response, right=right, count=len(turned), line=line)


def right_results(notes: Iterable[Sentence], reasons: Sequence[Sentence]) -> Sentence | None:
    """Where the right answer stands for another one: what becomes of rows in which it is a mere result."""
    said = next((note for note in notes if note.code == "data.right_one_learnt"), None)
    of_right = (*drop_reasons.BY_A_VERDICT, drop_reasons.OTHER_THAN_GOLD)
    if said is None or not reasons or any(why.code not in of_right for why in reasons):
        return None
    named = {"column": said.args["column"], "right": said.args["right"]}
    return sentence("data.right_result_asked", count=len(reasons), **named)


def _told(row: Fields, where: Columns) -> tuple[str, str]:
    """What a row asks and answers; empty where it does neither."""
    try:
        if where.messages:
            turns = talk.turns(row.get(where.messages))
            said = next((text for role, text in reversed(turns) if role == talk.ASSISTANT), "")
            return "\n".join(text for role, text in turns if role == talk.USER), said
        answer = row.get(str(where.chosen or where.response))
        asked = mapped.at(row, str(where.prompt))
    except (Skip, *OTHER_SHAPES):
        return "", ""
    return (asked if isinstance(asked, str) else ""), (answer if isinstance(answer, str) else "")


def _may_be_about(column: str, row: Fields) -> bool:
    """Whether by its name it is no answer, no thought, no remark, nothing else that is known."""
    plain = verdict_names.plain(column)
    return not (
        nearest_mapping.never_answers(column, row)
        or never_proposed.is_work(column)
        or (column_names.is_reasons(column) and not column_names.is_hint(column))
        or column_names.is_part(column)
        or OF_MODELS.search(plain)
        or OF_PROOFS.fullmatch(plain)
    )


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        opened = talk.opened(value)
        return value if isinstance(opened, str) else paragraphs.text_of(opened, name) or value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return paragraphs.text_of(value, name) or ""


def _hold_answers(texts: Sequence[str], told: Sequence[tuple[str, str]]) -> bool:
    """Whether most answers stand there, in words that their questions have not."""
    shares = [_share(text, *asked) for text, asked in zip(texts, told, strict=True)]
    held = sum(share is not None and share >= 0.5 for share in shares)
    return held >= FEWEST and 2 * held > len(shares) - shares.count(None)


def _say_again(texts: Sequence[str], told: Sequence[tuple[str, str]]) -> bool:
    """Whether most of the texts are question and answer in one sentence, which would give the answer away."""
    pairs = [(_words(text), _words(asked) | _words(said)) for text, (asked, said) in zip(texts, told, strict=True)]
    given = [(words, known) for words, known in pairs if words]
    return 2 * sum(AGAIN * len(words) <= len(words & known) for words, known in given) > len(given)


def _work_out(texts: Sequence[str], told: Sequence[tuple[str, str]]) -> bool:
    """Whether most of the texts calculate or conclude, and no question names them."""
    given = [text for text in texts if text.strip()]
    worked = sum(WORKED.search(text) is not None for text in given)
    return 2 * worked > len(given) and not any(NAMES_A_TEXT.search(asked) for asked, _ in told)


def _are_spoken_of(texts: Sequence[str], told: Sequence[tuple[str, str]]) -> bool:
    """Whether most questions are about a text, by what they say."""
    differ = len({*texts} - {""}) >= FEWEST
    filled = [(text, *asked) for text, asked in zip(texts, told, strict=True) if text.strip() and asked[0]]
    count = sum(_is_spoken_of(*each, differ) for each in filled)
    return count >= FEWEST and 2 * count > len(filled)


def _share(text: str, asked: str, said: str) -> float | None:
    """How much of an answer stands in a text; None where it has no words of its own, or the text is no longer."""
    words = _words(said) - _words(asked) if said and asked else frozenset()
    if not words or len(text) <= len(said):
        return None if not words else 0.0
    given = _words(text)
    restates = 4 * len(given & (_words(asked) | _words(said))) >= 3 * len(given)
    if restates and WORKED.search(text) is None:  # the answer as a sentence: a hypothesis
        return 0.0
    return len(words & given) / len(words)


def _is_spoken_of(text: str, asked: str, said: str, differ: bool) -> bool:
    """Whether a question names a text, or has most of its words from this one."""
    if len(text) < SHORTEST or paragraphs.REFERENCE.fullmatch(text) or asked in text:
        return False
    if NAMES_A_TEXT.search(asked):
        return True
    words = _words(asked)
    shared = len(words & _words(text))
    return differ and len(text) > 2 * len(asked) and len(text) > len(said) and shared > 1 and 2 * shared >= len(words)


def _line(column: str, row: Fields, where: Columns, tool: str | None) -> str | None:
    """In front of the question; as the system's text of a talk that has none."""
    if where.messages:
        if where.system is not None or where.prompt or not isinstance(row.get(column), str):
            return None
        return column_names.line(where.model_copy(update={"system": column}), tool)
    if where.prompt is None:
        return None
    if not isinstance(row.get(column), str) and where.query is None and not where.choices:
        return column_names.line(where.model_copy(update={"query": column}), tool)
    asked = where.prompt if "{" in where.prompt else f"{{{where.prompt}}}"
    return column_names.line(where.model_copy(update={"prompt": f"{{{column}}}\\n\\n{asked}"}), tool)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.lower()) if word not in COMMON)
