"""What closes a text below its last answer and is no part of that: opening hours, contact, dates, rights, pages.

Only what is plainly such is taken off, and nothing that the question asks for or the answer leads to; what else stands
behind the last answer alone is learnt, and said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

PARTS = re.compile(r"[ \t]*(?:[-=*_―－─]{3,}|(?:[-*_] ){2,}[-*_])[ \t]*")
NUMBER = (  # of a page: "Page 1 of 2", "Seite 3", "1/2ページ"
    r"(?:(?:page|seite|página|pagina|p(?:ag|ág)?\.|pg\.)[ \t]*\d{1,4}(?:[ \t]*(?:of|von|de|di|sur|/)[ \t]*\d{1,4})?"
    r"|\d{1,4}[ \t]*/[ \t]*\d{1,4}[ \t]*(?:pages?|ページ|頁|页)|第?[ \t]*\d{1,4}[ \t]*(?:ページ|頁|页)"
    r"|ページ[ \t]*\d{1,4}(?:[ \t]*/[ \t]*\d{1,4})?)"
)
BARE = r"[ \t　]*[-–—][ \t]*\d{1,4}[ \t]*[-–—][ \t　]*"  # - 3 -
# Of no answer, wherever they stand at the end: pages, rights, when the text was changed last, its end.
SURE = re.compile(
    rf"(?i)[ \t　]*[-–—(\[|]?[ \t]*(?:{NUMBER}"
    r"|(?:©|\(c\)[ \t]*\d{4}|copyright[ \t]*(?:©|\(c\)|\d{4})).{0,100}|(?:.{0,60}[ \t])?all rights reserved"
    r"|.{0,40}無断(?:転載|複製|使用).{0,20}|(?:this (?:page|document|faq) was )?last"
    r" (?:updated|modified|reviewed|changed|revised)\b.{0,60}"
    r"|(?:最終)?(?:更新|改訂)日時?[ \t]*[:：]?[ \t]*\d.{0,40}|最終(?:更新|改訂).{0,40}"
    r"|zuletzt (?:aktualisiert|geändert).{0,60}|(?:the )?end of (?:the )?(?:faqs?|document|file|page|text|list)"
    r"|(?:ファイル|文書|資料|FAQ)(?:の)?終わ?り)[ \t]*[-–—)\].。|]*[ \t　]*"
)
ALONE = re.compile(rf"[ \t]*\d{{1,4}}[ \t]*/[ \t]*\d{{1,4}}[ \t]*|{BARE}")  # 3/3
PAGE = re.compile(rf"(?i)[ \t　]*[-–—(\[|]?[ \t]*{NUMBER}[ \t]*[-–—)\]|]?[ \t　]*|{BARE}")  # between the texts
ASKED_SURE = re.compile(
    r"(?i)\b(?:pages?|copyright|rights|notice|updated?|revis\w+|seite)\b|©|ページ|頁|著作|転載|更新|改訂"
)
ASKED_HOURS = (
    r"(?i)\b(?:open(?:ing)?|hours?|when|clos\w+|time)\b|何時|いつ|営業|時間|定休|休み|受付|geöffnet|öffn\w+|wann"
)
ASKED_CONTACT = (
    r"(?i)\b(?:contact\w*|reach|call\w*|phone|telephone|fax|e-?mail\w*|mail|write|website|web ?(?:site|page)|support"
    r"|speak|talk|questions?|kontakt\w*|erreich\w*|anruf\w*|telefon\w*)\b"
    r"|連絡|問い?合わ?せ|電話|メール|窓口|相談|サイト|ホームページ|ファ(?:ク|ッ)ス"
)
ASKED_PLACE = (
    r"(?i)\b(?:where|address|located?|location|find|get (?:to|there)|wo|adresse)\b|どこ|住所|場所|所在|アクセス|行き方"
)
ASKED_EDITION = (
    r"(?i)\b(?:version|updated?|edition|revis\w+|date|dated|when|author|who|wrote|stand)\b"
    r"|いつ|更新|改訂|版|日付|作成|作者|誰"
)
KINDS = (  # (labels of a line, what asks for that)
    (r"(?:opening|business|office|store|shop|service) (?:hours|times)|hours|open|öffnungszeiten|営業(?:時間|日)"
     r"|受付(?:時間)?|開館時間|定休日|休業日|診療時間", ASKED_HOURS),
    (r"(?:contact(?: us)?|tel(?:ephone|\.|efon)?|(?:tele)?phone|fax|mobile|e-?mail|website|homepage|web|url|support"
     r"|hotline|customer (?:service|support)|(?:any |more |further )?questions|kontakt"
     r"|お?問い?合わ?せ(?:先|窓口)?|ご?連絡先"
     r"|電話(?:番号)?|メール(?:アドレス)?|ファ(?:ク|ッ)ス|ホームページ|窓口|☎|✉|℡)", ASKED_CONTACT),
    (r"(?:(?:our |postal )?address|find us|location|adresse|anschrift|住所|所在地|アクセス|〒)", ASKED_PLACE),
    (r"(?:updated|revised|version|edition|as of|date|printed|author|written by|prepared by|published(?: by)?|stand"
     r"|autor|作成(?:者|日)?|更新|改訂|制定|文責|発行(?:者|日|元)?|編集|担当(?:者|部署)?|版数)", ASKED_EDITION),
)  # fmt: skip
LABELS = [
    (re.compile(rf"(?i)[^\w☎✉℡〒]{{0,3}}(?:{labels})\??[ \t]*(?:[:：】\]]|\Z|(?=[\d(+]))"), re.compile(asked))
    for labels, asked in KINDS
]
ADDRESS = re.compile(  # of mail, of the web, a number to call
    r"(?i)\W{0,3}(?:[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|[+(]?\d[\d ()/-]{6,20}\d)\W{0,2}"
)
AS_OF = re.compile(r"(?i)\W{0,2}(?:as of .{1,40}|.{2,30}(?:現在|時点)(?:の(?:情報|内容)(?:です)?)?)[)）.。]*")
LONGEST_NAME = 60  # characters; of whoever has written the text, beside such lines
MOST_PARTED, LONGEST_SAID = 6, 300  # lines below a rule; characters that are said
FEWEST_OTHERS = 2
ENDS = (".", "。", "!", "！", ":", "：", ",", "、")
LEADS = (":", "：", "「")


class Closed(NamedTuple):
    """The lines of the last answer, what was taken off, and what may be no part of it either."""

    lines: list[str]
    footer: str = ""
    doubted: str = ""


def parted(asked: Sequence[str], said: Sequence[str], others: int) -> Closed:
    """`others`: how many answers stand above, none of which goes on behind an empty line; 0 where one does."""
    lines = _bare(said)
    question, kept = "\n".join(asked), len(lines)
    while kept > 1 and _closes_alone(lines, kept) and not ASKED_SURE.search(question):
        kept = _end(lines, kept - 1)
    is_doubted = False
    while first := _begin_of_block(lines, kept):
        above = _end(lines, first)
        if lines[above - 1].rstrip().endswith(LEADS):
            break
        block = lines[first:kept]
        if any(map(PARTS.fullmatch, lines[above:first])):
            if len(block) > MOST_PARTED:
                break
            kept = above
            continue
        kinds = _kinds(block)
        if not kinds or any(kind.search(question) for kind in kinds):
            is_doubted = not kinds and others >= FEWEST_OTHERS
            break
        if any(kind.search("\n".join(lines[:above])) for kind in kinds):
            is_doubted = True
            break
        kept = above
    footer = "\n".join(lines[kept:]).strip()
    doubted = "\n".join(lines[first:kept]) if is_doubted else ""
    return Closed(lines[:kept], footer, doubted if len(doubted) <= LONGEST_SAID else "")


def without_pages(asked: Sequence[str], said: Sequence[str]) -> list[str]:
    """An answer without the number of a page that stands by itself in it or behind it, as where a page ended."""
    if not any(map(PAGE.fullmatch, said)) or ASKED_SURE.search("\n".join(asked)):
        return list(said)
    return [line for at, line in enumerate(said) if not _is_page(said, at)]


def _is_page(lines: Sequence[str], at: int) -> bool:
    """Whether a line is the number of a page: between empty lines, and nothing above leads to it."""
    above = [line.rstrip() for line in lines[:at] if line.strip()]
    alone = at and not lines[at - 1].strip() and not "".join(lines[at + 1 : at + 2]).strip()
    return bool(alone and above and not above[-1].endswith(LEADS)) and PAGE.fullmatch(lines[at]) is not None


def goes_on(said: Sequence[str]) -> bool:
    """Whether an answer goes on behind an empty line."""
    return "" in [line.strip() for line in _bare(said)]


def _bare(said: Sequence[str]) -> list[str]:
    text = "\n".join(line.rstrip() for line in said).strip("\n")
    return text.split("\n")


def _end(lines: Sequence[str], end: int) -> int:
    """Without empty lines, and without a line that only parts what stands below."""
    while end > 1 and (not lines[end - 1].strip() or PARTS.fullmatch(lines[end - 1])):
        end -= 1
    return end


def _begin_of_block(lines: Sequence[str], end: int) -> int:
    """Where the lines begin that stand behind the last empty line or rule; 0 where there is none."""
    return next((at for at in range(end - 1, 0, -1) if not lines[at - 1].strip() or PARTS.fullmatch(lines[at - 1])), 0)


def _closes_alone(lines: Sequence[str], end: int) -> bool:
    last = lines[end - 1]
    if lines[end - 2].rstrip().endswith(LEADS):
        return False
    return SURE.fullmatch(last) is not None or (ALONE.fullmatch(last) is not None and not lines[end - 2].strip())


def _kinds(block: Sequence[str]) -> list[re.Pattern[str]]:
    """What would ask for lines that all are of a footer; none where one is not."""
    found = [_kind(line) for line in block]
    names = [line.strip() for line, kind in zip(block, found, strict=True) if kind is None]
    if any(len(name) > LONGEST_NAME or name.endswith(ENDS) for name in names):
        return []
    return [kind for kind in found if kind is not None]


def _kind(line: str) -> re.Pattern[str] | None:
    if ADDRESS.fullmatch(line):
        return LABELS[1][1]
    if SURE.fullmatch(line):
        return ASKED_SURE
    if AS_OF.fullmatch(line):
        return LABELS[3][1]
    if line.endswith((".", "。")) and not any(map(str.isdigit, line)):  # "Date: the day on which it was bought."
        return None
    return next((asked for label, asked in LABELS if label.match(line.lstrip())), None)
