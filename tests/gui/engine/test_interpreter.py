"""Which Python the engine runs in, and with which environment."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from so8t_engine.standard_streams import OF_EVERY_CHILD
from so8t_gui.engine.interpreter import LANGUAGE, engine_environment, engine_python, with_output
from so8t_gui.i18n.language import Language


def test_it_is_this_one_or_that_of_an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SO8T_ENGINE_PYTHON", raising=False)
    assert engine_python() == sys.executable
    monkeypatch.setenv("SO8T_ENGINE_PYTHON", "/env/python")
    assert engine_python() == "/env/python"


@pytest.mark.parametrize(
    ("executable", "windows", "found"),
    [
        ("/x/pythonw.exe", True, "/x/python.exe"), ("/x/PythonW.exe", True, "/x/python.exe"),
        ("/x/python.exe", True, "/x/python.exe"), ("/x/pythonw", False, "/x/pythonw"),
    ],
)  # fmt: skip
def test_on_windows_it_is_the_one_that_has_an_output(executable: str, windows: bool, found: str) -> None:
    assert with_output(executable, windows) == found


def test_it_has_this_programs_environment_and_says_what_it_says_as_utf8_in_the_users_language(
    qapp: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SO8T_OF_A_TEST", "here")
    language = Language()
    try:
        for spoken in ("ja", "en"):
            language.use(spoken)
            made = engine_environment()
            assert made.value("SO8T_OF_A_TEST") == "here" and made.value(LANGUAGE) == spoken
            assert {name: made.value(name) for name in OF_EVERY_CHILD} == dict(OF_EVERY_CHILD)
    finally:
        language.use("en")
    changed = engine_environment({"SO8T_OF_A_TEST": "there"})
    assert changed.value("SO8T_OF_A_TEST") == "there"
    assert all(changed.value(name) == value for name, value in OF_EVERY_CHILD.items())
