"""Where a SPARQL 1.1 endpoint is: its address and the login, read from the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.store.errors import StoreError

PREFIX = "CERTKG_ENDPOINT"
USER, PASSWORD = f"{PREFIX}_USER", f"{PREFIX}_PASSWORD"
SETTINGS = (PREFIX, USER, PASSWORD)


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
        try:
            parts = urlsplit(self.address)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and parts.username is None
        except ValueError:
            good = False
        if not good:
            raise StoreError(f"{self.address!r} is no address of an endpoint: it looks like http://127.0.0.1:8890/sparql, without user and password in it.")

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
        return cls.with_login(address, environment) if address else None

    @classmethod
    def with_login(cls, address: str, environment: Mapping[str, str] | None = None) -> Endpoint:
        """An address with the user and the password of the settings.

        Args:
            address: The address.
            environment: The variables; those of this process when not given.

        Raises:
            StoreError: If the address is none.
        """
        environment = os.environ if environment is None else environment
        return cls(address, environment.get(USER, ""), environment.get(PASSWORD, ""))
