"""Whatever is typed or found on the disk: one clear sentence, an exit code, nothing lost, never a traceback."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers import program
from helpers.loaded_program import LoadedProgram
from helpers.sessions import refused
from so8t_engine.evaluate import comparison
from so8t_engine.session import store, verification
from so8t_engine.session.state import PipelineState

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files there")


def config(tmp_path: Path, **changes: object) -> Path:
    """The small job with some of its keys changed, as a file."""
    body = yaml.safe_load(program.SMALL.read_text(encoding="utf-8")) | changes
    path = tmp_path / "run.yaml"
    path.write_text(yaml.safe_dump(body), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedProgram:
    """With what a run needs before it trains."""
    return LoadedProgram(tmp_path_factory.mktemp("said"), (*program.COMMANDS, "so8t_engine.steps.integrate"))


def run_on(
    tmp_path: Path, data: bytes, name: str = "rows.jsonl", by: Any = program, **changes: object
) -> subprocess.CompletedProcess[str]:
    """The small job on one local file with this content, `by` the program or one that is loaded."""
    (tmp_path / name).write_bytes(data)
    file = config(tmp_path, datasets=[{"name": "rows", "source": "local", "path": name}], **changes)
    return by.so8t("run", file, "--data-root", tmp_path / "sessions")


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("ppo", {"kl_coeff": 0.1}, ["run.yaml", "kl_coeff", "kl_coef"]),
        ("seed", "many", ["run.yaml", "seed"]),
        ("checkpoint", {"interval_seconds": -1}, ["run.yaml", "interval_seconds"]),
        ("datasets", [], ["run.yaml", "datasets"]),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_place(
    tmp_path: Path, key: str, value: object, words: list[str]
) -> None:
    done = program.answered("config", "check", config(tmp_path, **{key: value}))

    assert done.returncode == 2
    assert all(word in said(done) for word in words)


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    done = program.answered("config", "check", config(tmp_path, seed="many", nonsense=1, name="NOT OK"))

    assert all(word in said(done) for word in ("seed", "nonsense", "name"))


@pytest.mark.parametrize("content", [b"", b"a: [1\n", b"\xff\xfe\x00bad", b"just words", b"name: a\nname: b\n"])
def test_a_file_that_is_no_configuration_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    done = program.answered("run", tmp_path / "bad.yaml", "--data-root", tmp_path)

    assert done.returncode == 2 and "bad.yaml" in said(done)


ROWS = {"datasets": [{"name": "rows", "source": "local", "path": "rows.jsonl"}]}
LONG = "a" * 300


@pytest.mark.parametrize(
    ("changes", "words", "codes"),
    [
        ({"data_root": "rows.jsonl"}, "is a file, not a folder", (3, 6)),
        ({"data_root": "rows.jsonl/below"}, "is a file, not a folder", (3, 6)),
        pytest.param({"data_root": "/proc/x"}, "/proc takes no files", (3, 3), marks=LINUX),
        ({"data_root": f"../{LONG}"}, "data_root: has a name of 300 bytes in it", (2, 2)),
        ({"data_root": "/".join(["a" * 200] * 40)}, "The path of the sessions has", (3, 6)),
        ({"data_root": "a\0b"}, "data_root: has a character in it (code 0)", (2, 2)),
        ({"datasets": [{"name": "rows", "source": "local", "path": f"{LONG}.jsonl"}]}, "datasets.0.path: has", (2, 2)),
        ({"datasets": [{"name": LONG, "source": "local", "path": "rows.jsonl"}]}, "datasets.0.name: has 300", (2, 2)),
        ({"datasets": [{"name": "あ" * 75, "source": "local", "path": "rows.jsonl"}]}, "name: has 225 bytes", (2, 2)),
        ({"model": {"model_name_or_path": f"./{LONG}"}}, "model.model_name_or_path: has a name of 300", (2, 2)),
        ({"runtime": {"device": "cuda:9"}}, "cuda:9", (3, 3)),
        ({"model": {"build": {}, "attn_implementation": "flash_attention_2"}}, "flash", (3, 3)),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_a_run_refuses_at_its_start_the_check_refuses_too(
    tmp_path: Path, changes: dict[str, object], words: str, codes: tuple[int, int]
) -> None:
    """`so8t config check` said "correct" of these."""
    (tmp_path / "rows.jsonl").write_text('{"prompt": "What is 2+2?", "response": "4"}\n', encoding="utf-8")
    file = config(tmp_path, **(ROWS | changes))
    environment = {"SO8T_DATA_ROOT": str(tmp_path / "sessions")}
    checked, started = (program.answered(*command, file, **environment) for command in (["config", "check"], ["run"]))

    assert words in said(checked) and words in said(started)
    assert (checked.returncode, started.returncode) == codes
    assert not (tmp_path / "sessions").exists()


@pytest.mark.parametrize(
    "command",
    ["sessions", "status", "ready", "report", "resume", "verify x", "trash x", "rename x y", "duplicate x", "adopt x",
     "data inspect x", "compare x y", "chat", "use ollama"],
)  # fmt: skip
def test_a_folder_of_sessions_that_is_a_file_is_refused_by_every_command(tmp_path: Path, command: str) -> None:
    """`so8t sessions` said that there were none, with exit code 0."""
    (tmp_path / "file").write_bytes(b"")
    done = program.answered("--data-root", tmp_path / "file", *command.split())

    assert done.returncode == 6 and f"{tmp_path / 'file'} is a file, not a folder" in said(done)
    assert "Choose a folder with --data-root" in done.stdout


def test_a_missing_configuration_a_folder_and_an_unknown_preset(tmp_path: Path) -> None:
    missing = program.answered("run", tmp_path / "no.yaml", "--data-root", tmp_path)
    folder = program.answered("run", tmp_path, "--data-root", tmp_path)
    preset = program.answered("run", "--preset", "dmo", "--data-root", tmp_path)
    both = program.answered("run", "--data-root", tmp_path)

    assert [done.returncode for done in (missing, folder, preset, both)] == [2, 2, 2, 2]
    assert "no.yaml" in said(missing) and "demo" in said(preset) and "preset" in said(both) and said(folder)


@pytest.mark.parametrize("name", ["../../etc", "/etc", "a/b", "..", "A B", "", "x" * 200])
def test_fault_41_a_session_id_with_a_path_in_it_is_refused(tmp_path: Path, name: str) -> None:
    done = program.answered("resume", name, "--data-root", tmp_path)

    assert done.returncode == 4 and "session id" in said(done)


def test_a_folder_to_adopt_whose_name_no_disk_takes_is_unknown(tmp_path: Path) -> None:
    done = program.answered("adopt", "a" * 400, "--data-root", tmp_path)
    assert done.returncode == 4 and "There is no session" in said(done)


def test_no_session_at_all_says_so(tmp_path: Path) -> None:
    for command in ("resume", "status"):
        done = program.answered(command, "--data-root", tmp_path / "none")
        assert done.returncode == 4 and "no" in said(done)
    listed = program.answered("sessions", "--data-root", tmp_path / "none")
    assert listed.returncode == 0 and "so8t run" in said(listed)


def test_a_missing_dataset_file_is_named(tmp_path: Path, loaded: LoadedProgram) -> None:
    file = config(tmp_path, datasets=[{"name": "rows", "source": "local", "path": "gone.jsonl"}])
    done = loaded.so8t("run", file, "--data-root", tmp_path / "sessions")

    assert done.returncode == 7 and "gone.jsonl" in said(done)


def test_an_empty_dataset_file_is_named(tmp_path: Path, loaded: LoadedProgram) -> None:
    done = run_on(tmp_path, b"", by=loaded)

    assert done.returncode == 7 and "rows.jsonl" in said(done)


def test_fault_33_too_many_broken_lines_stop_with_examples(tmp_path: Path) -> None:
    good = [json.dumps({"prompt": f"Say {n}", "response": str(n)}).encode() for n in range(100)]
    done = run_on(tmp_path, b"\n".join([*good, b"{broken", b"\xff\xfe", b"[1]"]))

    assert done.returncode == 7
    assert "rows.jsonl" in said(done) and "101" in said(done)


def test_fault_33_a_failed_session_goes_on_once_its_file_is_repaired(tmp_path: Path) -> None:
    bad = run_on(tmp_path, b"{broken\n" * 5)
    session = program.session_in(tmp_path / "sessions")
    before = store.read_state(session)
    rows = [json.dumps({"prompt": f"Say the number {n}", "response": str(n)}) for n in range(60)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with program.engine("resume", "--data-root", tmp_path / "sessions") as engine:
        assert engine.stdin is not None and engine.stdout is not None
        engine.stdin.write('{"v":2,"name":"pause"}\n')
        engine.stdin.flush()
        engine.stdout.read()

    assert bad.returncode == 7 and before.status == "failed" and before.error is not None
    assert store.read_state(session).status == "paused"


def test_a_missing_model_is_refused_before_any_data_is_read(tmp_path: Path, loaded: LoadedProgram) -> None:
    rows = [json.dumps({"prompt": f"Say {n}", "response": str(n)}) for n in range(300)]
    rows.insert(7, json.dumps({"prompt": "x" * 5_000_000, "response": "y"}))
    file = gzip.compress("\n".join(rows).encode())
    done = run_on(
        tmp_path, file, "rows.jsonl.gz", convert={}, model={"model_name_or_path": str(tmp_path / "none")}, by=loaded
    )

    assert said(done)
    assert done.returncode == 3, done.stdout  # the model is not there: refused before anything started


def test_rows_of_an_unknown_shape_name_their_columns(tmp_path: Path, loaded: LoadedProgram) -> None:
    done = run_on(tmp_path, b'{"foo": 1, "bar": 2}\n' * 10, by=loaded)

    assert done.returncode == 7 and "foo" in said(done)


def test_a_hub_dataset_without_network_is_one_sentence(tmp_path: Path, loaded: LoadedProgram) -> None:
    file = config(
        tmp_path, datasets=[{"name": "hub", "path": "openai/gsm8k", "config_name": "main"}], collect={"retries": 0}
    )
    done = loaded.so8t("run", file, "--data-root", tmp_path / "s", "--force", HF_HOME=str(tmp_path / "hf"))

    assert done.returncode == 7 and "openai/gsm8k" in said(done)


def test_a_data_root_that_is_a_file_is_refused(tmp_path: Path, loaded: LoadedProgram) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = loaded.so8t("run", program.SMALL, "--data-root", tmp_path / "file")

    assert done.returncode in (3, 6) and "file" in said(done)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_refused(tmp_path: Path, loaded: LoadedProgram) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    done = loaded.so8t("run", program.SMALL, "--data-root", tmp_path / "closed")

    assert done.returncode in (3, 6) and "closed" in said(done)


def test_fault_36_a_session_of_a_newer_version_is_refused_and_left_untouched(
    tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = store.create(tmp_path, "newer", program.SMALL.read_text(encoding="utf-8"), "")
    body = json.loads((session / store.STATE).read_text(encoding="utf-8")) | {"format_version": 99}
    (session / store.STATE).write_text(json.dumps(body), encoding="utf-8")
    before = {path: path.read_bytes() for path in session.rglob("*") if path.is_file() and path.parent.name != "logs"}
    done = loaded.so8t("resume", "newer", "--data-root", tmp_path)
    after = {path: path.read_bytes() for path in before}

    assert done.returncode == 4 and "newer" in said(done)
    assert before == after


def test_fault_16_a_session_with_only_bad_checkpoints_is_not_restarted_silently(
    tmp_path: Path, loaded: LoadedProgram
) -> None:
    session = store.create(tmp_path, "hurt", program.SMALL.read_text(encoding="utf-8"), "")
    state = store.commit(session, PipelineState("hurt", status="paused"), {"state.json": b"{}"})
    (session / "checkpoints" / str(state.checkpoint) / "state.json").write_bytes(b"[]")
    refused = loaded.so8t("resume", "hurt", "--data-root", tmp_path)
    verified = program.answered("verify", "hurt", "--data-root", tmp_path)

    assert refused.returncode == 4 and "--from-start" in said(refused)
    assert verified.returncode == 4 and "state.json" in said(verified)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reward": {"functions": ["nowhere_to_be_found:f"]}}, "no reward module nowhere_to_be_found"),
        ({"reward": {"functions": ["own:g"]}}, "own.py has no function g"),
        ({"reward": {"model": "./no-such-judge"}}, "no reward model folder"),
        ({"lora": {"target_modules": ["q_proj"]}}, "lora.target_modules names q_proj"),
    ],
)
def test_what_the_run_names_is_looked_at_before_a_session_is_made(
    tmp_path: Path, loaded: LoadedProgram, changes: dict[str, object], words: str
) -> None:
    (tmp_path / "own.py").write_text("def f(**_): ...\n", encoding="utf-8")
    file = config(tmp_path, **changes)
    started = loaded.so8t("run", file, "--data-root", tmp_path / "sessions")
    checked = program.answered("config", "check", file)

    assert (started.returncode, checked.returncode) == (3, 2)
    assert words in said(started) and words in said(checked)
    assert not (tmp_path / "sessions").exists()


@pytest.mark.soak  # the same without processes in the gate: engine/steps/test_train_with_rewards
def test_a_failing_reward_function_pauses_and_goes_on_once_it_is_mended(tmp_path: Path) -> None:
    """And nothing of it runs before it was allowed, when it came with the session and after every change."""
    own, ran, settings = tmp_path / "own.py", tmp_path / "ran", {"SO8T_CONFIG_HOME": str(tmp_path / "settings")}
    begin = f"open({str(ran)!r}, 'w').close()\ndef f(completions, **_):\n    return "
    own.write_text(f"{begin}[float('nan')] * len(completions)\n")
    body = yaml.safe_load(program.SMALL.read_text(encoding="utf-8"))  # little of everything: the run is not the matter
    little = {key: body[key] | changes for key, changes in (
        ("warmup", {"max_steps": 1}), ("ppo", {"total_episodes": 16, "num_ppo_epochs": 1}),
        ("evaluate", {"max_records": 2, "gguf": ["F16"], "logit_prompts": 1, "gguf_records": 1}),
    )}  # fmt: skip
    file = config(tmp_path, reward={"functions": ["own:f"]}, **little)
    root = ("--data-root", tmp_path / "sessions")
    unasked = program.so8t("run", file, *root, **settings)
    assert unasked.returncode == 3 and str(own) in said(unasked) and "--allow-code" in said(unasked)
    assert not ran.exists() and not (tmp_path / "sessions").exists()

    broken = program.so8t("run", file, *root, "--allow-code", **settings)
    session = program.session_in(tmp_path / "sessions")
    before = store.read_state(session)
    own.write_text(f"{begin}[0.5] * len(completions)\n")
    ran.unlink()
    ready, changed = (program.so8t(command, *root, **settings) for command in ("ready", "resume"))
    assert (ready.returncode, changed.returncode) == (4, 3) and not ran.exists()
    assert str(own) in said(ready) and str(own) in said(changed)
    mended = program.so8t("resume", *root, "--allow-code", **settings)

    assert broken.returncode == 8 and "own:f returned nan for completion 1" in said(broken)
    assert before.status == "paused" and before.reason is not None and "own:f" in str(before.reason)
    assert mended.returncode == 0, said(mended)
    assert '"reward_own.f":0.5' in (session / "history.jsonl").read_text(encoding="utf-8")


def test_what_a_finished_session_has_lost_is_named_and_nobody_is_told_to_resume_it(
    untouched: Path, tmp_path: Path
) -> None:
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    assert verification.problems(session) == []
    shutil.rmtree(session / "gguf")
    told = [str(problem) for problem in verification.problems(session)]
    for name in ("report", "final_model"):
        shutil.rmtree(session / name)
    report = program.answered("report", session.name, "--data-root", tmp_path)
    compared = refused(lambda: comparison.read(session))

    assert told == ["gguf: missing"]
    assert sorted(map(str, verification.problems(session))) == [
        "final_model: missing", "gguf: missing", "report: missing",
    ]  # fmt: skip
    assert report.returncode == 4 and "which is finished, is gone" in report.stdout
    assert f"resume {session.name} --evaluate-again" in report.stdout
    assert f"`so8t resume {session.name}` goes on" not in report.stdout
    assert compared.code == "results_damaged"
    verified = program.answered("verify", session.name, "--data-root", tmp_path)
    assert verified.returncode == 4 and f"resume {session.name} --evaluate-again" in verified.stdout
