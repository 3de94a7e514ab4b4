"""A teacher writes the thinking sections that a record has no evidence for, and what it writes is checked.

- teacher: the base model itself, another model on this machine, or a server that speaks OpenAI's chat completions.
- question: what the teacher is asked about one record; one question holds all sections that are wanted of it.
- solving: the gold answer is not in the question; the teacher has to find it, or its reasoning is not kept.
- reply: what came back, and whether it came to its end; kept by content, so nothing is asked twice.
- judgement: the sections that were accepted, or the reason why the reply was rejected.

May import rewards, model, data, run, config, session, sentences and errors.
"""
