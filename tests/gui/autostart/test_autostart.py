"""What is asked of a platform never raises: where it refuses, or there is no home folder, that is a sentence."""

from __future__ import annotations

import pytest

from so8t_gui import autostart
from so8t_gui.autostart import platform
from so8t_gui.autostart.entry import Refused, Status

TROUBLES = (Refused("It may not."), OSError("It may not."), RuntimeError("It may not."))


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: type(trouble).__name__)
def test_a_platform_that_refuses_is_a_sentence(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def refuse(*_: object) -> str:
        raise trouble

    for name in ("status", "put", "remove"):
        monkeypatch.setattr(platform, name, refuse)
    said = "Whether it starts at logon cannot be told: It may not.."
    assert autostart.status() == Status(False, said, broken=True, ours=False)
    assert autostart.enable() == "It could not be set to start at logon. It may not."
    assert autostart.disable() == "It could not be kept from starting at logon. It may not."
    assert autostart.repair() == f"{said} It was not made by SO8T, so it was left alone."
