"""Notifications by the desktop's own service: org.freedesktop.Notifications on the session bus (Linux, BSD).

Spec: https://specifications.freedesktop.org/notification-spec (1.2). Nothing here waits: calls are written to the bus's
socket, answers are read when Qt says that some are there. jeepney speaks D-Bus (QtDBus from Python cannot send the
unsigned numbers that the service asks for).
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

NAME = "org.freedesktop.Notifications"
SERVICE = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
PATIENCE_MS = 5_000  # a service that has not answered by then is not there, whatever the bus says
NO_BUS = (OSError, KeyError, ValueError, RuntimeError)  # no address, nobody there, refused, torn


@dataclass(frozen=True)
class BusNotice:
    """Plain text. `buttons`: key -> label, where the service can show any; `hint` says so in words where it cannot.

    `urgency`: 0 low, 1 normal, 2 critical. `icon`: a name of the freedesktop icon naming specification. It takes the
    place of the last one that has the same `about`, if that is still shown.
    """

    title: str
    text: str
    hint: str
    buttons: Mapping[str, str]
    icon: str
    urgency: int
    about: str


class NotificationBus(QObject):
    """`pressed(number, key)`: a button, "default" for the message itself; `failed(number)`: nobody shows this one."""

    pressed = Signal(int, str)
    failed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._connection: DBusConnection | None = None
        self._reader: QSocketNotifier | None = None
        self._answers: dict[int, Callable[[Message], None]] = {}  # by the serial of the call
        self._waiting: set[int] = set()  # numbers that no service has taken yet
        self._shown: dict[tuple[str, int], int] = {}  # (service, its id) -> our number
        self._of: dict[str, tuple[str, int]] = {}  # what it is about -> (service, its id)

    def show(self, number: int, notice: BusNotice) -> None:
        self._waiting.add(number)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up(number))
        try:
            self._call(number, lambda able, service: self._notify(number, notice, able[0], service), "GetCapabilities")
        except NO_BUS:
            self._lost()

    def withdraw(self, about: str) -> None:
        """The one that is shown of it is taken away."""
        shown = self._of.pop(about, None)
        if shown is None or shown not in self._shown:
            return
        try:
            self._call(0, lambda *_: None, "CloseNotification", "u", (shown[1],))
        except NO_BUS:
            self._lost()

    def _notify(self, number: int, notice: BusNotice, able: Sequence[str], service: str) -> None:
        if number not in self._waiting:
            return
        with_buttons = "actions" in able
        body = notice.text if with_buttons or not notice.hint else f"{notice.text}\n{notice.hint}"
        if "body-markup" in able:  # else `&lt;` would be seen
            body = html.escape(body, quote=False)
        actions = [part for pair in notice.buttons.items() for part in pair] if with_buttons else []
        hints = {"urgency": ("y", notice.urgency), "desktop-entry": ("s", "so8t")}
        last = self._of.get(notice.about, ("", 0))
        replaced = last[1] if last in self._shown and last[0] == service else 0

        def taken(answer: Sequence[Any], service: str) -> None:
            shown = service, answer[0]
            if number in self._waiting:
                self._waiting.discard(number)
                self._shown[shown], self._of[notice.about] = number, shown

        values = ("SO8T", replaced, notice.icon, notice.title, body, actions, hints, -1)
        self._call(number, taken, "Notify", "susssasa{sv}i", values)

    def _call(
        self,
        number: int,
        then: Callable[[Any, str], None],
        method: str,
        signature: str = "",
        values: tuple[Any, ...] = (),
    ) -> None:
        """Of the service. `then(body of the answer, who answered)`. Raises one of NO_BUS."""
        connection = self._connection or self._connect()
        serial = next(connection.outgoing_serial)

        def answered(answer: Message) -> None:
            if answer.header.message_type != MessageType.method_return:
                self._give_up(number)
                return
            then(answer.body, str(answer.header.fields.get(HeaderFields.sender)))

        self._answers[serial] = answered
        connection.send(new_method_call(SERVICE, method, signature, values), serial=serial)

    def _connect(self) -> DBusConnection:
        connection = open_dbus_connection("SESSION")
        connection.send(message_bus.AddMatch(MatchRule(type="signal", interface=NAME, path=SERVICE.object_path)))
        self._reader = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._connection = connection
        return connection

    def _read(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
                self._take(message)
            except TimeoutError:
                return
            except NO_BUS:
                self._lost()

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type != MessageType.signal:
            answer = self._answers.pop(fields.get(HeaderFields.reply_serial, -1), None)
            if answer is not None:
                answer(message)
            return
        if not message.body or len(message.body) < 2:
            return
        key = (str(fields.get(HeaderFields.sender)), message.body[0])  # only the service that shows it may say so
        match fields.get(HeaderFields.member):
            case "ActionInvoked" if key in self._shown:
                self.pressed.emit(self._shown[key], str(message.body[1]))
            case "NotificationClosed":
                self._shown.pop(key, None)

    def _give_up(self, number: int) -> None:
        if number in self._waiting:
            self._waiting.discard(number)
            self.failed.emit(number)

    def _lost(self) -> None:
        """The bus is gone: what nobody has taken is shown otherwise; the next notification tries anew."""
        if self._reader is not None:
            self._reader.setEnabled(False)
            self._reader.deleteLater()
        if self._connection is not None:
            self._connection.close()
        self._connection = self._reader = None
        self._answers.clear()
        self._shown.clear()
        self._of.clear()
        for number in sorted(self._waiting):
            self._give_up(number)
