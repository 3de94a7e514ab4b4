"""A format that an answer shows and does not have: "End like this: / Final answer: x = 4", a log of an agent in code.

Who asks how an answer is to be written gets an example; that is neither the thought nor the result of whoever shows it.
"""

from __future__ import annotations

import re

_WHO_WRITES = "then|and|should|must|to|please|always|just|simply|they|you|people|models?|pupils?"
INTRODUCES = re.compile(  # the words before an example, up to its colon
    rf"(?i)(?:(?:^|[.!?,;:] |\b(?:{_WHO_WRITES}) )write\b"
    r"|\b(?:use|follow|keep to)\b.{0,30}(?:\b(?:formats?|templates?|layouts?)\b"
    r"|\bthis (?:form|pattern|structure|line)\b)"
    r"|\b(?:formats?|formatted|templates?|layouts?) (?:is|are|looks?|of|for)\b|\blooks? like\b|\blike (?:this|so)\b"
    r"|\b(?:writes?|formats?|looks?|logs?|records?|ends?|presents?)\b.{0,40}\bas follows\b"
    r"|\be\.g\b|\bexamples?\b|\bfor instance\b|\bsuch as\b"
    r"|\b(?:ends?|starts?|begins?) (?:it |them )?with\b"
    r"|\b(?:with|add|on) a line\b|\bown line\b|\bzum beispiel\b|\bz\.\s?b\b|\bpar exemple\b|\bpor ejemplo\b|\bso:\Z)"
    r"|のように|書式|形式|テンプレ|雛形|ひな形|フォーマット|例えば|たとえば|書い|書き|記入|記載|例\s*[:：]"
)
WORKS_OUT = re.compile(r"[\d\w)]\s*[=≈<>≤≥]\s*[\d\w(-]|\d\s*[-+*/×÷]\s*\d")  # a step towards a result
SUCH_AS = re.compile(
    r"(?i)(?:\b(?:for example|for instance|such as|e\.g\.|par exemple|zum Beispiel|z\.\s?B\.|por ejemplo)"
    r"|例えば|たとえば)[,、:：]?[\s$\"'“「*(]*\Z"
)
OF_TRACES = re.compile(
    r"</(?:think(?:ing)?|thoughts?|reasoning|answer)>|\[/THINK\]"
)  # which is gone where it is a trace
COLON = re.compile(r"[:：][\s\"'“「*_>$-]*\Z")
QUOTED = re.compile(r"(?:^|\n)[^\S\n]*>[^\n]*\Z")
_WRITES = "write|format|end|finish|present|structure|lay out|mark|phrase|state|begin|start"
_ITS = "my|the|an?|your|our|their|his|her|final|last|model|each|good"
_WRITTEN = (
    "answers?|solutions?|results?|repl(?:y|ies)|responses?|reports?|proofs?|lines?|reasoning|logs?|traces?|prompts?"
    "|working|explanations?|conclusions?|steps?"
)
_FORMS = r"formats?|logs?|traces?|prompts?|templates?|outputs?|transcripts?|trajector\w+|re-?act"
_OF_FORM = rf"(?:{_FORMS}|steps?|answers?|solutions?|calls?)"
_OF_ANSWERS = "(?:答案|解答|回答|答え|結論|途中式|ログ|プロンプト|レポート)"
ASKS_FOR_FORM = re.compile(
    rf"(?i)\bhow (?:do(?:es)?|should|can|must|would|could|to)\b[^.?!\n]{{0,40}}?\b(?:{_WRITES})\b(?: up| out| down)?"
    rf" (?:(?:{_ITS}) ){{0,3}}(?:{_WRITTEN})\b(?! (?:as|in|to|of|that|about|for|on|by|with)\b)"
    rf"|\b(?:what|how) (?:does|do|would|should|must)\b[^.?!\n]{{0,60}}\b{_OF_FORM}\b[^.?!\n]{{0,30}}\blook"
    rf"|\bhow (?:is|are)\b[^.?!\n]{{0,60}}\b(?:formatted|laid out|written down|structured|marked up)\b"
    rf"|\b(?:show|give)(?: me| us)?(?: an?| the| one)? (?:\w+ )?(?:example|sample|template|format|layout)s? (?:of|for)"
    rf"\b[^.?!\n]{{0,40}}\b(?:{_FORMS}|agents?)\b"
    rf"|\bwhat is (?:the|a) (?:re-?act )?(?:format|layout|template|structure|pattern) (?:of|for)\b"
    rf"|{_OF_ANSWERS}の(?:書き方|書式|形式|フォーマット|終わり方|例)|{_OF_ANSWERS}は?(?:どう|どのように)(?:書|終)"
)
LONGEST_QUESTION = 400  # characters: longer ones set a task, and say in which form
SPEAKS_OF_FORM = re.compile(
    r"(?is)(?:that|this|these|those|here|in this|note|replace|of course|you (?:can|may|should)"
    r"|the (?:names?|words?|labels?|steps?|lines?|tags?|headings?|above|exact))\b.*\b(?:formats?|examples?|written"
    r"|names?|steps?|tags?|labels?|patterns?|layouts?|templates?|loops?|headings?|keywords?|frameworks?|called)\b.*"
    r"|.*(?:という形式|という書式|のように書|の形で|フォーマット|テンプレート).*"
)


def is_one(before: str, asked: str) -> bool:
    """Whether a mark behind these words is shown: by how they end, or as it is what the question asks for."""
    return are_introduced(before) or OF_TRACES.search(before) is not None or are_asked_for(asked)


def are_introduced(before: str) -> bool:
    """Whether what follows these words is an example: in code, quoted, or after "write it like this:"."""
    if "```" in before and before.count("```") % 2:
        return True
    if QUOTED.search(before) or are_examples(before):
        return True
    last = before.rstrip().rpartition("\n")[2]
    return COLON.search(last) is not None and INTRODUCES.search(last) is not None and not WORKS_OUT.search(last)


def are_examples(before: str) -> bool:
    """Whether the words right before it say that it is one: "such as", 例えば."""
    return SUCH_AS.search(before.rstrip().rpartition("\n")[2]) is not None


def are_asked_for(asked: str) -> bool:
    """Whether a question is about the form of answers, and sets no task itself."""
    return len(asked) <= LONGEST_QUESTION and ASKS_FOR_FORM.search(asked) is not None


def are_spoken_of(end: str) -> bool:
    """Whether the last paragraph of a text speaks of the form of what stands before it."""
    paragraph = end.strip().rpartition("\n\n")[2].strip()
    return "\n\n" in end.strip() and SPEAKS_OF_FORM.match(paragraph) is not None
