"""Files that people hand in: kept in a folder that only this process may read, known by a secret, worked on in processes of their own, deleted after a time."""

import atexit
import contextlib
import json
import logging
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any

from kg.adjudicate import Limits, SheetError
from kg.web.logs import LOGGER, log

#: Seconds that a first look may take, and ruling.
LOOK_SECONDS, RULE_SECONDS = 120, 1800
#: Files that are ruled on at a time; others wait.
AT_A_TIME = 1
#: Characters of a file's name that are kept.
_NAME = 120
_SUFFIXES = (".xlsx", ".csv")
#: The folder's name tells whose it is: what a server that was killed left is deleted by the next.
_PREFIX = "certkg-sheets-"


class Full(Exception):
    """So many files are kept that no more are taken now."""


@dataclass
class Upload:
    """A file that was handed in: `looks` what its sheets seem to hold; `state` is ready, waiting, running, done or failed.

    `stage` and `done` tell how far the work is, `error` says in each language why it failed, `result` counts and shows what came of it.
    """

    token: str
    name: str
    folder: Path
    looks: list[dict[str, Any]] = field(default_factory=list)
    state: str = "ready"
    stage: str = ""
    done: float = 0.0
    error: Mapping[str, str] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    @property
    def source(self) -> Path:
        """Where the file is kept."""
        suffix = PurePath(self.name).suffix.lower()
        return self.folder / f"in{suffix if suffix in _SUFFIXES else ''}"

    def target(self, suffix: str) -> Path:
        """Where the result is kept; `suffix` is .xlsx or .csv."""
        return self.folder / f"out{suffix}"


class Uploads:
    """The files that are kept now; safe from any thread."""

    def __init__(self, build: Path, limits: Limits, minutes: float, most: int) -> None:
        """Make the folder.

        Args:
            build: the build folder to answer from.
            limits: how large a file may be.
            minutes: how long a file is kept after it was handed in.
            most: how many are kept at a time.
        """
        self.limits = limits
        self._build, self._minutes, self._most = build, minutes, most
        _sweep()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._uploads: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._turn = threading.BoundedSemaphore(AT_A_TIME)
        atexit.register(self.close)

    def add(self, name: str, content: bytes) -> Upload:
        """Keep a file and look at it.

        Args:
            name: as its owner calls it.
            content: its bytes.

        Raises:
            SheetError: it cannot be read; nothing of it is kept.
            Full: no more files are taken now.
        """
        token = secrets.token_urlsafe(24)
        upload = Upload(token, _plain(name), self._folder / token)
        with self._lock:
            if len(self._uploads) >= self._most:
                raise Full
            self._uploads[token] = upload
        try:
            upload.folder.mkdir(mode=0o700)
            upload.source.write_bytes(content)
            last = self._work(upload, {"do": "inspect"}, LOOK_SECONDS)
            if "result" not in last:
                raise _Failed(last["error"])
        except BaseException:
            self.remove(token)
            raise
        upload.looks = last["result"]
        timer = threading.Timer(60 * self._minutes, self.remove, [token])
        timer.daemon = True
        timer.start()
        return upload

    def get(self, token: str) -> Upload | None:
        """The file of a secret; None where there is none, or none any more."""
        with self._lock:
            return self._uploads.get(token)

    def start(self, upload: Upload, sheet: str, columns: Mapping[str, str], category: str, tier: str) -> None:
        """Begin to rule on a file, or wait for a turn; what runs already goes on.

        Args:
            upload: the file.
            sheet: its sheet.
            columns: role → column letter; an empty text: none has it.
            category: the 专业类 of rows that name none.
            tier: the tier of rows that name none.
        """
        with self._lock:
            if upload.state in ("waiting", "running"):
                return
            upload.state, upload.stage, upload.done, upload.error, upload.result = "waiting", "", 0.0, {}, {}
            upload.choices = {"sheet": sheet, "columns": dict(columns), "category": category, "tier": tier}
        threading.Thread(target=self._rule, args=[upload], daemon=True).start()

    def remove(self, token: str) -> None:
        """Forget a file, stop the work on it and delete it; one that is not there is no matter."""
        with self._lock:
            upload = self._uploads.pop(token, None)
        if upload:
            _kill(upload)
            shutil.rmtree(upload.folder, ignore_errors=True)

    def close(self) -> None:
        """Delete all files and stop all work."""
        for token in list(self._uploads):
            self.remove(token)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _rule(self, upload: Upload) -> None:
        """Rule on a file, when it is its turn."""
        with self._turn:
            if self.get(upload.token) is None:
                return
            upload.state = "running"
            job = {
                "do": "rule",
                **upload.choices,
                "build": str(self._build),
                "targets": [str(upload.target(suffix)) for suffix in _SUFFIXES],
                "processes": os.cpu_count() or 1,
            }
            last = self._work(upload, job, RULE_SECONDS)
        upload.result, upload.error = last.get("result", {}), last.get("error", {})
        upload.state = "done" if upload.result else "failed"

    def _work(self, upload: Upload, job: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Have a job done by a process; its last line: the result, or why there is none."""
        last: dict[str, Any] = {}
        whole = {**job, "source": str(upload.source), "name": upload.name, "limits": asdict(self.limits)}
        try:
            with _process(upload) as process:
                timer = threading.Timer(seconds, _kill, [upload])
                timer.start()
                try:
                    last = _followed(process, json.dumps(whole), upload)
                finally:
                    timer.cancel()
        except (OSError, ValueError):
            LOGGER.exception("sheet")
        if "result" not in last and "error" not in last:
            log("sheet", logging.WARNING, ended=job["do"])
            failed = SheetError("too_hard", name=upload.name)
            last = {"error": {language: failed.text(language) for language in ("zh", "en")}}
        return last


class _Failed(SheetError):
    """What a process says of a file that it cannot read."""

    def __init__(self, said: Mapping[str, str]) -> None:
        ValueError.__init__(self, said["en"])
        self._said = said

    def text(self, language: str) -> str:
        """The message in a language."""
        return self._said[language]


@contextlib.contextmanager
def _process(upload: Upload) -> Iterator["subprocess.Popen[str]"]:
    """A worker for a file; at the end it is gone."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.adjudicate.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each or str(Path.cwd()) for each in sys.path)},
        # It may start processes of its own: all are in one group.
        start_new_session=True,
    )
    upload.process = process
    try:
        with process:
            yield process
    finally:
        _kill(upload)
        upload.process = None


def _followed(process: "subprocess.Popen[str]", job: str, upload: Upload) -> dict[str, Any]:
    """Hand a job to a worker and note how far it is; its last line."""
    assert process.stdin
    assert process.stdout
    last: dict[str, Any] = {}
    process.stdin.write(job)
    process.stdin.close()
    for line in process.stdout:
        last = json.loads(line)
        upload.stage, upload.done = last.get("stage", upload.stage), last.get("done", upload.done)
    return last


def _sweep() -> None:
    """Delete the folders of servers that run no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        # It is somebody else's, or no number of a process.
        return True
    return True


def _kill(upload: Upload) -> None:
    """Stop the work on a file, with all processes that it started."""
    if upload.process and upload.process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(upload.process.pid, signal.SIGKILL)


def _plain(name: str) -> str:
    """The name of a file without folders and characters that cannot be seen; its end is kept."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(each for each in last if each.isprintable()).strip() or "file"
    suffix = PurePath(shown).suffix[:10]
    return shown if len(shown) <= _NAME else shown[: _NAME - len(suffix)] + suffix
