"""Addresses of a teacher's server: which lie on this machine, what is asked below them, what of them is shown."""

from __future__ import annotations

import email.message
import io
import urllib.error

import pytest

from so8t_engine.teacher import server_access


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:11434/v1", True),
        ("http://LOCALHOST/v1", True),
        ("http://127.0.0.1:1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://192.168.0.7:1/v1", False),
        ("http://example.com/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http:///v1", False),
    ],
)
def test_no_proxy_is_asked_for_what_is_on_this_machine(url: str, here: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:1")
    monkeypatch.setenv("http_proxy", "http://proxy:1")
    monkeypatch.delenv("no_proxy", raising=False)
    handlers = server_access.opener(url).handlers
    proxies = [getattr(handler, "proxies", {}) for handler in handlers]

    assert server_access._is_loopback(url) is here
    assert any("http" in each for each in proxies) is not here


@pytest.mark.parametrize(
    ("url", "below"),
    [
        ("http://a/v1", "http://a/v1"),
        ("http://a/v1/", "http://a/v1"),
        *((f"http://a/v1{end}", "http://a/v1") for end in server_access.ENDINGS),
    ],
)
def test_the_address_below_which_a_server_is_asked(url: str, below: str) -> None:
    assert server_access.without_ending(url) == below


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("https://b/v1", "https://b/v1"),
        ("/v2", "http://a/v2"),
        ("https://user:word@b/v1?token=x#y", "https://b/v1"),
        ("https://b/secretkey/v1", "https://b/***/v1"),
        ("https://b/" + "x" * 999, None),
    ],
)
def test_a_redirect_is_told_without_what_may_be_a_secret(location: str, there: str | None) -> None:
    told = server_access.sent_to("http://a/v1", location, "secretkey")

    assert "secretkey" not in told and "word" not in told and "token" not in told
    assert len(told) <= server_access.LONGEST_ADDRESS and (there is None or told == there or "/***/" in there)


@pytest.mark.parametrize(
    ("status", "location", "said"),
    [(301, "https://b/v1", True), (302, "https://b/v1", True), (301, None, False), (404, "https://b/v1", False)],
)
def test_a_server_that_sends_elsewhere_is_told_and_not_followed(status: int, location: str | None, said: bool) -> None:
    headers = email.message.Message()
    if location is not None:
        headers["Location"] = location
    error = urllib.error.HTTPError("http://a/v1/models", status, "Moved", headers, io.BytesIO())
    found = server_access.redirected("http://a/v1", error, "key")

    assert (found is not None) is said
    assert found is None or found.args == {"url": "http://a/v1", "target": "https://b/v1", "status": status}


def test_a_key_goes_into_its_header_where_there_is_one() -> None:
    assert server_access.bearer("") == {} and server_access.bearer("k") == {"Authorization": "Bearer k"}
