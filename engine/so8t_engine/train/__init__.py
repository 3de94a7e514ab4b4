"""Training: from a base model and converted examples to an adapter, unit by unit.

- unit: what lies between two restart points; its number alone decides what it does (units.py).
- phase: pretraining of a built model, the supervised warm-up, then PPO, or GRPO or RLOO.
- training run: the learner and all that goes with it, shared by the phases (training_run.py).
- learner: what is trained: the policy, or the model that is being built.
- rollout: a batch of prompts with sampled responses, their log-probabilities, values and scores.
- iteration: the rollouts that are made with one policy, and all updates made from them.
- update: one optimizer step, from a minibatch, which is computed in micro-batches that fit into memory.
- cycle: what GRPO and RLOO have in place of an iteration; one unit, as TRL's trainers cannot be cut within it.
- gate, alpha, reference: see the package `model`; alpha's schedule and state are here.
- point and mark: entries of the history; tick: the end of a unit, where a checkpoint may be due.

May import model, rewards, data, run, session, config, sentences and errors.
"""
