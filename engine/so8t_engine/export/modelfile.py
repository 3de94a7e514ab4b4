"""An Ollama Modelfile beside the GGUF files: `ollama create NAME -f Modelfile`."""

from __future__ import annotations

from so8t_engine.model.chat_template import ChatTurns

QUOTE = '"""'
NOTE = f"# A line of the system prompt that ends in {QUOTE} would end it here; {QUOTE} is written as ''' there."


def render(gguf: str, template: str | None, system: str | None, max_new_tokens: int, context: int) -> str:
    """`gguf`: the file's name in the same folder; without `template` Ollama takes the one inside the file.

    Ollama's own default context would cut a long thought off.
    """
    lines = [
        f"FROM ./{gguf}",
        *([f"TEMPLATE {QUOTE}{template}{QUOTE}"] if template else []),
        *(_system(system) if system else []),
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {context}",
        f"PARAMETER num_predict {max_new_tokens}",
        'PARAMETER stop "<|end|>"',
        'PARAMETER stop "<|endoftext|>"',
        'PARAMETER stop "<|user|>"',
    ]
    return "\n".join(lines) + "\n"


def template_of(turns: ChatTurns) -> str | None:
    """The chat template in Go's language; None where a piece of it could not be written there.

    Ollama puts SYSTEM and a client's system message in front of `.Messages` (template/template.go, `collate`), and
    gives it in `.System` besides: a template that writes both says it twice.
    """
    frames = {"system": turns.system, "user": turns.user, "assistant": turns.assistant}
    there = {role: frame for role, frame in frames.items() if frame is not None}
    if any("{{" in text or QUOTE in text for text in (turns.head, turns.opening, *sum(there.values(), ()))):
        return None
    separator, end = turns.user[0].removeprefix("<|user|>"), turns.user[1]
    if all(there.get(role) == (f"<|{role}|>{separator}", end) for role in frames):
        body = f"<|{{{{ .Role }}}}|>{separator}{{{{ .Content }}}}{end}"
    else:
        cases = [f'eq .Role "{role}" }}}}{before}{{{{ .Content }}}}{after}' for role, (before, after) in there.items()]
        body = "{{ if " + "{{ else if ".join(cases) + "{{ end }}"
    loop = "{{ range .Messages }}" if turns.head else "{{- range .Messages }}"
    return f"{turns.head}{loop}{body}{{{{ end }}}}{turns.opening}"


def _system(prompt: str) -> list[str]:
    """A value in triple quotes ends at the first line that does, and nothing escapes them (ollama/parser/parser.go)."""
    *lines, last = prompt.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    safe = [_without_quote_at_end(line) for line in lines]
    value = "\n".join([*safe, last])
    return [*([NOTE] if safe != lines else []), f"SYSTEM {QUOTE}{value}{QUOTE}"]


def _without_quote_at_end(line: str) -> str:
    text = line.rstrip()
    return text.removesuffix(QUOTE) + "'''" if text.endswith(QUOTE) else line
