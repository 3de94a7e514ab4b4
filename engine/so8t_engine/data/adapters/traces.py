"""The reasoning trace inside an answer, as models and datasets write it, taken out of what the reader sees."""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip

NAMES = "think|thinking|thought|thoughts|reasoning|scratchpad|reflection|cot|思考|思考過程|推論|推論過程"
MEANT = rf"<(?!(?<=`<)/?(?:{NAMES})>`)"  # how a tag begins: "`<think>`" only speaks of one
FULL_WIDTH = re.compile(rf"＜([/／]?)({NAMES}|回答|解答|最終回答|answer)＞", re.IGNORECASE)
PAIRS = re.compile(
    rf"{MEANT}(?P<name>{NAMES})>(?P<a>.*?){MEANT}/(?P=name)>"
    r"|<\|begin_of_thought\|>(?P<b>.*?)<\|end_of_thought\|>"
    r"|\[THINK\](?P<c>.*?)\[/THINK\]|◁think▷(?P<d>.*?)◁/think▷"
    r"|<\|channel\|>analysis<\|message\|>(?P<e>.*?)<\|end\|>",
    re.DOTALL | re.IGNORECASE,
)
ENDS = re.compile(rf"{MEANT}/(?:{NAMES})>|◁/think▷|\[/THINK\]", re.IGNORECASE)
AROUND_ANSWER = re.compile(
    r"<\|begin_of_solution\|>|<\|end_of_solution\|>|</?(?:answer|output|response|solution|回答|出力|応答|解答|最終回答)>"
    r"|(?:<\|start\|>assistant)?<\|channel\|>final<\|message\|>|<\|return\|>|<\|end\|>$",
    re.IGNORECASE,
)
LEFT = re.compile(rf"{MEANT}/?(?:{NAMES})>|<\|(?:begin|end)_of_thought\|>|◁/?think▷|\[/?THINK\]", re.IGNORECASE)


def split(answer: str) -> tuple[str | None, str]:
    """(the trace, the final answer). Raises Skip where a trace has no end, or only one of the two is there."""
    if "＜" in answer:
        answer = FULL_WIDTH.sub(lambda tag: f"<{'/' if tag[1] else ''}{tag[2]}>", answer)
    if "<" not in answer and "[" not in answer and "◁" not in answer:
        return None, answer
    pieces = [text for match in PAIRS.finditer(answer) for text in match.group(*"abcde") if text]
    if pieces or PAIRS.search(answer):
        rest = PAIRS.sub("", answer)
    elif end := ENDS.search(answer):  # templates often write the opening tag themselves
        pieces, rest = [answer[: end.start()]], answer[end.end() :]
    else:
        rest = answer
    if LEFT.search(rest):
        raise Skip(drop_reasons.BROKEN_TRACE)
    if not pieces and rest is answer:
        return None, answer
    final = AROUND_ANSWER.sub("", rest).strip()
    if not final:
        raise Skip(drop_reasons.BROKEN_TRACE)
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip()) or None, final


def without(text: str) -> str:
    """A text that is a trace itself, without the tags around it."""
    return (
        re.sub(r"\n{3,}", "\n\n", LEFT.sub("\n", text)).strip() if "<" in text or "[" in text or "◁" in text else text
    )


def without_trace(text: str, role: str) -> str:
    """An earlier turn as later ones see it: what an assistant thought then is gone."""
    return PAIRS.sub("", text).strip() if role == "assistant" and ("<" in text or "[" in text) else text
