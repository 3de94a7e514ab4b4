"""What is wrong with a text that is no YAML, in words for people who do not know YAML's own."""

from __future__ import annotations

import re

import yaml

from so8t_engine.sentences import Sentence, sentence, verbatim

FULL_WIDTH = {"：": ":", "\u3000": " ", "｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "「": '"'}
WHERE_SYNTAX_IS = (  # not inside a text that somebody writes in Japanese
    re.compile(r"^\s*(?:- )?[\w.-]+(：)"), re.compile(r"^[ -]*(\u3000)"), re.compile(r":\s*(\u3000)"),
    re.compile(r"[:：\[,]\s*([“”「])"), re.compile(r"([｛｝［］])"),
)  # fmt: skip


def why(error: yaml.MarkedYAMLError, text: str) -> Sentence:
    mark = error.problem_mark or error.context_mark
    lines, problem, context = text.splitlines(), str(error.problem or ""), str(error.context or "")
    if mark is None:
        return _plainly(error)
    at = min(mark.line, len(lines) - 1)
    opened = 1 + (error.context_mark.line if error.context_mark else at)
    if "'\\t'" in problem or re.match(r" *\t", lines[at]):
        return sentence("config.yaml_tab")
    if (found := _full_width(lines, at)) is not None:
        return found
    if problem.startswith("mapping values are not allowed"):
        first = ":" not in lines[at][: mark.column]
        return sentence("config.yaml_indented_too_far") if first else sentence("config.yaml_second_colon")
    if "escape" in problem:
        return sentence("config.yaml_backslash")
    if "expected ':'" in problem:
        return sentence("config.yaml_no_colon", line=opened)
    if "expected <block end>" in problem or "unindent" in problem:
        return sentence("config.yaml_indentation")
    if "flow" in context or "quoted scalar" in context:
        return sentence("config.yaml_not_closed", line=opened)
    return _plainly(error)


def _plainly(error: yaml.MarkedYAMLError) -> Sentence:
    return verbatim(", ".join(part for part in (error.context, error.problem) if part))


def _full_width(lines: list[str], at: int) -> Sentence | None:
    """In this line or the one above it, whose end may be what is missed here."""
    above = next((number for number in range(at - 1, -1, -1) if lines[number].strip()), at)
    for number in (at, above):
        line = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", lines[number])
        for pattern in WHERE_SYNTAX_IS:
            if found := pattern.search(line):
                plain = FULL_WIDTH[found[1]]
                return sentence("config.yaml_full_width", line=number + 1, character=found[1], plain=plain)
    return None
