"""Work of addresses for programs, done in threads of its own, so that it never holds up the page or the event loop."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from kg.web.desk import Refusal, refusal_of
from kg.web.problems import Problem

Told = TypeVar("Told")
Given = ParamSpec("Given")
#: Requests of programs that are worked on at a time; more wait for their turn.
AT_A_TIME = 8
_LIMITER = CapacityLimiter(AT_A_TIME)


async def in_thread(work: Callable[Given, Told], *args: Given.args, **kwargs: Given.kwargs) -> Told:
    """Do some work in a thread.

    Args:
        work: what to do.
        args: what to do it with.
        kwargs: more of that.

    Raises:
        Problem: the request is at fault.
        Refusal: it is refused, or failed; what the client is told is in it, the rest in the log.
    """

    def done() -> Told:
        try:
            return work(*args, **kwargs)
        except (Refusal, Problem):
            raise
        except Exception as error:
            raise refusal_of(error) from error

    return await to_thread.run_sync(done, limiter=_LIMITER)
