"""The language model: how it is opened, what is trained of it, how it generates and how it is written down.

- base model: the Phi-3-like model a run starts from, opened from a folder or the hub, or built in the session.
- policy: the base model with LoRA, tag rows, gates and a value head; the thing that is trained.
- gate: an SO(8) rotation of blocks of 8 on the output of a linear layer; it folds exactly into that layer's weight.
- alpha: the strength of the gates, from 0 (no rotation) to 1.
- tag rows: the rows of embedding and head that belong to the section tags, trained whole.
- reference: the policy as it was after the warm-up, which the KL penalty of PPO holds it to.
- adapter folder: the trained parts as files, `session/adapter/` (the reference in `session/reference/`).

May import config, data, session, sentences and errors.
"""
