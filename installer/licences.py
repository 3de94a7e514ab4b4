"""Writes `resources/so8t_resources/licences.txt`: the licence of every locked package, as the package itself says it.

    python3 installer/licences.py        # after installer/lock.py; on Linux; needs the package index, installs nothing

pip reads the packages' metadata (`--dry-run --report`); those of other systems only are the same packages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "installer" / "locked"
TARGET = ROOT / "resources" / "so8t_resources" / "licences.txt"
HEADER = """# What is installed beside SO8T, and under which licence; by `python3 installer/licences.py`, not by hand.
# SO8T itself is under Apache-2.0 (LICENSE).
"""
PINNED = re.compile(r"^([A-Za-z0-9._-]+==[^\s;]+(?: *;[^\\]*)?)", re.M)
LONGEST = 80  # characters; some packages put the whole text of their licence where its name belongs
Metadata = dict[str, Any]


def main() -> int:
    pinned = [line.strip() for file in sorted(LOCKED.glob("*.txt")) for line in PINNED.findall(file.read_text("utf-8"))]
    with tempfile.TemporaryDirectory() as folder:
        requirements, report = Path(folder) / "all.txt", Path(folder) / "report.json"
        requirements.write_text("\n".join(pinned) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps"]
        command += ["--only-binary", ":all:", "--quiet", "--report", str(report), "--requirement", str(requirements)]
        if subprocess.run(command, check=False).returncode:
            print("pip could not ask for the packages' metadata; the list is as it was.", file=sys.stderr)
            return 3
        packages = [entry["metadata"] for entry in json.loads(report.read_text(encoding="utf-8"))["install"]]
    lines = sorted(f"{package['name'].lower().replace('_', '-')}: {licence(package)}" for package in packages)
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} packages")
    return 0


def licence(package: Metadata) -> str:
    """Its SPDX expression, else the name it gives, else its classifiers (core metadata 2.4; the older fields)."""
    if package.get("license_expression"):
        return str(package["license_expression"])
    name = " ".join((package.get("license") or "").split())
    if name and len(name) <= LONGEST:
        return name
    classifiers = [line.split(" :: ")[-1] for line in package.get("classifier", []) if line.startswith("License :: ")]
    return ", ".join(classifiers) or "not said"


if __name__ == "__main__":
    sys.exit(main())
