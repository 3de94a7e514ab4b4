"""A Hugging Face Hub on this machine: real HTTP, the paths and headers of the real one, and what goes wrong there.

Large files (`LFS` bytes on, and all Parquet) are told with the SHA-256 of LFS and sent from a second port, as the Hub
redirects to its CDN; small ones with git's SHA-1, sent by itself. A `Fault` changes the answer to some requests.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

LFS = 2_000
WORD = {"gated": "GatedRepo", "missing": "RepoNotFound"}


@dataclass
class Repo:
    """A dataset. `commits`: sha -> the files it has; `head`: the sha of main; `refused`: gated, private or missing."""

    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    head: str = ""
    licence: str = "mit"
    gated: bool = False

    def push(self, files: dict[str, bytes]) -> str:
        self.head = hashlib.sha1(repr(sorted(files.items())).encode()).hexdigest()
        self.commits[self.head] = dict(files)
        return self.head


@dataclass
class Fault:
    """For requests whose path holds `where`, `times` of them: `status` and `headers` in place of an answer, or the
    body changed by `body`, cut off behind `cut` bytes of it, or slowed down by `pause` seconds before each `drip`
    bytes. `listed`: what the listing says of the file's size in place of the truth.
    """

    where: str
    times: int = 1_000_000
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[bytes], bytes] | None = None
    cut: int | None = None
    pause: float = 0.0
    drip: int = 1 << 16
    methods: tuple[str, ...] = ("GET", "POST")


@dataclass(frozen=True)
class Request:
    """What was asked, and what was sent: `port` tells hub and CDN apart, `sent` counts bytes of the body."""

    method: str
    path: str
    port: int
    range: str | None
    token: bool
    status: int
    sent: int


class LoopbackHub:
    """`endpoint` for HF_ENDPOINT; `repos` by id; `faults` as they are met; `asked`: all requests so far."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.faults: list[Fault] = []
        self.asked: list[Request] = []
        self.at_once = self.most_at_once = 0
        self._guard = threading.Lock()
        self._servers = [_server(self), _server(self)]
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._servers[0].server_port}"

    @property
    def cdn(self) -> str:
        return f"http://127.0.0.1:{self._servers[1].server_port}"

    def add(self, name: str, files: dict[str, bytes], **more: object) -> Repo:
        repo = self.repos[name] = Repo(**more)  # type: ignore[arg-type]
        repo.push(files)
        return repo

    def reset(self) -> None:
        self.repos.clear()
        self.faults.clear()
        self.asked.clear()
        self.most_at_once = 0

    def data(self, ending: str = "") -> list[Request]:
        """The requests that brought bytes of files whose name ends so."""
        return [
            request
            for request in self.asked
            if request.method == "GET"
            and request.status in (200, 206)
            and ("/resolve/" in request.path or request.path.startswith("/cdn/"))
            and request.path.endswith(ending)
        ]

    def fault(self, method: str, path: str) -> Fault | None:
        with self._guard:
            for fault in self.faults:
                if fault.where in path and fault.times > 0 and method in fault.methods:
                    fault.times -= 1
                    return fault
        return None

    @contextmanager
    def working(self) -> Iterator[None]:
        with self._guard:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            with self._guard:
                self.at_once -= 1

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


