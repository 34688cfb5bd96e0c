"""Every setting of the web application, in one place; `docs/WEB.md` has the same table for operators."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

PREFIX = "CERTKG_"
FEEDBACK = Path("build/feedback.jsonl")


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the environment variable."""


def _setting(default: Any, about: str, least: float | None = None) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"about": about, "least": least})


@dataclass(frozen=True)
class Settings:
    """What an operator may set, each by the environment variable `CERTKG_<NAME>`."""

    host: str = _setting("127.0.0.1", "address to listen on; 0.0.0.0 for all")
    port: int = _setting(7860, "port to listen on", least=1)
    root_path: str = _setting("", "path under which a proxy publishes the application, such as /certkg")
    trusted_proxies: str = _setting("127.0.0.1", "addresses whose X-Forwarded-* headers are believed, with commas; * for all")
    login: str = _setting("", "user:password that every page but /health asks for (HTTP Basic, so use it behind TLS); empty for none")
    concurrency: int = _setting(16, "questions that are answered at a time", least=1)
    queue: int = _setting(200, "longer tasks of the page (a spreadsheet, a query) that may wait; more are told to come back", least=1)
    body_bytes: int = _setting(1_000_000, "largest request that is read", least=1000)
    history_turns: int = _setting(20, "earlier questions that a request to /api/ask may carry", least=0)
    sessions: int = _setting(500, "pages whose conversation is kept; the one that was quiet longest is forgotten first", least=1)
    shown_turns: int = _setting(30, "answers that stay on a page", least=1)
    feedback: Path = field(default=FEEDBACK, metadata={"about": "file that “this is wrong” is appended to, relative to the project", "least": None})
    feedback_bytes: int = _setting(10_000_000, "size at which that file takes no more", least=0)
    sheet_bytes: int = _setting(20_000_000, "largest spreadsheet that is taken", least=1000)
    sheet_rows: int = _setting(50_000, "rows that a spreadsheet may have", least=1)
    sheet_minutes: int = _setting(60, "a spreadsheet and its result are deleted after this time", least=1)
    sheet_files: int = _setting(50, "spreadsheets that are kept at a time; more are told to come back", least=1)
    program_requests: int = _setting(12_000, "requests a minute that one client may send to /api, /reconcile and /mcp together", least=1)
    program_work: int = _setting(180, "seconds of work a minute that one client may take there", least=1)
    program_at_a_time: int = _setting(4, "requests of one client that are worked on at a time there; more wait", least=1)
    mcp_hosts: str = _setting("", "host names, with commas, under which /mcp may be reached beside localhost and addresses in digits; * for all")
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")
    log_questions: bool = _setting(False, "true: people's questions are written to the log")
    sparql_seconds: int = _setting(10, "time that a query at /sparql may take", least=1)
    sparql_rows: int = _setting(10_000, "rows or triples that /sparql sends at most; a result that is cut says so", least=1)
    sparql_requests: int = _setting(600, "requests a minute that one client may send to /sparql", least=1)
    sparql_work: int = _setting(120, "seconds of work a minute that one client may take at /sparql", least=1)
    sparql_at_a_time: int = _setting(2, "queries of one client that /sparql runs at a time; more wait", least=1)
    stop_seconds: int = _setting(5, "time that running requests get to end when the server stops", least=0)

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings of an environment; of this process's when none is given.

        Raises:
            SettingsError: a value cannot be used.
        """
        environment = os.environ if environment is None else environment
        types = get_type_hints(cls)
        given = {each: environment.get(PREFIX + each.name.upper(), "").strip() for each in fields(cls)}
        return cls(**{each.name: _value(each, types[each.name], text) for each, text in given.items() if text})

    def __post_init__(self) -> None:
        """Refuse what would only fail later.

        Raises:
            SettingsError: a value cannot be used.
        """
        if self.port > 65535:
            raise SettingsError(f"{PREFIX}PORT={self.port}: a port is at most 65535")
        if self.login and not all(self.login.partition(":")[::2]):
            raise SettingsError(f"{PREFIX}LOGIN must be user:password")
        if self.root_path and (not self.root_path.startswith("/") or self.root_path.endswith("/")):
            raise SettingsError(f"{PREFIX}ROOT_PATH={self.root_path}: begin with a slash and end without one, as in /certkg")
        if self.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise SettingsError(f"{PREFIX}LOG_LEVEL={self.log_level}: use DEBUG, INFO, WARNING or ERROR")


def _value(each: Any, kind: type, text: str) -> Any:  # noqa: ANN401
    """A setting's text as its type."""
    name = PREFIX + each.name.upper()
    if kind is bool:
        if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise SettingsError(f"{name}={text}: use true or false")
        return text.lower() in ("true", "1", "yes")
    try:
        value = kind(text)
    except ValueError:
        raise SettingsError(f"{name}={text}: a whole number is needed") from None
    if each.metadata["least"] is not None and value < each.metadata["least"]:
        raise SettingsError(f"{name}={text}: at least {each.metadata['least']} is needed")
    return value
