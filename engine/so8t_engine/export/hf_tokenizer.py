"""The tokenizer of `final_model/`, for every generation of transformers: 5 writes less than 4 reads.

transformers 5 names a class of its own (`TokenizersBackend`), which 4 does not know, and no longer writes
special_tokens_map.json and added_tokens.json, which older programs look for.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from so8t_engine.session import durable

SETTINGS, TOKENIZER = "tokenizer_config.json", "tokenizer.json"
SENTENCEPIECE, TEMPLATE = "tokenizer.model", "chat_template.jinja"
ONLY_IN_5 = "TokenizersBackend"
IN_BOTH = "PreTrainedTokenizerFast"
HOW_IT_WAS_OPENED = ("backend", "is_local", "local_files_only")
SPECIAL = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
FLAGS = ("lstrip", "normalized", "rstrip", "single_word")


def write(base: Path, saved: Path, part: Path) -> None:
    """`saved`: the tokenizer as training saved it; `base`: the base model's folder, whose tokenizer class it keeps."""
    for source in sorted(saved.iterdir()):
        shutil.copyfile(source, part / source.name)
    if (base / SENTENCEPIECE).exists():
        shutil.copyfile(base / SENTENCEPIECE, part / SENTENCEPIECE)
    body, settings = _read(saved / TOKENIZER), _read(saved / SETTINGS)
    if body is None or settings is None:
        return  # a tokenizer without those files: nothing to add to it
    added = body.get("added_tokens") or []
    vocabulary = body.get("model", {}).get("vocab") or {}
    settings = _settings(settings, _read(base / SETTINGS) or {}, added)
    if (saved / TEMPLATE).exists():  # read from its own file by 5 and the last of 4, from the settings by those before
        settings["chat_template"] = (saved / TEMPLATE).read_text(encoding="utf-8")
    durable.write(part / SETTINGS, _json(settings))
    by_content = {token["content"]: token for token in added}
    special = {key: _special(settings[key], by_content) for key in SPECIAL if settings.get(key)}
    durable.write(part / "special_tokens_map.json", _json(special))
    new = {token["content"]: token["id"] for token in added if token["content"] not in vocabulary}
    durable.write(part / "added_tokens.json", _json(new))


def _settings(settings: dict[str, Any], base: dict[str, Any], added: list[dict[str, Any]]) -> dict[str, Any]:
    result = {key: value for key, value in settings.items() if key not in HOW_IT_WAS_OPENED}
    own = base.get("tokenizer_class") or settings.get("tokenizer_class")
    result["tokenizer_class"] = IN_BOTH if own in (None, ONLY_IN_5) else own
    more = result.get("extra_special_tokens")
    if isinstance(more, list):  # a list in 5, names to tokens in 4, which opens nothing else
        del result["extra_special_tokens"]
        if more:
            result["additional_special_tokens"] = more
    decoder = {str(token["id"]): {key: token[key] for key in ("content", *FLAGS, "special")} for token in added}
    return result | {"added_tokens_decoder": decoder}


def _special(token: Any, by_content: dict[str, Any]) -> dict[str, Any]:
    content = token["content"] if isinstance(token, dict) else token
    flags = by_content.get(content, {})
    return {"content": content} | {flag: bool(flags.get(flag)) for flag in FLAGS}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return body if isinstance(body, dict) else None


def _json(body: Any) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
