"""Where a SPARQL 1.1 endpoint is: its address and the login, read from the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.store.errors import StoreError

PREFIX = "CERTKG_ENDPOINT"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a store is.

    Attributes:
        address: Takes queries.
        user: Name to log in with; empty for none.
        password: Its password.
    """

    address: str
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no web address.

        Raises:
            StoreError: If the address is none.
        """
        check_address(self.address, PREFIX)

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Endpoint | None:
        """The endpoint that `CERTKG_ENDPOINT` names, with `CERTKG_ENDPOINT_USER` and `CERTKG_ENDPOINT_PASSWORD`.

        Args:
            environment: The variables; those of this process when not given.

        Returns:
            The endpoint; None if none is named.

        Raises:
            StoreError: If the address is none.
        """
        environment = os.environ if environment is None else environment
        address = environment.get(PREFIX, "").strip()
        return cls(address, environment.get(f"{PREFIX}_USER", ""), environment.get(f"{PREFIX}_PASSWORD", "")) if address else None


def check_address(address: str, name: str) -> None:
    """Refuse what is no web address.

    Args:
        address: The text.
        name: What it is called where it was given.

    Raises:
        StoreError: If it is none.
    """
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good:
        raise StoreError(f"{name}={address}: an address such as http://127.0.0.1:8890/sparql is needed, without user and password in it.")
