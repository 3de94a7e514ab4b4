"""What pages and chat programs leave in a text: HTML's tags and entities, marks of sources, a user's turn made up.

Only where it is plain that it is left over: code and formulas stay as they are, and so does all of a text that speaks
of markup, holds other tags, or has the very characters that entities stand for.
"""

from __future__ import annotations

import html
import re
from collections import Counter

CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|``.*?``|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
BESIDE = (  # what a page holds beside its words, with all that stands in it
    r"<(?P<beside>script|style|noscript|iframe|svg|object|template)(?:\s[^<>]*)?>.*?</(?P=beside)\s*>"
    r"|<!--.*?-->|<(?:img|link|meta)(?:\s[^<>]*)?>"
)
STRUCK = (
    r"(?<![~\w])~~(?![~\s])[^~\n]*(?<![~\s])~~(?![~\w])[^\S\n]*"
    r"|<(?P<struck>del|strike|s)>(?:(?!\[INST\])[^<\n])*</(?P=struck)>[^\S\n]*"
)
NO_WORDS = re.compile(BESIDE, re.DOTALL | re.IGNORECASE)
CODE_OR_NO_WORDS = re.compile(f"(?P<code>{CODE.pattern})|{BESIDE}", re.DOTALL | re.IGNORECASE)
CODE_OR_STRUCK = re.compile(f"(?P<code>{CODE.pattern})|{STRUCK}", re.DOTALL | re.IGNORECASE)
OF_PROGRAMS = re.compile(r"(?i)script|\bjs\b|スクリプト")
OF_STRIKING = re.compile(r"(?i)strik|strike|struck|markdown|取り?消し線|打ち?消し線|マークダウン")
SOURCES = re.compile(
    r"[^\S\n]?(?:【\d+(?::\d+)?†[^】]*】|(?::contentReference)?\[oaicite:\d+\](?:\{index=\d+\})?|\[citation:\d+\]"
    r"|\[sound:[^\]\n]+\])"
)
BRACKETS = re.compile(r"\[(?:oaicite|citation|sound):")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))*)\s*/?>")
OFFICE = re.compile(r"</?(?:o|w|m|v|st1):[A-Za-z]+(?:\s[^<>]*)?>|<\?xml:namespace[^<>]*>")  # of Word's pages
OF_WORD = re.compile(r"""</?o:p>|class=["']?Mso|style=["'][^"'<>]*\bmso-""")
ABOUT_WORD = re.compile(r"(?i)\bmso|\bo:p\b|\boffice|\bword\b.*html|ワード")
VARIABLE = re.compile(r"\w <(?:p|li)> [a-z\d]")  # the group that p makes
ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d?);")
SPOKEN_OF = re.compile(  # "What is <br> for?", "What does &nbsp; mean?": a word of the sentence it stands in
    r"(?i)(?:\b(?:is|are|does|do|did|the|an?|with|between|like|of|after|before|by|and|or|into|inside|us(?:e|es|ing)|means?"
    r"|writ(?:e|ing)|typ(?:e|ing)|insert|add|put|close|open)|[はのをとにが「])\s*"
    r"(?:</?[a-z][a-z0-9]*\s*/?>|&#?\w{2,8};)(?=[\s?.,;:!)？。、はのをとにが」]|$)"
)
ESCAPED = re.compile(r"(?s)&lt;(p|div|ul|ol|h[1-6]|span|section|article)(?:\s.*?)?&gt;.*&lt;/\1&gt;$")
LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
HELD = re.compile(r"\0(\d+)\0")
ALONE = {"br": "\n", "hr": "\n\n"}
AROUND = {  # what stands for a tag that opens, for one that closes
    "p": ("\n\n", "\n\n"), "div": ("\n", "\n"), "ul": ("\n", "\n"), "ol": ("\n", "\n"), "li": ("\n- ", ""),
    "blockquote": ("\n\n", "\n\n"), "b": ("**", "**"), "strong": ("**", "**"), "i": ("*", "*"), "em": ("*", "*"),
    "u": ("", ""), "span": ("", ""), "font": ("", ""), "small": ("", ""), "sub": ("", ""), "sup": ("^", ""),
    "h1": ("\n\n# ", "\n\n"), "h2": ("\n\n## ", "\n\n"), "h3": ("\n\n### ", "\n\n"), "h4": ("\n\n#### ", "\n\n"),
    "h5": ("\n\n##### ", "\n\n"), "h6": ("\n\n###### ", "\n\n"), "section": ("\n\n", "\n\n"),
    "article": ("\n\n", "\n\n"), "main": ("\n\n", "\n\n"), "figure": ("\n\n", "\n\n"), "figcaption": ("\n", "\n"),
    "center": ("\n", "\n"), "ins": ("", ""),
}  # fmt: skip
UNCLOSED = ("p", "li")  # HTML lets these be left open
PROGRAM = re.compile(r"<pre[^<>]*>\s*(?:<code[^<>]*>)?(.*?)(?:</code>)?\s*</pre>", re.DOTALL | re.IGNORECASE)
INLINE = re.compile(r"<code>([^<>\n]*)</code>", re.IGNORECASE)
OF_MARKUP = re.compile(
    r"(?i)\b(?:x?html5?|xml|svg|css|jsx|dom|markup|entit(?:y|ies)|escap(?:e|es|ed|ing)|tags?)\b"
    r"|タグ|マークアップ|実体参照|エスケープ"
)
OF_CHARACTERS = re.compile(  # of how to write a sign of a page, where it shows it too
    r"(?i)web ?(?:page|site|seite)|homepage|character (?:reference|code)|special character|named character|umlaut"
    r"|accent|ampersand|less[- ]than|greater[- ]than|non-?breaking|\bsource code\b|ウェブページ|ホームページ|特殊文字"
    r"|文字参照|文字コード|小なり|大なり|sonderzeichen|zeichen(?:code|referenz)"
)
WRITING = re.compile(
    r"(?i)\b(?:writ|typ(?:e|ing)|show|display|insert|enter|render|code|schreib|darstell|eingeb|escrib|écri)"
    r"|表示|書|入力|打[ちつっ]|出[しすせ]"
)
SHOWN = re.compile(  # an entity that is quoted, or what is to be written
    r"[\"'“‘「『]&#?\w{2,8};[\"'”’」』]|\b(?i:write|type|enter|use)(?: it as)? &#?\w{2,8};(?!\w)"
    r"|&#?\w{2,8};[^\S\n]?(?:と書|と入力|を使)"
)
USERS = r"(?:human|user|ユーザー|ユーザ)"
NEXT = re.compile(rf"(?i)\n\s*(?:#{{2,4}}\s*|\*\*)?{USERS}\s*(?:\*\*)?[:：]")
SPEAKS = re.compile(
    rf"(?im)^\s*(?:#{{2,4}}\s*|\*\*)?(?:{USERS}|assistant|ai|bot|gpt|chatgpt|アシスタント|システム)\s*(?:\*\*)?[:：]"
)
NOTED = re.compile(r"(?m)^\s*[\w -]{1,24}[:：]\s*\S")  # "Port: 22"
SETTINGS = re.compile(r"(?:(?:^|\n)[ \t]*[\w -]{1,24}[:：][ \t]*\S{1,80}[ \t]*){2}$")  # right above "User: git"
OF_TALKS = re.compile(
    r"(?i)dialog|conversation|chat|script|role-?play|transcript|interview|prompt|few-shot|talk"
    r"|会話|対話|台本|やり取り|やりとり|チャット|プロンプト|セリフ"
)


