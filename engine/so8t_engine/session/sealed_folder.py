"""Publishes a folder in one instant, sealed by a manifest: readers see the old one or the new one, never half of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from so8t_engine.session import durable, manifest

Digest = tuple[int, str]


def publish(
    folder: Path, fill: Callable[[Path], None], about: Mapping[str, Any], computed: Mapping[str, Digest] | None = None
) -> None:
    """`fill` writes the files into a folder beside the final place, which is then sealed and renamed.

    `about` goes into the manifest; `computed` holds sizes and digests of files that need not be read again. An older
    folder of that name is replaced. Raises EngineError disk_*.
    """
    part = folder.with_name(folder.name + ".part")
    if part.exists():
        durable.discard(part)
    durable.make_folder(part)
    with durable.translated(part):  # the libraries' own writes meet a full disk too
        fill(part)
    digests = dict(computed or {})
    for path in sorted(part.rglob("*")):
        name = path.relative_to(part).as_posix()
        if path.is_file() and name not in digests:
            digests[name] = manifest.digest_file(path)
    durable.write(part / manifest.NAME, manifest.build(digests, about))
    durable.publish(part, folder)
