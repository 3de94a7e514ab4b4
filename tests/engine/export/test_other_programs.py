"""A finished model in Ollama and LM Studio: stand-ins of their programs write down what they were called with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import sample_report
from so8t_engine import shells
from so8t_engine.errors import EXIT_ENVIRONMENT, EXIT_SESSION, EngineError
from so8t_engine.export import gguf_choice, lm_studio, modelfile, ollama, other_program
from so8t_engine.export.gguf_types import FILE_TYPES
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import manifest, sealed_folder
from so8t_engine.session.state import PipelineState, dump

NAME = "20260101-000000-my-run"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a PATH of their own; nothing of this user's Ollama or LM Studio is seen."""
    made = tmp_path / "home"
    (tmp_path / "bin").mkdir()
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "SO8T_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(ollama, "places", list)
    return made


def session(root: Path, name: str = NAME) -> Path:
    folder = root / name / "gguf"
    folder.mkdir(parents=True)
    for kind, size in (("F16", 90), ("Q4_K_M", 30), ("Q8_0", 50)):
        (folder / f"my-run-{kind}.gguf").write_bytes(kind.encode() * size)
    text = modelfile.render("my-run-Q4_K_M.gguf", template="T", system="FROM here", max_new_tokens=9, context=99)
    (folder / "Modelfile").write_text(text, encoding="utf-8")
    sample_report.vouch_for(folder)
    return root / name


def stand_in(home: Path, name: str, code: int = 0, says: str = "") -> Path:
    """A program that notes its arguments, a line each. Returns where."""
    log, program = home.parent / f"{name}.arguments", home.parent / "bin" / name
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{log}'\nprintf '{says}' >&2\nexit {code}\n")
    program.chmod(0o755)
    return log


def called(log: Path) -> list[str]:
    return log.read_text().splitlines()


def test_that_ollama_creates_the_model_from_the_file_of_the_session(home: Path) -> None:
    log, made = stand_in(home, "ollama"), session(home / "two words; rm -rf $(x)")
    delivery = ollama.add(made)
    assert delivery.done and delivery.model == "so8t/my-run" and delivery.line == "ollama run so8t/my-run"
    create, model, option, recipe = called(log)
    assert (create, model, option) == ("create", "so8t/my-run", "-f")
    text = Path(recipe).read_text(encoding="utf-8")
    file = made / "gguf" / "my-run-Q4_K_M.gguf"
    assert text == (made / "gguf" / "Modelfile").read_text().replace("FROM ./my-run-Q4_K_M.gguf", f"FROM {file}")
    assert "FROM here" in text and made not in Path(recipe).parents


def test_that_every_program_gets_the_file_that_the_report_advises(home: Path) -> None:
    log, made = stand_in(home, "ollama"), session(home)
    (home / ".lmstudio").mkdir()
    sample_report.write_report(made, {"gguf": sample_report.GGUF})
    ollama.add(made)
    assert f"FROM {made / 'gguf' / 'my-run-Q8_0.gguf'}\n" in Path(called(log)[3]).read_text()
    assert lm_studio.add(made).place == home / ".lmstudio" / "models" / "so8t" / "my-run" / "my-run-Q8_0.gguf"


def test_that_another_file_and_another_name_can_be_chosen(home: Path) -> None:
    log, made = stand_in(home, "ollama"), session(home)
    ollama.add(made, "q8_0")
    assert called(log)[1] == "so8t/my-run:q8_0"
    assert f"FROM {made / 'gguf' / 'my-run-Q8_0.gguf'}\n" in Path(called(log)[3]).read_text()
    ollama.add(made, None, "me/mine:v2")
    assert called(log)[1] == "me/mine:v2"


@pytest.mark.parametrize("name", ["-f", "--help", "a b", "a;b", "../x", "a/b/c", "", "x\n", "a:b:c", "日本", "$(x)"])
def test_that_no_other_name_reaches_a_program(home: Path, name: str) -> None:
    log, made = stand_in(home, "ollama"), session(home)
    (home / ".lmstudio").mkdir()
    for add in (ollama.add, lm_studio.add):
        if name:
            with pytest.raises(EngineError) as refused:
                add(made, None, name)
            assert refused.value.code == "usage"
    assert not log.exists() and list((home / ".lmstudio").iterdir()) == []


def test_that_a_folder_of_any_name_has_a_plain_title(home: Path) -> None:
    for name, title in (("20260101-000000-a - Copy (2)", "a-copy-2"), ("写し", "model"), ("--x", "x"), ("..", "model")):
        assert gguf_choice.title(home / name) == title


