"""A few worker processes: started when first needed, killed when a query overstays, replaced when one is gone."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from kg.store.base import Request
from kg.store.checking import Inspection
from kg.store.errors import QueryFailed, QueryTimeout, StoreBusy, StoreError
from kg.store.results import Limits, Outcome
from kg.store.worker import Reply

LOGGER = logging.getLogger("certkg.store")
START_SECONDS = 60.0
# A new interpreter: no fork (threads and torch live in the parent), and no spawn of multiprocessing (it imports the main program again).
_START = """
import json, sys
start = json.loads(sys.argv[1])
sys.path[:] = start["path"]
from kg.store.worker import main
main(start["descriptor"], start["task"])
"""


class Worker:
    """One worker process."""

    def __init__(self, task: Mapping[str, Any]) -> None:
        """Start the process; `wait_until_ready` comes next.

        Args:
            task: What it is to do; see `kg.store.worker.main`.
        """
        self._connection, theirs = Pipe()
        with theirs:
            start = {
                "path": [os.fspath(entry) or str(Path.cwd()) for entry in sys.path],
                "descriptor": theirs.fileno(),
                "task": dict(task),
            }
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, json.dumps(start)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Ctrl-C in a terminal is for the parent.
                start_new_session=True,
                # Each arena of the C library reserves address space, which is what the memory limit counts.
                env={**os.environ, "MALLOC_ARENA_MAX": "2"},
            )

    def wait_until_ready(self) -> None:
        """Wait until the process has opened the store.

        Raises:
            StoreError: If it cannot.
        """
        try:
            reply = self._receive(START_SECONDS)
        except (TimeoutError, EOFError, OSError) as error:
            raise StoreError(f"A worker for queries could not be started from {sys.executable}.") from error
        if isinstance(reply.outcome, StoreError):
            raise reply.outcome

    def ask(self, request: Request) -> Reply:
        """Have a query answered.

        Args:
            request: The query.

        Returns:
            The reply.

        Raises:
            TimeoutError: If its time is up; the process is still at it.
            EOFError: If the process is gone.
            OSError: If the process is gone.
        """
        self._connection.send_bytes(pickle.dumps(request))
        return self._receive(request.limits.seconds)

    def _receive(self, seconds: float) -> Reply:
        """Wait for a reply."""
        if not self._connection.poll(seconds):
            raise TimeoutError
        reply: Reply = pickle.loads(self._connection.recv_bytes())
        return reply

    def alive(self) -> bool:
        """Say whether the process is there and waits for a query."""
        # Something to read from a worker that was not asked is the end of its socket.
        return self.process.poll() is None and not self._connection.poll(0)

    def kill(self) -> int:
        """End the process, whatever it does, and return its exit status."""
        self.process.kill()
        status = self.process.wait()
        self._connection.close()
        return status


class Pool:
    """Some slots for workers, each empty until it is needed."""

    def __init__(self, task: Mapping[str, Any], size: int) -> None:
        """Make the pool; no process is started.

        Args:
            task: What each worker is to do; see `kg.store.worker.main`.
            size: How many queries may run at a time.
        """
        self._task = task
        # Last in, first out: a worker that is warm is used again before a new one is started.
        self._slots: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._slots.put(None)
        self._lock = threading.Lock()
        self._workers: set[Worker] = set()
        self._closed = False

    def run(self, request: Request) -> Outcome | Inspection:
        """Have a worker do its task for a query.

        Args:
            request: The query.

        Returns:
            The result; what was read of the query, if the task is only to read.

        Raises:
            StoreError: Whatever is wrong with the query, or with the workers.
        """
        limits = request.limits
        try:
            worker = self._slots.get(timeout=limits.seconds)
        except queue.Empty:
            raise StoreBusy(f"Other queries kept every worker busy for {limits.seconds:g} seconds; try again later.") from None
        keep = None
        try:
            if worker is None or not worker.alive():
                self._drop(worker)
                worker = self._start()
            reply = worker.ask(request)
            if not reply.worn:
                keep = worker
        except TimeoutError:
            raise QueryTimeout(
                f"The query was ended after {limits.seconds:g} seconds, without a result; add a LIMIT or a narrower pattern, or ask in parts."
            ) from None
        except (EOFError, OSError) as error:
            raise self._gone(worker, limits) from error
        finally:
            # Also after an interrupt: a worker that may still answer the last query must not get the next one.
            if keep is None and worker is not None:
                self._drop(worker)
                # It is the client whose query ended the worker that waits for the next one, and not whoever comes then.
                keep = self._renewed()
            self._slots.put(keep)
        if isinstance(reply.outcome, StoreError):
            raise reply.outcome
        if reply.outcome is None:
            raise QueryFailed("The worker answered nothing; try again.")
        return reply.outcome

    def close(self) -> None:
        """End every worker; queries that run end with an error."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            # The thread that waits for this worker, if any, sees it go, and clears up.
            worker.process.kill()
            worker.process.wait()
        idle = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._slots.get_nowait())
        for slot in idle:
            self._drop(slot)
            self._slots.put(None)

    def _renewed(self) -> Worker | None:
        """Start a worker for a slot; None where that cannot be done now, and the next query tries again."""
        try:
            return self._start()
        except StoreError:
            LOGGER.info("a worker for queries could not be replaced", exc_info=True)
            return None

    def _start(self) -> Worker:
        """Start a worker, unless the pool is closed."""
        with self._lock:
            if self._closed:
                raise StoreError("The store is closed.")
            try:
                worker = Worker(self._task)
            except OSError as error:
                raise StoreError(f"A worker for queries could not be started from {sys.executable}: {error}.") from error
            self._workers.add(worker)
        try:
            worker.wait_until_ready()
        except BaseException as error:
            self._drop(worker)
            if self._closed and isinstance(error, StoreError):
                raise StoreError("The store was closed while the query ran.") from error
            raise
        return worker

    def _drop(self, worker: Worker | None) -> None:
        """End a worker and forget it."""
        if worker is not None:
            worker.kill()
            with self._lock:
                self._workers.discard(worker)

    def _gone(self, worker: Worker | None, limits: Limits) -> StoreError:
        """Say why a worker went away in the middle of a query."""
        if self._closed or worker is None:
            return StoreError("The store was closed while the query ran.")
        status = worker.kill()
        if status == -signal.SIGABRT:
            return QueryFailed(f"The query needed more than {limits.memory_mib} MiB of memory; add a LIMIT or a narrower pattern.")
        if status == -signal.SIGALRM:
            return QueryTimeout(f"The result did not arrive within {limits.seconds:g} seconds; ask for fewer rows.")
        return QueryFailed(f"The query brought its worker down (exit status {status}), without a result; simplify it, or give the machine more memory.")
