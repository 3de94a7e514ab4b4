"""Thought, limits and draws: what is said of a record, of tokens, of stretches, at the bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons, stretches
from so8t_engine.data.record import Example, Record
from so8t_engine.data.sieve import bit_filter, duplicates, heldout_split, limits, minhash
from so8t_engine.data.texts import ngrams
from so8t_engine.data.thought import conversion, final_only, repeats, sections, thinking, thought_table, trace_sections
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.sentences import Sentence

FIRST = Record(
    id="00000000000000aa",
    source="s",
    category="chat",
    language="en",
    split="train",
    prompt="Who is it?",
    response="It is me.",
)


def of(more: dict[str, Any], keep: bool = False) -> sections.Evidence:
    return sections.evidence(FIRST._replace(**more), keep)


def example(prompt_tokens: int = 0, completion_tokens: int = 0, **more: Any) -> Example:
    made = sections.example(FIRST, Sections("It is me.", {}))
    return made._replace(prompt_tokens=prompt_tokens, completion_tokens=completion_tokens, **more)


def kept(values: Sequence[int], times: Sequence[int] | None, wanted: Sequence[bool]) -> tuple[list[int], list[int]]:
    """(what is left of stretches, where that stands)."""
    found = stretches.Stretches(np.array(values), None if times is None else np.array(times))
    flags = np.array(wanted, bool)
    return list(found.only(flags)), list(found.places(flags))


def stretched(values: Sequence[int], times: Sequence[int] | None = None) -> list[int]:
    return list(stretches.Stretches(np.array(values), None if times is None else np.array(times)))


def filtered(added: Sequence[int], asked: Sequence[int], bits: int = 1 << 20) -> list[bool]:
    found = bit_filter.BitFilter(bits)
    found.add(np.array(sorted(added), np.uint64))
    return [bool(one) for one in found.passes(np.array(asked, np.uint64))]


def bands_agree(one: str, other: str) -> int:
    """In how many bands two texts agree, by their pairs of words."""
    words = ngrams.tokens([one, other])
    grams, starts = ngrams.ngrams(words.hashes, words.starts, np.array([2, 2]))
    first, second = minhash.bands(grams, starts)
    return int((first == second).sum())


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (repeats.repeats, ("It is me.", "Who is it?", "It is me."), True),
    (repeats.repeats, ("So the answer is: it is me.", "Who is it?", "It is me."), True),
    (repeats.repeats, ("I look at the picture, which shows a face that I know.", "Who is it?", "It is me."), False),
    (repeats.repeats, ("3 + 4 = 7", "What is 3 and 4?", "7"), False),
    (repeats.repeats, ("3 and 4 is 7", "What is 3 and 4?", "7"), True),
    (repeats.repeats, ("Who is it?", "Who is it?", "Me."), True),
    (repeats.repeats, ("", "Who is it?", "Me."), True),
    (repeats.repeats, ("y " * 30, "Who is it?", "Me."), False),
    (repeats.repeats, ("a b c d", "a b c d e", "x"), True),
    (repeats.repeats, ("a b c x d", "a b c d", "x"), True),
    (of, ({},), sections.Evidence(Sections("It is me.", {}), False, False)),
    (
        of,
        ({"reasoning": "I know the face."},),
        sections.Evidence(Sections("It is me.", {"logic": "I know the face."}), True, False),
    ),
    (of, ({"reasoning": "It is me."},), sections.Evidence(Sections("It is me.", {}), False, True)),
    (
        of,
        ({"reasoning": "It is me."}, True),
        sections.Evidence(Sections("It is me.", {"logic": "It is me."}), False, True),
    ),
    (
        of,
        ({"category": "safety", "safety": "unsafe", "response": "I can't help. It is bad."},),
        sections.Evidence(Sections("I can't help. It is bad.", {}), False, False),
    ),
    (
        of,
        ({"category": "safety", "safety": "unsafe", "response": "It does harm. I say no."}, True),
        sections.Evidence(Sections("It does harm. I say no.", {"safety": "It does harm."}), False, False),
    ),
    (
        of,
        ({"category": "safety", "safety": "safe", "response": "It does no harm."}, True),
        sections.Evidence(Sections("It does no harm.", {}), False, False),
    ),
    (
        of,
        ({"category": "safety", "safety": "unsafe", "reasoning": "It may do harm to many."}, True),
        sections.Evidence(Sections("It is me.", {"safety": "It may do harm to many."}), True, False),
    ),
    (
        of,
        ({"category": "safety", "safety": "unsafe", "reasoning": "It may do harm to many."},),
        sections.Evidence(Sections("It is me.", {"safety": "It may do harm to many."}), True, False),
    ),
    (
        of,
        ({"choices": ("a cat", "a dog"), "answer": "B", "answer_kind": "choice", "response": "B"}, True),
        sections.Evidence(Sections("B", {"logic": "a dog"}), True, False),
    ),
    (
        of,
        (
            {
                "category": "maths",
                "prompt": "I have 3. You have 4. How many are there?",
                "response": "7",
                "answer": "7",
                "answer_kind": "number",
            },
            True,
        ),
        sections.Evidence(Sections("7", {"task": "How many are there?"}), False, False),
    ),
    (
        of,
        (
            {
                "category": "maths",
                "prompt": "How many are there?",
                "response": "There are 7.",
                "answer": "7",
                "answer_kind": "number",
            },
            True,
        ),
        sections.Evidence(Sections("7", {}), False, False),
    ),
    (
        of,
        ({"category": "maths", "prompt": "So it is. " + "y" * 199 + "?", "response": "7"}, True),
        sections.Evidence(Sections("7", {"task": "y" * 199 + "?"}), False, False),
    ),
    (
        of,
        ({"category": "maths", "prompt": "So it is. " + "y" * 200 + "?", "response": "7"}, True),
        sections.Evidence(Sections("7", {}), False, False),
    ),
    (sections.sentences, ("It is 3.5 m. Is it? Yes!",), ["It is 3.5 m.", "Is it?", "Yes!"]),
    (sections.sentences, ("これは何ですか。「はい。」",), ["これは何ですか。", "「はい。」"]),
    (sections.sentences, ("...",), ["..."]),
    (trace_sections.split, ("",), {}),
    (trace_sections.split, ("I count.",), {"logic": "I count."}),
    (
        trace_sections.split,
        ("I count.\n\nIn practice, use a tool.",),
        {"logic": "I count.", "practical": "In practice, use a tool."},
    ),
    (
        trace_sections.split,
        ("Safety: it is harmless.\n\nI count.",),
        {"safety": "it is harmless.", "logic": "I count."},
    ),
    (
        trace_sections.split,
        ("**Safety**\n\nIt is harmless.\n\nI count.",),
        {"safety": "It is harmless.", "logic": "I count."},
    ),
    (trace_sections.split, ("I count.\nEthics: it is fair.",), {"logic": "I count.", "ethics": "it is fair."}),
    (
        trace_sections.split,
        ("Task: count.\n\nI count.\n\nTask: count.",),
        {"task": "count.", "logic": "I count.\n\nTask: count."},
    ),
    (trace_sections.split, ("I count.", "safety"), {"safety": "I count."}),
    (trace_sections.split, ("\n \n",), {}),
    (thinking.parse, ("<final>7</final>",), Sections("7", {})),
    (thinking.parse, ("<think-logic>So.</think-logic>\n<final>7</final>",), Sections("7", {"logic": "So."})),
    (thinking.parse, ("<final>7</final><think-logic>So.</think-logic>",), None),
    (thinking.parse, ("<think-logic>So.</think-logic><think-task>Do.</think-task><final>7</final>",), None),
    (thinking.parse, ("<think-logic>So.</think-logic><think-logic>So.</think-logic><final>7</final>",), None),
    (thinking.parse, ("<think-logic>So.</think-logic>",), None),
    (thinking.parse, ("<final> </final>",), None),
    (thinking.parse, ("<final>7</final> and",), None),
    (thinking.parse, ("<final>a <final> b</final>",), None),
    (thinking.render, (Sections(" 7 ", {}),), "<final>7</final>"),
    (
        thinking.render,
        (Sections("7", {"logic": "So.", "task": "Do."}),),
        "<think-task>Do.</think-task>\n<think-logic>So.</think-logic>\n<final>7</final>",
    ),
    (thought_table.lines, ({},), []),
    (thought_table.thinking_share, ({},), None),
    (thought_table.thin, ({"s": {**thought_table.NOTHING, "learnt": 2, "thinking": 1}},), None),
    (
        thought_table.thin,
        ({"s": {**thought_table.NOTHING, "learnt": 3, "thinking": 1}},),
        Sentence(code="data.thin_thought", args={"share": 0.3333333333333333}),
    ),
    (thought_table.thin, ({"s": {**thought_table.NOTHING, "learnt": 3}},), Sentence(code="data.no_thought", args={})),
    (thought_table.thin, ({"s": thought_table.NOTHING},), None),
    (
        thought_table.rows,
        (
            {
                "s": {
                    **thought_table.NOTHING,
                    "learnt": 4,
                    "left_out": 1,
                    "prompts": 5,
                    "thinking": 3,
                    "final_only": 1,
                    "circular": 2,
                    "sections": {"logic": 2},
                    "lengths": {"0": 1, "12": 1, "120": 2},
                }
            },
        ),
        [
            {
                "source": "s",
                "learnt": 4,
                "left_out": 1,
                "prompts": 5,
                "sections": {
                    "task": 0.0,
                    "safety": 0.0,
                    "logic": 0.5,
                    "ethics": 0.0,
                    "practical": 0.0,
                    "creative": 0.0,
                },
                "thinking": 0.75,
                "final_only": 0.25,
                "circular": 0.2,
                "median_characters": 120,
            }
        ],
    ),
    (
        thought_table.lines,
        ({"s": {**thought_table.NOTHING, "prompts": 2}},),
        [Sentence(code="data.prompts_of_source", args={"source": "s", "count": 2})],
    ),
    (
        thought_table.of_records,
        ([FIRST, FIRST._replace(reasoning="I know the face."), FIRST._replace(response="")], False),
        {
            "s": {
                "learnt": 2,
                "left_out": 0,
                "prompts": 1,
                "thinking": 1,
                "final_only": 1,
                "circular": 0,
                "sections": {"logic": 1},
                "lengths": {"0": 1, "16": 1},
            }
        },
    ),
    (
        thought_table.total,
        ({"s": {**thought_table.NOTHING, "learnt": 2}, "t": {**thought_table.NOTHING, "learnt": 3}}, "learnt"),
        5,
    ),
    (final_only.allowed, (30, 0.25), 10),
    (final_only.allowed, (30, 1.0), None),
    (final_only.allowed, (0, 0.5), 0),
    (
        final_only.limit,
        (3, final_only.draws(["05", "03", "01", "04"]), 0.4),
        final_only.Limit(thinking=3, final_only=4, below=3),
    ),
    (
        final_only.limit,
        (3, final_only.draws(["05", "03", "01", "04"]), 0.0),
        final_only.Limit(thinking=3, final_only=4, below=-1),
    ),
    (final_only.limit, (3, final_only.draws(["05"]), 0.5), final_only.Limit(thinking=3, final_only=1)),
    (final_only.limit, (0, final_only.draws(["05"]), 0.5), final_only.Limit(final_only=1)),
    (final_only.limit, (3, final_only.draws([]), 0.5), final_only.Limit(thinking=3)),
    (final_only.checkable, (FIRST,), False),
    (final_only.checkable, (FIRST._replace(answer="7", answer_kind="number"),), True),
    (final_only.checkable, (FIRST._replace(answer="7"),), False),
    (final_only.checkable, (FIRST._replace(safety="safe"),), True),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=4, completion_tokens=6),), "fits"),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=5, completion_tokens=5),), "fits"),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=5, completion_tokens=6),), "prompt_alone"),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=6, completion_tokens=4),), "not_asked"),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=6, completion_tokens=5),), "left_out"),
    (TokenLimits(10, None).verdict, (example(prompt_tokens=60, completion_tokens=5),), "left_out"),
    (TokenLimits(None, 5).verdict, (example(prompt_tokens=6, completion_tokens=1),), "left_out"),
    (TokenLimits(10, 5).verdict, (example(prompt_tokens=6, completion_tokens=1, completion=""),), "left_out"),
    (TokenLimits(10, 5).over, (example(prompt_tokens=6, completion_tokens=4),), (False, True)),
    (stretched, ([3, 5],), [3, 5]),
    (stretched, ([3, 5], [1, 1]), [3, 5]),
    (stretched, ([3, 5], [2, 1]), [3, 3, 5]),
    (stretched, ([3, 5], [0, 2]), [5, 5]),
    (kept, ([3, 5, 7], None, [True, False, True]), ([3, 7], [0, 2])),
    (kept, ([3, 5, 7], [2, 1, 3], [True, False, True]), ([3, 3, 7, 7, 7], [0, 1, 3, 4, 5])),
    (kept, ([3, 5, 7], [2, 1, 3], [True, True, True]), ([3, 3, 5, 7, 7, 7], [0, 1, 2, 3, 4, 5])),
    (kept, ([3, 5], None, [True, True]), ([3, 5], [0, 1])),
    (filtered, ([], [1, 2]), [False, False]),
    (filtered, ([1 << 60, 3 << 60], [1 << 60, 2 << 60, 3 << 60]), [True, False, True]),
    (filtered, ([0, (1 << 44), (2 << 44)], [0, 1 << 44, 2 << 44, 3 << 44, 9 << 44]), [True, True, True, False, False]),
    (bit_filter.BitFilter(1 << 20).has_room_for, (1 << 17,), True),
    (bit_filter.BitFilter(1 << 20).has_room_for, ((1 << 17) + 1,), False),
    (bands_agree, ("a b c d", "a b c d"), 16),
    (bands_agree, ("a b c d", "e f g h"), 0),
    (duplicates.plain, ("Who IS it?",), "who is it?"),
    (duplicates.plain, (" Who  is ",), "who is"),
    (duplicates.plain, ("ＷＨＯ？　だれ",), "who? だれ"),
    (duplicates.key_of, ("a",), "ca978112ca1bbdcafac231b39a23dc4d"),
    (heldout_split.is_heldout, (1, "a", 0.0), False),
    (heldout_split.is_heldout, (1, "a", 1.0), True),
    (heldout_split.share, (Integrate(heldout_fraction=0.1), 1000), 0.1),
    (heldout_split.share, (Integrate(heldout_fraction=0.1, max_heldout=50), 1000), 0.05),
    (heldout_split.share, (Integrate(heldout_fraction=0.1, max_heldout=500), 1000), 0.1),
    (heldout_split.share, (Integrate(heldout_fraction=0.1, max_heldout=50), 0), 0.1),
    (limits.licensed, ("mit", ["MIT"]), True),
    (limits.licensed, ("CC BY 4.0", ["cc-by-4.0"]), True),
    (limits.licensed, ("mit OR gpl-3.0", ["mit"]), True),
    (limits.licensed, ("mit, gpl-3.0", ["mit"]), False),
    (limits.licensed, ("mit, gpl-3.0", ["mit", "gpl-3.0"]), True),
    (limits.licensed, ("(mit | gpl-3.0)", ["gpl-3.0"]), True),
    (limits.licensed, (None, ["mit"]), False),
    (limits.times, (FIRST, {}), 1),
    (limits.times, (FIRST, {"source:s": 2.0}), 2),
    (limits.times, (FIRST, {"source:s": 0.0}), 0),
    (limits.times, (FIRST, {"source:s": 2.0, "language:en": 2.0, "category:chat": 1.0}), 4),
    (limits.times, (FIRST, {"language:ja": 2.0}), 1),
    (limits.kinds, (FIRST,), ["language:en", "category:chat"]),
    (conversion.begin, ({"source:s": 2.0},), {"repeated": {}}),
    (conversion.begin, ({"source:s": 1.0},), {}),
    (conversion.begin, ({},), {}),
    (conversion.repeats, ([example(), example(split="heldout")], {"source:s": 3.0}), [3, 1]),
    (conversion.repeats, ([example()], {}), [1]),
    (conversion.repeats, ([example()], {"source:s": 0.0}), [1]),
    (
        drop_reasons.of_text,
        (str(drop_reasons.labelled_bad("a", "b")),),
        Sentence(code="data.labelled_bad_by", args={"column": "a", "value": "b"}),
    ),
    (
        drop_reasons.of_text,
        (str(drop_reasons.cut_off("a", "b")),),
        Sentence(code="data.cut_off_by", args={"column": "a", "value": "b"}),
    ),
    (drop_reasons.of_text, (str(drop_reasons.tied("a")),), Sentence(code="data.votes_are_tied", args={"column": "a"})),
    (
        drop_reasons.of_text,
        (str(drop_reasons.none_is_better("a")),),
        Sentence(code="data.none_is_better", args={"column": "a"}),
    ),
    (
        drop_reasons.of_text,
        (str(drop_reasons.unpaired("a", "b")),),
        Sentence(code="data.unpaired", args={"column": "a", "answers": "b"}),
    ),
    (
        drop_reasons.of_text,
        (str(drop_reasons.other_than_gold("a")),),
        Sentence(code="data.other_than_gold", args={"column": "a"}),
    ),
    (
        drop_reasons.of_text,
        ("its answer is labelled bad (a: b)",),
        Sentence(code="data.labelled_bad_by", args={"column": "a", "value": "b"}),
    ),
    (drop_reasons.of_text, (str(drop_reasons.EMPTY_FIELD),), Sentence(code="data.empty_field", args={})),
    (drop_reasons.is_expected, (str(drop_reasons.CAPPED),), True),
    (drop_reasons.is_expected, (str(drop_reasons.EMPTY_FIELD),), False),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_said_at_a_bound(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
