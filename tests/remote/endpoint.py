"""An endpoint on this machine that answers as a test says."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

GRAPH = "https://w3id.org/certkg/id/graph/things"
JSON = "application/sparql-results+json"


@dataclass
class Reply:
    """What the endpoint answers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    slowly: float = 0.0


def table(*values: object, variable: str = "n") -> bytes:
    """A table with one column; addresses begin with http, whole numbers are numbers."""
    rows = []
    for value in values:
        kind = "uri" if str(value).startswith("http") else "literal"
        typed = {"datatype": "http://www.w3.org/2001/XMLSchema#integer"} if isinstance(value, int) else {}
        rows.append({variable: {"type": kind, "value": str(value)} | typed})
    return json.dumps({"head": {"vars": [variable]}, "results": {"bindings": rows}}).encode()


def good(query: str, headers: dict[str, str]) -> Reply:
    """One row with the number 1."""
    return Reply(body=table(1))


class Fake:
    """An endpoint on this machine that answers as a test says."""

    def __init__(self) -> None:
        """Start it."""
        self.asked: list[dict[str, list[str]]] = []
        self.sent: list[tuple[str, str, bytes]] = []
        self.reply: Callable[[str, dict[str, str]], Reply] = good
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path.startswith("/graphs"):
                    fake.sent.append((self.command, self.path, body))
                    form: dict[str, list[str]] = {}
                else:
                    form = parse_qs(body.decode())
                    fake.asked.append(form)
                query = form.get("query", [""])[0]
                found = Reply(body=table(GRAPH, variable="g")) if query.startswith("SELECT DISTINCT ?g") else fake.reply(query, dict(self.headers))
                self.send_response(found.status)
                for name, value in ({"Content-Type": JSON, "Content-Length": str(len(found.body))} | found.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                for part in [found.body[i : i + 10] for i in range(0, len(found.body), 10)] if found.slowly else [found.body]:
                    time.sleep(found.slowly)
                    try:
                        self.wfile.write(part)
                    except OSError:
                        return

            do_POST = do_PUT = do_DELETE = _answer

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"
        self.graphs = f"http://127.0.0.1:{self._server.server_port}/graphs"

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
