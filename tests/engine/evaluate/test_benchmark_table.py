"""What lm-eval said, as lines of a table."""

from __future__ import annotations

from so8t_engine.evaluate import benchmark_table

FIGURES = {"acc": 0.75, "acc_stderr": 0.05, "exact_match,strict": 0.5, "exact_match_stderr,strict": 0.1}
BENCHMARK = {
    "models": {
        "final_model": {"tasks": {"so8t_maths": {"items": 4, "right": 3, "figures": FIGURES}}},
        "Q8_0": {"tasks": {"so8t_maths": {"items": 4, "figures": {"acc": 1.0}}, "wiki": {"figures": {"ppl": 12.345}}}},
        "Q4_K_M": {"error": {"code": "evaluate.llama_silent", "args": {"seconds": 1}}},
    },
    "report": {"so8t_maths": {"right": 3, "total": 4}},
}


def test_a_metric_of_a_task_is_a_line_with_a_value_for_each_model_and_the_reports_own_count() -> None:
    lines = benchmark_table.lines(BENCHMARK)

    assert [(line.task, line.metric, line.items) for line in lines] == [
        ("so8t_maths", "acc", 4), ("so8t_maths", "exact_match,strict", 4), ("wiki", "ppl", None)
    ]  # fmt: skip
    assert lines[0].values == {"final_model": 0.75, "Q8_0": 1.0, "Q4_K_M": None}
    assert lines[0].errors["final_model"] == 0.05 and lines[1].errors["final_model"] == 0.1
    assert lines[0].reported == {"right": 3, "total": 4} and lines[1].reported is None


def test_a_share_is_shown_in_percent_and_any_other_number_as_it_is() -> None:
    assert benchmark_table.value(0.75, 0.05) == "75.0\N{NO-BREAK SPACE}% ±\N{NO-BREAK SPACE}5.0"
    assert [benchmark_table.value(number) for number in (None, 0.0, 12.345)] == ["–", "0.0\N{NO-BREAK SPACE}%", "12.35"]
