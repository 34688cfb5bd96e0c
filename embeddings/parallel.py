"""Linking in several processes: they are started only when a batch asks for them, and end with it."""

import gc
import marshal
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import faiss

#: Fewer distinct mentions than this are linked sooner by one process than it takes to start more.
WORTHWHILE = 1500
#: Mentions a process takes at once at most (as many as are searched together), and how many times each comes for more at least.
SHARE, TURNS = 1024, 3

Work = Callable[[Sequence[str]], list[Any]]
_work: Work | None = None


def possible() -> bool:
    """Whether this process may be copied with what it has loaded: not where it has threads (a copied lock stays shut), not on macOS or Windows."""
    return sys.platform == "linux" and threading.active_count() == 1 and not multiprocessing.current_process().daemon


def in_processes(work: Work, mentions: Sequence[str], processes: int) -> Iterator[Any]:
    """What `work` makes of the mentions, in their order; it runs in copies of this process and must give plain values."""
    size = min(SHARE, -(-len(mentions) // (processes * TURNS)))
    shares = [mentions[start : start + size] for start in range(0, len(mentions), size)]
    # what is loaded is left alone by the collector of each copy, so that its pages stay shared
    gc.freeze()
    pool = multiprocessing.get_context("fork").Pool(min(processes, len(shares)), _start, (work,))
    gc.unfreeze()
    with pool:
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
