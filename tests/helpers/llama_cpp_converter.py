"""llama.cpp's own converter, to hold our GGUF files against: `convert_hf_to_gguf.py` in a folder with its source.

It is never part of this project. SO8T_LLAMA_CPP names the folder: `vendor/llama.cpp` of llama-cpp-python's source
package (`pip download --no-binary llama-cpp-python --no-deps llama-cpp-python==0.3.36`), for example.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import gguf_files

VARIABLE = "SO8T_LLAMA_CPP"
SCRIPT = "convert_hf_to_gguf.py"
KINDS = ("F32", "F16", "BF16", "Q8_0")  # what it writes
OURS_ALONE = {  # what our files say besides, and why
    "phi3.rope.scaling.type": "how the rope factors are meant; llama.cpp guesses it from their being there",
    "tokenizer.ggml.add_space_prefix": "what llama.cpp takes where nothing is said, said",
    "tokenizer.ggml.eot_token_id": "the end of a turn; llama.cpp finds it by its name, with a warning",
    "tokenizer.ggml.add_bos_token": "the converter leaves it out where transformers 5 has saved the tokenizer",
    "tokenizer.ggml.add_eos_token": "the same",
}
SAME_BUT_NAMED_OTHERWISE = {"general.name"}  # from the run's configuration, not from the folder's name


def script() -> Path | None:
    """None where nobody has said where it lies, or it is not there."""
    named = os.environ.get(VARIABLE)
    path = Path(named, SCRIPT) if named else None
    return path if path is not None and path.is_file() else None


def command(converter: Path, model: Path, to: Path, kind: str) -> list[str]:
    return [sys.executable, str(converter), str(model), "--outtype", kind.lower(), "--outfile", str(to)]


def convert(converter: Path, model: Path, to: Path, kind: str) -> None:
    done = subprocess.run(command(converter, model, to, kind), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@dataclass(frozen=True)
class Comparison:
    """`tensors`: of how many; `other_tensors`: by name, what differs; `other_keys`: by name, (ours, theirs), shortened.

    A key that one of them does not have is None there.
    """

    tensors: int
    other_tensors: Mapping[str, str]
    other_keys: Mapping[str, tuple[Any, Any]]


def compare(ours: Path, theirs: Path) -> Comparison:
    """Every tensor's name, type, shape and bytes, every key's type and value."""
    own, other = gguf_files.read(ours), gguf_files.read(theirs)
    mine, their = ({tensor.name: tensor for tensor in reader.tensors} for reader in (own, other))
    differing = {name: why for name in sorted(mine.keys() | their.keys()) if (why := _differs(name, mine, their))}
    keys = {name: field for name, field in _keys(own)}, {name: field for name, field in _keys(other)}
    names = sorted(keys[0].keys() | keys[1].keys())
    found = {name: (keys[0].get(name), keys[1].get(name)) for name in names}
    return Comparison(len(mine), differing, {name: _short(*pair) for name, pair in found.items() if pair[0] != pair[1]})


def _differs(name: str, mine: Mapping[str, Any], their: Mapping[str, Any]) -> str:
    if name not in mine or name not in their:
        return f"only in {'ours' if name in mine else 'theirs'}"
    one, other = mine[name], their[name]
    if one.tensor_type != other.tensor_type:
        return f"{one.tensor_type.name}, theirs {other.tensor_type.name}"
    if list(one.shape) != list(other.shape):
        return f"{list(one.shape)}, theirs {list(other.shape)}"
    return "" if one.data.tobytes() == other.data.tobytes() else "other bytes"


def _keys(reader: Any) -> Iterator[tuple[str, Any]]:
    for name, field in reader.fields.items():
        if not name.startswith("GGUF."):
            yield name, ([kind.name for kind in field.types], field.contents())


def _short(one: Any, other: Any) -> tuple[Any, Any]:
    """Of long lists the places that differ."""
    if one is None or other is None or not isinstance(one[1], list) or not isinstance(other[1], list):
        return (one and one[1], other and other[1])
    places = [at for at, pair in enumerate(zip(one[1], other[1], strict=False)) if pair[0] != pair[1]]
    shown = places[:20]
    return {at: one[1][at] for at in shown}, {at: other[1][at] for at in shown} | {"places": len(places)}


def unexplained(found: Comparison) -> dict[str, tuple[Any, Any]]:
    """The keys that differ without a reason that is known."""
    return {
        name: pair
        for name, pair in found.other_keys.items()
        if name not in SAME_BUT_NAMED_OTHERWISE and not (name in OURS_ALONE and pair[1] is None)
    }
