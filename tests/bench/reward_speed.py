"""How long it takes to score a batch of completions: plain numbers, expressions, algebra, prose. No model is run."""

from __future__ import annotations

import argparse
import json
import time

from so8t_engine.config.reward import Reward
from so8t_engine.data.record import SECTIONS, AnswerKind, Example
from so8t_engine.rewards import math_equivalence, scoring

WORDS = "Some words about this question, thought through at length. "
PROSE = "The sky is blue because light is scattered by the air, and more so when it is of short wave length. " * 20


def batch(kind: str, count: int) -> tuple[list[Example], list[str]]:
    """Examples and completions, all different, most of them wrong."""
    gold: list[tuple[str | None, AnswerKind | None]]
    if kind == "numbers":
        said = [f"The answer is {n % 7}." for n in range(count)]
        gold = [(str(n), "number") for n in range(count)]
    elif kind == "expressions":
        said = [rf"$\frac{{{2 * n}}}{{{2 * n + 7}}}$" for n in range(count)]
        gold = [(rf"\frac{{{n}}}{{{n + 3}}}", "text") for n in range(count)]
    elif kind == "algebra":
        said = [f"$(x+{n})(x+{n + 1})$" for n in range(count)]
        gold = [(f"x^2+{n}x+{2 * n}", "text") for n in range(count)]
    else:
        said, gold = [f"{PROSE}{n}" for n in range(count)], [(None, None)] * count
    thoughts = "".join(f"<think-{name}>{WORDS * 6}</think-{name}>\n" for name in SECTIONS)
    examples = [Example("0", "s", "maths", "en", "train", "?", "c", "p", answer, kind_, None) for answer, kind_ in gold]
    return examples, [f"{thoughts}<final>{text}</final>" for text in said]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=128, help="completions in a batch (default 128)")
    parser.add_argument("--rounds", type=int, default=3, help="the fastest of so many is taken (default 3)")
    arguments = parser.parse_args()
    found: dict[str, float] = {}
    for kind in ("numbers", "prose", "expressions", "algebra"):
        examples, said = batch(kind, arguments.count)
        times = []
        for _ in range(arguments.rounds):
            math_equivalence._same.cache_clear()
            math_equivalence._parsed.cache_clear()
            started = time.perf_counter()
            scoring.score(examples, said, Reward(), {})
            times.append(time.perf_counter() - started)
        found[f"{kind}_ms"] = round(min(times) * 1000, 1)
        print(f"{kind}: {found[f'{kind}_ms']} ms for {arguments.count}")
    print(json.dumps({"bench": "reward_speed", "count": arguments.count, **found}))


if __name__ == "__main__":
    main()
