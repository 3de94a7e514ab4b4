"""What a run is to be: one YAML file, checked at the door, frozen into the session.

- **Section**: a part of the file with keys of its own (`ppo`, `gate`, ...); run_config.py is the whole.
- **Problem**: one thing that is wrong with the text, a path of keys and a sentence; all of them are reported at once,
  each with its line and column (yaml_source.py).
- **Override**: `--set ppo.kl_coef=0.1`, put into the values before they are checked.
- **Preset**: a configuration that is shipped with the program.

file.py reads and writes; messages.py puts pydantic's errors into sentences; adapter_names.py has the names that
`datasets` may use. May import `errors`, `sentences` and the resources; knows nothing of sessions, torch or the steps.
"""
