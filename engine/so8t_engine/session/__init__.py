"""A session on disk: a folder no power cut can hurt, and all who read it.

- **Session**: one folder, one run's configuration, frozen at its creation; its id is the time and the run's name.
- **Cursor**: (step, unit): `unit` units of `step` are done. **State**: the cursor and everything beside it that
  pipeline_state.json holds. **Pointer**: that file, which names the newest checkpoint.
- **Checkpoint**: a numbered folder with the payload of one cursor and a **manifest**: sizes and digests that seal it.
- **Commit**: history, checkpoint, pointer, in this order, each on the disk before the next (store.py). **Recovery**
  reads in the reverse order; what does not verify is set aside, never deleted.
- **History**: points and marks, numbered, without a clock; **prefix**: how much of it belongs to a commit.
- **Incident**: one line per interruption: what was lost and where the run went on. **Timeline**: when points were made.

Everything is written through durable.py. Standard library only, with `errors`, `protocol`, `paths` and `sentences`: the
window imports this package.
"""
