"""lm-evaluation-harness on what a session made: `so8t eval`.

`lm_eval_package` says whether lm-eval is installed, `heldout_tasks` writes the session's held-out questions as its
tasks, `harness` starts a process per model (`harness_child`), `in_report` puts the result beside the report and on its
pages. May import: evaluate, export and everything below; lm-eval, an optional dependency, only in the child.
"""
