"""What an answer is worth: the parts of the reward, and the functions that a user adds to them.

completion: the policy's whole answer, tags included; final answer: what the reader sees of it
(data/thought/thinking.py). gold answer: the one the dataset gives. component: one part of the reward, a number per
completion (`scoring.Scored`). reward function: the user's own, by `module:function` and with TRL's signature. Imports
model (to open a reward model), data, config, session, errors and sentences.
"""
