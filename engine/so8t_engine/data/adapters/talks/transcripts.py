"""A talk written out in one text: chat templates, `### Human:`, `[INST]`, Alpaca's preamble, `User:` line by line."""

from __future__ import annotations

import re

from so8t_engine.data.adapters.talks import harmony, trajectories

Turns = list[tuple[str, str]]

USERS = "Human|User|Instruction|Question|Query|Prompt|Input|Q|質問|指示|入力|ユーザー"
ASSISTANTS = "Assistant|Response|Answer|Output|Bot|GPT|A|回答|応答|出力|アシスタント"
SYSTEMS = "System|システム"
ANY = f"{USERS}|{ASSISTANTS}|{SYSTEMS}"
OF_TEMPLATES = re.compile(
    r"<\|im_start\|>\s*(\w+)[^\S\n]*\n?|<\|start_header_id\|>\s*(\w+)\s*<\|end_header_id\|>\s*"
    r"|<\|(system|user|assistant|tool|User|Assistant)\|>\s*|<start_of_turn>\s*(user|model)\s*|<｜(User|Assistant)｜>\s*"
    r"|<\|start\|>(\w+)(?:<\|channel\|>final)?<\|message\|>"
)
HEADINGS = re.compile(rf"#{{2,}}\s*({ANY})\s*[:：]?[^\S\n]*(?:\n|(?<=[:：])|(?<=[:：] ))\s*", re.IGNORECASE)
LINES = re.compile(rf"(?m)^\s*({ANY})\s*[:：]\s*", re.IGNORECASE)
BARS = re.compile(r"\[\|(Human|AI)\|\]\s*")
CAPITALS = re.compile(r"\b(USER|ASSISTANT|SYSTEM|FUNCTION RESPONSE):\s*")
INST = re.compile(r"\[INST\](.*?)\[/INST\](.*?)(?=\[INST\]|\Z)", re.DOTALL)
SYS = re.compile(r"<<SYS>>(.*?)<</SYS>>", re.DOTALL)
ENDS = re.compile(
    r"<\|im_end\|>|<\|eot_id\|>|<\|end\|>|<\|endoftext\|>|<\|begin_of_text\|>|<\|end_of_text\|>|<end_of_turn>"
    r"|</?s>|<bos>|<eos>|<\|end_of_turn\|>|<\|return\|>|<[｜|](?:begin|end)▁of▁sentence[｜|]>"
)
ANALYSIS = re.compile(r"<\|start\|>assistant<\|channel\|>analysis<\|message\|>(.*?)<\|end\|>", re.DOTALL)
THOUGHT_APART = re.compile(
    r"<\|im_start\|>think\s+(.*?)(?:<\|im_end\|>\s*)?<\|im_start\|>answer\s+(?:Answer:\s*)?", re.DOTALL
)
PREAMBLE = re.compile(r"\s*(?:Below is an? instruction|以下は、?タスクを説明する指示)", re.IGNORECASE)
PLAIN = {
    **{name.lower(): "user" for name in USERS.split("|")},
    **{name.lower(): "assistant" for name in ASSISTANTS.split("|")},
    **{name.lower(): "system" for name in SYSTEMS.split("|")},
    "model": "assistant",
    "ai": "assistant",
    "tool": "tool",
    "function response": "tool",
    "developer": "system",
}


def parse(text: str) -> Turns | None:
    """(role, text) of each turn; None where nobody speaks in it, or only one."""
    if "[INST]" in text:
        return _inst(text)
    if "<|start|>" in text and harmony.may_be(text):
        return harmony.turns(text)
    if trajectories.may_be(text):
        steps = trajectories.turns(text)
        if steps is not None and steps[0][0] == "user" and steps[-1][0] == "assistant":
            return steps
    if "<|im_start|>think" in text:
        text = THOUGHT_APART.sub(r"<think>\1</think>", text)
    text = ANALYSIS.sub(r"<|start|>assistant<|message|><think>\1</think>", text).replace("<NL>", "\n")
    for marks, may_begin in ((OF_TEMPLATES, True), (HEADINGS, True), (BARS, True), (CAPITALS, True), (LINES, False)):
        turns = _by_marks(text, marks, may_begin)
        if turns is not None:
            return turns
    return None


def _by_marks(text: str, marks: re.Pattern[str], may_begin: bool) -> Turns | None:
    """`may_begin`: with words that nobody speaks, which are for the system."""
    found = list(marks.finditer(text))
    if len(found) < 2:
        return None
    before = ENDS.sub("", text[: found[0].start()]).strip()
    if before and not may_begin:
        return None
    turns: Turns = [("system", before)] if before and not PREAMBLE.match(before) else []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        role = PLAIN.get(next(name for name in match.groups() if name).lower())
        body = ENDS.sub("", text[match.end() : end]).strip()
        if role is None:
            return None
        if turns and turns[-1][0] == role:  # an instruction and its input
            turns[-1] = (role, f"{turns[-1][1]}\n\n{body}".strip())
        else:
            turns.append((role, body))
    roles = {role for role, body in turns if body}
    if roles == {"user", "system"} and turns[0][0] == "user":  # Japanese talks often call the one who answers so
        turns, roles = [({"system": "assistant"}.get(role, role), body) for role, body in turns], {"user", "assistant"}
    return turns if {"user", "assistant"} <= roles else None


def _inst(text: str) -> Turns | None:
    turns: Turns = []
    for asked, answer in INST.findall(text):
        system = SYS.search(asked)
        if system is not None and system[1].strip():
            turns.append(("system", system[1].strip()))
        turns.append(("user", ENDS.sub("", SYS.sub("", asked)).strip()))
        if ENDS.sub("", answer).strip():
            turns.append(("assistant", ENDS.sub("", answer).strip()))
    return turns or None
