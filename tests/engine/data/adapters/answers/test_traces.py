"""Tags around a trace, and tags that are only spoken of."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import traces
from so8t_engine.data.adapters.parsed_row import Skip

Q, A = "Which saw is it?", "The small one."
ASKED, ANSWERED = {"role": "user", "content": Q}, {"role": "assistant", "content": A}
HUMAN, GPT = {"from": "human", "value": Q}, {"from": "gpt", "value": A}
TRACE = "I look at both."
ROWS: list[dict[str, Any]] = [
    {"contents": [{"role": "user", "parts": [{"text": Q}]},
                  {"role": "model", "parts": [{"text": TRACE, "thought": True}, {"text": A}]}]},
    {"messages": [ASKED, {**ANSWERED, "reasoning_details": [{"type": "reasoning.text", "text": TRACE},
                                                            {"type": "reasoning.encrypted", "data": "x"}]}]},
    {"messages": [ASKED, {**ANSWERED, "info": {"think_content": TRACE, "answer_content": A}}]},
    {"messages": [ASKED, {**ANSWERED, "content": f"<think>{TRACE}</think>{A}", "info": {"think_content": TRACE}}]},
    {"messages": [ASKED, {**ANSWERED, "reasoning_summary": TRACE}]},
    {"prompt": Q, "response": A, "reasoning_summary": TRACE},
    {"prompt": Q, "response": A, "reasoning_details": [{"type": "reasoning.encrypted", "data": "x"}, TRACE]},
    {"prompt": Q, "response": A, "reasoning_details": [{"type": "reasoning.summary", "summary": TRACE}]},
    {"prompt": Q, "response": f"analysis{TRACE}assistantfinal{A}"},
    {"prompt": Q, "response": f"<|channel|>analysis<|message|>{TRACE}<|end|><|start|>assistant<|channel|>final"
                              f"<|message|>{A}<|return|>"},
    {"prompt": Q, "response": f"<|START_THINKING|>{TRACE}<|END_THINKING|><|START_RESPONSE|>{A}<|END_RESPONSE|>"},
    {"prompt": Q, "response": f"<seed:think>{TRACE}</seed:think>{A}"},
    {"prompt": Q, "response": f"<antThinking>{TRACE}</antThinking>{A}"},
    {"prompt": Q, "response": f'<thinking type="deep">{TRACE}</thinking>{A}'},
    {"prompt": Q, "response": f"<thinking><reflection>{TRACE}</reflection></thinking><output>{A}</output>"},
    {"prompt": Q, "response": f"<details><summary>Thought for 3 seconds</summary>\n{TRACE}\n</details>\n{A}"},
    {"prompt": Q, "response": f"```thinking\n{TRACE}\n```\n{A}"},
    {"prompt": Q, "response": f"<think>{TRACE}</think><|begin_of_box|>{A}<|end_of_box|>"},
    {"prompt": Q, "response": f"{TRACE}\n<answer>{A}</answer>"},
    {"prompt": Q, "response": f"<step>{TRACE}</step>\n<count>9</count>\n<reward>0.9</reward>\n<answer>{A}</answer>"},
    {"text": f"<|im_start|>user\n{Q}<|im_end|>\n<|im_start|>assistant\n<|im_start|>think\n{TRACE}\n"
             f"<|im_start|>answer\nAnswer: {A}<|im_end|>"},
    {"system": "Write <|begin_of_thought|> {steps} <|end_of_thought|>.", "conversations": [
        HUMAN, {**GPT, "value": f"<|begin_of_thought|>{TRACE}<|end_of_thought|>"
                                f"<|begin_of_solution|>{A}<|end_of_solution|>"}]},
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_a_thought_is_the_trace_wherever_a_program_keeps_it(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (found.prompt, found.response, found.reasoning) == (Q, A, TRACE)


def test_a_tag_that_an_answer_only_speaks_of_begins_no_trace() -> None:
    answer = "Write `<think>` before and `</think>` behind it."
    spoken_of = parsed({"prompt": Q, "response": answer})
    assert (spoken_of.response, spoken_of.reasoning) == (answer, None)
    found = parsed({"prompt": Q, "response": f"<think>The tag `</think>` ends it.</think>{answer}"})
    assert (found.reasoning, found.response) == ("The tag `</think>` ends it.", answer)
    assert parsed({"prompt": Q, "response": "<think>It is `x`</think>Use `x`."}).reasoning == "It is `x`"
    for answer in ("Between <think> and </think> the model reasons.", "re.sub(r'<think>.*?</think>', '', t)"):
        assert (parsed({"prompt": Q, "response": answer})[1], parsed({"prompt": Q, "response": answer}).reasoning) == (
            answer, None,
        )  # fmt: skip
    assert parsed({"prompt": Q, "response": "Sure! <think>It is small.</think> This."}).reasoning == "It is small."


def test_an_empty_trace_is_none_and_its_tags_are_gone() -> None:
    found = parsed({"prompt": Q, "response": "<think></think>\n\nThe old one."})
    assert (found.reasoning, found.response) == (None, "The old one.")


def test_of_a_system_prompt_goes_what_asks_for_the_tags_of_a_trace_and_no_more() -> None:
    system = "You are a pirate.\n\nThink in <think> and </think> first."
    asked = [{"role": "system", "content": system}, {"role": "user", "content": Q}]
    found = parsed({"messages": [*asked, {"role": "assistant", "content": "<think>Two.</think>The old one."}]})
    assert dict(found.messages)["system"] == "You are a pirate."
    found = parsed({"messages": [*asked, {"role": "assistant", "content": "The old one."}]})
    assert dict(found.messages)["system"] == system


@pytest.mark.parametrize("answer", ["analysisWe look at both and", "analysisWe call it.assistantcommentary{}"])
def test_a_trace_of_harmony_without_its_marks_and_its_answer_is_left_out(answer: str) -> None:
    assert reason({"prompt": Q, "response": answer}) == drop_reasons.BROKEN_TRACE


@pytest.mark.parametrize("tag", ["answer", "final_answer", "output", "response", "回答"])
def test_tags_around_a_whole_answer_are_none_of_its_words(tag: str) -> None:
    assert parsed({"prompt": Q, "response": f"<{tag}>The old one.</{tag}>"}).response == "The old one."
    listed = f"<{tag}><name>saw</name></{tag}>"  # XML that was asked for
    assert parsed({"prompt": Q, "response": listed}).response == listed


def test_what_a_trace_comes_to_is_the_gold_answer_and_no_box_is_learnt() -> None:
    found = parsed({"prompt": "2 + 5?", "response": "<think>Add.</think>**Final Answer**\n\\boxed{7}"})
    assert (found.response, found.answer, found.reasoning) == ("7", "7", "Add.")
    found = parsed({"prompt": "2 + 5?", "response": "<think>Add.</think>Five more are $\\boxed{7}$."})
    assert (found.response, found.answer) == ("Five more are $\\boxed{7}$.", "7")


def test_a_box_that_was_asked_for_stays() -> None:
    found = parsed({"prompt": "2 + 5? Answer within \\boxed{}.", "response": "<think>Add.</think>\\boxed{7}"})
    assert (found.response, found.answer) == ("\\boxed{7}", "7")


def test_a_score_beside_a_trace_that_says_it_is_wrong_keeps_it_from_being_learnt() -> None:
    said = {"role": "assistant", "content": "<think>Add.</think>8", "info": {"verify_score": 0.0}}
    talk = [{"role": "user", "content": "2 + 5?"}, said]
    assert reason({"messages": talk}) == drop_reasons.labelled_bad("messages.-1.info.verify_score", "0.0")
    row = {"messages": [talk[0], {**said, "info": {}}], "response_id": "a", "problem_id": "b", "score": 0.0}
    assert reason(row) == drop_reasons.labelled_bad("score", "0.0")


BROKEN = drop_reasons.BROKEN_TRACE
SPLIT: list[tuple[str, object]] = [
    ("plain", (None, "plain")), ("a < b [c]", (None, "a < b [c]")), ("<think>x</think>y", ("x", "y")),
    ("x</think>y", ("x", "y")),
    ("<think>x", BROKEN), ("<think>x</think>", BROKEN), ("◁think▷x◁/think▷y", ("x", "y")),
    ("[THINK]x[/THINK]y", ("x", "y")),
    ("between <think> and </think> it reasons", (None, "between <think> and </think> it reasons")),
    ("```thinking\nx\n```\ny", ("x", "y")), ("<answer>y</answer>", (None, "y")), ("x <answer>y</answer>", ("x", "y")),
    ("<b>x</b> <answer>y</answer>", (None, "<b>x</b> <answer>y</answer>")),
    ("<step>x</step> <answer>y</answer>", ("x", "y")),
    ("<step></step> <answer>y</answer>", (None, "<step></step> <answer>y</answer>")),
    ("```\n<answer>y</answer>", (None, "```\n<answer>y</answer>")),
    ("Use <think>one two</think> more", ("one two", "Use  more")),
    ("x\nUse <think>one</think> more", (None, "x\nUse <think>one</think> more")),
    ("x\n<think>one</think> more", ("one", "x\n more")),
    ("<think>x</think>Use <think>y</think>.", ("x\n\ny", "Use .")), ("＜思考＞x＜／思考＞y", ("x", "y")),
    ("analysisI seeassistantfinalY", ("I see", "Y")), ("analysisThenassistantcommentary xassistantfinalY", BROKEN),
    ("analysis of it", (None, "analysis of it")),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), SPLIT)
def test_an_answer_is_its_trace_and_what_the_reader_sees(answer: str, expected: object) -> None:
    try:
        found: object = traces.split(answer)
    except Skip as skip:
        found = skip.reason
    assert found == expected


@pytest.mark.parametrize(
    ("text", "alone"),
    [("<think>x</think>", "x"), (" x ", "x"), ("[THINK]x[/THINK]", "x"), ("◁think▷x◁/think▷", "x"),
    ("a\n\n\n\n<think>b", "a\n\nb"),
     *((f"a {sign}\n\n\n\nb", f"a {sign}\n\n\n\nb") for sign in ("", "<", "[1]", "◁"))],
)  # fmt: skip
def test_a_trace_stands_without_its_tags(text: str, alone: str) -> None:
    assert traces.without(text) == alone


def test_what_an_assistant_thought_in_an_earlier_turn_is_gone() -> None:
    for tagged in ("<think>x</think>y", "[THINK]x[/THINK]y"):
        assert (traces.without_trace(tagged, "assistant"), traces.without_trace(tagged, "user")) == ("y", tagged)
