"""A plugin for pytest in a process of its own: keeps the diary that the environment names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mutation.forked_tests import DIARY, Diary


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Diary(Path(os.environ[DIARY])))
