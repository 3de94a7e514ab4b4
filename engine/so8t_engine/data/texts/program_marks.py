"""What programs write for people, channels, pages and links: `<@U01ANA>`, `<https://x.org|label>`, `[[page|label]]`.

A code becomes the name or label that stands with it; whom it only addresses goes, as does what names nothing that is
read. Code stays as it is, and so does what a question about such marks asks for.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from so8t_engine.data.texts import unfilled
from so8t_engine.data.texts.markup import CODE

USER, CHANNEL = "@user", "#channel"  # of whom nothing but a number is known
PERSON = (
    r"<@[!&]?(?:[UWBS][A-Z0-9]+|\d{5,20})(?:\|(?P<called>[^<>\n|]+))?>"  # Slack, Discord
    r"|\{(?:user|member|author|agent|person|mention|userid|user_id)[:=]\s*[\w-]*\d[\w-]*\}|<users/[\w-]*\d[\w-]*>"
    r"|\[~accountid:[\w:-]+\]|\[To:\d+\]|\[picon(?:name)?:\d+\]|<!(?:here|channel|everyone)(?:\|[^<>\n]*)?>|<users/all>"
)
MENTION = re.compile(PERSON)
_UNNAMED = PERSON.replace("(?P<called>", "(?:")
_ASKS = (
    r"(?:how|what|when|where|why|who|which|(?:can|could|do|did|are) (?:you|we|i)|please|pls|thanks?|yes|no|try|your?|hi"
    r"|hello|hey|sorry|it|the|we|if|there|this|that|just)\b"
)
ADDRESSED = re.compile(  # at the beginning: "<@U1>, open it", "<@U1> How is it done?", not "<@U1> knows it"
    rf"(?:(?:{_UNNAMED})[^\S\n]*(?:(?:(?:さん|様|氏)[^\S\n]*)?(?:[,:;、：]\s*|\n\s*)|(?=[<\[{{])"
    rf"|(?=[A-Z\"'(*]|\d|{_ASKS}|[^\W\d_a-zà-ÿ])(?!さん|様|氏|[はがにのもとをへ]|から|まで|って|님|先生)))+"
)
COPIED = re.compile(rf"(?:\s*\b(?:/?cc|fyi):?|(?<=[.!?。！？]))(?:[^\S\n]*(?:{_UNNAMED}))+[^\S\n]*$", re.IGNORECASE)
OTHERS = re.compile(
    r"<#(?:[CGD][A-Z0-9]+|\d{5,20})(?:\|(?P<channel>[^<>\n|]*))?>|\{channel[:=]\s*[\w-]*\d[\w-]*\}"
    r"|<!(?:subteam\^\w+|date\^[^<>|\n]*)(?:\|(?P<shown>[^<>\n|]*))?>"
    r"|<(?P<link>(?:https?://|mailto:|tel:)[^\s<>|]+)\|(?P<label>[^<>\n|]+)>"
    r"|<a?:(?P<emoji>\w+):\d{5,20}>|<t:(?P<time>\d{6,11})(?::[tTdDfFR])?>"
    r"|<at(?:\s[^<>]*)?>(?P<at>[^<>\n]+)</at>|@\[(?P<tagged>[^\[\]\n]+)\]\((?:\w+:)?[\w-]*\d[\w-]*\)"
    r"|(?<![\w)\]])\[~(?P<login>[a-z0-9][\w-]*(?:\.[a-z0-9_-]+)?)\]"
    r"|(?<!\[)\[(?P<words>[^\[\]\n|]+)\|(?P<target>https?://[^\s\[\]|]+)(?:\|[\w-]+)?\]"
    r"|\[rp aid=\d+ to=[\d-]+\]\s*|\(\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)\)"
)
PAGE = re.compile(
    r"(?P<embedded>[^\S\n]?!)?(?<![A-Za-z0-9_\])\"'“=])(?<!= )(?<!return )(?<!\w\()"
    r"\[\[(?![\s\"'])(?P<page>[^\[\]|\n=;(){}<>*\"]*?)"
    r"(?:\\?\|(?P<alias>[^\[\]|\n]+))?(?<!\s)\]\](?![\"'”\[])"
)
CODED = re.compile(  # a list of values: `target, 0`, `left, top`, `image.height`
    r"[a-z_]\w*\.[a-z_]\w*|\w_\w|(?:^|,)\s*-?\d[\d.]*\s*(?:,|$)|(?:^|,)\s*[a-z]\w*\s*,|,\s*[a-z]\w*\s*$"
)
BLOCK = re.compile(
    r"(?m)(?:(?<=[.!?。！？)\]:」…])[^\S\n]\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{2,}|[^\S\n]\^(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6}"
    r"|^\^(?=[a-z-]*\d)(?=\d*[a-z])[a-z0-9-]{4,})[^\S\n]*$"
)
NAMES_A_PAGE = re.compile(r"[^\W\d_]{3}|[^\W\da-zA-Zà-ÿ]")  # and no number, letter or formula
FORMAT = re.compile(
    r"(?i)bracket|括弧|カッコ|かっこ|format|verdict|judg|template|placeholder|wiki|obsidian|logseq|roam|markdown|syntax"
    r"|書式|形式|テンプレ|構文|記法"
)
ABOUT = re.compile(  # of the marks themselves
    r"(?i)slack|discord|\bteams\b|chatwork|チャットワーク|\bmention|メンション|\bapi\b|\bbots?\b|\bmarkup\b|mrkdwn|syntax|構文|記法"
)
ANY = re.compile(
    rf"{_UNNAMED}|{re.sub(r'[?]P<[a-z]+>', '?:', OTHERS.pattern)}|\[\[|\^[A-Za-z0-9-]+[^\S\n]*$", re.MULTILINE
)
HELD = re.compile(r"\0(\d+)\0")


def may_hold(text: str) -> bool:
    """Told by characters, which is quick: most texts have none."""
    may_be = "<" in text or "[" in text or "{" in text or "^" in text or "((" in text
    return may_be and ANY.search(text) is not None


def in_words(text: str, about: str = "") -> str:
    """The text with names and labels for such marks; `about`: the question of an answer."""
    asked = about or text
    held: list[str] = []

    def hold(code: re.Match[str]) -> str:
        held.append(code[0])
        return f"\0{len(held) - 1}\0"

    words = CODE.sub(hold, text)
    if not ABOUT.search(OTHERS.sub("", MENTION.sub("", asked))):
        words = COPIED.sub("", ADDRESSED.sub("", words, count=1) if ADDRESSED.match(words) else words)
        words = OTHERS.sub(_read, MENTION.sub(lambda found: found["called"] or USER, words))
    if "[[" in words and not FORMAT.search(asked) and not unfilled.HOLE.search(words):
        words = PAGE.sub(_titled, words) if _are_pages(words) else words
    if "^" in words and not FORMAT.search(asked):
        words = BLOCK.sub("", words)
    words = HELD.sub(lambda place: held[int(place[1])], words).strip()
    return "" if words in (USER, CHANNEL) else words


def _read(found: re.Match[str]) -> str:
    if found["link"]:
        target = found["link"].removeprefix("mailto:").removeprefix("tel:")
        return found["label"] if found["label"] in (target, found["link"]) else f"[{found['label']}]({found['link']})"
    if found["words"]:
        return f"[{found['words']}]({found['target']})"
    if found["time"]:
        return datetime.fromtimestamp(int(found["time"]), UTC).strftime("%Y-%m-%d")
    if found["emoji"]:
        return f":{found['emoji']}:"
    if found[0].startswith(("<#", "{channel")):
        return f"#{found['channel']}" if found["channel"] else CHANNEL
    if found["login"]:
        return f"@{found['login']}"
    return found["at"] or found["tagged"] or found["shown"] or ""


def _are_pages(text: str) -> bool:
    """Whether all that stands in two brackets is called as pages are: no matrix, no index, no `[[5]]` of a judge."""
    found = [page for page in PAGE.finditer(text) if page["alias"] or page["page"].split("#^")[0]]
    named = [page["alias"] or page["page"] for page in found]
    are_values = any(CODED.search(page["page"]) for page in found if not page["embedded"] and not page["alias"])
    return len(found) == text.count("[[") and not are_values and all(map(NAMES_A_PAGE.search, named))


def _titled(found: re.Match[str]) -> str:
    if found["embedded"]:
        return ""
    if found["alias"]:
        return found["alias"]
    page, *headings = (part for part in found["page"].split("#") if part and part[0] != "^")
    return " > ".join((page, *headings))