def may_hold(text: str) -> bool:
    """Told by single characters, which is quick: most texts have none."""
    return (
        "<" in text or "&" in text or "†" in text or "~~" in text or ("[" in text and BRACKETS.search(text) is not None)
    )


def may_go_on(text: str) -> bool:
    if "\n" not in text or (":" not in text and "：" not in text):
        return False
    return "User" in text or "Human" in text or "ユーザ" in text or "USER" in text or "HUMAN" in text


def without_left_overs(text: str, about: str = "") -> str:
    """The text in words alone; as it is where it, or what it is `about`, speaks of markup."""
    if "†" in text or "oaicite" in text or "[citation" in text or "[sound:" in text:
        text = SOURCES.sub("", text)
    if "~~" in text or "</" in text:
        text = _without_struck(text, about)
    if _speaks_of_one(about) or (not about and _speaks_of_one(text)):
        return text
    text = _unescaped_twice(text, about)
    of_word = OF_WORD.search(text) is not None and not ABOUT_WORD.search(TAG.sub("", OFFICE.sub("", about)))
    if not (of_word or ((TAG.search(text) or ENTITY.search(text)) and not OF_MARKUP.search(about))):
        return text
    if "&" in text and not of_word and _is_about_entities(text, about):
        return text
    words = NO_WORDS.sub("", text)
    of_page = of_word or TAG.search(words) or ENTITY.search(words)
    if not of_page or (OF_MARKUP.search(words) and not of_word) or (words != text and OF_PROGRAMS.search(about)):
        return text
    held: list[str] = []

    def hold(kept: str) -> str:
        held.append(kept)
        return f"\0{len(held) - 1}\0"

    plain = CODE_OR_NO_WORDS.sub(lambda found: "" if found["code"] is None else hold(found[0]), text)
    plain = PROGRAM.sub(lambda code: hold(f"\n\n```\n{html.unescape(code[1]).strip()}\n```\n\n"), plain)
    plain = INLINE.sub(lambda code: hold(f"`{html.unescape(code[1])}`"), plain)
    plain = OFFICE.sub("", plain) if of_word else plain
    plain = LINK.sub(r"[\2](\1)", plain)
    if not _is_left_over(plain):
        return text
    plain = html.unescape(TAG.sub(_in_words, plain)).replace("\xa0", " ")
    plain = HELD.sub(lambda place: held[int(place[1])], plain)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+\n", "\n", plain)).strip()


