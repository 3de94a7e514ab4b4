"""How a teacher's server is reached: the key from the environment, no redirects, answers of bounded size and time.

Light: the check of a new session asks a server without loading what judges replies.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urljoin, urlsplit

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, sentence

MOST_BYTES = 1 << 20  # of an answer
PIECE = 1 << 16
HIDDEN = "***"
REDIRECTS = (301, 302, 303, 307, 308)
BAD_REQUEST = 400  # what servers say to the first words of a client that speaks TLS to one that does not, and back
SCHEMES = {"http": "https", "https": "http"}
LONGEST_ADDRESS = 200
ENDINGS = ("/chat/completions", "/completions", "/models")  # of an address that was copied with what is asked there


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


def without_ending(url: str) -> str:
    """The address below which such a server is asked."""
    return next((url.removesuffix(end) for end in ENDINGS if url.endswith(end)), url).rstrip("/")


def sent_to(asked: str, location: str, key: str) -> str:
    """Where a redirect of `asked` leads, as the address of a server; without what may be a secret in it."""
    parts = urlsplit(urljoin(asked, location))
    there = without_ending(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")
    return hidden(there, key)[:LONGEST_ADDRESS]


def redirected(url: str, error: urllib.error.HTTPError, key: str) -> Sentence | None:
    """None where it is no redirect that leads anywhere. Nobody is asked there: the key is not meant for that server."""
    location = error.headers.get("Location")
    if error.code not in REDIRECTS or not location:
        return None
    target = sent_to(error.url or url, location, key)
    return sentence("teacher.sends_elsewhere", url=url, target=target, status=error.code)


def why_not(url: str, error: BaseException, key: str, seconds: float) -> Sentence | None:
    """Why nobody answers at `url`; None where it only takes too long. May look for so many seconds."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return sentence("teacher.untrusted", url=url, error=reason.verify_message)
    late = isinstance(reason, TimeoutError)
    nobody = isinstance(reason, (ConnectionRefusedError, socket.gaierror))
    slow = late and urlsplit(url).scheme == "http"  # one that speaks TLS would have hung up
    other = None if nobody or slow else other_scheme(url, seconds)
    if other is not None:
        return sentence("teacher.other_scheme", url=url, spoken=urlsplit(other).scheme, given=urlsplit(url).scheme)
    return None if late else sentence("teacher.unreachable", url=url, error=hidden(first_line(str(reason)), key))


def other_scheme(url: str, seconds: float) -> str | None:
    """`url` with http for https or the other way round, if what is there speaks that. It is asked without a key."""
    given = urlsplit(url).scheme
    other = f"{SCHEMES[given]}{url.removeprefix(given)}"
    try:
        with opener(other).open(f"{other}/models", timeout=seconds):
            return other
    except urllib.error.HTTPError as error:
        with error:
            return other if given == "http" or error.code != BAD_REQUEST else None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return other if isinstance(reason, ssl.SSLCertVerificationError) else None
