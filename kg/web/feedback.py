"""“This is wrong”: appended to a local JSON Lines file for the data steward; the server never reads it."""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kg import __version__

REASON_LENGTH = 1000


class FeedbackFull(RuntimeError):
    """The file has reached its size; nothing was written."""


class Feedback:
    """The file that feedback goes to."""

    def __init__(self, path: Path, most: int) -> None:
        """Remember where to write.

        Args:
            path: the file; made with its folder when the first line comes.
            most: the size in bytes at which it takes no more.
        """
        self._path, self._most = path, most
        self._lock = threading.Lock()

    def add(self, question: str, history: Sequence[str], verdict: str, kind: str, reason: str) -> None:
        """Append one line.

        Raises:
            FeedbackFull: the line does not fit under the size limit.
            OSError: the file cannot be written.
        """
        record = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "question": question,
            "history": list(history),
            "verdict": verdict,
            "kind": kind,
            "reason": reason[:REASON_LENGTH],
        }
        line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            size = self._path.stat().st_size if self._path.exists() else 0
            if size + len(line) > self._most:
                raise FeedbackFull(f"{self._path} holds {size} bytes; {self._most} are allowed")
            with self._path.open("ab") as file:
                file.write(line)
