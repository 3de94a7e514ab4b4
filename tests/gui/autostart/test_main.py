"""`python -m so8t_gui.autostart`: what it does, what it says and with which code it ends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from so8t_gui import autostart
from so8t_gui.autostart import __main__ as program
from so8t_gui.autostart.entry import Status
from so8t_gui.i18n.language import Language

ON, OFF = Status(True, "It is on.", "xdg", "/x/花子"), Status(False, "It is off.", "xdg", "/x/花子")
BROKEN = Status(False, "It cannot be read.", "xdg", "/x/花子", broken=True)


@dataclass
class Entry:
    """An entry that takes what it is told, or says `refuses`."""

    status: Status = OFF
    refuses: str = ""
    told: list[str] = field(default_factory=list)

    def tell(self, what: str, status: Status) -> str:
        self.told.append(what)
        self.status = self.status if self.refuses else status
        return self.refuses


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> Entry:
    made = Entry()
    monkeypatch.setattr(autostart, "enable", lambda: made.tell("on", ON))
    monkeypatch.setattr(autostart, "disable", lambda: made.tell("off", OFF))
    monkeypatch.setattr(autostart, "status", lambda: made.status)
    return made


@pytest.mark.parametrize(
    ("before", "refuses", "action", "told", "said", "code"),
    [
        (OFF, "", "on", ["on"], "It is on.", 0), (ON, "", "off", ["off"], "It is off.", 0),
        (ON, "", "status", [], "It is on.", 0), (OFF, "", "status", [], "It is off.", 0),
        (BROKEN, "", "status", [], "It cannot be read.", 1), (OFF, "No.", "on", ["on"], "No.", 1),
        (ON, "No.", "off", ["off"], "No.", 1), (BROKEN, "No.", "off", ["off"], "No.", 1),
    ],
)  # fmt: skip
def test_what_is_done_is_said_and_the_code_says_whether_it_is_as_asked(
    entry: Entry, capsysbinary: pytest.CaptureFixture[bytes], before: Status, refuses: str, action: str,
    told: list[str], said: str, code: int,
) -> None:  # fmt: skip
    entry.status, entry.refuses = before, refuses
    assert program.main([action]) == code and entry.told == told
    assert capsysbinary.readouterr().out.decode() == f"{said}\n"
    entry.status = before
    assert program.main([action, "--json"]) == code
    printed = capsysbinary.readouterr().out.decode()
    answer = json.loads(printed)
    assert (answer["ok"], answer["said"], answer["place"]) == (code == 0, said, "/x/花子") and "花子" in printed


def test_it_speaks_japanese_to_who_asks_for_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    used: list[str] = []
    monkeypatch.setattr(Language, "use", lambda _self, language: used.append(language))
    assert program.main(["status", "--lang", "ja"]) in (0, 1) and used == ["ja"]
    assert program.main(["status", "--lang", "ja", "--json"]) in (0, 1) and used == ["ja"]
    assert program.main(["status"]) in (0, 1) and used == ["ja"]
