"""Talking with what a run made: `so8t chat`. Sessions are only read; a GGUF file answers in llama.cpp.

llama.cpp runs in a process of its own (`llama_worker`), asked by `llama_process`. `answerer` says which file answers,
`conversation` keeps what was said, `thinking_stream` tells the sections of an answer apart while it is written. May
import: evaluate, export and everything below.
"""
