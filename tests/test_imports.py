"""What each entry point may load: the window stays light, the engine says hello before torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "transformers", "trl", "peft", "datasets", "pyarrow", "numpy")


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["so8t_engine.protocol", "so8t_engine.session.catalog"])
def test_what_the_window_imports_is_standard_library_only(module: str) -> None:
    third_party = loaded_by(module) - set(sys.stdlib_module_names) - loaded_by("sys")

    assert third_party == {"so8t_engine"}


@pytest.mark.parametrize(
    "module",
    ["so8t_engine.cli", "so8t_engine.__main__", "so8t_engine.run.pipeline", "so8t_engine.session.store", "so8t_gui"],
)
def test_entry_points_load_nothing_heavy(module: str) -> None:
    assert not loaded_by(module) & set(HEAVY)


@pytest.mark.parametrize("step", ["collect", "integrate", "convert"])
def test_data_steps_load_no_torch(step: str) -> None:
    assert not loaded_by(f"so8t_engine.steps.{step}") & {"torch", "transformers", "trl", "peft"}


def test_the_tray_alone_loads_neither_plot_nor_pages() -> None:
    loaded = loaded_by("so8t_gui.app, so8t_gui.controller")

    assert not loaded & {*HEAVY, "pydantic", "yaml", "pyqtgraph", "psutil"}


def test_the_keeper_loads_no_qt() -> None:
    assert "PySide6" not in loaded_by("so8t_gui.launcher, so8t_gui.__main__")
