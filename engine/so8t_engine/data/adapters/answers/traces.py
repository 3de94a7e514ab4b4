"""The reasoning trace inside an answer, as models and datasets write it, taken out of what the reader sees."""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import shown_formats
from so8t_engine.data.adapters.parsed_row import Skip

NAMES = (
    "think|thinking|thought|thoughts|reasoning|scratchpad|reflection|cot|seed:think|antThinking"
    "|思考|思考過程|推論|推論過程"
)
MEANT = rf"<(?!(?<=`<)/?(?:{NAMES})>`)"  # how a tag begins: "`<think>`" only speaks of one
FULL_WIDTH = re.compile(rf"＜([/／]?)({NAMES}|回答|解答|最終回答|answer)＞", re.IGNORECASE)
WITH_MORE = r"(?:\s[^<>]*=[^<>]*)?"  # what a tag may say of itself
PAIRS = re.compile(
    rf"{MEANT}(?P<name>{NAMES}){WITH_MORE}>(?P<a>.*?){MEANT}/(?P=name)>"
    r"|<\|begin_of_thought\|>(?P<b>.*?)<\|end_of_thought\|>"
    r"|\[THINK\](?P<c>.*?)\[/THINK\]|◁think▷(?P<d>.*?)◁/think▷"
    r"|<\|channel\|>analysis<\|message\|>(?P<e>.*?)<\|end\|>|<\|START_THINKING\|>(?P<f>.*?)<\|END_THINKING\|>"
    r"|<details[^<>]*>\s*<summary>\s*(?:thinking|thoughts?|reasoning|思考|推論)[^<]{0,30}</summary>(?P<g>.*?)</details>"
    r"|```(?:thinking|reasoning)\n(?P<h>.*?)\n```",
    re.DOTALL | re.IGNORECASE,
)
FENCED = re.compile(r"```(?:thinking|reasoning)\n")
ENDS = re.compile(rf"{MEANT}/(?:{NAMES})>|◁/think▷|\[/THINK\]", re.IGNORECASE)
AROUND_ANSWER = re.compile(
    r"<\|begin_of_solution\|>|<\|end_of_solution\|>|</?(?:answer|output|response|solution|回答|出力|応答|解答|最終回答)>"
    r"|(?:<\|start\|>assistant)?<\|channel\|>final<\|message\|>|<\|return\|>|<\|end\|>$"
    r"|<\|(?:START|END)_RESPONSE\|>|<\|(?:begin|end)_of_box\|>",
    re.IGNORECASE,
)
LEFT = re.compile(
    rf"{MEANT}/?(?:{NAMES}){WITH_MORE}>|<\|(?:begin|end)_of_thought\|>|◁/?think▷|\[/?THINK\]|<\|(?:START|END)_THINKING\|>",
    re.IGNORECASE,
)
# What is left of gpt-oss's channels where the marks between them were taken away.
CHANNELS = re.compile(r"\s*(?:assistant)?analysis(?P<thought>(?=\S).+?)assistantfinal(?P<final>.+)", re.DOTALL)
IN_CHANNELS = re.compile(r"\s*(?:assistant)?analysis(?:[A-Z]|<\|)")
OTHER_CHANNEL = "assistantcommentary"
_ANSWERS = "answer|final_answer|回答|解答|最終回答"
WHOLE = re.compile(rf"\s*<(?P<name>{_ANSWERS}|output|response|出力|応答)>(?P<a>\s*[^\s<].*?)</(?P=name)>\s*", re.DOTALL)
ENDED = re.compile(rf"(?P<a>.*?\S.*?)<(?P<name>{_ANSWERS})>(?P<b>\s*[^\s<].*?)</(?P=name)>\s*", re.DOTALL)
STEPS = re.compile(r"<(count|reward|budget)>[^<]*</\1>|</?(?:step|steps|plan|work|working)>")  # of a worked solution


def split(answer: str) -> tuple[str | None, str]:
    """(the trace, the final answer). Raises Skip where a trace has no end, or only one of the two is there."""
    if "＜" in answer:
        answer = FULL_WIDTH.sub(lambda tag: f"<{'/' if tag[1] else ''}{tag[2]}>", answer)
    if "analysis" in answer[:40]:
        answer = _with_channels(answer)
    if "<" not in answer and "[" not in answer and "◁" not in answer and not FENCED.search(answer):
        return None, answer
    pairs = list(PAIRS.finditer(answer))
    if pairs and all(_is_spoken_of(match) for match in pairs):
        return None, answer
    pieces = [text for match in pairs for text in match.group(*"abcdefgh") if text]
    if pairs:
        rest = PAIRS.sub("", answer)
    elif end := ENDS.search(answer):  # templates often write the opening tag themselves
        pieces, rest = [answer[: end.start()]], answer[end.end() :]
    else:
        rest = answer
    if LEFT.search(rest):
        raise Skip(drop_reasons.BROKEN_TRACE)
    if not pieces and rest is answer:
        return _around(answer)
    final = AROUND_ANSWER.sub("", rest).strip()
    if not final:
        raise Skip(drop_reasons.BROKEN_TRACE)
    return "\n\n".join(filter(None, map(without, pieces))) or None, final


def _is_spoken_of(pair: re.Match[str]) -> bool:
    """As in: between <think> and </think> it reasons. Within a line, and hardly anything in them; a pattern; shown."""
    before = pair.string[: pair.start()]
    line = before.rpartition("\n")[2]
    inside = next(filter(None, pair.group(*"abcdefgh")), "")
    return (bool(line.strip()) and len(inside.split()) <= 1) or shown_formats.are_introduced(before)


def _with_channels(answer: str) -> str:
    found = CHANNELS.fullmatch(answer)
    if found is not None and OTHER_CHANNEL not in found["thought"]:
        return f"<think>{found['thought']}</think>{found['final']}"
    if IN_CHANNELS.match(answer):
        raise Skip(drop_reasons.BROKEN_TRACE)
    return answer


def _around(answer: str) -> tuple[str | None, str]:
    """An answer in tags of its own, and what stands before it; as it is where there are none, or others in it."""
    if "</" not in answer:
        return None, answer
    if (whole := WHOLE.fullmatch(answer)) is not None:
        return None, whole["a"].strip()
    if (ended := ENDED.fullmatch(answer)) is None or "```" in answer:
        return None, answer
    thought = re.sub(r"\n{3,}", "\n\n", STEPS.sub("", ended["a"])).strip()
    shown = "</" in thought or not thought or shown_formats.are_introduced(thought)
    return (None, answer) if shown else (thought, ended["b"].strip())


def without(text: str) -> str:
    """A text that is a trace itself, without the tags around it and in it."""
    marked = ("<" in text or "[" in text or "◁" in text) and LEFT.search(text)
    return re.sub(r"\n{3,}", "\n\n", LEFT.sub("\n", text)).strip() if marked else text.strip()


def without_trace(text: str, role: str) -> str:
    """An earlier turn as later ones see it: what an assistant thought then is gone."""
    if role != "assistant" or ("<" not in text and "[" not in text):
        return text
    return PAIRS.sub(lambda pair: pair[0] if _is_spoken_of(pair) else "", text).strip()


def without_format(system: str, answer: str) -> str:
    """What a system prompt says but for the paragraphs that ask for the tags of a trace, which its answer will lose."""
    if not LEFT.search(system) or not (PAIRS.search(answer) or ENDS.search(answer)):
        return system
    return "\n".join(part for part in system.split("\n") if not LEFT.search(part)).strip()
