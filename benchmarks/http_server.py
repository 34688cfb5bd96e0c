"""The server in a process of its own, with connections from several clients, and what it takes of the machine."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from kg.building import BUILD


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        process: its process id.
    """

    port: int
    process: int

    @property
    def address(self) -> str:
        """Where its page is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self, source: str = "127.0.0.1", seconds: float = 60) -> http.client.HTTPConnection:
        """A connection that is kept.

        Args:
            source: the address of this machine that the server sees; each is a client of its own.
            seconds: the longest wait for an answer.
        """
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds, source_address=(source, 0))

    def memory_mib(self) -> float:
        """Resident memory of the server and its workers."""
        return self.own_mib() + sum(map(_resident, self.workers())) / 2**20

    def own_mib(self) -> float:
        """Resident memory of the server alone."""
        return _resident(self.process) / 2**20

    def workers(self) -> tuple[int, ...]:
        """The processes in which queries run."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        found = {int(pid) for task in children.parents[1].iterdir() for pid in (task / "children").read_text().split()}
        return tuple(sorted(found))

    def files(self) -> int:
        """How many files and sockets the server has open."""
        return len(list(Path(f"/proc/{self.process}/fd").iterdir()))


def _resident(process: int) -> int:
    """Resident memory of a process in bytes; 0 if it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@contextmanager
def serving(**settings: object) -> Iterator[Server]:
    """The application on what is built, in a process of its own.

    Args:
        settings: as in docs/WEB.md, in small letters and without CERTKG_.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = f"from pathlib import Path; from kg.web import serve; serve(Path({str(BUILD)!r}), '127.0.0.1', {port})"
    quiet = {**os.environ, "CERTKG_LOG_LEVEL": "WARNING", **{f"CERTKG_{name.upper()}": str(value) for name, value in settings.items()}}
    process = subprocess.Popen([sys.executable, "-c", program], env=quiet, stderr=subprocess.DEVNULL)
    server = Server(port, process.pid)
    try:
        while not _answers(server.address):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with status {process.returncode}")
            time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