@pytest.mark.parametrize(
    "line",
    [
        "ADAPTER ./other.safetensors",
        "FROM /etc/passwd",
        "  draft x",
        'SYSTEM """x"""\nADAPTER y',
        '# """\nADAPTER y\n# """',
        'PARAMETER stop x"""\nADAPTER y\nPARAMETER stop x"""',
        "# x\rADAPTER y",
    ],
)
def test_that_a_modelfile_which_names_other_files_is_not_handed_on(home: Path, line: str) -> None:
    log, made = stand_in(home, "ollama"), session(home)
    with (made / "gguf" / "Modelfile").open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(EngineError) as refused:
        ollama.add(made)
    assert refused.value.code == "results_damaged" and not log.exists()


def test_that_the_newest_session_with_a_file_is_meant_where_none_is_named(home: Path) -> None:
    root = home / "root"
    for stamp in ("20260101-000000", "20260102-000000", "20260103-000000"):
        (session(root, f"{stamp}-a") / "config.yaml").touch()
    shutil.rmtree(root / "20260103-000000-a" / "gguf")
    told: list[Sentence] = []
    assert gguf_choice.latest(root, told.append).name == "20260102-000000-a"
    with pytest.raises(EngineError) as refused:
        gguf_choice.latest(home / "none", told.append)
    assert refused.value.code == "no_gguf"


def test_that_a_newer_session_which_is_damaged_is_passed_over_aloud(home: Path) -> None:
    """One that never had a file is passed over as a matter of course."""
    root = home / "root"
    for day, state in enumerate(("finished", "paused", "finished", "finished"), 1):
        made = session(root, f"2026010{day}-000000-a")
        (made / "config.yaml").touch()
        (made / "pipeline_state.json").write_bytes(dump(PipelineState(made.name, status=state)))
        if day > 1:
            shutil.rmtree(made / "gguf")
    (root / "20260104-000000-a" / "pipeline_state.json").write_text("garbage")
    told: list[Sentence] = []

    assert gguf_choice.latest(root, told.append).name == "20260101-000000-a"
    assert [each.code for each in told] == ["session.passed_over_damaged", "session.passed_over"]
    assert "20260103-000000-a --evaluate-again" in str(told[1])


def test_that_sessions_of_one_title_keep_out_of_each_others_place(home: Path) -> None:
    log, root = stand_in(home, "ollama"), home / "root"
    (home / ".lmstudio").mkdir()
    made = [session(root, f"2026010{day}-000000-my-run") for day in (1, 2, 3)]
    for each in made:
        (each / "config.yaml").touch()
    names = ["so8t/my-run", "so8t/my-run-20260102-000000", "so8t/my-run-20260103-000000"]
    models = [lm_studio.add(each).model for each in made]
    again = [lm_studio.add(each) for each in made]

    assert models == names and [each.said.code for each in again] == ["use.there_already"] * 3
    for each, delivery in zip(made, again, strict=True):
        assert delivery.place is not None and delivery.place.samefile(each / "gguf" / delivery.place.name)
    for each, name in zip(made, names, strict=True):
        ollama.add(each)
        assert called(log)[1] == name


def test_that_links_in_the_place_of_files_are_no_files(home: Path) -> None:
    made = session(home)
    for file in (made / "gguf").glob("*.gguf"):
        file.unlink()
        file.symlink_to("/etc/passwd")
    with pytest.raises(EngineError) as refused:
        gguf_choice.file(made, None)
    assert refused.value.code == "no_gguf"


def test_that_what_ollama_said_last_is_told_where_it_fails(home: Path) -> None:
    made = session(home)
    stand_in(home, "ollama", 1, "gathering 10%%\\rgathering 90%%\\033[K\\nError: no server\\nbye")
    with pytest.raises(EngineError) as failed:
        ollama.add(made)
    assert failed.value.code == "other_program" and "Error: no server" in failed.value.detail
    stand_in(home, "ollama", 3)
    with pytest.raises(EngineError, match="code 3"):
        ollama.add(made)


