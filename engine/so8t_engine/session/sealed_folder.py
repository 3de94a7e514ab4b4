"""Publishes a folder in one instant, sealed by a manifest: readers see the old one or the new one, never half of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from so8t_engine.session import disk_errors, durable, manifest

Digest = tuple[int, str]
Fill = Callable[[Path], None]


class Publish(Protocol):
    """`publish` below, or what a run makes of it (`StepContext.publish`: waits while the disk is full)."""

    def __call__(
        self,
        folder: Path,
        fill: Fill,
        about: Mapping[str, Any],
        computed: Mapping[str, Digest] | None = None,
        readable: bool = False,
    ) -> None: ...


def publish(
    folder: Path,
    fill: Fill,
    about: Mapping[str, Any],
    computed: Mapping[str, Digest] | None = None,
    readable: bool = False,
) -> None:
    """`fill` writes the files into a folder beside the final place, which is then sealed and renamed.

    `about` goes into the manifest; `computed` holds sizes and digests of files that need not be read again. An older
    folder of that name is replaced. `readable`: others may read it, too. What was half-written gives its space back at
    once. Raises EngineError disk_*.
    """
    part = folder.with_name(folder.name + ".part")
    if part.exists():
        durable.discard(part)
    try:
        durable.make_folder(part, below=folder.parent)
        with disk_errors.asking(part):  # the libraries' own writes meet a full disk too
            fill(part)
        durable.write(part / manifest.NAME, manifest.build(_digests(part, computed or {}), about))
        if readable:
            durable.let_everybody_read(part)
        durable.publish(part, folder)
    except Exception:
        if part.exists():
            durable.give_up(part)
        raise


def _digests(part: Path, computed: Mapping[str, Digest]) -> dict[str, Digest]:
    digests = dict(computed)
    with disk_errors.translated(part):
        for path in sorted(part.rglob("*")):
            name = path.relative_to(part).as_posix()
            if path.is_file() and name not in digests:
                digests[name] = manifest.digest_file(path)
    return digests
