"""Step 5 on a real small session: what comes out, and that a cut at any unit changes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from crash import full_disk
from helpers import disk_use
from helpers.sessions import Cut, Session, refused
from helpers.small_disk import small_disk
from helpers.trained_policy import load_trained
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import shards
from so8t_engine.doctor import disk_estimate, gpu_memory_estimate
from so8t_engine.errors import EXIT_FINISHED, EXIT_PAUSED
from so8t_engine.evaluate import gguf_answers, heldout, llama_cpp
from so8t_engine.export import gguf_folder
from so8t_engine.protocol import Message
from so8t_engine.run import pipeline
from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog, gguf_files, manifest
from so8t_engine.session.state import Cursor
from so8t_engine.steps import evaluate

RESULTS = ("final_model", "gguf", "report")
SMALL = """
name: phi3-small
seed: 5
datasets:
  - {name: maths, source: local, path: "demo:maths", adapter: gsm8k, max_rows: 40}
  - {name: choice, source: local, path: "demo:choice", adapter: jcommonsenseqa, max_rows: 30}
  - {name: maths-heldout, source: local, path: "demo:maths.heldout", adapter: gsm8k, max_rows: 6, use: evaluation}
  - {name: unsafe-heldout, source: local, path: "demo:unsafe.heldout", max_rows: 4, use: evaluation}
integrate: {heldout_fraction: 0.0}
model:
  dtype: float32
  build:
    {hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 2, vocab_size: 512,
     max_position_embeddings: 256, max_steps: 2, per_device_train_batch_size: 4}
lora: {r: 4, lora_alpha: 8}
gate: {first: 0.0, last: 1.0, learning_rate: 0.3, target_modules: [o_proj, down_proj]}
warmup:
  {max_steps: 3, per_device_train_batch_size: 4, gradient_accumulation_steps: 1, learning_rate: 0.05, max_length: 160}
ppo: {total_episodes: 0, response_length: 24, max_prompt_length: 96}
checkpoint: {interval_seconds: 1.0e-9, save_total_limit: 2}
evaluate:
  {max_records: 8, per_device_eval_batch_size: 3, max_new_tokens: 12, gguf: [F16, Q8_0], logit_prompts: 2,
   gguf_records: 3}
runtime: {device: cpu, num_threads: 1}
"""


def config() -> RunConfig:
    return config_file.parse(SMALL, "small.yaml")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session right before step 5."""
    session = Session(tmp_path_factory.mktemp("trained"), config())
    session.run("collect", "integrate", "convert", "train")
    return session.path


