"""Talking with what a run made: `so8t chat`. llama.cpp answers from a GGUF file, in a process of its own."""
