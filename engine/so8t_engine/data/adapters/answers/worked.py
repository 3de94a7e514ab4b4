"""A worked answer: the way to its result, which is thought, and the result that it marks or states at its end.

Beside a gold answer the result must be that one: an answer that comes to something else stays whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from so8t_engine.data.adapters.answers import bare_traces, boxed, closings, conclusions, said_results, shown_formats

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?")  # 3,5 is none: half of four, or 35
SAID = re.compile(
    r"(?<=[.!?。，\s])((?:(?:The|(?:So|Therefore|Thus|Hence),? the) (?:final |correct |right )?answer is:?"
    rf"|(?i:{said_results.ELSEWHERE}))\s*([^\n]{{1,60}}?)"
    rf"|(?:{closings.LEADS_JA})?(?:答え|正解|正答)は、?\s*([^\n]{{1,60}}?)(?:です|である|になります|となります)?)[.。]?\s*$"
)
CALLED = (
    r"(?:the )?(?:final |correct )?answer|(?:最終)?(?:回答|解答)|最終的な答え|答え?|結論|(?:endgültige )?antwort"
    r"|réponse(?: finale)?|respuesta(?: final)?|risposta(?: finale)?|resposta(?: final)?|ответ|(?:最终)?答案|정답|답"
)
LABELLED = re.compile(  # a last line "Answer: 7"
    rf"(?:\n[\s>*_-]*|(?<=[.!?。])\s*)(?:【(?P<a>{CALLED})】|(?P<b>{CALLED})(?:\*\*)?[ \t]*[:：](?:\*\*)?"
    rf"|#{{1,6}}[ \t]*(?:\*\*)?(?P<c>{CALLED})(?:\*\*)?[ \t]*[:：]?(?:\*\*)?[ \t]*\n)\s*(?:\*\*)?"
    r"(?P<result>[^\n]{1,120}?)(?:\*\*[.。]?)?\s*$",
    re.IGNORECASE,
)
TAIL = 200  # characters, in which such a line stands
AROUND_BOX = re.compile(r"(?i)\*\*(?:final )?answer:?\*\*:?|[\s$.]|\\[\[\]()]")
LONGEST_RESULT = 120  # characters: what is boxed and longer is no result but a sentence


class Worked(NamedTuple):
    """`gold`: as it was given, else as the answer states it; empty where neither. `way`: the thought before the result.

    `is_marked`: boxed, or behind ####.
    """

    response: str
    gold: str
    way: str | None = None
    is_marked: bool = False


def split(response: str, prompt: str, place: str | None, gold: str, trace: str | None) -> Worked:
    """`place`: the answer's column; `trace`: the thought in tags that was taken from it."""
    if trace:
        return _behind_a_trace(response, prompt, gold)
    if gold and bare_traces.is_one(response, place, gold):
        return Worked(gold, gold, response.strip())
    result = _boxed(response)
    if result and _is_gold(result, gold) and not (gold and _is_all(result, response)):
        shown = not gold and shown_formats.are_examples(response[: response.rfind("\\boxed{")])
        return Worked(response, gold) if shown else Worked(result, gold or result, response, is_marked=True)
    ended = conclusions.MARKED.search(response)
    tail = response[-TAIL:]
    says_so = any(map(tail.__contains__, ("answer is", "答えは", "正解は", "正答は", *said_results.IN_ELSEWHERE)))
    said = SAID.search(response, len(response) - TAIL) if says_so else None
    if not gold and any(shown_formats.is_one(response[: mark.start()], prompt) for mark in (ended, said) if mark):
        return Worked(response, gold)
    if ended and response[: ended.start()].strip() and _is_gold(ended[1], gold):
        return Worked(ended[1].strip(), gold or ended[1].strip(), response[: ended.start()].strip(), is_marked=True)
    if said and response[: said.start()].strip() and _is_gold(said[2] or said[3], gold):
        stated = (said[2] or said[3]).strip()
        number = stated if NUMBER.fullmatch(stated) else ""
        way = response[: said.start()].strip().rstrip("，")
        return Worked(number or response[said.start() :].strip(), gold or number, way)
    return _labelled(response, prompt, gold) if gold else Worked(response, gold)


def _labelled(response: str, prompt: str, gold: str) -> Worked:
    """What a last line calls the answer, where it is the gold one; with its label where the question asks for that."""
    tail = response[-TAIL:]
    if not (":" in tail or "：" in tail or "】" in tail or "#" in tail):
        return Worked(response, gold)
    found = LABELLED.search(response, len(response) - TAIL)
    if found is None:
        return Worked(response, gold)
    way, result = response[: found.start()].strip(), found["result"].strip()
    if not way or not _is_gold(result, gold):
        return Worked(response, gold)
    called = found["a"] or found["b"] or found["c"]
    asked = re.search(rf"(?i){re.escape(called)}\W{{0,3}}[:：】]\W*\w", prompt) is not None
    return Worked(response[found.start() :].strip() if asked else result, gold, way)


def _behind_a_trace(response: str, prompt: str, gold: str) -> Worked:
    """What is boxed is the result; alone it is all that is answered, unless it was asked for in a box."""
    result = "" if gold else _boxed(response)
    if not result:
        return Worked(response, gold)
    alone = _is_all(result, response) and "boxed" not in prompt
    return Worked(result if alone else response, result, is_marked=True)


def _boxed(text: str) -> str:
    """What a solution boxes last; empty where that is no result."""
    last = (boxed.results(text) or [""])[-1]
    return last if len(last) < LONGEST_RESULT else ""


def _is_all(result: str, response: str) -> bool:
    return AROUND_BOX.sub("", response) == f"\\boxed{{{AROUND_BOX.sub('', result)}}}"


def _is_gold(result: str, gold: str) -> bool:
    return not gold or conclusions.is_same(result.strip(), gold)
