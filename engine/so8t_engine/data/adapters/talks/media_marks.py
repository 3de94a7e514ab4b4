"""Pictures and sounds that a text itself holds, as pages, Markdown and Anki write them.

A question with a picture needs it, one with a sound where it asks what is heard, or asks nothing else; an answer needs
it where it is all there is, or all else points at it. A text that speaks of markup, or has it as code, stays.
"""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk
from so8t_engine.data.adapters.talks.role_words import ASSISTANT, USER
from so8t_engine.data.texts import markup

MOST_POINTING = 80  # characters
PICTURE = re.compile(
    r"<(?:img|video)\b[^<>]*\bsrc\s*=[^<>]*>(?:\s*</video>)?|!\[[^\]\n]*\]\([^()\n]+(?:\([^()\n]*\)[^()\n]*)?\)"
    r"|!\[\[[^\]\n]+\.(?:png|jpe?g|gif|webp|svg|bmp|pdf)(?:\|[^\]\n]*)?\]\]|\[img\][^\[\]\n]+\[/img\]"
    r"|\[\[(?:File|Image|Datei|Fichier|Archivo|ファイル|画像|文件|파일):[^\[\]\n]+\]\]",
    re.IGNORECASE,
)
SOUND = re.compile(r"\[sound:[^\]\n]+\]|<audio\b[^<>]*\bsrc\s*=[^<>]*>(?:\s*</audio>)?", re.IGNORECASE)
DECORATES = re.compile(r"(?i)emoji|smil(?:ey|ie)|twemoji|shields\.io|badge|\bspacer\b|tracking|pixel\.gif")
ABOUT_MARKUP = re.compile(
    r"(?i)\b(?:x?html5?|xml|svg|css|jsx|markup|markdown|latex|bbcode|wiki(?:text|code)|img|src|tags"
    r"|alt[- ](?:texts?|attributes?)|syntax|code)\b|image tag|</?(?:html|head|body|script|style|link|meta|!doctype)\b"
    r"|タグ|マークアップ|マークダウン|コード|标签|代码|태그|코드|マーク記法|etiqueta|balise|etichetta|código"
)
HEARS = re.compile(
    r"(?i)\b(?:hear|heard|listen\w*|audio|sounds?|record(?:ing|ed)|pronounc\w+|sings?|song|speaks?|speaker|says?|plays?"
    r"|h[öo]r\w*|gehört|klingt|écout\w*|entend\w*|escuch\w*|oyes?|oyen|ascolt\w*|senti|ouv\w+|luister\w*)\b"
    r"|聞|聴|きこえ|音声|発音|听|聽|录音|듣|들[리립은려]|слыш\w+|слуша\w+"
)
PICTURES = (
    r"(?:pictures?|images?|photos?|figures?|fig\.|diagrams?|screenshots?|charts?|drawings?|bild(?:er)?|abb(?:ildung|\.)|foto"
    r"|grafik|screenshot|schema|figura|imagen|imágenes|captura|gráfico|immagine|imagem|рисун\w+|фото)"
)
POINTS = re.compile(
    rf"(?:.*\b(?:see|refer to|look at|shown|siehe|s\.|vgl\.|voir|ver|véase|mira|vedi|veja|см\.?|zie)(?=\W)"
    rf".{{0,30}}\b{PICTURES}.{{0,24}}|(?:the |das |die |la |el |il )?(?:\w+ )?{PICTURES}"
    r"(?: (?:below|above|unten|oben|ci-dessous|abajo))?"
    r"|.{0,12}(?:図|画像|写真|イラスト|スクリーンショット|スクショ)(?:を|の)?(?:参照|ご覧|見て|通り|とおり|ように)?.{0,12}"
    r"|.{0,8}(?:见|如|看|参考|参照|查看)(?:下|上|附|左|右)?(?:图|圖)(?:片|所示)?.{0,6}"
    r"|.{0,12}(?:그림|사진|이미지)(?:을|를)?\s?(?:참조|참고|보세요|보십시오|확인).{0,12})",
    re.IGNORECASE,
)


def refuse(row: Fields, turns: list[tuple[str, str]]) -> None:
    """Raises Skip where a row, its question, or the answer that ends the turns needs a picture or a sound."""
    talk.refuse_media(row, [text for _, text in turns])
    if not any(map(_may_hold, (text for _, text in turns))):
        return
    for number, (role, text) in enumerate(turns):
        is_answer = role == ASSISTANT and number == len(turns) - 1
        if (role == USER and _asks_of_one(text)) or (is_answer and _is_one(text, turns)):
            raise Skip(drop_reasons.NEEDS_MEDIA)


def _may_hold(text: str) -> bool:
    return "<" in text or "[" in text


def _asks_of_one(text: str) -> bool:
    pictures, sounds, words = _split(text)
    if ABOUT_MARKUP.search(words):
        return False
    return pictures or (sounds and (not _says(words) or HEARS.search(words) is not None))


def _is_one(text: str, turns: list[tuple[str, str]]) -> bool:
    pictures, sounds, words = _split(text)
    if not (pictures or sounds) or any(ABOUT_MARKUP.search(asked) for role, asked in turns if role == USER):
        return False
    left = words.strip(" \t\n.。:：!！*_<>/pbrdiv()（）")
    return not _says(left) or (len(left) <= MOST_POINTING and POINTS.fullmatch(left) is not None)


def _split(text: str) -> tuple[bool, bool, str]:
    """(has pictures, has sounds, the words beside them); none of code."""
    if not _may_hold(text):
        return False, False, text
    told = markup.CODE.sub(" ", text) if "`" in text or "~~~" in text else text
    pictures = [found[0] for found in PICTURE.finditer(told) if not DECORATES.search(found[0])]
    return bool(pictures), SOUND.search(told) is not None, SOUND.sub(" ", PICTURE.sub(" ", text))


def _says(words: str) -> bool:
    return re.search(r"\w", re.sub(r"<[^<>]*>|&\w+;", "", words)) is not None
