"""Training data: how a source is read, what a row of it becomes, and how the data steps keep it on disk.

source: a dataset of the configuration, on the Hub or in local files. row: what stands in it, an object with named
fields. `Record`: one question with its answer in the project's own schema. `Example`: a record in the thinking format,
as training and evaluation read it. shard: one file of rows, records or examples. reason: why a row is left out
(drop_reasons.py); provenance: where a source came from, what was kept of it and what was not.

rooms: `hub` and `files` give rows; `adapters` make a parsed row of one; `texts` clean it; `sieve` decides beside those
kept before; `thought` writes it in the thinking format; `notes` say what was seen. What stands here goes between them.

Imports config, errors, sentences and session, and of run the context that a step is given; nothing that loads torch.
"""
