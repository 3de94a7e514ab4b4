"""Rows of an evaluation: a system's answer, scores of it, and beside them the reference, which is what is learnt."""

from __future__ import annotations

import re
from collections.abc import Mapping

REFERENCES = (
    "reference", "ground_truth", "ground_truths", "reference_answer", "gold_answer", "ground_truth_answer",
    "expected_answer", "expected_output", "expected_response", "reference_response", "reference_output", "ideal_answer",
)  # fmt: skip
SCORES = re.compile(  # of Ragas, DeepEval, TruLens, MLflow, and those of summaries and translations
    r"faithfulness|groundedness|answer_accuracy|factual_correctness|noise_sensitivity"
    r"|(?:answer|response|context|semantic)_(?:relevanc[ey]|correctness|similarity|precision|recall|entity_recall)"
    r"|(?:llm_?)?judge_(?:score|rating|grade)|hallucination_score|rouge(?:_?(?:\d|l|lsum))?(?:_\w+)?|(?:sacre)?bleu(?:_score)?"
    r"|bert_?score(?:_\w+)?"
)


def reference(by_name: Mapping[str, str]) -> str | None:
    """The column of the references, where another one holds scores of a system's answers."""
    if not any(map(SCORES.fullmatch, by_name)):
        return None
    return next((by_name[name] for name in REFERENCES if name in by_name), None)
