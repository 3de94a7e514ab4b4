"""Data sets known by name: rows as they publish them, and all that is read of each."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, whole
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q, A = "Which saw is it?", "The small one."
OTHER, NO_RIGHT = drop_reasons.OTHER_OPTIONS, drop_reasons.NO_RIGHT_OPTION


def worked(answer: str, reasoning: str | None = None, kind: str = "number", prompt: str = Q) -> dict[str, Any]:
    found = {"prompt": prompt, "response": answer, "answer": answer, "answer_kind": kind, "category": "maths"}
    return found | ({"reasoning": reasoning} if reasoning else {})


def chosen(letter: str, *options: str, **more: Any) -> dict[str, Any]:
    lines = [f"{mark}. {option}" for mark, option in zip("ABCDE", options, strict=False)]
    return {"prompt": "\n".join([Q, *lines]), "response": lines["ABCDE".index(letter)], "answer": letter,
            "answer_kind": "choice", "category": "choice", "choices": options, **more}  # fmt: skip


def node(role: str, text: str, *replies: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"role": role, "text": text, "replies": list(replies), **more}


def tree(root: dict[str, Any]) -> dict[str, Any]:
    return {"message_tree_id": "1", "prompt": root}


CODE = {"description": Q, "name": "x"}
ARC = {"question": Q, "choices": {"label": ["1", "2"], "text": ["hen", "dog"]}}
JCQA = {"question": Q, "choice0": "hen", "choice1": "dog"}
PKU = {"prompt": Q, "response_0": "No.", "response_1": A}
REFUSAL = "I can't help with that."
ROWS: list[tuple[str, dict[str, Any], object]] = [
    ("gsm8k", {"question": Q, "answer": "3 and <<3+4=7>>4.\n#### 1,007"}, worked("1007", "3 and 4.")),
    ("gsm8k", {"question": Q, "answer": "#### 7"}, worked("7")),
    ("gsm8k", {"question": Q, "answer": "3 and 4 are 7."}, drop_reasons.NO_GOLD_ANSWER),
    ("gsm8k", {"question": Q, "answer": "3 and 4. ####"}, drop_reasons.NO_GOLD_ANSWER),
    ("orca_math", {"question": Q, "answer": "I add. It is 1,007."}, worked("1007", "I add. It is 1,007.")),
    ("orca_math", {"question": Q, "answer": "So \\boxed{7} of 8 and 9."}, worked("7", "So \\boxed{7} of 8 and 9.")),
    ("orca_math", {"question": Q, "answer": "I add. It is 7 or 8."},
     {"prompt": Q, "response": "It is 7 or 8.", "reasoning": "I add.", "category": "maths"}),
    ("orca_math", {"question": Q, "answer": "It is x."}, {"prompt": Q, "response": "It is x.", "category": "maths"}),
    ("math_qa", {"Problem": Q, "Rationale": '" I add . "', "options": "a ) 38 , b ) 27 , c ) none", "correct": "B "},
     chosen("B", "38", "27", "none", reasoning="I add .", language="en")),
    ("math_qa", {"Problem": Q, "Rationale": "x", "options": "['a ) 38', 'b ) 27']", "correct": "a"},
     chosen("A", "38", "27", reasoning="x", language="en")),
    ("math_qa", {"Problem": Q, "Rationale": "x", "options": "a ) 38 , b ) 27", "correct": "f"}, NO_RIGHT),
    ("math_qa", {"Problem": Q, "Rationale": "x", "options": "a ) 38", "correct": "a"}, OTHER),
    ("math_qa", {"Problem": Q, "Rationale": "x", "options": "a ) 38 , c ) 27", "correct": "a"}, OTHER),
    ("math_shepherd", {"input": f"{Q} Step 1: 3 and 4. ки\nStep 2: The answer is: 7 ки", "label": "+ +", "task": "x"},
     worked("7", "3 and 4.")),
    ("math_shepherd", {"input": f"{Q} Step 1: x. ки\nStep 2: y. The answer is: x ки", "label": "+ +", "task": "x"},
     worked("x", "x.\ny.", "text")),
    ("math_shepherd", {"input": f"{Q} Step 1: x ки", "label": "+", "task": "x"}, drop_reasons.NO_GOLD_ANSWER),
    ("math_shepherd", {"input": f"{Q} Step 1: x. The answer is: ки", "label": "+", "task": "x"},
     drop_reasons.NO_GOLD_ANSWER),
    ("math_shepherd", {"input": f"{Q} Step 1: The answer is: 7 ки", "label": "+\n-\n", "task": "x"},
     drop_reasons.labelled_bad("label", "-")),
    ("code_contests", {**CODE, "solutions": {"language": [2, 3, 3], "solution": ["x", " y ", "z"]}},
     {"prompt": Q, "response": "```python\ny\n```", "category": "code", "language": "en"}),
    *(("code_contests", {**CODE, "solutions": [{"language": number, "solution": "x"}]},
       {"prompt": Q, "response": f"```{fence}\nx\n```", "category": "code", "language": "en"})
      for number, fence in ((0, ""), (1, "python"), (2, "cpp"), (4, "java"), (5, ""))),
    ("code_contests", {**CODE, "solutions": []}, drop_reasons.NO_CORRECT_SOLUTION),
    ("oasst_tree", tree(node("prompter", Q, node("assistant", "No.", rank=1), node("assistant", A, rank=0),
     lang="en-GB")),
     {"prompt": Q, "response": A, "language": "en"}),
    ("oasst_tree", tree(node("prompter", Q, node("assistant", "No."), node("assistant", A, rank=1), lang="")),
     {"prompt": Q, "response": A}),
    ("oasst_tree", tree(node("prompter", Q, node("assistant", A, rank=0, deleted=True))), drop_reasons.UNANSWERED),
    ("oasst_tree", tree(node("prompter", Q)), drop_reasons.UNANSWERED),
    ("oasst_tree", tree(node("prompter", Q, node("assistant", A, node("prompter", "Why?")))), {"prompt": Q,
     "response": A}),
    ("oasst_tree", tree(node("prompter", "Hi", node("assistant", "Yes?", node("prompter", Q, node("assistant", A))))),
     {"prompt": f"User: Hi\n\nAssistant: Yes?\n\nUser: {Q}", "response": A,
      "messages": (("user", "Hi"), ("assistant", "Yes?"), ("user", Q))}),
    ("dolly", {"instruction": Q, "context": " C. ", "response": A}, {"prompt": f"{Q}\n\nC.", "response": A,
     "language": "en"}),
    ("dolly", {"instruction": Q, "context": None, "response": A}, {"prompt": Q, "response": A, "language": "en"}),
    ("elyza", {"input": Q, "output": A, "eval_aspect": "x"}, {"prompt": Q, "response": A, "language": "ja"}),
    ("jcommonsenseqa", {**JCQA, "label": 1, "reasoning": "It barks."},
     chosen("B", "hen", "dog", reasoning="It barks.", language="ja")),
    ("jcommonsenseqa", {**JCQA, "label": "0", "reasoning": ""}, chosen("A", "hen", "dog", language="ja")),
    ("jcommonsenseqa", {**JCQA, "label": 2}, NO_RIGHT),
    ("commonsense_qa", {**ARC, "answerKey": "2"}, chosen("B", "hen", "dog")),
    ("commonsense_qa", {**ARC, "answerKey": "3"}, NO_RIGHT),
    ("commonsense_qa", {**ARC, "answerKey": "1", "fact1": "a.", "fact2": "b."}, chosen("A", "hen", "dog",
     reasoning="a.\nb.")),
    ("commonsense_qa", {**ARC, "answerKey": "1", "fact1": "a.", "fact2": "b.", "combinedfact": "c."},
     chosen("A", "hen", "dog", reasoning="c.")),
    *(("jcommonsenseqa", {**JCQA, "label": 1, name: "It barks."}, chosen("B", "hen", "dog", reasoning="It barks.",
     language="ja")) for name in ("explanation", "rationale", "解説", "solution")),
    ("jcommonsenseqa", {**JCQA, "label": 1, "explanation": "なし", "rationale": ["It barks.", "So it is B."]},
     chosen("B", "hen", "dog", reasoning="It barks.\nSo it is B.", language="ja")),
    ("jcommonsenseqa", {**JCQA, "label": 1, "explanation": 7}, chosen("B", "hen", "dog", language="ja")),
    ("jcommonsenseqa", {**JCQA, "label": 1, "explanation": "It clucks. So it is A."},
     chosen("B", "hen", "dog", language="ja")),
    ("commonsense_qa", {**ARC, "answerKey": "2", "explanation": "It barks."}, chosen("B", "hen", "dog",
     reasoning="It barks.")),
    ("commonsense_qa", {**ARC, "answerKey": "2", "explanation": "The answer is hen."}, chosen("B", "hen", "dog")),
    ("math_qa", {"Problem": Q, "Rationale": "I add. Answer is b", "options": "a ) 38 , b ) 27", "correct": "a"},
     chosen("A", "38", "27", language="en")),
    ("gsm8k", {"question": Q, "answer": "#### 7", "explanation": "3 and 4."}, worked("7", "3 and 4.")),
    ("dolly", {"instruction": Q, "context": "", "response": A, "category": "x", "reasoning": "It cuts."},
     {"prompt": Q, "response": A, "language": "en", "reasoning": "It cuts."}),
    ("elyza", {"input": Q, "output": A, "eval_aspect": "x", "理由": "It cuts."},
     {"prompt": Q, "response": A, "language": "ja", "reasoning": "It cuts."}),
    ("squad", {"context": "C.", "question": Q, "answers": {"text": [A]}, "explanation": "It cuts."},
     {"prompt": f"C.\n\n{Q}", "response": A, "answer": A, "answer_kind": "text", "reasoning": "It cuts."}),
    ("safety", {"prompt": Q, "response": A, "safety": "safe", "explanation": "It cuts."},
     {"prompt": Q, "response": A, "category": "safety", "safety": "safe", "reasoning": "It cuts."}),
    ("safety", {"prompt": Q, "response": A, "safety": "safe", "reason": "It cuts."},
     {"prompt": Q, "response": A, "category": "safety", "safety": "safe", "reasoning": "It cuts."}),
    ("safety", {"prompt": Q, "response": A, "safety": "unsafe", "reason": ""},
     {"prompt": Q, "response": A, "category": "safety", "safety": "unsafe", "bad_answer": drop_reasons.ANSWERS_UNSAFE}),
    ("safety", {"prompt": Q, "response": REFUSAL, "safety": "unsafe"},
     {"prompt": Q, "response": REFUSAL, "category": "safety", "safety": "unsafe"}),
    ("safety", {"prompt": Q, "response": A, "safety": "perhaps"}, drop_reasons.UNKNOWN_SAFETY),
    *(("pku_saferlhf", {**PKU, "is_response_0_safe": first, "is_response_1_safe": second, **better}, {"prompt": Q,
     "response": said})
      for first, second, better, said in (
          (True, True, {"better_response_id": 1}, A), (True, True, {"safer_response_id": 1}, A),
          (True, True, {}, "No."),
          (False, True, {"better_response_id": 0}, A), (True, False, {"better_response_id": 1}, "No."))),
    ("pku_saferlhf", {**PKU, "response_1": REFUSAL, "is_response_0_safe": False, "is_response_1_safe": True},
     {"prompt": Q, "response": REFUSAL, "category": "safety", "safety": "unsafe"}),
    ("pku_saferlhf", {**PKU, "is_response_0_safe": False, "is_response_1_safe": False, "better_response_id": 1},
     {"prompt": Q, "response": A, "category": "safety", "safety": "unsafe", "bad_answer": drop_reasons.ANSWERS_UNSAFE}),
    ("shp", {"history": Q, "human_ref_A": A, "human_ref_B": "No.", "labels": 1}, {"prompt": Q, "response": A}),
    ("shp", {"history": Q, "human_ref_A": "No.", "human_ref_B": A, "labels": "0"}, {"prompt": Q, "response": A}),
    *(("squad", {"context": " C. ", "question": Q, "answers": answers},
       {"prompt": f"C.\n\n{Q}", "response": A, "answer": A, "answer_kind": "text"})
      for answers in ({"text": [A, "x"], "answer_start": [0, 1]}, [{"text": f" {A}"}, {"text": "x"}])),
    ("squad", {"context": "C.", "question": Q, "answers": {"text": []}}, drop_reasons.NO_GOLD_ANSWER),
]  # fmt: skip


@pytest.mark.parametrize(("adapter", "row", "expected"), ROWS)
def test_a_row_of_a_known_data_set_is_read_as_it_is_meant(adapter: str, row: dict[str, Any], expected: object) -> None:
    assert whole(row, adapter=adapter) == expected


def test_of_open_assistants_messages_the_best_reply_to_the_first_is_learnt() -> None:
    def message(number: str, parent: str | None, role: str, text: str, **more: Any) -> dict[str, Any]:
        return {
            "message_id": number,
            "parent_id": parent,
            "role": role,
            "text": text,
            "rank": None,
            "lang": "en-GB",
            **more,
        }

    rows = [
        message("1", None, "prompter", Q), message("2", "1", "assistant", A, rank=0),
        message("3", "1", "assistant", "No.", rank=1), message("4", "2", "prompter", "Why?"),
        message("5", "4", "assistant", "So.", rank=0), message("6", "1", "assistant", "No.", rank=0, deleted=True),
        message("7", None, "prompter", "Gone?", deleted=True), message("8", "7", "assistant", "x", rank=0),
        message("9", None, "prompter", "Hi", text_ja="はい？"), message("10", "9", "assistant", "Yes", rank=0,
         text_ja="はい。"),
        message("11", "nan", "prompter", "Hi", text_ja="よいか？"), message("12", "11", "assistant", "No", rank=0,
         text_ja="だめ。", ng_translation="0"),
        message("13", "11", "assistant", "No", rank=0, text_ja="いえ。", ng_translation="1"),
    ]  # fmt: skip
    first, best = drop_reasons.NOT_FIRST_REPLY, drop_reasons.NOT_BEST_REPLY
    assert of_source(rows, adapter="oasst1") == [
        first, ParsedRow(Q, A, "chat", language="en"), best, first, first, best, first, first, first,
        ParsedRow("はい？", "はい。", "chat", language="ja"), first,
        ParsedRow("よいか？", "だめ。", "chat", language="ja"), drop_reasons.labelled_bad("ng_translation", "1"),
    ]  # fmt: skip
