"""mypy_elsewhere.toml: Windows and macOS are looked at as Linux is, but for packages that are not read once more."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_other_systems_are_checked_as_strictly_but_for_what_follows_from_those() -> None:
    here, elsewhere = (
        tomllib.loads((ROOT / name).read_text(encoding="utf-8"))["tool"]["mypy"]
        for name in ("pyproject.toml", "installer/mypy_elsewhere.toml")
    )
    (untyped, skipped, *others), (more, *same) = here.pop("overrides"), elsewhere.pop("overrides")

    assert elsewhere == here | {"warn_unused_ignores": False, "disallow_untyped_decorators": False}
    assert more == untyped | {"module": [*untyped["module"], "torch.*", "huggingface_hub.*"]} and same == others
    assert all(module.startswith("torch.") for module in skipped["module"])  # none of torch is read elsewhere
