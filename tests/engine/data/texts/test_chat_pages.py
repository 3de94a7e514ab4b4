"""What was copied with an answer from a chat's page is none of it, and holes of a template answer nobody."""

from __future__ import annotations

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data.texts import text_rules, unfilled

Q, A = "How do I print in Python?", "Like this:"
CODE = f"{A}\n\n```python\nprint(1)\n```"


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        (f"{A}\n\n```python\nCopy code\nprint(1)\n```", CODE), (f"{A}\n\n```\npythonCopy code\nprint(1)\n```", CODE),
        (f"{A}\n\npython\nCopy code\nprint(1)", f"{A}\n\nprint(1)"),
        (f"{A}\n\nbash\nCopy\nEdit\necho 1", f"{A}\n\necho 1"),
        (f"{A}\n\npython\nコードをコピーする\nprint(1)", f"{A}\n\nprint(1)"),
        (f"ChatGPT said:\n{A}", A), (f"You said:\n{Q}\nChatGPT said:\n{A}\n\nYou said:\nThanks", A),
        (f"Assistant: {A}", A), (f"### Response:\n{A}", A),
        (f"{A}\n\nRegenerate response", A), (f"{A}\n\nCopy\nEdit\nRegenerate", A),
        (f"{A}\n\nCopy code\nShare Prompt", A), (f"{A}\n\n再生成する", A),
        (f"{A}\n\n```\nCopy\nEdit\necho 1\n```", f"{A}\n\n```\necho 1\n```"),
        (f"12秒間思考しました\n\n{A}", A), ("Read x.org/?utm_source=chatgpt.com there.", "Read x.org/ there."),
        (f"{A}\n2 / 2\n\nWas this response better or worse?\nBetter\nWorse\nSame", A),
        (f"Thought for 12 seconds\n\n{A}", A), (f"Thought for 1m 5s\n{A}", A), (f"思考時間: 12秒\n\n{A}", A),
        ("It is so [^1^][^2^].", "It is so."), ("It is so citeturn0search1.", "It is so."),
        ("It is so \ue200cite\ue202turn0search1\ue201.", "It is so."), ("It is so [web:3][source: 2].", "It is so."),
        ("[cite_start]It is so [cite: 1, 2].", "It is so."),
        ("It is so [doc1].", "It is so."), ('<cite index="1-2">It is so</cite>.', "It is so."),
        ('It is so.<grok:render type="x"><argument name="id">1</argument></grok:render>', "It is so."),
        ("It is so.[sound:it.mp3]", "It is so."),
        ("See [x](https://x.org/?utm_source=chatgpt.com).", "See [x](https://x.org/)."),
    ],
)  # fmt: skip
def test_buttons_speakers_and_marks_of_sources_go(answer: str, plain: str) -> None:
    assert text_rules.answered(answer, Integrate(), Q) == (plain, ["clean_markup"])
    assert text_rules.answered(answer, Integrate(clean_markup=False, cut_next_turn=False), Q) == (answer, [])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("Cut\nCopy\nEdit\nPaste", "What is in the menu?"), ("Press\nCopy", Q), ("It is a[1].", "What is a[1]?"),
        ("It is so[1].\n\n[1]: https://x.org", Q), ("Use x[1].", "Which footnote is it?"), ("$a[1]$ is so[1].", Q),
        ("Assistant: Hi\nUser: Hello", Q), ("Assistant: Hi", "Write a dialogue."), ("Press Copy code.\nDone.", Q),
        ("Thought for food is a phrase.", Q), ("Lyon is in France.[^1]\n\n[^1]: an atlas", Q), ("x is in [2].", Q),
        ("It follows from step [2].", Q), ("See Smith [2].", "Which source is it?"), ("The set is [3, 4].", Q),
        ("a[1].b = 2", Q), ("Regenerate", Q),
    ],
)  # fmt: skip
def test_what_an_answer_says_itself_stays(answer: str, asked: str) -> None:
    assert text_rules.answered(answer, Integrate(), asked) == (answer, [])


@pytest.mark.parametrize(
    "answer",
    [
        "To cancel {{Order Number}}, go to {{Website URL}}.", "I am [Your Name].", "Hello <name>, welcome!",
        "Hi {customer}!",
        "Call XXX-XXX-XXXX.", "It costs $[amount].", "Visit [insert website here].", "Your {order_number} is sent.",
        "03-XXXX-XXXXまで。", "[会社名]です。", "Log in at {{App}}.",
    ],
)  # fmt: skip
def test_an_answer_with_holes_answers_nobody(answer: str) -> None:
    assert unfilled.has_holes("How do I reach you?", answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Write a letter to my landlord.", "Dear [Landlord's Name],\n\nIt leaks.\n\n[Your Name]"),
        ("How do I loop in Jinja?", "Use {{ Item Name }}."),
        ("Where is {{Order Number}}?", "{{Order Number}} is sent."),
        ("What does it print?", "`[Your Name]`"), ("How do I greet?", 'Use f"{name}".'),
        ("What is a set?", "{a, b}, [a, b], <a>."),
        ("Translate: Hello <name>", "Bonjour <name>"), ("What is x?", "x_{1} = {{1}, {2}}"),
        ("What is 1?", "[1] and [url](x)"),
        ("Is it big?", "Size XXL, Super Bowl XXX-XXXI"), ("メールを書いて", "[会社名]です。"),
        ("Which tag?", "Use <b> or {{x}}."),
    ],
)  # fmt: skip
def test_holes_that_are_asked_for_or_are_none_stay(asked: str, answer: str) -> None:
    assert not unfilled.has_holes(asked, answer)
