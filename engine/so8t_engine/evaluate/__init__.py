"""What training has brought: held-out questions before and after, the GGUF files against transformers, the report.

base, tuned: the model before and after training. held out: records that training never saw (split "heldout"). grade:
whether one answer is right and well formed. agreement: how close llama.cpp's probabilities on a GGUF file are to those
of transformers on the same weights. Imports model, rewards (answer matching), data, session, config and sentences.
"""
