"""What the check says of the thought in the rows it looked at, and of answers without any."""

from __future__ import annotations

import pytest

from helpers.sessions import make_config
from so8t_engine.data import first_rows, provenance
from so8t_engine.data.thought import thought_table
from so8t_engine.doctor import data_sources


@pytest.mark.parametrize(
    ("learnt", "bare", "sections", "said"),
    [
        (0, 0, "leave_out", []),
        (100, 100, "leave_out", ["ok doctor.thought", "warning data.no_thought"]),
        (100, 100, "teacher", ["ok doctor.thought"]),
        (100, 50, "leave_out", ["ok doctor.thought", "note doctor.bare_left_out"]),
        (100, 50, "teacher", ["ok doctor.thought"]),
        (100, 5, "leave_out", ["ok doctor.thought"]),
    ],
)
def test_what_is_said_of_thought_depends_on_whether_a_teacher_writes_it(
    learnt: int, bare: int, sections: str, said: list[str]
) -> None:
    run = make_config([{"name": "a", "path": "o/n"}])
    run = run.model_copy(update={"convert": run.convert.model_copy(update={"missing_sections": sections})})
    counts = {**thought_table.NOTHING, "learnt": learnt, "thinking": learnt - bare, "final_only": bare}
    seen = first_rows.FirstRows(run.datasets[0], provenance.begin(run.datasets[0]), thought={"a": counts})
    found = data_sources._thought(run, [seen])

    assert [f"{each.level} {each.what.code}" for each in found] == said


@pytest.mark.parametrize(
    ("thinking", "bare", "limit", "taken"),
    [(90, 30, 0.1, 10), (90, 18, 0.1, None), (90, 30, 1.0, None), (90, 30, 0.25, None), (0, 5, 0.1, 0),
     (90, 0, 0.1, None), (90, 10, 0.0, None), (89, 11, 0.0, 0)],
)  # fmt: skip
def test_that_most_answers_without_thought_will_not_be_learnt_is_said_before_the_run(
    thinking: int, bare: int, limit: float, taken: int | None
) -> None:
    """All of them were promised by the table of sources."""
    counts = {"learnt": thinking + bare, "final_only": bare}
    table = {"own": counts, "other": {"learnt": 0, "final_only": 0}}
    found = data_sources._beyond_share(table, limit)
    if taken is None:
        assert found is None
    else:
        assert found is not None
        assert (found.code, dict(found.args)) == (
            "doctor.bare_left_out",
            {"bare": bare, "taken": taken, "limit": limit, "source": "own"},
        )
