"""Files that are made from the build when they are first asked for: kept beside it, and gone with it."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock


class Shelf:
    """Makes each file once: aside, then put in place by one rename, so that nobody ever reads half a file."""

    def __init__(self, build: Path) -> None:
        """Keep files in the generation of the build that is in use; in a folder of their own until the program ends, where that cannot be written.

        Args:
            build: the folder with what `certkg build` made. The names of the files begin with a dot, which keeps them out of what seals a generation.
        """
        folder = (build / "certkg.nt").resolve().parent
        self._own = None if os.access(folder, os.W_OK) else tempfile.TemporaryDirectory(prefix="certkg-")
        self._folder = Path(self._own.name) if self._own else folder
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, name: str, make: Callable[[Path], None]) -> Path:
        """A file, made if it is not there; threads that want it meanwhile wait for it.

        Args:
            name: what the file is called; chosen by the program, never by a client.
            make: writes it to the path it is given.

        Raises:
            OSError: it cannot be written.
        """
        path = self._folder / f".{name}"
        with self._lock:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            if not path.exists():
                aside = path.with_name(f".{secrets.token_hex(4)}-{name}")
                try:
                    make(aside)
                    os.replace(aside, path)
                finally:
                    aside.unlink(missing_ok=True)
        return path
