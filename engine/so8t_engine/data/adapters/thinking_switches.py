"""Words that turn another model's thinking on or off, in what it is asked: no part of the question.

Qwen's and SmolLM's `/think` and `/no_think` at the end of a turn, Nemotron's "detailed thinking on" as a system prompt.
Where a turn speaks of such a word it stays.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.parsed_row import ParsedRow

MARKS = ("/think", "/no_think", "/nothink", "etailed thinking o")  # one of which is there, which is quick to tell
AT_THE_END = re.compile(r"(?:\A|(?<=\s))/(?:no_?think|think)(?=\s*\Z|\n\n(?:User|Assistant|Tool): )")
OF_NEMOTRON = re.compile(r"(?i)\A\s*detailed thinking (?:on|off)\.?[^\S\n]*(?:\n+|\Z)")
IN_A_SENTENCE = re.compile(
    r"(?i)(?:^|\s)(?:is|does|do|of|to|with|using|used?|the|an?|and|or|vs\.?|by|typ(?:e|ing)|in(?:to)?|at|for|from|means?"
    r"|get|post|put|delete|path|route|url|endpoint|folder|directory|command|switch|flag|add|append|say|like)\s*\Z"
)
SPEAKS_OF_THEM = re.compile(
    r"(?i)(?<!you are )\bqwen|\bnemotron|smollm|slash command|/think\b.*/no_?think|スラッシュコマンド"
)


def without(row: ParsedRow) -> ParsedRow:
    """The same row, not a copy, where nothing goes."""
    if "think" not in row.prompt or not any(map(row.prompt.__contains__, MARKS)) or SPEAKS_OF_THEM.search(row.prompt):
        return row
    turns = [(role, text if role == "assistant" else _plain(text)) for role, text in row.messages]
    system = row.messages[0][1] if row.messages and row.messages[0][0] == "system" else ""
    system = system if row.prompt.startswith(system) else ""
    prompt = "\n\n".join(filter(None, (_plain(system), _plain(row.prompt[len(system) :].lstrip("\n")))))
    if prompt == row.prompt or not prompt or any(role == "user" and not text for role, text in turns):
        return row
    left = tuple((role, text) for role, text in turns if text)
    return row._replace(prompt=prompt, messages=left if len(left) > 1 else ())


def _plain(text: str) -> str:
    alone = AT_THE_END.sub(lambda found: found[0] if IN_A_SENTENCE.search(text[: found.start()]) else "\0", text)
    parts = [part.rstrip() for part in alone.split("\0")] if alone != text else [text]
    return OF_NEMOTRON.sub("", "".join(parts))
