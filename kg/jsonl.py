"""JSON Lines: read with the place of every fault, written so that no reader sees half a file."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Fields = Mapping[str, type | tuple[type, ...]]


def read_lines(path: Path, fields: Fields | None = None) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; empty lines are passed over.

    Args:
        path: the file, in UTF-8.
        fields: fields that each object must have, with their types.

    Raises:
        ValueError: a line is not a JSON object with these fields; the message names file and line.
    """
    found = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    # Not splitlines: a JSON text may hold U+2028 and the like within its strings.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path} line {number}: not JSON ({error.msg} at column {error.colno})") from None
        if not isinstance(value, dict):
            raise ValueError(f"{path} line {number}: a JSON object was expected")
        for name, kind in (fields or {}).items():
            if not isinstance(value.get(name), kind):
                kinds = kind if isinstance(kind, tuple) else (kind,)
                raise ValueError(f"{path} line {number}: “{name}” is missing or not {' or '.join(each.__name__ for each in kinds)}")
        found.append(value)
    return found


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON Lines aside and rename, so that a reader never sees half a file and an interrupted run leaves the old one."""
    aside = path.with_name(f".{path.name}.new")
    try:
        # half a surrogate pair, which UTF-8 cannot hold, is written as the escape that it was read from
        with aside.open("w", encoding="utf-8", errors="backslashreplace") as file:
            for line in lines:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
