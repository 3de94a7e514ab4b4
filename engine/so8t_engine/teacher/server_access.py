"""How a teacher's server is reached: the key from the environment, no redirects, answers of bounded size and time.

Light: the check of a new session asks a server without loading what judges replies.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import time
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence

MOST_BYTES = 1 << 20  # of an answer
PIECE = 1 << 16
HIDDEN = "***"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """The key was meant for one server."""


def key(name: str | None) -> str:
    """Raises EngineError teacher."""
    if name is None:
        return ""
    value = os.environ.get(name, "").strip()
    if not value:
        raise EngineError("teacher", sentence("teacher.no_key", name=name))
    if not value.isascii() or not value.isprintable():
        raise EngineError("teacher", sentence("teacher.bad_key", name=name))
    return value


def hidden(text: str, key: str) -> str:
    """A server may say the key back."""
    return text.replace(key, HIDDEN) if key else text


def opener(url: str) -> urllib.request.OpenerDirector:
    """Follows no redirect, and asks no proxy for what is on this machine."""
    own = urllib.request.ProxyHandler({}) if _is_loopback(url) else urllib.request.ProxyHandler()
    return urllib.request.build_opener(own, _NoRedirects())


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def read(answer: http.client.HTTPResponse, until: float) -> bytes | None:
    """None where it has no end. Raises TimeoutError where the whole takes too long, however steadily it comes."""
    data = bytearray()
    while piece := answer.read1(PIECE):
        data += piece
        if len(data) > MOST_BYTES:
            return None
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(data)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
