"""How much one client may ask: so many requests and so many seconds of work a minute, and so many queries at a time."""

import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from weakref import WeakValueDictionary

import anyio
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

#: An IPv6 client has a whole network of so many bits to itself.
_NETWORK_BITS = 64


class TooMany(Exception):
    """A client asked too much; `seconds` tells when it may come back."""

    def __init__(self, reason: str, seconds: float) -> None:
        """Remember both."""
        super().__init__(reason)
        self.seconds = max(1, math.ceil(seconds))


class Rates:
    """Counts what each client takes; in memory, and forgotten after some minutes."""

    def __init__(self, requests: int, work: int, at_a_time: int) -> None:
        """Start counting.

        Args:
            requests: requests a minute.
            work: seconds of work a minute.
            at_a_time: requests that run at a time; more wait.
        """
        self._requests, self._work, self._at_a_time = RateLimitItemPerMinute(requests), RateLimitItemPerMinute(work * 1000), at_a_time
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._turns: WeakValueDictionary[str, anyio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, host: str, patience: float) -> AsyncIterator[None]:
        """Let a request of a client run when it is its turn, and count how long it ran.

        Args:
            host: the client's address.
            patience: seconds that it waits for the client's own other requests.

        Raises:
            TooMany: the client has to come back later.
        """
        client = network(host)
        if not self._limiter.hit(self._requests, "requests", client):
            raise TooMany(f"One client may send {self._requests.amount} requests a minute here.", self._wait(self._requests, "requests", client))
        if not self._limiter.test(self._work, "work", client):
            raise TooMany(
                f"One client may take {self._work.amount // 1000} seconds of work a minute here; ask narrower queries.", self._wait(self._work, "work", client)
            )
        turns = self._turns.setdefault(client, anyio.Semaphore(self._at_a_time))
        with anyio.move_on_after(patience) as waiting:
            await turns.acquire()
        if waiting.cancelled_caught:
            raise TooMany(f"One client may run {self._at_a_time} queries at a time here, and yours are still running.", patience)
        started = time.perf_counter()
        try:
            yield
        finally:
            turns.release()
            self._take(client, round(1000 * (time.perf_counter() - started)))

    def _take(self, client: str, milliseconds: int) -> None:
        """Count work that was done; what goes over the limit fills the window."""
        if milliseconds and not self._limiter.hit(self._work, "work", client, cost=milliseconds):
            left = self._limiter.get_window_stats(self._work, "work", client).remaining
            self._limiter.hit(self._work, "work", client, cost=max(left, 1))

    def _wait(self, item: RateLimitItem, *identifiers: str) -> float:
        """Seconds until a client may come back."""
        return self._limiter.get_window_stats(item, *identifiers).reset_time - time.time()


def network(host: str) -> str:
    """The client that an address belongs to: of IPv6 the network, because one client has all of its addresses.

    Args:
        host: the address as the server knows it; text that is no address is a client of its own.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_address(int(address) >> (128 - _NETWORK_BITS) << (128 - _NETWORK_BITS)))
    return str(address.ipv4_mapped or address) if address.version == 6 else str(address)
