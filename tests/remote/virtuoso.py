"""Virtuoso 7 for the tests: a server of its own in a temporary folder, on free ports, ended with the tests."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

PROGRAM = "virtuoso-t"
USER = PASSWORD = "dba"
SECONDS = 60
_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 2
MaxOptimizeLayouts = 20
StopCompilerWhenXOverRunTime = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = {seconds}
DeferInferenceRulesInit = 1
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running server.

    Attributes:
        query: takes queries.
        graphs: the Graph Store address for reading and writing; asks for user and password.
    """

    query: str
    graphs: str


@contextmanager
def running(folder: Path, seconds: int = 30) -> Iterator[Virtuoso]:
    """Run Virtuoso, or skip the test where it is not installed.

    Args:
        folder: for its database.
        seconds: that a query may take.
    """
    if not shutil.which(PROGRAM):
        pytest.skip(f"{PROGRAM} is not installed (Debian: apt-get install virtuoso-opensource-7)")
    with ExitStack() as taken:
        sql, http = (taken.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(2))
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(folder=folder, sql=sql, http=http, seconds=seconds))
    address = f"http://127.0.0.1:{http}"
    command = [PROGRAM, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(f"{address}/sparql?query=ASK%7B%7D", process, folder)
            yield Virtuoso(f"{address}/sparql", f"{address}/sparql-graph-crud-auth")
        finally:
            # It has nothing to keep, so there is nothing to wait for.
            process.kill()


def _wait(address: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(address, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            if process.poll() is not None:
                break
        time.sleep(0.1)
    log = folder / "virtuoso.log"
    pytest.fail(f"{PROGRAM} did not start: {log.read_text(errors='replace')[-1000:] if log.exists() else process.returncode}")
