"""Rows of an evaluation: a system's answer, scores of it, and beside them the reference, which is what is learnt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

REFERENCES = (
    "reference", "ground_truth", "ground_truths", "reference_answer", "gold_answer", "ground_truth_answer",
    "expected_answer", "expected_output", "expected_response", "reference_response", "reference_output", "ideal_answer",
)  # fmt: skip
SCORES = (
    re.compile(  # of Ragas, DeepEval, TruLens, MLflow; not BLEU and the like, which stand beside good answers as well
        r"faithfulness|groundedness|answer_accuracy|factual_correctness|noise_sensitivity"
        r"|(?:answer|response|context|semantic)_(?:relevanc[ey]|correctness|similarity|precision|recall|entity_recall)"
        r"|(?:llm_?)?judge_(?:score|rating|grade)|hallucination_score"
    )
)
WORKED = re.compile(r"</?(?:think|thinking|thought|reasoning)>|\\boxed\{", re.IGNORECASE)
LONGER = 2  # times as long as the reference that stands in it


def reference(by_name: Mapping[str, str]) -> str | None:
    """The column of the references, where another one holds scores of a system's answers."""
    if not any(map(SCORES.fullmatch, by_name)):
        return None
    return next((by_name[name] for name in REFERENCES if name in by_name), None)


def is_worked(said: object, reference: object) -> bool:
    """Whether what was scored is no system's reply but the worked answer: its reasons, or the reference and more."""
    if not isinstance(said, str) or not isinstance(reference, str):
        return False
    holds_more = len(said) >= LONGER * len(reference) and reference.strip().lower() in said.lower()
    return WORKED.search(said) is not None or (bool(reference.strip()) and holds_more)


def without_scores(names: Sequence[str], learnt: str | None, plain: Callable[[str], str]) -> tuple[str, ...] | None:
    """The names without those of scores, where the reference is learnt because of them."""
    if learnt is None or reference({plain(name): name for name in names}) != learnt:
        return None
    return tuple(name for name in names if SCORES.fullmatch(plain(name)) is None)
