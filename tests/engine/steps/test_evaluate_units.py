"""The units of step 5, by what a session was begun with: no model is opened for a list of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import make_config, refused
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, verbatim
from so8t_engine.steps import evaluate

BATCHES = {"max_records": 8, "per_device_eval_batch_size": 3, "gguf": ["F16", "Q8_0"], "gguf_records": 3}


def config() -> RunConfig:
    return make_config([{"name": "a", "path": "owner/a"}], evaluate=BATCHES)


def test_a_session_that_an_earlier_version_has_begun_to_evaluate_goes_on_by_that_versions_units() -> None:
    """It counted no questions to the GGUF files."""
    evaluation = object.__new__(evaluate.Evaluation)
    evaluation._config = config()
    evaluation._examples = [
        Example(
            id=str(n), source="s", category="maths", language="en", split="heldout", prompt=f"{n} + 0?", completion="",
            plain=str(n), answer=str(n), answer_kind="number", safety=None,
        )
        for n in range(4)
    ]  # fmt: skip

    assert [kind for kind, _ in evaluation.units(evaluate.OF_OLD)] == [
        "model", "gguf", "gguf", "reference", "llama", "llama", *["answers"] * 4, "report",
    ]  # fmt: skip


@pytest.mark.parametrize(("warmup", "episodes", "columns"), [(1, 1, 3), (0, 1, 2), (1, 0, 2)])
def test_the_warmed_up_model_is_asked_where_it_is_neither_the_base_nor_the_result(
    tmp_path: Path, warmup: int, episodes: int, columns: int
) -> None:
    (tmp_path / "reference").mkdir()
    small = config()
    steps = {"warmup": small.warmup.model_copy(update={"max_steps": warmup}),
             "ppo": small.ppo.model_copy(update={"total_episodes": episodes})}  # fmt: skip
    context: Any = SimpleNamespace(session=tmp_path, config=small.model_copy(update=steps))

    assert len(evaluate._plan(context, {})["columns"]) == columns


@pytest.mark.parametrize(("built", "of_base"), [({}, "Think."), (None, None)])
def test_a_base_that_others_made_is_asked_plainly_and_all_others_as_they_were_taught(
    built: dict[str, Any] | None, of_base: str | None
) -> None:
    model = {"model_name_or_path": "owner/base"} if built is None else {"build": built}
    evaluation = object.__new__(evaluate.Evaluation)
    evaluation._config = make_config(
        [{"name": "a", "path": "owner/a"}], model=model, convert={"system_prompt": "Think."}
    )

    asked = [evaluation._system(which) for which in ("base", "warmed", "tuned")]
    assert asked == [of_base, "Think.", "Think."]


def test_before_anything_is_measured_the_base_is_held_to_the_one_that_was_trained_on(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "model.safetensors").write_bytes(b"weights")
    known: dict[str, str] = {}

    def check_source(key: str, digest: str, what: Sentence) -> None:
        if known.setdefault(key, digest) != digest:
            raise EngineError("source_changed", what)
        raise EngineError("session_damaged", verbatim("There are no questions."))

    config = make_config([{"name": "a", "path": "owner/a"}], model={"model_name_or_path": str(base)})
    context: Any = SimpleNamespace(session=tmp_path, config=config, check_source=check_source)
    codes = []
    for text in ("{}", "{}", "{} "):
        (base / "config.json").write_text(text)
        codes.append(refused(lambda: evaluate.Evaluation(context)).code)

    assert codes == ["session_damaged", "session_damaged", "source_changed"] and list(known) == ["base_model"]


def with_config(**evaluate_settings: Any) -> Any:
    evaluation: Any = object.__new__(evaluate.Evaluation)
    evaluation._config = make_config([{"name": "a", "path": "owner/a"}], evaluate=BATCHES | evaluate_settings)
    evaluation._session, evaluation._opened = Path("s"), None
    evaluation.told = []
    evaluation._context = SimpleNamespace(warn=lambda *given: evaluation.told.append(given))
    return evaluation


def asked_question(number: int, split: str = "heldout") -> Example:
    return Example(
        id=str(number), source="s", category="maths", language="en", split=split, prompt=f"{number}?",  # type: ignore[arg-type]
        completion="", plain=str(number), answer=str(number), answer_kind="number", safety=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "longest"),
    [
        ({"original_max_position_embeddings": 64, "max_position_embeddings": 256}, 64),
        ({"original_max_position_embeddings": None, "max_position_embeddings": 256}, 256),
        ({"max_position_embeddings": 128}, 128),
    ],
)
def test_a_file_is_compared_below_the_original_context(
    monkeypatch: pytest.MonkeyPatch, shape: dict[str, Any], longest: int
) -> None:
    evaluation = with_config()
    monkeypatch.setattr(evaluation, "_encode", lambda tokenizer, examples: [[tokenizer, len(examples)]])
    monkeypatch.setattr(evaluate.tokens, "encode_completions", lambda tokenizer, texts: [texts])
    monkeypatch.setattr(evaluate.gguf_agreement, "places", lambda *given: given)
    model = SimpleNamespace(config=SimpleNamespace(**shape))
    question = asked_question(1)._replace(completion="so")

    spare = evaluate.gguf_agreement.SPARE
    assert evaluation._places(model, "t", [question]) == ([["t", 1]], [["so"]], longest - spare) and spare > 0


def test_where_nothing_was_held_out_the_questions_for_llama_cpp_are_those_of_training(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluation = with_config(logit_prompts=2)
    train = [asked_question(n, "train") for n in range(5)]
    monkeypatch.setattr(evaluate.shards, "read_examples", lambda session, split: train if split == "train" else [])
    evaluation._examples = []
    assert evaluation._questions() == train[:2]
    evaluation._examples = [asked_question(n) for n in range(4)]
    assert evaluation._questions() == [evaluation._examples[0], evaluation._examples[2]]


@pytest.mark.parametrize(("four", "full", "opened"), [(True, False, True), (True, True, False), (False, False, False)])
def test_the_result_is_opened_as_the_base_is_or_in_full(four: bool, full: bool, opened: bool) -> None:
    evaluation = with_config()
    model = evaluation._config.model.model_copy(update={"load_in_4bit": four, "revision": "main"})
    evaluation._config = evaluation._config.model_copy(update={"model": model})
    found, elsewhere = (evaluation._of_result(full, folder).model for folder in (None, Path("part")))

    assert (found.load_in_4bit, found.model_name_or_path) == (opened, str(Path("s", "final_model")))
    assert (found.build, found.revision, elsewhere.model_name_or_path) == (None, None, "part")


def test_one_model_at_most_is_open_and_stays_so_until_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation, opened = with_config(), list[tuple[Any, ...]]()
    base = evaluation._config

    def load_base(session: Path, config: RunConfig) -> tuple[Any, str]:
        assert evaluation._opened is None, "the one before is let go first"
        opened.append((session, "as is" if config is base else config.model.load_in_4bit))
        return len(opened), "t"

    def load_trained(session: Path, config: RunConfig, name: str) -> tuple[Any, str]:
        opened.append((session, name, config is base))
        return len(opened), "t"

    monkeypatch.setattr(evaluate.adapter_folder, "load_base", load_base)
    monkeypatch.setattr(evaluate.adapter_folder, "load_trained", load_trained)
    asked = ["base", "base", "warmed", "tuned", "tuned", "reference", "base"]

    assert [evaluation._open(which)[0] for which in asked] == [1, 1, 2, 3, 3, 4, 5]
    four = base.model.load_in_4bit
    here = Path("s")
    assert opened == [(here, "as is"), (here, "reference", True), (here, four), (here, False), (here, "as is")]


MADE = {"F16": {"bytes": 1}, "Q8_0": {"error": {}}}


@pytest.mark.parametrize(
    ("gguf", "opened"), [(MADE, True), ({"F16": {"error": {}}}, False), ({"F16": {"bytes": 1}}, True)]
)
def test_the_next_tokens_are_asked_of_transformers_where_a_file_was_made(
    monkeypatch: pytest.MonkeyPatch, gguf: dict[str, Any], opened: bool
) -> None:
    evaluation = with_config()

    def tokenizer(texts: list[str], add_special_tokens: bool) -> dict[str, Any]:
        assert add_special_tokens is False
        return {"input_ids": [(len(text), 7) for text in texts]}

    monkeypatch.setattr(evaluation, "_open", lambda which: (which, tokenizer))
    monkeypatch.setattr(evaluation, "_questions", lambda: [asked_question(1)._replace(completion="one")])
    monkeypatch.setattr(evaluation, "_places", lambda model, _, chosen: [[len(chosen)]])
    monkeypatch.setattr(evaluate.gguf_agreement, "reference", lambda model, places: [model, *places])
    found = evaluation._reference({"gguf": gguf})

    told = {"places": [[1]], "expected": ["reference", [1]], "texts": ["1?", "one"], "ids": [[2, 7], [3, 7]]}
    assert found == ({"reference": told} if opened else {})


@pytest.mark.parametrize(
    ("about", "before", "said", "warned", "kept"),
    [
        ({}, {}, {}, 0, None),
        ({"bytes": 1, "error": {}}, {}, {}, 0, None),
        ({"bytes": 1}, {"Q8_0": {"texts": ["x"]}}, {"texts": ["a"]}, 0, {"texts": ["a"]}),
        ({"bytes": 1}, {}, {"error": {"text": "no"}}, 1, {"error": {"text": "no"}}),
        ({"bytes": 1}, {"F16": {"error": {"text": "no"}}}, {"error": {"text": "no"}}, 0, {"error": {"text": "no"}}),
    ],
)
def test_a_file_that_cannot_be_asked_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
    about: dict[str, Any],
    before: dict[str, Any],
    said: dict[str, Any],
    warned: int,
    kept: Any,
) -> None:
    evaluation, given = with_config(max_new_tokens=9), list[Any]()
    evaluation._examples, evaluation._opened = [asked_question(n) for n in range(3)], ("base", 1, 2)
    monkeypatch.setattr(evaluate.gguf_folder, "context", lambda folder, config: f"context of {folder.name}")
    monkeypatch.setattr(evaluate.runtime, "choose_threads", lambda config: 3)
    monkeypatch.setattr(evaluate.gguf_answers, "ask", lambda *one, **more: given.append((one, more)) or said)
    results = {"gguf": {"F16": about}, "gguf_records": 3, "gguf_answers": before}
    found = evaluation._gguf_answers(results, "F16", [2, 0])

    assert evaluation._opened is None and len(evaluation.told) == warned
    assert found == ({} if kept is None else {"gguf_answers": before | {"F16": kept}})
    if kept is not None:
        [((file, questions, system), more)] = given
        assert file == Path("s", "gguf", evaluate.gguf_folder.file_name(evaluation._config.name, "F16"))
        assert questions == [evaluation._examples[2], evaluation._examples[0]] and system == evaluation._system("tuned")
        assert more == {
            "max_new_tokens": 9, "context": "context of final_model", "threads": 3, "before": before.get("F16"),
        }  # fmt: skip
    known = {"earlier": {"gguf_answers": {"F16": {"texts": ["a", "b", "c"]}}}, **results}
    again = evaluation._gguf_answers(known | {"gguf": {"F16": {"bytes": 1}}}, "F16", [2, 0])
    assert again == {"gguf_answers": before | {"F16": {"texts": ["a", "b", "c"]}}}


@pytest.mark.parametrize(
    ("fallbacks", "code", "about"),
    [([], None, {"bytes": 5}), (["x"], None, {"bytes": 5, "fallbacks": ["x"]}), ([], "export", None)],
)
def test_a_type_that_cannot_be_written_is_told_and_the_next_knows_which_files_are_there(
    monkeypatch: pytest.MonkeyPatch, fallbacks: list[str], code: str | None, about: Any
) -> None:
    evaluation, given = with_config(gguf=["BF16", "F16", "Q8_0"]), list[Any]()
    evaluation._context.publish, evaluation._context.write = "publish", "write"
    why = verbatim("no room")

    def add(**more: Any) -> tuple[int, list[str]]:
        given.append(more)
        if code is not None:
            raise EngineError(code, why)
        return 5, fallbacks

    monkeypatch.setattr(evaluate.gguf_folder, "add", add)
    monkeypatch.setattr(evaluation, "_files_as_made", lambda _: ["Q8_0"])
    monkeypatch.setattr(evaluation, "_with_file", lambda results, kind, told: (kind, told))
    done = {"BF16": {"error": {}}, "F16": {"bytes": 3}}
    found = evaluation._gguf({"gguf": done}, "BF16")

    assert given[0]["before"] == ["F16", "Q8_0"] and (given[0]["publish"], given[0]["replace"]) == ("publish", "write")
    if code is None:
        assert found == ("BF16", about) and evaluation.told == []
    else:
        left_out = evaluate.sentence("export.gguf_left_out", type="BF16", why=why)
        assert found == {"gguf": done | {"BF16": {"error": evaluate.to_json(why)}}}
        assert evaluation.told == [("gguf", left_out)]
    earlier = {"made": {"gguf": {"Q8_0": {"bytes": 4, "sha256": "s"}}}}
    assert evaluation._gguf({"gguf": done, "earlier": earlier}, "Q8_0") == ("Q8_0", {"bytes": 4})


def test_another_fault_than_one_of_the_export_ends_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = with_config()
    evaluation._context.publish = evaluation._context.write = None

    def add(**_: Any) -> None:
        raise EngineError("disk_full", verbatim("full"))

    monkeypatch.setattr(evaluate.gguf_folder, "add", add)
    assert refused(lambda: evaluation._gguf({}, "F16")).code == "disk_full" and evaluation.told == []


@pytest.mark.parametrize(
    ("results", "kinds"),
    [
        ({}, []),
        ({"earlier": {"made": {"final_model": "1"}}, "made": {"final_model": "2"}}, []),
        ({"earlier": {"made": {"final_model": "1"}}, "made": {"final_model": "1"}}, ["F16", "Q8_0"]),
    ],
)
def test_files_of_another_model_are_made_again(
    monkeypatch: pytest.MonkeyPatch, results: dict[str, Any], kinds: list[str]
) -> None:
    evaluation = with_config()
    monkeypatch.setattr(evaluate.earlier_answers, "files_as_made", lambda earlier, folder, names: [*names])
    assert evaluation._files_as_made(results) == kinds


def test_what_was_made_of_a_type_is_noted_with_its_digest_beside_what_was_noted_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluation = with_config()
    name = evaluate.gguf_folder.file_name(evaluation._config.name, "F16")
    monkeypatch.setattr(evaluate.manifest, "read", lambda folder: ({name: (5, "new")}, {}))
    plain = evaluation._with_file({}, "F16", {"bytes": 5})
    results = {
        "gguf": {"Q8_0": {"bytes": 1}},
        "made": {"by": "me", "gguf": {"Q8_0": {"sha256": "q"}}},
        "earlier": {"gguf_answers": {"F16": {"texts": ["old"]}, "Q8_0": {"texts": ["q"]}}},
    }
    whole = evaluation._with_file(results, "F16", {"bytes": 5})

    assert plain == {"gguf": {"F16": {"bytes": 5}}}
    assert whole == {
        "gguf": {"Q8_0": {"bytes": 1}, "F16": {"bytes": 5}},
        "made": {"by": "me", "gguf": {"Q8_0": {"sha256": "q"}, "F16": {"bytes": 5, "sha256": "new"}}},
        "earlier": {"gguf_answers": {"Q8_0": {"texts": ["q"]}}},
    }


@pytest.mark.parametrize(
    ("there", "earlier", "columns"), [(False, [], 2), (False, ["base", "warmed"], 3), (True, [], 3)]
)
def test_a_warmed_up_model_that_is_gone_is_in_the_report_if_it_had_answered(
    tmp_path: Path, there: bool, earlier: list[str], columns: int
) -> None:
    if there:
        (tmp_path / "reference").mkdir()
    context: Any = SimpleNamespace(session=tmp_path, config=config())
    plan = evaluate._plan(context, {"earlier": {"columns": earlier}})

    assert len(plan["columns"]) == columns and plan["gguf_records"] == 3