@pytest.fixture(scope="module")
def measured(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The same session after a step 5 that nothing interrupted, and the most it took on the disk meanwhile."""
    session = copied(trained, tmp_path_factory.mktemp("finished"))
    context = session.context()
    with disk_use.peaks_of(session.path) as peaks:
        evaluate.run(context, context.state.cursor)
    return session.path, peaks["later"]


@pytest.fixture(scope="module")
def finished(measured: tuple[Path, int]) -> Path:
    return measured[0]


def test_the_check_of_the_disk_foresees_what_the_results_take_and_what_is_kept(measured: tuple[Path, int]) -> None:
    session, peak = measured
    shape = gpu_memory_estimate.shape_of(config())
    assert shape is not None
    moments = {name: sum(items.values()) for name, items in disk_estimate.by_moment(shape, config()).items()}
    largest = max(path.stat().st_size for name in RESULTS for path in (session / name).iterdir())

    assert peak == pytest.approx(moments["evaluating"], rel=0.25)
    assert disk_use.size(session) == pytest.approx(moments["end"], rel=0.25)
    assert sum(disk_estimate.disk(shape, config()).kept.values()) == moments["end"]
    assert disk_estimate.disk(shape, config()).largest_file >= largest


def copied(trained: Path, to: Path) -> Session:
    shutil.copytree(trained, to / trained.name)
    return Session(to, config(), trained.name)


def digests(session: Path) -> dict[str, str]:
    """Everything step 5 promises to be the same; the page may tell of interruptions."""
    paths = [path for name in RESULTS for path in sorted((session / name).rglob("*")) if path.is_file()]
    kept = [path for path in paths if path.parent.name != "report" or path.name in ("report.json", "answers.jsonl")]
    return {path.relative_to(session).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.mark.parametrize("way", ["nothing", "half"])
def test_fault_18_every_result_waits_for_space_and_is_the_same(
    trained: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Before each save and each folder the disk is full, to the last byte or with half of what it needs."""
    sizes = {name: full_disk.size_of(finished / name) for name in RESULTS}
    with small_disk(tmp_path / "disk") as disk:
        session = copied(trained, disk)
        filler = full_disk.Filler(disk, way, sizes, only=frozenset(RESULTS))
        full_disk.arm(filler, monkeypatch.setattr)
        context = session.context()
        evaluate.run(context, context.state.cursor)

        assert filler.wrong == []
        linked = {"final_model 1"} if way == "nothing" else set()  # with the results in its card: weights are linked
        advised = gguf_files.advised(finished)
        if linked and advised is not None and gguf_files.kind_of(advised) != "Q8_0":
            linked.add("gguf 2")  # with another file in the Modelfile
        assert sorted(filler.waits) == sorted({"final_model 0", *linked, "gguf 0", "gguf 1", "report 0"})
        assert digests(session.path) == digests(finished)


@pytest.mark.parametrize("name", ["final_model", "gguf"])
def test_fault_18_a_pause_while_a_result_waits_for_space_is_told_and_a_resume_goes_on(
    trained: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The disk is full to the last byte all the time: even the state that says so finds room."""
    with small_disk(tmp_path / "disk") as disk:
        session = copied(trained, disk)
        filler = full_disk.Filler(disk, "nothing", {}, only=frozenset([name]))
        with monkeypatch.context() as patch:
            full_disk.arm(filler, patch.setattr)
            patch.setattr(Control, "wait", lambda control, _: (filler.fill(name), control.pause(verbatim("enough"))))
            patch.setattr(filler, "empty", lambda: None)
            code = pipeline.run_session(session.path, session.events.append, Control())
        paused = catalog.entry(session.path)
        filler.empty()
        again = pipeline.run_session(session.path, session.events.append, Control())

        assert (code, str(paused.detail), session.said("warning")[-1]["code"]) == (EXIT_PAUSED, "enough", "disk_full")
        assert len(session.said("incident")) == 1, "the fixture just stopped; the pause is none"
        assert again == EXIT_FINISHED and digests(session.path) == digests(finished)


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("times", [1, 99])
def test_fault_19_a_disk_error_in_a_results_folder_is_tried_once_anew_and_then_told(
    trained: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, times: int
) -> None:
    session, failed, flush = copied(trained, tmp_path), [0], os.fsync

    def fsync(handle: int) -> None:
        if f"/{name}.part" in str(Path(f"/proc/self/fd/{handle}").readlink()) and failed[0] < times:
            failed[0] += 1
            raise OSError(errno.EIO, "Input/output error")
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    context = session.context()
    if times == 1:
        evaluate.run(context, context.state.cursor)
        assert failed == [1] and digests(session.path) == digests(finished)
        return
    error = refused(lambda: evaluate.run(context, context.state.cursor))
    assert error.code == "disk_error" and failed == [2], "written anew once, not a third time"
    assert list(session.path.glob("*.part")) == []


def test_the_delivered_model_computes_what_the_trained_policy_computes(finished: Path) -> None:
    policy, tokenizer = load_trained(finished, config())
    plain = AutoModelForCausalLM.from_pretrained(finished / "final_model", dtype=torch.float32).eval()
    own = AutoTokenizer.from_pretrained(finished / "final_model")
    text = "<|user|>\nWhat is 3 + 4?<|end|>\n<|assistant|>\n<think-logic>3 + 4 = 7</think-logic>\n<final>7</final>"
    ids = torch.tensor([tokenizer(text, add_special_tokens=False)["input_ids"]])
    with torch.no_grad():
        expected, actual = policy.model(ids).logits, plain(ids).logits
        with policy.as_base():
            before = policy.model(ids).logits

    assert own(text, add_special_tokens=False)["input_ids"] == ids[0].tolist()
    assert (actual - expected).abs().max() < 1e-4
    assert (expected - before).abs().max() > 0.1


def test_without_its_gates_the_delivered_model_would_be_another(finished: Path, trained: Path) -> None:
    policy, tokenizer = load_trained(trained, config())
    ids = torch.tensor([tokenizer("What is 3 + 4?", add_special_tokens=False)["input_ids"]])
    with torch.no_grad():
        with_gates = policy.model(ids).logits
        policy.set_alpha(0.0)
        without = policy.model(ids).logits

    assert (with_gates - without).abs().max() > 1e-2


def test_every_result_is_sealed_and_llama_cpp_agrees_with_it(finished: Path) -> None:
    result = json.loads((finished / "report" / "report.json").read_text(encoding="utf-8"))
    assert "warmed" not in result["heldout"]["groups"]["all"]  # PPO was left out: it is the tuned one
    f16, q8 = result["gguf"]["F16"], result["gguf"]["Q8_0"]

    assert [manifest.problems(finished / name) for name in RESULTS] == [[], [], []]
    assert f16["max_error"] < 0.01 and q8["max_error"] < 0.2 and f16["kl"] < 1e-5 and q8["kl"] < 1e-3
    assert f16["argmax_agreement"] == 1.0
    assert f16["same_tokens"] == f16["texts"] > 0 and q8["same_tokens"] == q8["texts"]
    assert q8["bytes"] < 0.7 * f16["bytes"]
    assert f16["same_answer"]["total"] == q8["right"]["total"] == 3 and f16["same_answer"]["right"] >= 2


def test_the_report_has_a_page_about_the_data(finished: Path) -> None:
    page = (finished / "report" / "data.ja.html").read_text(encoding="utf-8")
    assert "maths-heldout" in page and 'href="data.en.html"' in page and page.count('<div class="sample">') == 10
    links = [path.name for path in (finished / "report").glob("report*.html") if "data." in path.read_text("utf-8")]
    assert len(links) == 2


def test_a_question_longer_than_a_files_context_is_left_out_and_the_others_are_answered(finished: Path) -> None:
    examples = [example for example in shards.read_examples(finished, "heldout") if example.answer is not None][:2]
    long = examples[0]._replace(prompt=600 * "stamps and ")
    asked = [long, examples[1]]
    answered = gguf_answers.ask(
        finished / "gguf" / "phi3-small-Q8_0.gguf", asked, None, max_new_tokens=4, context=256, threads=1, before=None
    )

    assert answered["texts"][0] is None and isinstance(answered["texts"][1], str)
    figures = gguf_answers.figures(asked, answered, ["", answered["texts"][1]])
    assert figures["same_answer"]["right"] == figures["same_answer"]["total"] == figures["right"]["total"] == 1
    assert gguf_answers.figures([long], {"texts": [None]}, [""]) == {}


def test_both_models_answered_every_held_out_question(finished: Path) -> None:
    result = json.loads((finished / "report" / "report.json").read_text(encoding="utf-8"))
    groups = result["heldout"]["groups"]

    assert groups["all"]["records"] == groups["all"]["graded"] == 8
    assert {"category maths", "category safety", "language en"} <= groups.keys()
    assert groups["all"]["tuned_cut"]["total"] == 8 and result["heldout"]["safety"]["unsafe"]["tuned"]["total"] > 0
    assert groups["category maths"]["records"] + groups["category safety"]["records"] == 8


def test_the_name_inside_the_gguf_does_not_make_llama_cpp_strip_white_space(finished: Path) -> None:
    reader = gguf.GGUFReader(finished / "gguf" / "phi3-small-F16.gguf")

    assert reader.fields["general.name"].contents() == "phi 3-small"


def test_the_modelfile_names_the_file_that_the_report_advises(finished: Path, tmp_path: Path) -> None:
    advised = gguf_files.advised(finished)
    assert advised is not None
    text = (finished / "gguf" / "Modelfile").read_text(encoding="utf-8")
    assert text.startswith(f"FROM ./{advised.name}\n") and 'PARAMETER stop "<|end|>"' in text

    session = copied(finished, tmp_path)
    folder, before = session.path / "gguf", manifest.read(finished / "gguf")[0]
    [other] = [kind for kind in ("F16", "Q8_0") if kind != gguf_files.kind_of(advised)]
    for _ in range(2):  # the second time there is nothing to do
        gguf_folder.with_advised(
            publish=session.context().publish, model=session.path / "final_model", folder=folder, config=config(),
            kind=other,
        )  # fmt: skip
    assert (folder / "Modelfile").read_text(encoding="utf-8") == text.replace(
        advised.name, gguf_folder.file_name(config().name, other)
    )
    after = manifest.read(folder)[0]
    assert [name for name in before if before[name] != after[name]] == ["Modelfile"]
    assert list(session.path.glob("gguf*")) == [folder]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_results_can_be_copied_by_others_and_the_session_itself_stays_closed(finished: Path) -> None:
    files = [path for name in RESULTS for path in (finished / name).iterdir()]

    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o644"}
    assert {oct((finished / name).stat().st_mode & 0o777) for name in RESULTS} == {"0o755"}


def test_the_model_card_names_the_results_and_the_name_that_llama_cpp_goes_by(finished: Path) -> None:
    card = (finished / "final_model" / "README.md").read_text(encoding="utf-8")

    assert "model_name: phi 3-small\n" in card and "| right answers, of 8 |" in card
    assert "SO(8) rotation gates" in card and "| maths | the demo's questions, which come with SO8T |" in card


def test_nothing_in_the_results_tells_where_the_session_lay(finished: Path) -> None:
    files = [path for name in RESULTS for path in (finished / name).rglob("*") if path.is_file()]

    assert not [path for path in files if str(finished.parent).encode() in path.read_bytes()]


def test_a_cut_at_every_unit_ends_with_the_same_bytes(finished: Path, trained: Path, tmp_path: Path) -> None:
    session = copied(trained, tmp_path)
    cuts = 0
    while session.context().state.cursor != Cursor("evaluate", 15):

        def cut(message: Message) -> None:
            if message.name == "saved":
                raise Cut

        context = session.context(cut=cut)
        with pytest.raises(Cut):
            evaluate.run(context, context.state.cursor)
        cuts += 1

    assert cuts == 15
    assert digests(session.path) == digests(finished)


def test_a_unit_done_again_after_a_cut_before_its_commit_gives_the_same_bytes_and_nothing_is_asked_twice(
    finished: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No save is due by the clock; the process is lost after each batch of answers."""
    asked: list[tuple[str, str]] = []
    ask, answers = heldout.ask, llama_cpp.answers

    def ask_and_note(model: Any, tokenizer: Any, examples: Any, *more: Any) -> Any:
        replies = ask(model, tokenizer, examples, *more)
        asked.extend((str(model.config._name_or_path), example.id) for example in examples)
        return replies

    def answers_and_note(file: Path, questions: Any, *more: Any, **named: Any) -> Any:
        asked.extend((file.name, question) for question in questions)
        return answers(file, questions, *more, **named)

    monkeypatch.setattr(heldout, "ask", ask_and_note)
    monkeypatch.setattr(llama_cpp, "answers", answers_and_note)
    session = copied(trained, tmp_path)
    session.config = config().model_copy(
        update={"checkpoint": config().checkpoint.model_copy(update={"interval_seconds": 1e9})}
    )

    def cut(message: Message) -> None:
        if message.name == "progress" and message.data["unit"] >= 3:
            raise Cut

    with pytest.raises(Cut):
        evaluate.run(session.context(cut=cut), Cursor("evaluate"))
    assert session.context().state.cursor == Cursor("evaluate", 0)

    def cut_when_saved(message: Message) -> None:
        if message.name == "saved":
            raise Cut

    for _ in range(2 + 6 + 2):  # llama.cpp's comparisons, batches of two models, of two files
        context = session.context(cut=cut_when_saved)
        with pytest.raises(Cut):
            evaluate.run(context, context.state.cursor)
    context = session.context()
    assert context.state.cursor == Cursor("evaluate", 14)
    evaluate.run(context, context.state.cursor)

    assert len(asked) == len(set(asked)) == 2 * 8 + 2 * 3
    assert digests(session.path) == digests(finished)


def test_an_altered_base_model_is_refused(trained: Path, tmp_path: Path) -> None:
    session = copied(trained, tmp_path)
    weights = session.path / "model" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)

    with pytest.raises(Exception, match="model") as caught:
        evaluate.run(session.context(), Cursor("evaluate"))

    assert getattr(caught.value, "code", "") in ("session_damaged", "source_changed")


def test_a_llama_cpp_that_cannot_be_asked_is_one_sentence_in_the_report(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "xllamacpp.py").write_text("raise ImportError('no wheel for this platform')")
    monkeypatch.setenv("PYTHONPATH", str(blocked))
    session = copied(trained, tmp_path)
    context = session.context()
    evaluate.run(context, context.state.cursor)

    result = json.loads((session.path / "report" / "report.json").read_text(encoding="utf-8"))
    pages = [(session.path / "report" / name).read_text(encoding="utf-8") for name in ("report.html", "report.ja.html")]
    assert "llama.cpp cannot be used on this machine: no wheel for this platform" in pages[0]
    assert "この PC では llama.cpp を使用できません: no wheel for this platform" in pages[1]
    assert all(f"so8t resume {session.path.name} --evaluate-again" in page for page in pages)
    assert "same_answer" not in result["gguf"]["F16"] and len(session.said("warning")) == 2
