"""From trained parts to files others can run: fold, GGUF, Modelfile."""
