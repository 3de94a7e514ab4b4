"""Whether a text that a Japanese user sees is Japanese: names, paths, ids, keys and commands may be as they are."""

from __future__ import annotations

import re

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
AS_IT_IS = re.compile(
    r"`[^`]*`|「(?:so8t |[a-z_]+: )[ -~]*」"  # a command, a line of a configuration
    r"|(?:~|\.{0,2}/)\S*"  # a path
    r"|[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+"  # an id, a key, a name of a file
    r"|\b[a-z_]+: [a-z_]+\b"  # a line of a configuration
    r"|\b[a-z_]+: [a-z_]+\b"  # a line of a configuration
    r"|--[a-z-]+|HF_TOKEN|CUDA_\w+"
)
WORDS = re.compile(r"[A-Za-z]+(?:[ ,;:.']+[A-Za-z]+)+")  # two or more in a row: a sentence, not a name
NAMES = {
    "Ctrl C", "GPU", "PPO", "GRPO", "RLOO", "SO8T", "NaN", "Inf", "Hugging Face", "Python", "GiB", "Windows", "Linux",
    "LoRA", "SIGKILL", "SMART", "CUDA", "ID", "JSON", "YAML", "Phi", "PC", "QLoRA", "GB", "LM Studio", "Ollama",
}  # fmt: skip


def english_in(text: str) -> list[str]:
    """The English sentences in it; empty where there are none."""
    rest = AS_IT_IS.sub("、", text)
    for name in NAMES:
        rest = re.sub(rf"\b{re.escape(name)}\b", "、", rest)
    return WORDS.findall(rest)


def is_japanese(text: str) -> bool:
    return bool(JAPANESE.search(text)) and not english_in(text)
