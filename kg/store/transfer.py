"""Requests to an endpoint: with the login that it asks for, ended in time, and never growing without end."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping

import httpx

from kg.store.endpoint import PREFIX
from kg.store.errors import QueryFailed, QueryTimeout, StoreUnreadable

CONNECT_SECONDS = 5.0


class Login(httpx.Auth):
    """Answers a challenge in the way that the server asks for, Digest (as Virtuoso) or Basic; nothing is sent unasked."""

    def __init__(self, user: str, password: str) -> None:
        """Remember the login."""
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and again with what a 401 asks for; later requests carry it from the start."""
        if self._way is not None:
            yield from self._way.auth_flow(request)
            return
        response = yield request
        if response.status_code != 401:
            return
        self._way = self._digest if "digest" in response.headers.get("www-authenticate", "").lower() else self._basic
        flow = self._way.auth_flow(request)
        again = next(flow)
        # The first request of a Digest is the one that was just refused.
        yield flow.send(response) if self._way is self._digest else again


def make_client(user: str, password: str, connections: int) -> httpx.Client:
    """A client that keeps its connections, follows no redirection and reads no settings of the environment.

    Args:
        user: Name to log in with; empty for none.
        password: Its password.
        connections: How many requests may run at a time.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx.Client(auth=Login(user, password) if user else None, limits=limits, transport=httpx.HTTPTransport(retries=1, limits=limits), trust_env=False)


def post(client: httpx.Client, address: str, form: Mapping[str, object], accept: str, seconds: float, most: int) -> httpx.Response:
    """Send a form and read the answer to its end.

    Args:
        client: From `make_client`.
        address: Where to.
        form: The fields.
        accept: The media types that can be read.
        seconds: Time for all of it.
        most: Bytes that the answer may have.

    Returns:
        The answer, whatever its status.

    Raises:
        QueryTimeout: If the time is up.
        QueryFailed: If the answer is too large.
        StoreUnreadable: If the endpoint cannot be reached.
    """
    end = time.monotonic() + seconds
    timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
    try:
        with client.stream("POST", address, data=form, headers={"Accept": accept}, timeout=timeout) as response:
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > most:
                    raise QueryFailed(f"The result is larger than {most // 2**20} MiB; ask for fewer rows or columns.")
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("too slow")
            # What is read already is not compressed any more, nor in chunks.
            headers = [(name, value) for name, value in response.headers.items() if name not in ("content-encoding", "content-length", "transfer-encoding")]
            return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)
    except (httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout) as error:
        raise QueryTimeout(f"The query was ended after {seconds:g} seconds, without a result; add a LIMIT or a narrower pattern, or ask in parts.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise StoreUnreadable(f"The endpoint {address} cannot be reached: {error or type(error).__name__}. Is it running, and is {PREFIX} right?") from error
