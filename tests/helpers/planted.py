"""Records with copies of some of them planted between, and which these are: for what finds duplicates."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SOME = (
    "river stone garden winter letter market doctor silver window bridge engine paper morning yellow teacher island "
    "forest candle summer kitchen planet copper village mirror basket dragon thunder pocket ladder feather castle "
    "runs keeps finds brings turns opens carries follows remembers forgets between under beside without because "
    "before after slowly quietly often never almost together small bright heavy early distant gentle narrow"
)
CHARACTERS = "山川木水火土日月空海花鳥風雪雨人町道駅本車家犬猫魚米茶春夏秋冬朝昼夜東西南北大小新古高安白黒赤青"
PARTICLES = ("は", "が", "を", "に", "で", "と", "の", "も")
PUNCTUATION = re.compile(r"[.,?!、。？！]")
KINDS = ("exact", "form", "punctuation", "word", "before", "behind")


@dataclass(frozen=True)
class Planted:
    """`kind` of copy, None for an original; `language`: en or ja."""

    prompt: str
    response: str
    language: str
    kind: str | None = None


def sentence(language: str, draw: random.Random) -> str:
    if language == "en":
        return " ".join(draw.choice(SOME.split()) for _ in range(draw.randrange(6, 14))).capitalize() + "."
    parts = ["".join(draw.choices(CHARACTERS, k=draw.randrange(1, 4))) + draw.choice(PARTICLES) for _ in range(6)]
    return "".join(parts) + "ある。"


def records(
    count: int, seed: int, share: float = 0.08, sentences: dict[str, Sequence[str]] | None = None
) -> Iterator[Planted]:
    """70 % English, 30 % Japanese, of some 480 bytes; of these `share` are copies of an earlier one, one in two exact.

    `sentences` by language: what they are made of, else random words.
    """
    draw = random.Random(seed)
    earlier: list[Planted] = []
    for _ in range(count):
        if earlier and draw.random() < share:
            kind = "exact" if draw.random() < 0.5 else draw.choice(KINDS[1:])
            yield copy(draw.choice(earlier), kind, draw)
            continue
        language = "en" if draw.random() < 0.7 else "ja"

        def some(least: int, most: int, language: str = language) -> str:
            chosen = [
                draw.choice(sentences[language]) if sentences else sentence(language, draw)
                for _ in range(draw.randrange(least, most))
            ]
            return (" " if language == "en" else "").join(chosen)

        new = Planted(some(2, 5), some(2, 5), language)
        if len(earlier) < 20_000:
            earlier.append(new)
        yield new


def copy(of: Planted, kind: str, draw: random.Random) -> Planted:
    prompt, response = of.prompt, of.response
    match kind:
        case "form":
            prompt = f"  {prompt.upper()}" if of.language == "en" else prompt.replace("。", "。 ")
        case "punctuation":
            prompt, response = PUNCTUATION.sub("", prompt), PUNCTUATION.sub("", response)
        case "word" if of.language == "en":
            words = prompt.split()
            words[draw.randrange(len(words))] = "elsewhere"
            prompt = " ".join(words)
        case "word":
            place = draw.randrange(len(prompt))
            prompt = f"{prompt[:place]}々{prompt[place + 1 :]}"
        case "before":
            prompt = f"Question: {prompt}" if of.language == "en" else f"質問: {prompt}"
        case "behind":
            response += " Done." if of.language == "en" else "以上です。"
    return Planted(prompt, response, of.language, kind)


def recall_and_precision(of: Sequence[Planted], left_out: Sequence[bool]) -> dict[str, tuple[float, float]]:
    """By language: the share of copies that were left out, and of what was left out the share of copies."""
    found = {}
    for language in ("en", "ja"):
        here = [
            (item.kind is not None, out) for item, out in zip(of, left_out, strict=True) if item.language == language
        ]
        both = sum(copied and out for copied, out in here)
        found[language] = both / sum(copied for copied, _ in here), both / max(sum(out for _, out in here), 1)
    return found
