"""An Ollama Modelfile beside the GGUF files: `ollama create NAME -f Modelfile`."""

from __future__ import annotations

TEMPLATE = """{{- if .System }}<|system|>
{{ .System }}<|end|>
{{ end }}{{- range .Messages }}<|{{ .Role }}|>
{{ .Content }}<|end|>
{{ end }}<|assistant|>
"""


QUOTE = '"""'
NOTE = f"# A line of the system prompt that ends in {QUOTE} would end it here; {QUOTE} is written as ''' there."


def render(gguf: str, system: str | None, max_new_tokens: int, context: int) -> str:
    """`gguf`: the file's name in the same folder. Ollama's own default context would cut a long thought off."""
    lines = [
        f"FROM ./{gguf}",
        f'TEMPLATE """{TEMPLATE}"""',
        *(_system(system) if system else []),
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {context}",
        f"PARAMETER num_predict {max_new_tokens}",
        'PARAMETER stop "<|end|>"',
        'PARAMETER stop "<|endoftext|>"',
        'PARAMETER stop "<|user|>"',
    ]
    return "\n".join(lines) + "\n"


def _system(prompt: str) -> list[str]:
    """A value in triple quotes ends at the first line that does, and nothing escapes them (ollama/parser/parser.go)."""
    *lines, last = prompt.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    safe = [_without_quote_at_end(line) for line in lines]
    value = "\n".join([*safe, last])
    return [*([NOTE] if safe != lines else []), f"SYSTEM {QUOTE}{value}{QUOTE}"]


def _without_quote_at_end(line: str) -> str:
    text = line.rstrip()
    return text.removesuffix(QUOTE) + "'''" if text.endswith(QUOTE) else line
