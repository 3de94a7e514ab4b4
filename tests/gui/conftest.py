"""Widgets are tested without a display; a warning of Qt fails a test (qt_log_level_fail in pyproject.toml)."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
