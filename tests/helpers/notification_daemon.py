"""A notification service on a real bus, as a desktop has one: it takes what is said, and presses buttons."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.Notifications"
ALL = ("body", "body-markup", "actions")


@dataclass(frozen=True)
class Notified:
    """One call of Notify. `buttons`: key -> label. `replaces`: the number of another, or 0."""

    number: int
    title: str
    body: str
    buttons: dict[str, str]
    urgency: int
    replaces: int = 0


class NotificationDaemon:
    """In a thread; use it as a context manager. `broken`: it answers every Notify with an error."""

    def __init__(self, address: str, able: tuple[str, ...] = ALL, broken: bool = False, name: str = NAME) -> None:
        self.calls: list[Notified] = []
        self.withdrawn: list[int] = []
        self._able, self._broken = able, broken
        self._connection: DBusConnection = open_dbus_connection(address)
        self._ask(message_bus.RequestName(name))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> NotificationDaemon:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(10)
        self._connection.close()

    def press(self, number: int, key: str, member: str = "ActionInvoked") -> None:
        """As the user does it, on the notification of this number."""
        emitter = DBusAddress("/org/freedesktop/Notifications", interface=NAME)
        body: tuple[Any, ...] = (number, key) if member == "ActionInvoked" else (number, 2)
        self._connection.send(new_signal(emitter, member, "us" if member == "ActionInvoked" else "uu", body))

    def _ask(self, message: Any) -> Any:
        return self._connection.send_and_get_reply(message, timeout=10).body

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except OSError:
                return
            if message.header.message_type != MessageType.method_call:
                continue
            if message.header.fields.get(HeaderFields.member) == "GetCapabilities":
                self._connection.send(new_method_return(message, "as", (list(self._able),)))
            elif self._broken:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("no",)))
            elif message.header.fields.get(HeaderFields.member) == "CloseNotification":
                self._connection.send(new_method_return(message))
                self.withdrawn.append(message.body[0])
            else:
                _, replaces, _, title, body, actions, hints, _ = message.body
                buttons = dict(zip(actions[::2], actions[1::2], strict=True))
                number = replaces or len(self.calls) + 1
                self._connection.send(new_method_return(message, "u", (number,)))
                self.calls.append(Notified(number, title, body, buttons, hints["urgency"][1], replaces))
