"""Writes the demo corpus: `python3 resources/make_demo_corpus.py [FOLDER]`, standard library only.

Every file is the same, byte for byte, on every machine and Python version: what looks random is the order of
sha256 digests, not a random generator. A held-out record never asks what a training record asks, but every
fact it needs (number pair, word, request) occurs in training in another wording or company, so that the demo
measures recombination, which a tiny model can learn, and not knowledge, which it cannot have.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any

import demo_corpus_thoughts as thoughts
from demo_corpus_requests import REFUSAL, SAFE, UNSAFE, WORDINGS
from demo_corpus_words import (
    ADDITIONS,
    CAPITALS,
    CHOICE_QUESTION,
    COLOURS,
    FACTS,
    GREETINGS,
    LEXICON,
    NAMES,
    OBJECTS,
    OPPOSITES,
    SMALL_TALK,
    SUBTRACTIONS,
    UNDEFINED_KINDS,
)

Record = dict[str, Any]
Parts = tuple[list[Record], list[Record]]  # training, held-out

LANGUAGES = ("en", "ja")
THOUGHTS = ("reason", "reasoning", "reasoning_content")  # columns that hold what is thought
# Records per language: (training, held-out).
SIZES = {"maths": (800, 80), "choice": (600, 60), "chat": (300, 30), "requests": (150, 15)}


def rank(*key: object) -> int:
    """A number that looks random and is the same everywhere, for sorting and for picking by modulo."""
    return int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:8], "big")


def shuffled(records: Iterable[Record]) -> list[Record]:
    """By what is asked and answered: another thought changes neither the order nor what is held out."""
    return sorted(records, key=lambda record: rank(json.dumps(without_thought(record), ensure_ascii=False)))


def without_thought(record: Record) -> Record:
    plain = {name: value for name, value in record.items() if name not in THOUGHTS}
    if "messages" in plain:
        plain["messages"] = [without_thought(turn) for turn in plain["messages"]]
    return plain


def maths_pairs() -> list[tuple[str, int, int]]:
    """Numbers from 2 (so that nouns are plural) and results from 0 to 20."""
    sums = [("+", a, b) for a in range(2, 11) for b in range(2, 11)]
    return sums + [("-", a, b) for a in range(2, 13) for b in range(2, a + 1)]


def maths(language: str) -> Parts:
    """Rounds over all number pairs: the training part holds five full rounds, so each pair at least five times."""
    train, heldout = SIZES["maths"]
    seen: set[str] = set()
    records: list[Record] = []
    for turn in range(6):
        for sign, a, b in sorted(maths_pairs(), key=lambda pair: rank("maths", language, turn, pair)):
            templates = (ADDITIONS if sign == "+" else SUBTRACTIONS)[language]
            template = templates[(turn + rank(sign, a, b)) % len(templates)]
            attempt = 0
            while True:
                key = (language, turn, sign, a, b, attempt)
                thing, unit = OBJECTS[language][rank("thing", key) % len(OBJECTS[language])]
                name = NAMES[language][rank("name", key) % len(NAMES[language])]
                question = template.format(name=name, thing=thing, unit=unit, a=a, b=b)
                if question not in seen:
                    break
                attempt += 1
            seen.add(question)
            result = a + b if sign == "+" else a - b
            worked = thoughts.sum_or_difference(language, sign, a, b)
            records.append({"question": question, "answer": f"{worked}\n#### {result}"})
    return records[:train], records[train : train + heldout]


def choice(language: str) -> Parts:
    """Questions go round all kinds and all their words; company and place of the answer vary."""
    train, heldout = SIZES["choice"]
    lexicon = LEXICON[language]
    kinds = list(lexicon)
    records: list[Record] = []
    seen: set[tuple[str, ...]] = set()
    for number in range(train + heldout):
        kind = kinds[number % len(kinds)]
        answer = lexicon[kind][number // len(kinds) % len(lexicon[kind])]
        attempt = 0
        while True:
            key = (language, number, attempt)
            others = sorted((other for other in kinds if other != kind), key=lambda other: rank("kind", key, other))
            words = [lexicon[other][rank("word", key, other) % len(lexicon[other])] for other in others[:4]]
            label = rank("label", key) % 5
            words.insert(label, answer)
            sorts = [*others[:label], kind, *others[label:4]]
            if (kind, *words) not in seen:
                break
            attempt += 1
        seen.add((kind, *words))
        record: Record = {"q_id": number, "question": CHOICE_QUESTION[language].format(kind=kind)}
        records.append(record | {f"choice{place}": word for place, word in enumerate(words)} | {"label": label})
        records[-1]["reasoning"] = thoughts.options_in_turn(language, sorts, label)
    return records[:train], records[train:]


def hold_out(candidates: list[Record], fact: Callable[[Record], Hashable], sizes: tuple[int, int]) -> Parts:
    """Holds out one wording of some facts; a fact is held out only while training keeps at least two wordings."""
    train, heldout = sizes
    kept = shuffled(candidates)[: train + heldout]
    if len(kept) < train + heldout:
        raise ValueError(f"{len(candidates)} candidates are too few for {train} + {heldout} records.")
    left = Counter(fact(record) for record in kept)
    held: list[Record] = []
    taken: set[Hashable] = set()
    for record in kept:
        if len(held) < heldout and left[fact(record)] > 2 and fact(record) not in taken:
            held.append(record)
            taken.add(fact(record))
    return [record for record in kept if record not in held], held


def with_article(word: str) -> str:
    return word if word[0].isupper() else f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def chat_facts(language: str) -> list[tuple[str, str, str, str]]:
    """(sort of fact, what is asked, what is answered, what is thought)."""

    def pairs(text: str) -> list[tuple[str, str]]:
        return [(x, y) for x, _, y in (entry.partition(":") for entry in text.split())]

    def thought(sort: str, word: str, *others: str, pair: tuple[str, str] = ("", "")) -> str:
        return thoughts.fact(language, sort, word, others, pair)

    noun = with_article if language == "en" else str
    facts = [("capital", x, y, thought("capital", x)) for x, y in pairs(CAPITALS[language])]
    for x, y in pairs(OPPOSITES[language]):
        both = thought("opposite", x, pair=(x, y))
        facts += [("opposite", x, y, both), ("opposite", y, x, both)]
    facts += [("colour", noun(x), y, thought("colour", x)) for x, y in pairs(COLOURS[language])]
    for kind, words in LEXICON[language].items():
        if kind not in UNDEFINED_KINDS:
            for place, word in enumerate(words):
                near = thought("definition", word, words[place - 1], words[place - 2])
                facts.append(("definition", noun(word), kind, near))
    return facts


def chat(language: str) -> Parts:
    def record(user: str, assistant: str, thought: str | None = None) -> Record:
        answer = {"role": "assistant", "content": assistant}
        return {
            "messages": [
                {"role": "user", "content": user},
                answer | ({"reasoning_content": thought} if thought else {}),
            ]
        }

    records = [record(*talk) for talk in SMALL_TALK[language]]
    for user, assistant in GREETINGS[language]:
        records += [record(user.format(name=name), assistant.format(name=name)) for name in NAMES[language]]
    for sort, x, y, thought in chat_facts(language):
        wordings, answer = FACTS[language][sort]
        reply = answer.format(x=x, X=x[0].upper() + x[1:], y=y)
        records += [record(wording.format(x=x), reply, thought) for wording in wordings]
    return hold_out(records, lambda entry: entry["messages"][1]["content"], SIZES["chat"])


def requests(language: str) -> Parts:
    """Unsafe requests and look-alikes in the same wordings, so that only the act tells them apart."""
    parts: Parts = ([], [])
    unsafe = [
        (act, REFUSAL[language].format(reason=reason, way=way), thoughts.refusal(language, number, reason, way))
        for number, (act, reason, way) in enumerate(UNSAFE[language])
    ]
    safe = [(act, response, thoughts.HARMLESS[language]) for act, response in SAFE[language]]
    for safety, acts in (("unsafe", unsafe), ("safe", safe)):
        records = [
            {"prompt": wording.format(act=act), "response": response, "safety": safety, "reason": reason}
            for act, response, reason in acts
            for wording in WORDINGS[language]
        ]
        train, heldout = hold_out(records, lambda entry: entry["response"], SIZES["requests"])
        parts[0].extend(train)
        parts[1].extend(heldout)
    return parts


def corpus() -> dict[str, list[Record]]:
    """All files by name, languages mixed."""
    makers = {"maths": maths, "choice": choice, "chat": chat, "unsafe": requests}
    files: dict[str, list[Record]] = {}
    for name, make in makers.items():
        parts = [make(language) for language in LANGUAGES]
        files[f"{name}.jsonl"] = shuffled(record for train, _ in parts for record in train)
        files[f"{name}.heldout.jsonl"] = shuffled(record for _, heldout in parts for record in heldout)
    return files


def file_bytes(records: list[Record]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in corpus().items():
        (folder / name).write_bytes(file_bytes(records))
        print(f"{len(records):5d}  {folder / name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "so8t_resources" / "demo")
