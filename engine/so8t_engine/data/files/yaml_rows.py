"""A YAML file of records as the JSON it stands for: no objects of Python, no aliases, by which a small one grows."""

from __future__ import annotations

import io
import json
from typing import IO, Any

import yaml

from so8t_engine.sentences import sentence

MOST = 16 << 20  # bytes: all of it is held in memory
ENDINGS = (".yaml", ".yml")


class _Plain(yaml.SafeLoader):
    """Without aliases; a date stays as it is written, and so does a word for yes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValueError(sentence("data.yaml_alias"))
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in known if tag.rpartition(":")[2] in ("int", "float", "null")]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(file: IO[bytes]) -> IO[bytes]:
    """Raises ValueError with a Sentence."""
    text = file.read(MOST + 1)
    if len(text) > MOST:
        raise ValueError(sentence("data.yaml_too_large", bytes=MOST))
    try:
        value = yaml.load(text, _Plain)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(sentence("data.not_yaml", error=" ".join(str(error).split()))) from error
    return io.BytesIO(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