def test_that_a_program_in_the_current_folder_is_not_called(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(home, "ollama")
    monkeypatch.chdir(home.parent / "bin")
    for path in ("", ".", f".{os.pathsep}"):
        monkeypatch.setenv("PATH", path)
        assert other_program.find("ollama", [], os.environ) is None
    assert other_program.find("ollama", [home.parent / "bin"], os.environ) == home.parent / "bin" / "ollama"


def test_that_lm_studio_gets_a_hard_link_below_its_models_folder(home: Path) -> None:
    made = session(home)
    (home / ".lmstudio").mkdir()
    delivery = lm_studio.add(made)
    place = home / ".lmstudio" / "models" / "so8t" / "my-run" / "my-run-Q4_K_M.gguf"
    file = made / "gguf" / "my-run-Q4_K_M.gguf"
    assert delivery.done and delivery.place == place and place.samefile(file)
    again = lm_studio.add(made)
    assert again.done and again.place == place and again.said.code == "use.there_already"
    newer = session(home / "newer", "20260202-000000-my-run")
    (newer / "gguf" / file.name).write_bytes(b"another model")
    sample_report.vouch_for(newer / "gguf")
    assert lm_studio.add(newer).said.code == "use.linked"
    assert place.samefile(newer / "gguf" / file.name) and file.is_file() and len(list(place.parent.iterdir())) == 1


def test_that_the_folder_of_its_settings_is_taken_and_a_home_that_was_moved(home: Path) -> None:
    made, models = session(home), home / "big disk" / "models"
    models.mkdir(parents=True)
    moved = home / "elsewhere"
    moved.mkdir()
    (home / lm_studio.POINTER).write_text(f"{moved}\n")
    (moved / "settings.json").write_text(json.dumps({"downloadsFolder": str(models)}))
    place = models / "so8t" / "mine" / "my-run-F16.gguf"
    assert lm_studio.add(made, "F16", "mine").place == place and place.is_file()
    shutil.rmtree(models.parent)
    with pytest.raises(EngineError) as refused:
        lm_studio.add(made)
    assert refused.value.code == "lm_studio_folder" and not models.exists()
    (moved / "settings.json").write_text("[")
    assert lm_studio.add(made).place == moved / "models" / "so8t" / "my-run" / "my-run-Q4_K_M.gguf"


def test_that_what_a_killed_process_left_half_copied_is_removed_and_what_another_writes_is_not(home: Path) -> None:
    made, folder = session(home), home / ".lmstudio" / "models" / "so8t" / "my-run"
    folder.mkdir(parents=True)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    name = "my-run-Q4_K_M.gguf"
    kept = [f"{name}.{os.getppid()}.part", f"other.{gone.pid}.part", f"{name}.part", f"{name}.x.part"]
    for left in (*kept, f"{name}.{gone.pid}.part"):
        (folder / left).touch()
    lm_studio.add(made)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*kept, name])


def test_that_it_is_a_copy_where_links_do_not_work(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = session(home)
    (home / ".cache" / "lm-studio").mkdir(parents=True)

    def refuse(*_: object) -> None:
        raise OSError(18, "another disk")

    monkeypatch.setattr(os, "link", refuse)
    delivery = lm_studio.add(made)
    assert delivery.said.code == "use.copied" and delivery.place is not None
    assert delivery.place.read_bytes() == (made / "gguf" / delivery.place.name).read_bytes()


def test_that_a_copy_which_is_there_already_is_not_made_again_and_one_in_use_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = session(home)
    (home / ".lmstudio").mkdir()
    sealed_folder.publish(made / "sealed", lambda part: shutil.copytree(made / "gguf", part, dirs_exist_ok=True), {})
    (made / "sealed" / manifest.NAME).rename(made / "gguf" / manifest.NAME)
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(18, "another disk")))
    place = lm_studio.add(made).place
    assert place is not None
    first = place.stat().st_ino
    assert lm_studio.add(made).said.code == "use.there_already" and place.stat().st_ino == first

    place.write_bytes(b"x" * place.stat().st_size)  # of an earlier run, by chance as large
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
    with pytest.raises(EngineError) as refused:
        lm_studio.add(made)
    assert refused.value.code == "lm_studio_busy" and str(place) in str(refused.value.sentence)
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_that_lms_imports_where_lm_studio_has_no_folder_yet(home: Path) -> None:
    made = session(home)
    assert not lm_studio.add(made).done
    log = stand_in(home, "lms")
    delivery = lm_studio.add(made)
    file = str(made / "gguf" / "my-run-Q4_K_M.gguf")
    assert delivery.done
    assert called(log) == ["import", "--hard-link", "--yes", "--user-repo", "so8t/my-run", file]


