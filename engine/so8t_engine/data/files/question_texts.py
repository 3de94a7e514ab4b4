"""Questions and answers in a text for people: each behind "Q:" and "A:", 質問： and 回答：, or questions as headings.

What stands behind a mark goes on to the next one, over empty lines too; what stands above the first belongs to none.
Lines of thought between them, or below the answer, are known by their labels (labelled_thoughts.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Literal

from so8t_engine.data.drop_reasons import TOO_LONG
from so8t_engine.data.files import footers, labelled_thoughts, question_headings, question_lines
from so8t_engine.data.files.row_readers import BadRow, RawRow, row, text_lines
from so8t_engine.sentences import Sentence, sentence

HEAD = 1 << 16  # bytes
FEWEST, MOST_NAMED = 2, 5
ASKS = (
    "Q|Ｑ",
    "question|質問|問い?|frage|pregunta|domanda|pergunta|câu(?: hỏi)?|问题?|題目|题目|질문|문제|вопрос",
)  # letters, words
SETS = (  # where nothing asks so
    "problem|exercise|task|問題|例題|設問|aufgabe|exercice|problème|ejercicio|esercizio"
    "|exercício|bài(?: tập| toán)?|задача"
)
ANSWERS = (
    "A|Ａ",
    "ans(?:wer)?|回答|答え?|antwort|réponse|respuesta|risposta|resposta"
    "|đáp (?:án|số)|trả lời|(?:参考|標準|标准)?答案?|정답|답변?|ответ",
)
OTHER_LETTER = re.compile(r"(?m)^[ \t]*[BＢ][ \t]*[.)．:：]")  # options, speakers
BETWEEN = (
    re.compile(  # of sections, behind an empty line: "RETURNS", 【返品について】, ■返品について; 以上 closes a text
        r"#{1,6}[ \t].*|[-=*_・－―]{3,}|\d{1,4}[.)．]?|【[^】]{1,40}】|[■□●◆◇▼▽★☆◎▲△][^。.!?！？]{1,40}"
        r"|[A-Z][A-Z0-9 &/'-]{3,40}|以上(?:です)?[。.]?"
    )
)
QUOTED = re.compile(r"[ ]{0,3}>[ \t]?(.*)")
LONGEST_NOTE = 80  # characters
NOTE = re.compile(  # of whoever learns from the text: "> remember for the exam!!"
    r"(?i)\b(?:(?:for|in|on|before) (?:the|my|our) (?:exam|test|finals?|quiz)|exam (?:question|topic)|by heart|revise"
    r"|remember (?:this|that|it|for)|learn (?:this|it)|ask (?:the |my )?(?:prof\w*|teacher|tutor)|todo|klausur\w*"
    r"|prüfung\w*|auswendig)\b"
    r"|試験|テストに出|暗記|覚える|覚えて|復習|要チェック|先生に(?:聞|質問)"
)

Kind = Literal["marked", "headed", "asked"]


def _mark(letters: str, words: str) -> re.Pattern[str]:
    small = "|".join(f"{letter}|{letter.lower()}" for letter in letters.split("|"))
    number = r"[ \t]*\d{0,5}(?:[-.]\d{1,3})?[ \t]*"
    close = r"(?P<close>\*\*|__)?"
    return re.compile(
        r"[ \t　]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]*)?(?P<open>\*\*|__)?"
        rf"(?:(?:(?:{letters}){number}|(?i:{words})[ \t]*\d{{1,5}})(?:\*\*|__)?[.．]"
        rf"|(?:{small}|(?i:{words})){number}(?:\*\*|__)?[:：]"
        rf"|[【\[](?:{letters}|(?i:{words})){number}[】\]][:：]?"
        rf"|(?:(?:{letters})[ \t]*\d{{1,5}}|(?i:{words})[ \t]*\d{{0,5}})(?:\*\*|__)?(?=[ \t　]*$)){close}[ \t　]*"
    )


QUESTION, EXERCISE, ANSWER = _mark(*ASKS), _mark("(?!)", SETS), _mark(*ANSWERS)


def kind_of(text: str) -> Kind | None:
    """Of the beginning of a text."""
    lines = text.splitlines()
    asked, said = _count(_asking(lines), lines), _count(ANSWER, lines)
    if min(asked, said) >= FEWEST and max(asked, said) <= 2 * min(asked, said) and not OTHER_LETTER.search(text):
        return "marked"
    if question_headings.level(lines):
        return "headed"
    if said or question_headings.stopping(lines) or OTHER_LETTER.search(text):
        return None
    return "asked" if question_lines.style_of(lines, _labelled) is not None else None


def _labelled(text: str) -> str | None:
    """What stands behind "Q1." or 質問："""
    found = _marked(QUESTION, text)
    return found[1] if found is not None and found[0] == "asks" else None


def _count(mark: re.Pattern[str], lines: Sequence[str]) -> int:
    return sum(mark.match(line) is not None for line in lines)


def _asking(lines: Sequence[str]) -> re.Pattern[str]:
    """What asks in a text: an exercise only where there are no questions, which may hold one."""
    return EXERCISE if _count(QUESTION, lines) < FEWEST <= _count(EXERCISE, lines) else QUESTION


def rows(
    file: IO[bytes], limit: int, kind: Kind, skip: int = 0, notice: Callable[[Sentence], None] = lambda _: None
) -> Iterator[RawRow | BadRow]:
    """A row for each answer behind number `skip`, and for each question without one."""
    head = file.read(HEAD).decode(errors="replace").replace("\xa0", " ")
    file.seek(0)
    lines = head.splitlines()
    marks: Callable[[str], Mark | None] = functools.partial(_marked, _asking(lines))
    if kind == "headed":
        level = question_headings.level(lines)
        if others := question_headings.others(lines, level):
            notice(sentence("data.headings_passed_over", names=others[:MOST_NAMED]))
        marks = question_headings.LinesOfHeadings(level).mark
    elif kind == "asked":
        marks = question_lines.LinesThatAsk(question_lines.style_of(lines, _labelled) or "labelled", _labelled).mark
    items = _items(file, limit, marks, kind)
    items = _without_titles(items) if kind == "asked" else items
    for number, item in enumerate(_without_footer(items, kind, notice), 1):
        if number <= skip:
            continue
        if item.problem is not None:
            yield BadRow(number, "line", item.at, item.problem)
        else:
            thought = {"reasoning": said} if (said := _whole(item.thought)) else {}
            yield row(
                {"question": _whole(item.asked), **thought, "answer": _whole(_without_note(item))},
                number,
                "line",
                item.at,
            )


@dataclass
class _Asked:
    """One that is being read; `at`: the line of its mark."""

    at: int
    asked: list[str]
    said: list[str] = field(default_factory=list)
    thought: list[str] = field(default_factory=list)
    is_answered: bool = False
    is_thinking: bool = False
    problem: Sentence | None = None
    size: int = 0

    def hear(self, text: str, limit: int) -> None:
        self.size += len(text)
        if self.size > limit:
            self.problem, self.said, self.thought = self.problem or TOO_LONG, [], []
        elif self.is_thinking:
            self.thought.append(text)
        else:
            (self.said if self.is_answered else self.asked).append(text)

    def thinks(self, text: str) -> str:
        """A line of it, without the label behind which it begins to think."""
        thought = labelled_thoughts.said(text, self.asked, self.said if self.is_answered else None)
        self.is_thinking = self.is_thinking or thought is not None
        return text if thought is None else thought


Mark = tuple[Literal["asks", "answers", "heads", "ends"], str]


def _items(file: IO[bytes], limit: int, mark: Callable[[str], Mark | None], kind_of_text: Kind) -> Iterator[_Asked]:
    item: _Asked | None = None
    for at, text, problem in text_lines(file, limit):
        kind, said = ("", text) if problem is not None else mark(text) or ("", text)
        if item is not None and (kind in ("asks", "heads", "ends") or (kind == "answers" and item.is_answered)):
            yield item
        if kind in ("asks", "heads"):
            item = _Asked(at, [said], is_answered=kind == "heads", size=len(said))
        elif kind == "ends":
            item = None
        elif item is not None:
            if kind == "answers" and item.is_answered:  # one more answer to it
                item = _Asked(at, item.asked, size=sum(map(len, item.asked)))
            if kind == "answers":
                item.is_answered, item.is_thinking = True, False
            item.problem = item.problem or problem
            item.hear(said if kind or kind_of_text == "headed" else item.thinks(said), limit)
        elif problem is not None:
            yield _Asked(at, [], problem=problem)
    if item is not None:
        yield item


def _without_titles(items: Iterator[_Asked]) -> Iterator[_Asked]:
    """Each but the last one without the title of the section in which the next question stands."""
    last = next(items, None)
    for item in items:
        assert last is not None
        last.said[:] = question_lines.without_title(last.said)
        yield last
        last = item
    yield from [] if last is None else [last]


def _without_footer(items: Iterator[_Asked], kind: Kind, notice: Callable[[Sentence], None]) -> Iterator[_Asked]:
    """The last one without what closes the text below it (footers.py)."""
    last, others, one_goes_on = next(items, None), 0, kind == "headed"
    for item in items:
        assert last is not None
        last.said[:] = footers.without_pages(last.asked, last.said)
        others, one_goes_on = others + 1, one_goes_on or footers.goes_on(last.said)
        yield last
        last = item
    if last is None:
        return
    if last.problem is None and last.is_answered:
        lines = last.thought if last.is_thinking else last.said
        found = footers.parted(last.asked, lines, 0 if one_goes_on else others)
        lines[:] = found.lines
        if found.footer:
            notice(sentence("data.footer_left", lines=found.footer))
        if found.doubted:
            notice(sentence("data.footer_perhaps", lines=found.doubted))
    yield last


def _marked(asking: re.Pattern[str], text: str) -> Mark | None:
    for kind, mark in (("asks", asking), ("answers", ANSWER)):
        if found := mark.match(text):
            said = text[found.end() :].rstrip()
            opened = found["open"] if found["open"] and not found["close"] else None
            said = said.removesuffix(opened) if opened else said
            return ("asks" if kind == "asks" else "answers"), said
    return None


def _without_note(item: _Asked) -> list[str]:
    """The answer without what is quoted behind it where that only tells whoever learns to remember it."""
    lines = _whole(item.said).split("\n")
    above = next((at for at in range(len(lines) - 1, -1, -1) if not QUOTED.fullmatch(lines[at])), -1)
    note = " ".join(found[1] for line in lines[above + 1 :] if (found := QUOTED.fullmatch(line)))
    if above < 1 or lines[above].strip() or len(note) > LONGEST_NOTE or not (found := NOTE.search(note)):
        return item.said
    introduces = _whole(lines[:above]).endswith((":", "：", "「"))
    return item.said if introduces or found[0].lower() in "\n".join(item.asked).lower() else lines[:above]


def _whole(lines: list[str]) -> str:
    """Without the heading of the next section, or a line that only parts it from this one."""
    kept = [line.rstrip() for line in lines]
    while kept and (not kept[-1] or _is_between(kept)):
        kept.pop()
    return "\n".join(kept).strip()


def _is_between(lines: list[str]) -> bool:
    """Whether the last line is of no answer: "Type this:" with a word below it is one."""
    if len(lines) < 3 or lines[-2] or BETWEEN.fullmatch(lines[-1]) is None:
        return False
    return not next((line for line in reversed(lines[:-2]) if line), "").endswith((":", "："))
