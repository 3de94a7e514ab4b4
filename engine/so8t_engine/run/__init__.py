"""One run of a session: from its cursor through the five steps to an exit code.

- **Step**: one of collect, integrate, convert, train, evaluate; **unit**: the smallest part of one that can be saved
  behind (a shard, an update); **kind**: what the unit is, for the clock and the ETA.
- **Tick**: the call with which a step says that a unit is done and that it could restart here, given a **payload**
  (files by name). Whether it is saved is not the step's to decide (save_policy.py).
- **Commit**: payload, history and state made to survive a power cut; **checkpoint**: the folder that results.
- **Point**: one history entry with figures; **mark**: one that marks a change (a phase transition, an exactness break).
- **Adjustment**: what a run does otherwise than configured after trouble: smaller micro-batches, another order.
- **Control**: wishes from outside (pause, save) and heartbeats to whoever watches.

pipeline.py runs the steps, which it loads by name; context.py is what they work with. May import `config`, `session`,
`protocol`, `errors`, `paths` and `sentences`; no step and nothing of `process`.
"""