def _unescaped_twice(text: str, about: str) -> str:
    """A page that was escaped as a whole, tags and all, as the page it was."""
    if not ESCAPED.match(text.strip()) or TAG.search(text) or OF_MARKUP.search(about):
        return text
    page = html.unescape(text)
    return page if _is_left_over(PROGRAM.sub("", NO_WORDS.sub("", LINK.sub(r"\2", page)))) else text


def _speaks_of_one(question: str) -> bool:
    """Whether a question names a tag or an entity, rather than having been written with it."""
    if "<" not in question and "&" not in question:
        return False
    return (VARIABLE.search(question) or SPOKEN_OF.search(question)) is not None and "\n" not in question.strip()


def _is_about_entities(text: str, about: str) -> bool:
    """Whether it shows them to its reader: some is quoted, or the question asks for them."""
    if TAG.search(text) or not ENTITY.search(text):
        return False
    asked = "&" in about and ENTITY.search(html.unescape(about)) is not None
    told = OF_CHARACTERS.search(about) is not None and WRITING.search(about) is not None
    return asked or told or SHOWN.search(text) is not None


def is_struck_out(text: str) -> bool:
    """Whether its writer has withdrawn all of it."""
    return bool(text.strip()) and not CODE_OR_STRUCK.sub(lambda found: found["code"] or "", text).strip()


def _without_struck(text: str, about: str) -> str:
    """Without what its writer has withdrawn; as it is where it, or what it is about, speaks of striking out."""
    left = CODE_OR_STRUCK.sub(lambda found: "" if found["code"] is None else found[0], text)
    return text if left == text or OF_STRIKING.search(left) or OF_STRIKING.search(about) else left.strip()


def without_next_turn(answer: str, question: str = "") -> str:
    """The answer up to a turn of the user that a model made up; whole where it may be a talk that was asked for."""
    found = NEXT.search(answer)
    if found is None or OF_TALKS.search(question):
        return answer
    before, after = answer[: found.start()].rstrip(), answer[found.end() :]
    follows = SPEAKS.search(after) is not None
    alone = found[0].count("\n") > 1 or "user" not in found[0].lower()  # "User: git" may be a setting
    told_apart = follows or (alone and not NOTED.search(after))
    if not before or before.endswith((":", "：")) or before.count("```") % 2 or not told_apart:
        return answer
    return answer if SPEAKS.search(before) or (not follows and SETTINGS.search(before)) else before


def _is_left_over(text: str) -> bool:
    """Whether all that looks like markup is some that is known, each tag closed, and nothing stands there as itself."""
    if VARIABLE.search(text):
        return False
    opened: Counter[str] = Counter()
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if name not in AROUND and name not in ALONE:
            return False
        opened[name] += -1 if tag[1] else 1
    closed = all(count == 0 for name, count in opened.items() if name not in (*UNCLOSED, *ALONE))
    rest = ENTITY.sub("", TAG.sub("", text))
    return closed and "<" not in rest and "&" not in rest


def _in_words(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    return ALONE[name] if name in ALONE else AROUND[name][tag[1] == "/"]
