"""An Ollama Modelfile beside the GGUF files: `ollama create NAME -f Modelfile`."""

from __future__ import annotations

TEMPLATE = """{{- if .System }}<|system|>
{{ .System }}<|end|>
{{ end }}{{- range .Messages }}<|{{ .Role }}|>
{{ .Content }}<|end|>
{{ end }}<|assistant|>
"""


def render(gguf: str, system: str | None, max_new_tokens: int, context: int) -> str:
    """`gguf`: the file's name in the same folder. Ollama's own default context would cut a long thought off."""
    lines = [
        f"FROM ./{gguf}",
        f'TEMPLATE """{TEMPLATE}"""',
        *([f'SYSTEM """{system}"""'] if system else []),
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {context}",
        f"PARAMETER num_predict {max_new_tokens}",
        'PARAMETER stop "<|end|>"',
        'PARAMETER stop "<|endoftext|>"',
        'PARAMETER stop "<|user|>"',
    ]
    return "\n".join(lines) + "\n"
