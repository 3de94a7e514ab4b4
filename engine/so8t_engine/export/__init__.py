"""From the trained parts of a session to files that other programs run.

fold: the base model with LoRA merged, gates multiplied in and tag rows replaced, as a plain Hugging Face folder
(`final_model/`). GGUF: llama.cpp's file format, one file per type (F16, Q8_0, ...). Modelfile: Ollama's description of
one. Imports model, session, config, errors and sentences.
"""
