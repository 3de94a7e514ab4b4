"""Draws the program's icon for Windows (so8t.ico: window, shortcuts, installer) from the one of the tray.

`.venv/bin/python resources/make_icon.py`; a test holds the file against what this draws.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication

from so8t_gui.desktop import icons

TARGET = Path(__file__).parent / "so8t_resources" / "icons" / "so8t.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
HEAD, ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def drawn() -> bytes:
    """An ICO file of PNG pictures (Windows Vista and newer): https://learn.microsoft.com/previous-versions/ms997538"""
    pictures = [_png(size) for size in SIZES]
    place = HEAD.size + ENTRY.size * len(SIZES)
    entries = []
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        entries.append(ENTRY.pack(side, side, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    return HEAD.pack(0, 1, len(SIZES)) + b"".join(entries) + b"".join(pictures)


def _png(size: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    icons.pixmap("running", 0.75, size).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(buffer.data().data())


def main() -> None:
    application = QGuiApplication([])
    TARGET.write_bytes(drawn())
    print(TARGET)
    sys.stdout.flush()
    del application
    os._exit(0)  # at the end of Python the order in which Qt's objects go is not defined


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
