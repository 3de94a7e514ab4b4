"""What the command line answers as JSON: the values a window draws its forms and findings from."""

from __future__ import annotations

import errno
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine import cli
from so8t_engine.commands import queries
from so8t_engine.config import file as config_file
from so8t_engine.errors import EngineError
from so8t_engine.session import store
from so8t_engine.session.state import Work


def asked(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = cli.main(words)
    return code, json.loads(capfd.readouterr().out.splitlines()[-1])


def session(root: Path, *changes: str) -> Path:
    return store.create(root, "20260101-000000-x", config_file.dump(config_file.load_preset("demo", changes)), "then")


def test_every_wrong_key_is_named_with_its_sentence(tmp_path: Path) -> None:
    def load() -> Any:
        return config_file.load_preset("demo", ["ppo.kl_coef=x", "ppo.foo=1"])

    found = queries.check(load, tmp_path)
    assert [one["key"] for one in found["problems"]] == ["ppo.kl_coef", "ppo.foo"]
    assert found["problems"][0]["sentence"]["code"] == "config.no_number"
    assert found["problems"][0]["sentence"]["text"] == "must be a number, not 'x'"


def test_what_is_wrong_does_not_hide_what_else_there_is_to_say(tmp_path: Path) -> None:
    """A wrong name was shown alone, and the machine, the data and their cost came with the next check."""

    def checked(*changes: str) -> tuple[list[str], list[str], list[str]]:
        found = queries.check(lambda: config_file.load_preset("demo", changes), tmp_path)
        said = [finding["what"]["code"] for finding in found["findings"]]
        return [one["key"] for one in found["problems"]], said, found.get("datasets", [])

    _, right, levels = checked()
    assert len(right) > 5 and levels == ["ok"] * 8
    assert checked("name=' '", "ppo.foo=1") == (["name", "ppo.foo"], right, levels)
    keys, said, _ = checked("datasets.0.name='A B'", "name=''")
    assert sorted(keys) == ["datasets.0.name", "name"] and {"doctor.memory", "doctor.disk"} < set(said)
    assert "data.rows_read" not in said  # which place in the list each has is not known then
    assert checked("datasets=[]")[1] == checked("model=null")[1] == []  # nothing can be looked at without


def test_the_folder_is_looked_at_in_which_the_session_would_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was chosen, else the configuration's own, else the default."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SO8T_DATA_ROOT", str(tmp_path / "default"))

    def looked_at(own: str, chosen: Path | None) -> list[str]:
        found = queries.check(
            lambda: config_file.load_preset("demo", (own and [f"data_root={tmp_path / own}"]) or []), chosen
        )
        return [
            each["what"]["args"]["root"]
            for each in found["findings"]
            if each["what"]["code"] == "session.root_is_a_file"
        ]

    nowhere = str(tmp_path / "file" / "own")
    assert looked_at("file/own", None) == [nowhere]
    assert looked_at("file/own", tmp_path / "chosen") == [] and looked_at("", None) == []
    assert looked_at("fine", tmp_path / "file" / "own") == [nowhere]


def test_datasets_and_a_teacher_that_are_not_there_are_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here = tmp_path / "here.jsonl"
    here.write_text('{"prompt": "q", "response": "a"}\n', encoding="utf-8")
    file = tmp_path / "mine.yaml"
    data = "\n".join(f"  - {{name: {name}, source: local, path: {name}.jsonl}}" for name in ("here", "gone"))
    teacher = "missing_sections: teacher, teacher: 'http://127.0.0.1:1/v1', teaching: {model: m}"
    text = f"name: mine\ndatasets:\n{data}\nmodel: {{build: {{}}}}\nconvert: {{{teacher}}}\n"
    file.write_text(text, encoding="utf-8")
    found = queries.check(lambda: config_file.load(file), tmp_path)
    assert [each["what"]["code"] for each in found["findings"]].count("teacher.unreachable") == 1
    [problem] = found["problems"]
    assert problem["key"] == "datasets.1.path"
    assert problem["sentence"]["text"] == f"There is no file or folder {tmp_path / 'gone.jsonl'}."

    code = cli.main(["config", "check", str(file)])
    out = capfd.readouterr().out
    assert code == 2 and "datasets.1.path (gone): There is no file or folder" in out
    assert out.count("The teacher at http://127.0.0.1:1/v1 cannot be reached") == 1


def test_a_file_that_cannot_be_read_is_no_verdict_about_keys(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no file"):
        queries.check(lambda: config_file.load(tmp_path / "none.yaml"), tmp_path)


def test_a_right_configuration_gets_findings_about_the_machine(tmp_path: Path) -> None:
    found = queries.check(lambda: config_file.load_preset("demo", ["runtime.device=cuda:7"]), tmp_path)
    assert found["name"] == "demo"
    assert any(one["level"] == "error" and one["what"]["code"] == "doctor.no_gpu" for one in found["findings"])


def test_a_session_whose_gpu_is_gone_is_not_ready(tmp_path: Path) -> None:
    fine, lacking = session(tmp_path / "a"), session(tmp_path / "b", "runtime.device=cuda:7")
    assert not [one for one in queries.ready(fine) if one.level == "error"]
    assert [one for one in queries.ready(lacking) if one.level == "error"]


def test_of_a_session_that_has_measured_its_speed_it_is_said_what_is_left(tmp_path: Path) -> None:
    made = session(tmp_path)
    codes = [one.what.code for one in queries.ready(made)]
    assert "doctor.no_time_known" in codes and "doctor.takes_still" not in codes
    state = store.read_state(made)
    work = {"train/update": Work(10, 20.0)}
    store.write_state(made, state.changed(status="paused", work=work, totals={"train/update": 20}))
    codes = [one.what.code for one in queries.ready(made)]
    assert "doctor.takes_still" in codes and "doctor.no_time_known" not in codes


def test_space_that_the_session_takes_already_counts_as_free(tmp_path: Path) -> None:
    folder = session(tmp_path)
    before = queries._taken(folder)
    (folder / "data" / "large").write_bytes(b"x" * 1_000)
    assert queries._taken(folder) == before + 1_000
    assert before == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "large")
    (folder / "set-aside").mkdir()
    (folder / "set-aside" / "old").write_bytes(b"x" * 1_000)
    assert queries._taken(folder) == before + 1_000, "what was set aside is not written over"


def test_shown_values_are_those_that_would_run(capfd: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capfd, "config", "show", "--preset", "demo", "--set", "seed=5", "--json")
    expected = config_file.load_preset("demo", ["seed=5"]).model_dump(mode="json")
    assert (code, found["values"]) == (0, expected)


def test_the_schema_has_every_section(capfd: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capfd, "config", "schema", "--json")
    assert code == 0
    assert set(found["properties"]) >= {"datasets", "model", "ppo", "alpha"}


def test_the_schema_has_a_line_for_each_key_where_people_read_it(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["config", "schema"]) == 0
    assert '\n    "ppo": {\n' in capfd.readouterr().out


def test_presets_are_listed_by_name(capfd: pytest.CaptureFixture[str]) -> None:
    assert {one["name"] for one in asked(capfd, "presets", "--json")[1]} >= {"demo", "phi35-so8t"}


@pytest.mark.parametrize("left_out", [["ppo.total_episodes=0"], ["ppo.total_episodes=100"],
                                      ["algorithm=grpo", "grpo.max_steps=0"]])  # fmt: skip
def test_alpha_stays_where_no_reinforcement_learning_moves_it(left_out: list[str]) -> None:
    config = config_file.load_preset("demo", ["alpha.initial=0.75", *left_out])
    moved = config_file.load_preset("demo", ["alpha.initial=0.75"])

    assert {alpha for _, alpha in queries.alpha_curve(config)} == {0.75}
    assert [at for at, _ in queries.alpha_curve(config)] == [at for at, _ in queries.alpha_curve(moved)]
    assert queries.alpha_curve(moved)[-1][1] < 0.4


def test_a_form_gets_with_one_question_what_four_others_answer(capfd: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capfd, "config", "form", "--preset", "demo", "--set", "alpha.schedule=linear", "--json")
    config = config_file.load_preset("demo", ["alpha.schedule=linear"])
    assert code == 0 and set(found) == {"schema", "presets", "adapters", "values", "points"}
    assert found["schema"] == queries.schema() and found["presets"] == queries.presets()
    assert found["values"] == config.model_dump(mode="json")
    assert [tuple(point) for point in found["points"]] == queries.alpha_curve(config)


def test_diagnostics_are_lines(capfd: pytest.CaptureFixture[str]) -> None:
    assert any("memory" in line for line in asked(capfd, "doctor", "--json")[1]["lines"])


def test_ready_says_by_its_exit_code_whether_it_can_go_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = session(tmp_path, "runtime.device=cuda:7")
    code, found = asked(capfd, "ready", made.name, "--data-root", str(tmp_path), "--json")
    assert code != 0
    assert any(one["level"] == "error" for one in found["findings"])


def test_a_configuration_that_can_no_longer_be_had_is_among_the_problems_of_a_session(tmp_path: Path) -> None:
    folder = session(tmp_path)
    assert queries.problems(folder) == []

    (folder / store.CONFIG).write_text("datasets: [", encoding="utf-8")
    [sealed] = queries.problems(folder)
    store.write_state(folder, store.read_state(folder).changed(config=None))
    [lost] = queries.problems(folder)
    assert store.CONFIG in str(sealed) and store.CONFIG in str(lost) and sealed.code != lost.code


def test_how_alpha_will_fall_is_told_for_values_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capfd, "alpha", "--set", "alpha.schedule=linear", "--set", "alpha.initial=0.75", "--json")
    points = [tuple(point) for point in found["points"]]

    assert code == 0 and points[0] == (0.0, 0.75)
    assert points == queries.alpha_curve(
        config_file.load_preset("demo", ["alpha.schedule=linear", "alpha.initial=0.75"])
    )
    steps = [before - after for (_, before), (_, after) in itertools.pairwise(points)]
    assert max(steps) == pytest.approx(min(steps)), "a straight line"


def test_results_that_cannot_be_looked_at_are_told_with_the_systems_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(session: Path) -> list[Any]:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(queries.verification, "lost_results", torn)

    assert [str(said) for said in queries.lost_results(tmp_path)] == ["[Errno 5] Input/output error"]
