"""What is copied with an answer from a chat's page: its buttons, who is said to speak, marks of sources.

Only what no answer says by itself, and nothing of it where the question speaks of it.
"""

from __future__ import annotations

import re

_LANGUAGE = (
    r"(?:python|bash|shell|sh|javascript|typescript|js|ts|java|c|cpp|c\+\+|csharp|c#|go|rust|ruby|php|sql|html|css|json"
    r"|yaml|xml|powershell|kotlin|swift|r|perl|scala|lua|dockerfile|markdown|plaintext|text|csharp|diff|ini|toml|jsx|tsx)"
)
_COPY = r"(?:Copy code|Copy\n[^\S\n]*Edit|コードをコピー(?:する)?|コピーする\n[^\S\n]*編集する)"
BUTTON = re.compile(
    rf"(?im)^(?P<fence>```)?(?P<of>{_LANGUAGE})?[^\S\n]*\n?(?<![^\n`]){_COPY}[^\S\n]*(?:\n|\Z)"
    rf"|^(?P<open>```\n)?(?P<joined>{_LANGUAGE}){_COPY}[^\S\n]*\n"
)
SPOKEN = re.compile(
    r"\s*(?:You said:\s*\n.*?\n\s*)?(?:ChatGPT|Copilot|Gemini|Claude|Grok|DeepSeek) said:[^\S\n]*\n"
    r"|\s*(?:Assistant|アシスタント)[:：][^\S\n]*|\s*#{2,4} (?:Response|Assistant|応答)[:：][^\S\n]*\n",
    re.DOTALL,
)
NEXT = re.compile(r"\n\s*You said:[^\S\n]*\n.*", re.DOTALL)
TALKS = re.compile(r"(?im)^\s*(?:user|human|assistant|ユーザー|アシスタント)\s*[:：]")
THOUGHT_FOR = re.compile(
    r"\s*(?:Thought for (?:a (?:few seconds|couple of seconds|second)"
    r"|\d+ ?(?:m(?:in(?:ute)?s?)? ?\d* ?)?s(?:ec(?:ond)?s?)?)"
    r"|思考時間[:：] ?(?:\d+ ?分 ?)?\d+ ?秒|\d+ ?秒間?思考(?:しました)?)[^\S\n]*(?:\n|\Z)"
)
SURE = re.compile(
    r"Regenerate(?: response)?|Copy code|Share Prompt|コードをコピー(?:する)?|Was this response better or worse\?"
    r"|Is this conversation helpful so far\?|再生成する"
    r"|(?:回答を)?再生成|ChatGPT can make mistakes\. .*|ChatGPT の回答は必ずしも正しいとは限りません。.*"
)
BESIDE = re.compile(
    r"Copy|Edit|Share|Retry|Rewrite|Better|Worse|Same|Export|Good response|Bad response|\d+ ?/ ?\d+|共有|コピー|編集"
)
SOURCES = re.compile(
    r"[^\S\n]?\[\^\d+\^\](?:\(\S+?\))?|[^\S\n]?\ue200[^\ue201]*\ue201|[^\S\n]?\bcite(?:turn\d+[a-z]+\d+)+"
    r"|[^\S\n]?\[(?:web|cite|source):\s*\d+(?:\s*,\s*\d+)*\]|\[cite_(?:start|end)\]|[^\S\n]?\[doc\d{1,2}\]"
    r"|</?cite(?:\s+index=\"[^\"]*\")?>|[^\S\n]?<grok:render\b.*?</grok:render>|[?&]utm_source=chatgpt\.com",
    re.DOTALL,
)
ASKS = re.compile(
    r"(?i)cit(?:e|ation|ing)|source|referenc|footnote|\[\d|copy|button|chatgpt|出典|引用|参考|脚注|ボタン|コピー"
)
OF_TALKS = re.compile(r"(?i)dialog|conversation|script|role-?play|transcript|interview|会話|対話|台本")


def may_hold(text: str) -> bool:
    """Told by words and characters, which is quick: most texts have none."""
    if not text.isascii() and ("コピー" in text or "再生成" in text or "秒" in text[:12] or "\ue200" in text):
        return True
    return (
        "[" in text or "opy" in text or "said:" in text or "egenerate" in text or "cite" in text or "utm_s" in text
        or "grok:" in text or "Was this" in text
        or text.startswith(("Thought for", "Assistant", "アシスタント", "##"))
    )  # fmt: skip


def without_left_overs(text: str, asked: str) -> str:
    """The answer without them; as it is where nothing else would be left."""
    thought = THOUGHT_FOR.match(text)
    plain = text[thought.end() :] if thought else text
    spoken = SPOKEN.match(plain)
    if spoken is not None and not TALKS.search(plain, spoken.end()) and not OF_TALKS.search(asked):
        plain = NEXT.sub("", plain[spoken.end() :])
    if not ASKS.search(asked):
        plain = _without_last_buttons(plain)
        plain = BUTTON.sub(_without_button, plain)
        plain = SOURCES.sub("", plain)
    return plain.strip() or text


def _without_button(found: re.Match[str]) -> str:
    if found["joined"]:
        return f"```{found['joined']}\n" if found["open"] else ""
    if not found["of"] and not found["fence"] and found[0].strip().count("\n"):
        return found[0]  # a menu's items
    return f"```{found['of'] or ''}\n" if found["fence"] else ""


def _without_last_buttons(text: str) -> str:
    """A page's last lines; those that an answer might say as well only where another one is sure."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (not (last := lines[end - 1].strip()) or SURE.fullmatch(last) or BESIDE.fullmatch(last)):
        end -= 1
    is_sure = any(SURE.fullmatch(line.strip()) for line in lines[end:])
    return "\n".join(lines[:end]) if is_sure else text