def _server(hub: LoopbackHub) -> ThreadingHTTPServer:
    class Handler(_Handler):
        pass

    Handler.hub = hub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    hub: LoopbackHub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _answer(self, form: str = "") -> None:
        url = urlsplit(self.path)
        path = unquote(url.path)
        fault = self.hub.fault(self.command, path)
        if fault is not None and fault.status is not None:
            self._send(fault.status, b"the hub's own words", fault.headers)
            return
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "datasets"] and len(parts) >= 4:
            self._api("/".join(parts[2:4]), parts[4:], form, parse_qs(url.query))
        elif parts[0] == "datasets" and len(parts) > 5 and parts[3] == "resolve":
            self._file("/".join(parts[1:3]), parts[4], "/".join(parts[5:]), fault)
        elif parts[0] == "cdn" and len(parts) > 4:
            self._body(self.hub.repos["/".join(parts[1:3])].commits[parts[3]]["/".join(parts[4:])], {}, fault)
        else:
            self._send(404, b"nothing here", {})

    def _repo(self, name: str, revision: str, refused_on_files: bool) -> tuple[Repo, str] | None:
        """The repository and the commit, or the refusal is sent."""
        repo = self.hub.repos.get(name)
        if repo is None:
            self._send(401 if "Authorization" not in self.headers else 404, b"", {"X-Error-Code": "RepoNotFound"})
            return None
        if repo.gated and refused_on_files:
            words = f"Access to dataset {name} is restricted. You must have access to it."
            self._send(401, b"", {"X-Error-Code": "GatedRepo", "X-Error-Message": words})
            return None
        sha = repo.head if revision == "main" else revision
        if sha not in repo.commits:
            self._send(404, b"", {"X-Error-Code": "RevisionNotFound"})
            return None
        return repo, sha

    def _api(self, name: str, rest: list[str], form: str, query: dict[str, list[str]]) -> None:
        kind, revision, folder = (rest[0] if rest else "revision"), (rest[1] if len(rest) > 1 else "main"), rest[2:]
        found = self._repo(name, revision, refused_on_files=kind != "revision")
        if found is None:
            return
        repo, sha = found
        files = repo.commits[sha]
        if kind == "revision":
            siblings = [{"rfilename": file} for file in sorted(files)]
            about = {"id": name, "sha": sha, "tags": [f"license:{repo.licence}"], "siblings": siblings}
            self._json({**about, "private": False, "gated": "manual" if repo.gated else False, "disabled": False})
        elif kind == "tree":
            under = "".join(f"{part}/" for part in folder)
            deep = query.get("recursive", ["false"])[0].lower() in ("true", "1")
            self._json(list(_tree(files, under, deep)))
        elif kind == "paths-info":
            wanted = parse_qs(form)["paths"]
            self._json([_entry(path, files[path]) for path in wanted if path in files])
        else:
            self._send(404, b"", {})

    def _file(self, name: str, revision: str, path: str, fault: Fault | None) -> None:
        found = self._repo(name, revision, refused_on_files=True)
        if found is None:
            return
        repo, sha = found
        data = repo.commits[sha].get(path)
        if data is None:
            self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        entry = _entry(path, data)
        headers = {"X-Repo-Commit": sha, "ETag": f'"{entry["oid"]}"'}
        if "lfs" in entry:
            headers |= {"X-Linked-Size": str(len(data)), "X-Linked-ETag": f'"{entry["lfs"]["oid"]}"'}
            if fault is None:
                self._send(302, b"", headers | {"Location": f"{self.hub.cdn}/cdn/{name}/{sha}/{path}"})
                return
        self._body(data, headers, fault)

    def _body(self, data: bytes, headers: dict[str, str], fault: Fault | None) -> None:
        if fault is not None and fault.body is not None:
            data = fault.body(data)
        status, wanted = 200, self.headers.get("Range")
        if wanted is not None:
            first, last = wanted.removeprefix("bytes=").split("-")
            start, end = int(first), int(last) + 1 if last else len(data)
            if start >= len(data):
                self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
                return
            headers = headers | {"Content-Range": f"bytes {start}-{min(end, len(data)) - 1}/{len(data)}"}
            status, data = 206, data[start:end]
        self._send(status, data, headers, fault)

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, data: bytes, headers: dict[str, str], fault: Fault | None = None) -> None:
        fault = fault or Fault("")
        whole = b"" if self.command == "HEAD" else data if fault.cut is None else data[: fault.cut]
        port = self.server.server_port  # type: ignore[attr-defined]
        token, part = "Authorization" in self.headers, self.headers.get("Range")
        asked = Request(self.command, unquote(self.path), port, part, token, status, len(whole))
        self.hub.asked.append(asked)  # before it is answered: who has the answer may look at once
        with self.hub.working():
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self._write(whole, fault)

    def _write(self, whole: bytes, fault: Fault) -> None:
        try:
            for at in range(0, len(whole), fault.drip):
                if fault.pause:
                    time.sleep(fault.pause)
                self.wfile.write(whole[at : at + fault.drip])
        except OSError:  # whoever asked is gone
            self.close_connection = True
        if fault.cut is not None:
            self.close_connection = True


def _entry(path: str, data: bytes) -> dict[str, object]:
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    entry: dict[str, object] = {"type": "file", "path": path, "size": len(data), "oid": blob}
    if len(data) >= LFS or path.endswith(".parquet"):
        entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
    return entry


def _tree(files: dict[str, bytes], under: str, deep: bool) -> Iterator[dict[str, object]]:
    folders: set[str] = set()
    for path in sorted(files):
        if not path.startswith(under):
            continue
        inside = path.removeprefix(under).split("/")
        above = [under + "/".join(inside[:depth]) for depth in range(1, len(inside))]
        for folder in above if deep else above[:1]:
            if folder not in folders:
                folders.add(folder)
                yield {"type": "directory", "path": folder, "size": 0, "oid": "0" * 40}
        if deep or len(inside) == 1:
            yield _entry(path, files[path])
