"""`so8t data try`: what would become of a source's rows is said before there is a session."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from helpers.paths import SHARED_DATA
from helpers.sessions import write_lines
from so8t_engine import cli
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_DATA, EngineError

CASES = SHARED_DATA.parent / "cases"


def said(*arguments: object, json: bool = False, language: str = "en") -> tuple[int, str]:
    out = io.StringIO()
    options = cli.parsed(["data", "try", *map(str, arguments)])
    return cli.answered(options, Printer(out, json=json, language=language)), out.getvalue()


def tried(*arguments: object) -> tuple[int, dict[str, Any]]:
    code, text = said(*arguments, json=True)
    return code, json.loads(text)


def test_the_mapping_the_rows_and_what_is_left_out_are_shown(tmp_path: Path) -> None:
    rows = [
        {"id": n, "question": f"What is {n}?", "response": f"<think>It is {n}.</think>{n} it is."} for n in range(12)
    ]
    path = write_lines(tmp_path / "a.jsonl", [*rows, {"id": 9, "question": "Why?", "response": ""}])
    code, found = tried(path)

    assert (code, found["rows"], found["kept"], found["whole"], found["unused"]) == (0, 13, 12, True, ["id"])
    assert found["line"] == "columns: {prompt: question, response: response}"
    assert [item["reason"]["text"] for item in found["dropped"]] == ["an empty field"]
    assert len(found["examples"]) == 10 and found["examples"][3]["row"] == rows[3]
    assert found["examples"][3]["record"]["reasoning"] == "It is 3."
    code, text = said(path, language="ja")
    assert code == 0 and "全 13 行のうち 12 行がレコードになり、7.7" in text and "使わない列: 「id」" in text
    assert "\na: 12 件" in text, "the source is called by its file"


def test_keys_of_its_entry_change_the_reading(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"a": "It rains.", "b": "It is wet.", "label": 1}] * 2)
    code, found = tried(path)
    line = r'`columns: {prompt: "{a}\n{b}", response: label}`'
    assert code == 7 and found["kept"] == 0 and line in found["notes"][-1]["text"]
    settings = ["--set", 'columns.prompt="{a}\\n{b}\\nentailed?"', "--set", "columns.response=label"]
    _, found = tried(path, *settings, "--set", "labels={1: yes it is}")
    assert found["examples"][0]["record"]["prompt"] == "It rains.\nIt is wet.\nentailed?"
    assert found["examples"][0]["record"]["response"] == "yes it is"
    code, found = tried(path, "--set", "columns.promt=a")
    assert code == 2 and "prompt" in found["sentence"]["text"]


def test_that_a_rejected_answer_serves_no_purpose_is_said(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"prompt": "How much is 2 + 2?", "chosen": "4", "rejected": "5"}] * 2)
    _, found = tried(path)
    assert found["examples"][0]["record"]["response"] == "4"
    assert "The answers in column 'rejected' are never learnt" in found["notes"][0]["text"]


def test_which_column_keeps_answers_from_being_learnt_is_said_and_how_to_learn_them(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": n, "prompt": f"Saw {n}?", "response": "The small one.", "success": n > 1, "is_safe": n != 2}
        for n in range(6)
    ]
    _, text = said(write_lines(tmp_path / "a.jsonl", rows))

    line = "columns: {prompt: prompt, response: response}"
    assert "An answer that 'success' or 'is_safe' calls bad is never learnt." in text
    assert f"Where that is no verdict on it, write `{line}`." in text
    assert '`columns: {prompt: prompt, response: response, label: "success, is_safe"}`' in text
    assert "Columns that are not used: 'id'." in text and "its answer is labelled bad ('success': false) (2)" in text
    assert "its answer is not learnt: its answer is labelled bad ('is_safe': false)" in text
    _, found = tried(tmp_path / "a.jsonl", *(f"--set=columns.{name}={name}" for name in ("prompt", "response")))
    assert (found["kept"], found["dropped"], found["notes"]) == (6, [], [])


def test_a_column_that_only_counts_is_not_used_and_leaves_nothing_out(tmp_path: Path) -> None:
    rows = [{"prompt": f"Saw {n}?", "response": "The small one.", "passed": n} for n in (0, 1, 7)]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))

    assert (found["kept"], found["unused"], found["line"]) == (
        3, ["passed"], "columns: {prompt: prompt, response: response}",
    )  # fmt: skip


def test_how_a_column_is_read_that_is_named_as_the_label_is_said(tmp_path: Path) -> None:
    values = [0, 3, 12, 3, None, "meh"]
    rows = [{"prompt": f"Saw {n}?", "response": "The small one.", "n": value} for n, value in enumerate(values)]
    path = write_lines(tmp_path / "a.jsonl", rows)
    mapping = ["--set=columns.prompt=prompt", "--set=columns.response=response", "--set=columns.label=n"]

    assert (
        "'n', named as `label`: 1 row is bad and not learnt (0), "
        "4 rows have a value that says neither, and so stay (3, 12, meh), 1 row has none, and so stays."
    ) in said(path, *mapping)[1]
    assert "「n」の読み方: 「悪い」ため学習しない 1 行 (0)" in said(path, *mapping, language="ja")[1]


def test_which_columns_of_a_comparison_are_used_is_said(tmp_path: Path) -> None:
    row = {"question": "Which saw?", "response_a": "Left.", "response_b": "Right.", "winner": "b", "judge": "x"}
    _, found = tried(write_lines(tmp_path / "a.jsonl", [row]))

    assert (found["adapter"], found["unused"]) == ("comparison", ["judge"])
    assert found["notes"][0]["text"].startswith(
        "Several answers ('response_a', 'response_b') to 'question': learnt is the one that 'winner' calls better"
    )


def test_that_answers_come_to_something_else_than_the_gold_one_is_said_and_how_to_learn_them(tmp_path: Path) -> None:
    row = {"prompt": "3 + 4?", "response": "It makes 8.", "pred": "8", "gold": "7"}
    path = write_lines(tmp_path / "a.jsonl", [row])

    _, found = tried(path)
    assert "than the gold one in 'gold' is never learnt" in found["notes"][0]["text"]
    assert "write `columns: {prompt: prompt, response: response}`" in found["notes"][0]["text"]
    assert (found["examples"][0]["record"]["response"], found["examples"][0]["record"]["answer"]) == ("", "7")


def test_lengths_are_told_in_characters_and_nothing_left_out_as_all(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"prompt": "Why?", "response": f"It {'is ' * n}so."} for n in (1, 2, 9)])

    assert tried(path)[1]["lengths"] == {
        "prompt": {"least": 4, "median": 4, "most": 4}, "response": {"least": 9, "median": 12, "most": 33},
    }  # fmt: skip
    assert (
        "3 rows, and all become records." in said(path)[1]
        and "全 3 行がレコードになります。" in said(path, language="ja")[1]
    )


def test_what_is_to_be_done_about_a_file_fits_its_fault(tmp_path: Path) -> None:
    pointer = tmp_path / "a.jsonl"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", encoding="utf-8")

    assert tried(pointer)[1]["action"]["code"] == "action.dataset_file"
    assert said(tmp_path / "b.jsonl")[1].endswith("Check its id (OWNER/NAME) or path.\n")


def test_that_a_source_prefers_what_should_be_refused_is_said_and_how_to_learn_it(tmp_path: Path) -> None:
    rows = [{"prompt": f"Saw {n}?", "chosen": "Steal it.", "rejected": "I can't help with that."} for n in range(3)]
    path = write_lines(tmp_path / "a.jsonl", rows)

    _, found = tried(path)
    line = "columns: {prompt: prompt, response: chosen}"
    assert found["kept"] == 0 and f"Where that is wrong, write `{line}`." in found["notes"][-1]["text"]
    assert tried(path, "--set=columns.prompt=prompt", "--set=columns.response=chosen")[1]["kept"] == 3


def test_where_no_row_fits_no_mapping_is_claimed(tmp_path: Path) -> None:
    rows = [{"prompt": {"text": f"{n}?"}, "continuation": {"text": f"So is {n}."}} for n in range(3)]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))

    assert (found["line"], found["adapter"], found["unused"]) == (None, None, [])
    assert "`columns: {prompt: prompt.text, response: continuation.text}`" in found["notes"][-1]["text"]


RIGHT: dict[str, int | str] = {  # records, or words of the refusal
    "03-guanaco-one-line/data.jsonl": 24, "05-inst-text/data.jsonl": 24, "08-function-call-roles/data.json": 24,
    "10-alpaca-history-system/data.json": 24, "11-sharegpt-system-column/data.json": 24, "12-think-tags/data.json": 24,
    "13-begin-of-thought/data.jsonl": 24, "14-hub-folder-clone/gsm": 20, "15-save-to-disk/saved": 24,
    "16-dpo-objects/data.json": 24, "18-content-parts/a.jsonl": 24, "19-number-answer/data.jsonl": 24,
    "20-choices-and-index/a.jsonl": 24, "21-other-talk-keys/a.jsonl": 24, "21-other-talk-keys/b.jsonl": 24,
    "22-encodings/utf16.jsonl": 24, "22-encodings/cp932.csv": 24, "22-encodings/cp932.json": 24,
    "23-csv-separators/semicolon.csv": 24, "24-lfs-pointer/train.jsonl": "Git LFS pointer",
    "24-lfs-pointer/train.parquet": "Git LFS pointer", "25-array-in-jsonl/array.jsonl": 24,
    "25-array-in-jsonl/commas.jsonl": 24, "25-array-in-jsonl/objects.json": 24, "25-array-in-jsonl/oneline.jsonl": 24,
    "26-folder-leaves-files-out/mix": 12, "27-image-tokens/data.json": 0, "28-column-names/capitals.csv": 24,
    "28-column-names/instruction_response.jsonl": 24, "28-column-names/openorca.jsonl": 24,
    "28-column-names/problem_solution.jsonl": 24, "28-column-names/prompt_chosen.jsonl": 24,
    "28-column-names/query_response.jsonl": 24, "29-columns-without-input/data.json": 24,
    "30-column-oriented-json/instances.json": 24, "30-column-oriented-json/splits.json": 24,
}  # fmt: skip


@pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")
def test_small_inputs_of_real_trouble_come_out_right() -> None:
    wrong = {}
    for name, right in RIGHT.items():
        settings = ["--set", "config_name=main"] if name.startswith("14") else []
        _, found = tried(CASES / name, *settings)
        outcome = found.get("kept", found.get("sentence", {}).get("text", ""))
        held = json.dumps([example["record"] for example in found.get("examples", [])])
        foreign = [
            mark for mark in ("<think>", "[INST]", "###", "|begin_of", 'User: {\\"name', "<image>") if mark in held
        ]
        if (right not in outcome if isinstance(right, str) else right != outcome) or foreign:
            wrong[name] = (outcome, foreign)

    assert wrong == {}


SUM = [{"question": f"What is {n} and 4?", "answer": f"It is {n + 4}."} for n in range(3)]


@pytest.mark.parametrize(
    ("column", "values", "shown"),
    [("by", ["good", "bad", "good"], "good, bad"), ("my mark", ["○", "×", None], "○, ×"), ("by", [1, -1, 1], "1, -1")],
)
def test_an_unused_column_that_looks_like_a_verdict_is_told_with_the_line_that_obeys_it(
    tmp_path: Path, column: str, values: list[Any], shown: str
) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{**row, column: value} for row, value in zip(SUM, values, strict=True)])
    label = column if column == "by" else f'"{column}"'
    line = f"columns: {{prompt: question, response: answer, label: {label}}}"
    told = f"'{column}' looks like a verdict on the answers ({shown}), but is not used: answers that it calls bad are"

    _, found = tried(path)
    assert found["kept"] == 3 and [note["text"] for note in found["notes"]] == [
        f"{told} learnt. To leave them out, write `{line}`."
    ]
    assert f"「{column}」は回答への評価" in said(path, language="ja")[1]
    settings = ["--set", "columns.prompt=question", "--set", "columns.response=answer"]
    _, found = tried(path, *settings, "--set", f"columns.label={column}")
    assert [item["rows"] for item in found["dropped"]] == [1]


@pytest.mark.parametrize(
    ("column", "values", "is_told"),
    [
        ("grade", ["80", "30", "55"], True),
        ("answer_score", [1, 5, 3], True),
        ("評価点", [1, 5, 3], True),
        ("rating", [1, 5, 3], True),
        ("level", [1, 5, 3], False),
        ("score", [1, 1, 1], False),
        ("quality", ["of oak", "of fir", "of ash"], False),
        ("question_quality", [1, 2, 3], False),
        ("status", ["success"] * 3, False),
        ("by", ["good", "bad", "Tom"], False),
        ("prompt_check", ["ok", "bad", "ok"], False),
        ("polite", [True, False, True], False),
        ("index", [0, 1, 0], False),
    ],
)
def test_a_score_is_told_as_one_and_what_is_neither_is_not(
    tmp_path: Path, column: str, values: list[Any], is_told: bool
) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{**row, column: value} for row, value in zip(SUM, values, strict=True)])

    _, found = tried(path)
    assert (found["kept"], found["unused"]) == (3, [column])
    assert [f"'{column}' looks like a score" in note["text"] for note in found["notes"]] == [True] * is_told


def test_records_whose_answer_is_not_learnt_are_told_from_those_whose_is(tmp_path: Path) -> None:
    rows = [{"prompt": f"How do I steal bike {n}?", "response": "Cut it.", "is_safe": bool(n % 2)} for n in range(4)]
    path = write_lines(tmp_path / "a.jsonl", rows)

    assert tried(path)[1]["asked"] == 2
    assert (
        "4 rows, and all become records.\n2 of them have an answer that is learnt; of the other 2 only the question"
        in said(path)[1]
    )


def test_lengths_are_told_in_the_tokens_of_a_model_whose_tokenizer_is_there(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"prompt": "why is it so", "response": "it is"}])
    words = Tokenizer(WordLevel({"why": 0, "is": 1, "it": 2, "so": 3}, unk_token="so"))
    words.pre_tokenizer = Whitespace()
    (tmp_path / "model").mkdir()
    words.save(str(tmp_path / "model" / "tokenizer.json"))
    named = ("--set", f"model.model_name_or_path={tmp_path / 'model'}")

    assert tried(path, *named)[1]["tokens"] == {
        "prompt": {"least": 4, "median": 4, "most": 4}, "response": {"least": 2, "median": 2, "most": 2},
    }  # fmt: skip
    assert "Characters" not in said(path, *named)[1]
    absent = ("--set", "model.model_name_or_path=nobody/no-model")
    assert tried(path, *absent)[1]["tokens"] is None
    assert "the tokenizer of nobody/no-model is not on this machine" in said(path, *absent)[1]


@pytest.mark.parametrize(
    ("name", "called"), [("v_判定.jsonl", "v_判定"), ("質問集 (2).jsonl", "質問集-2"), ("ＡＢ.jsonl", "ab")]
)
def test_a_source_is_called_by_its_file_in_any_script(tmp_path: Path, name: str, called: str) -> None:
    path = write_lines(tmp_path / name, [{"prompt": "Why?", "response": "<think>It rains.</think>So."}])
    assert tried(path)[1]["thought"][0]["source"] == called


def test_keys_of_objects_that_are_read_in_part_are_told_once(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So.", "mood": "calm", "note": ""}]
    path = write_lines(tmp_path / "a.jsonl", [{"messages": turns}] * 3)
    assert tried(path)[1]["unused"] == ["messages.mood"]

    path = write_lines(tmp_path / "b.jsonl", [{"data": {"q": "Why?", "a": "So.", "hint": "x"}}])
    places = ("--set", "columns.prompt=data.q", "--set", "columns.response=data.a")
    assert tried(path, *places)[1]["unused"] == ["data.hint"]


def test_an_export_of_a_tool_is_read_with_the_line_that_names_its_columns(tmp_path: Path) -> None:
    rows = [
        {"prompt": f"What is {n}?", "response": "It.", "good": [{"value": "yes" if n else "no"}], "good-suggestion": ""}
        for n in range(3)
    ]
    code, found = tried(write_lines(tmp_path / "a.jsonl", rows))
    assert (code, found["adapter"], found["kept"]) == (0, "argilla", 2)
    line = "adapter: argilla, columns: {prompt: prompt, response: response, label: good}"
    assert found["line"] == line and found["unused"] == []

    rejected = [
        {"prompt": f"What is {n}?", "response": "It.", "answer": "reject" if n < 2 else "accept", "_task_hash": n,
         "_input_hash": n} for n in range(4)
    ]  # fmt: skip
    _, found = tried(write_lines(tmp_path / "b.jsonl", rejected))
    assert (found["adapter"], found["kept"], found["notes"]) == ("prodigy", 2, [])
    assert found["line"] == "adapter: prodigy, columns: {prompt: prompt, response: response}"


def test_a_source_of_which_nothing_becomes_a_record_ends_the_command_with_the_code_for_data(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"question": "Why?", "answer": ""}])
    assert (tried(path)[0], said(path)[0], said(path, language="ja")[0]) == (7, 7, 7)
    assert "1 row in all: 0 become records, 100.0% left out." in said(path)[1]


def test_that_only_the_first_of_several_texts_is_learnt_is_said_and_how_to_join_them(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"instruction": f"{n}?", "output": ["One.", "Two."]} for n in range(3)])
    _, found = tried(path)
    line = 'columns: {prompt: instruction, response: "{output}"}'
    assert found["notes"][0]["code"] == "data.first_of_list" and line in found["notes"][0]["text"]
    _, found = tried(path, "--set=columns.prompt=instruction", '--set=columns.response="{output}"')
    assert (found["examples"][0]["record"]["response"], found["notes"]) == ("One.\nTwo.", [])


def test_that_drafts_which_nobody_has_revised_are_left_out_is_said_and_how_to_learn_them(tmp_path: Path) -> None:
    rows = [{"prompt": f"{n}?", "response": "A draft.", "corrected_response": "Good." * n} for n in range(3)]
    path = write_lines(tmp_path / "a.jsonl", rows)
    _, found = tried(path)
    line = 'columns: {prompt: prompt, response: "corrected_response, response"}'
    assert found["kept"] == 2 and line in found["notes"][0]["text"]
    right = write_lines(
        tmp_path / "b.jsonl", [{**row, "is_correct": not row["corrected_response"]} for row in rows[:1]]
    )
    assert tried(right)[1]["kept"] == 1 and not tried(right)[1]["notes"]
    _, found = tried(path, "--set=columns.prompt=prompt", "--set=columns.response=corrected_response, response")
    assert [item["record"]["response"] for item in found["examples"]] == ["A draft.", "Good.", "Good.Good."]


def test_a_state_that_calls_no_answer_bad_is_said(tmp_path: Path) -> None:
    rows = [{"質問": f"{n}？", "回答": "はい。", "ステータス": ("公開", "確認中")[n % 2]} for n in range(4)]
    _, found = tried(write_lines(tmp_path / "a.jsonl", rows))
    assert found["kept"] == 4 and "'ステータス' says '確認中' of 2 rows" in found["notes"][0]["text"]


def test_how_many_texts_a_rule_has_changed_is_said(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"question": "Why?", "answer": "It is so &amp; so."}])
    assert tried(path)[1]["changed"] == {"clean_markup": 1}
    assert "Changed by integrate.clean_markup: 1 row." in said(path)[1]


@pytest.mark.parametrize("arguments", [("try", "x", "--example", "y"), ("inspect", "x", "--set", "a=b")])
def test_what_an_action_does_nothing_with_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(EngineError, match="does nothing with") as refused:
        cli.COMMANDS["data"](cli.parsed(["data", *arguments]), Printer(io.StringIO()))
    assert refused.value.code == "usage"


@pytest.mark.parametrize("path", ["data/slipped.csv", "data/slipped.jsonl", "slipped/quiz.jsonl.gz", "x/y.parquet"])
def test_a_file_that_is_not_there_is_no_dataset_of_the_hub(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = said(path)
    assert code != 0 and "There is no file or folder" in text and path.partition("/")[2] in text


def test_a_proposed_line_is_shown_as_it_is_typed_and_reads_what_it_says(tmp_path: Path) -> None:
    rows = [{"hunk": f"- a{number}\n+ b", "Review of it": f"Why not c{number} | d?"} for number in range(5)]
    path = write_lines(tmp_path / "two words.jsonl", rows)

    code, text = said(path)
    [typed] = re.findall(r"To see what it reads so: `so8t data try (.*)`", text)
    again, found = tried(*shlex.split(typed))

    assert (code, again) == (EXIT_DATA, 0)
    assert f"'{path}'" in typed and found["kept"] == 5
