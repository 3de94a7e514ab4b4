"""Is this machine fit for this run? Looked at before anything starts, without torch.

- **Facts**: what the machine has: GPUs, memory, disks, versions (facts.py gathers them from machine.py, once).
- **Needs**: what the run takes, item by item, in bytes: gpu_memory_estimate.py for a GPU, main_memory_estimate.py,
  disk_estimate.py; verdicts.py holds them against the facts.
- **Inputs**: what the run is made of, whatever the machine: base model, tokenizer, reward functions, reward model
  (weights.py, model_files.py, reward_files.py).
- **Finding**: one result: a level (error, warning, ok), what, why it matters, what to change. With an error a run does
  not start unless it is forced.

checkup.py puts them together. May import `config`, `data.record` (the tags), `run.workload`, what of
`train` is arithmetic alone (`units`, `alpha_schedule`), `paths` and `sentences`.
"""
