"""Linking in several processes: they are started only when a batch asks for them, and end with it."""

import marshal
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import faiss

#: Fewer distinct mentions than this are linked sooner by one process than it takes to start more.
WORTHWHILE = 1500
#: Mentions a process takes at once.
SHARE = 256

Work = Callable[[Sequence[str]], list[Any]]
_work: Work | None = None


def possible() -> bool:
    """Whether this process may be copied with what it has loaded: not where it has threads (a copied lock stays shut), not on macOS or Windows."""
    return sys.platform == "linux" and threading.active_count() == 1 and not multiprocessing.current_process().daemon


def in_processes(work: Work, mentions: Sequence[str], processes: int) -> Iterator[Any]:
    """What `work` makes of the mentions, in their order; it runs in copies of this process and must give plain values."""
    shares = [mentions[start : start + SHARE] for start in range(0, len(mentions), SHARE)]
    with multiprocessing.get_context("fork").Pool(min(processes, len(shares)), _start, (work,)) as pool:
        for results in pool.imap(_run, shares):
            yield from marshal.loads(results)


def _start(work: Work) -> None:
    """Keep in the copy what is to be done; nothing is pickled on the way."""
    global _work
    # the threads of OpenMP are not copied with the process: a search that waits for them would never end
    faiss.omp_set_num_threads(1)
    _work = work


def _run(mentions: Sequence[str]) -> bytes:
    assert _work is not None
    return marshal.dumps(_work(mentions))