def test_that_the_command_says_what_to_type_where_there_is_no_ollama(home: Path) -> None:
    session(home / "root")

    def so8t(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "so8t_engine.cli", "use", *words, "--data-root", str(home / "root")]
        return subprocess.run([*command, "--json"], capture_output=True, text=True, check=False, encoding="utf-8")

    if not any((folder / "ollama").exists() for folder in map(Path, ("/usr/local/bin", "/usr/bin", "/snap/bin"))):
        done = so8t("ollama", NAME)
        value = json.loads(done.stdout)
        assert done.returncode == EXIT_ENVIRONMENT and not value["done"]
        assert value["line"] == f"ollama create so8t/my-run -f {value['path']}" and Path(value["path"]).is_file()
        assert value["sentence"]["code"] == "use.no_ollama"
    missing = so8t("lmstudio", NAME, "--quant", "Q6_K")
    assert missing.returncode == EXIT_SESSION and json.loads(missing.stdout)["code"] == "no_gguf"


@pytest.mark.parametrize("gone", [False, True])
def test_that_a_file_which_was_changed_is_given_to_nobody(home: Path, gone: bool) -> None:
    """Or for which nobody vouches any more. A file that somebody laid beside them is theirs."""
    log, made = stand_in(home, "ollama"), session(home)
    (home / ".lmstudio").mkdir()
    file = made / "gguf" / "my-run-Q4_K_M.gguf"
    (made / "gguf" / "my-run-Q6_K.gguf").write_bytes(b"mine")
    assert ollama.add(made, "Q6_K").done
    log.unlink()
    if gone:
        (made / "gguf" / "manifest.json").unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"!")

    for add in (ollama.add, lm_studio.add):
        with pytest.raises(EngineError) as refused:
            add(made, "Q4_K_M")
        assert refused.value.code == "results_damaged" and file.name in str(refused.value.sentence)
    assert not log.exists() and not list((home / ".lmstudio").rglob("*.gguf"))
    assert gone or lm_studio.add(made, "Q8_0").done


def test_that_a_chat_reads_a_file_again_only_where_it_was_written_to(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, read = session(home), list[Path]()
    file, whole = made / "gguf" / "my-run-Q8_0.gguf", manifest.digest_file
    monkeypatch.setattr(manifest, "digest_file", lambda path: read.append(path) or whole(path))
    gguf_choice.refuse_written_to(file)
    assert read == []
    later = (made / "gguf" / "manifest.json").stat().st_mtime_ns + 1_000
    os.utime(file, ns=(later, later))
    gguf_choice.refuse_written_to(file)
    assert read == [file]
    for changed in (b"!" + file.read_bytes()[1:], b"short"):
        file.write_bytes(changed)
        os.utime(file, ns=(later, later))
        with pytest.raises(EngineError) as refused:
            gguf_choice.refuse_written_to(file)
        assert refused.value.code == "results_damaged"


def test_that_a_file_of_another_size_is_noticed_whatever_its_time_says(home: Path) -> None:
    made = session(home)
    file, seal = made / "gguf" / "my-run-Q8_0.gguf", made / "gguf" / "manifest.json"
    file.write_bytes(b"short")
    os.utime(file, ns=(1, seal.stat().st_mtime_ns - 1))
    with pytest.raises(EngineError) as refused:
        gguf_choice.refuse_written_to(file)
    assert refused.value.code == "results_damaged"


def test_that_a_type_is_known_however_it_is_typed() -> None:
    assert gguf_choice.known_type("q4_k_m") == "Q4_K_M"
    with pytest.raises(EngineError) as refused:
        gguf_choice.known_type("Q9")
    assert refused.value.sentence == sentence("export.unknown_type", type="Q9", types=list(FILE_TYPES))


@pytest.mark.parametrize(
    ("platform", "places", "line"),
    [
        ("linux", ["/usr/local/bin", "/usr/bin", "/snap/bin"], "ollama run 'my model'"),
        ("darwin", ["/Applications/Ollama.app/Contents/Resources", "/opt/homebrew/bin", "/usr/local/bin"],
         "ollama run 'my model'"),
        ("win32", ["/home/me/AppData/Local/Programs/Ollama"], 'ollama run "my model"'),
    ],
)  # fmt: skip
def test_that_ollama_is_looked_for_and_typed_as_each_system_does(
    monkeypatch: pytest.MonkeyPatch, platform: str, places: list[str], line: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert ollama.places(Path("/home/me")) == [Path(place) for place in places]
    assert shells.line("ollama", "run", "my model") == line
