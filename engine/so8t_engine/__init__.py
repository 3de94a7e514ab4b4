"""The pipeline engine: five steps, one durable session.

A *session* is a folder with one configuration and everything made from it; a *step* is one of five; a *unit* is the
piece of a step between two restart points. All terms, and a line for every file: engine/DESIGN.md.

From top to bottom: `cli` and `__main__`, the two ways in; `commands`; `doctor`, `process` and `steps`; `evaluate`,
`export` and `train`; `rewards`; `model`; `data`; `run`; `config` and `session`; `errors`, `language`; `protocol`,
`sentences`, `paths`. A package imports only what stands below it; nothing here knows the window.
"""

VERSION = "0.1.0"
