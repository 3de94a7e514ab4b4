"""What the check says of the thought in the rows it looked at."""

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
        (100, 50, "leave_out", ["ok doctor.thought"]),
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
