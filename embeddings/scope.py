"""Scopes: the entries that a type allows, with the means to find those like a text."""

from collections.abc import Iterable

import faiss
import numpy as np
import numpy.typing as npt

from embeddings.entries import Floats
from embeddings.index import Index

#: Candidates taken from each source: sharing most, having most of what was written, nearest vectors.
SHARING, COVERING, NEAREST = 7, 5, 5
#: Neighbours asked of FAISS: what one search or many at once find may differ in the last digit, so that the best are chosen from more than are used.
ASKED = 12

Places = npt.NDArray[np.int64]


class Scope:
    """The entries of the nodes of one type (or of all), renumbered so that a search touches nothing else."""

    def __init__(self, index: Index, allowed: npt.NDArray[np.bool_]) -> None:
        """Take the allowed entries' part of the lexical index and of the vectors."""
        lexical = index.lexical
        self.allowed = allowed
        self._places: Places = np.flatnonzero(allowed).astype(np.int64)
        number = np.cumsum(allowed) - 1
        kept = allowed[lexical.entries]
        token = np.repeat(np.arange(len(lexical.tokens)), np.diff(lexical.starts))[kept]
        self._entries = number[lexical.entries[kept]].astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(token, minlength=len(lexical.tokens)))]).tolist()
        self._shares = np.repeat(lexical.rarity.astype(np.float64) ** 2, np.diff(self._starts))
        self._norms = lexical.norms[self._places].astype(np.float64) + 1e-6
        self._vectors = np.ascontiguousarray(index.vectors[self._places])
        self._flat = faiss.IndexFlatIP(max(1, self._vectors.shape[1]))
        self._flat.add(self._vectors)
        #: The preferred names of these nodes, one a line.
        self.names = "\n".join(sorted({index.entries[place].core for place in self._places if index.entries[place].sort == "prefLabel"}))

    def lexical(self, tokens: Iterable[int]) -> list[int]:
        """The entries that share most with the tokens of a text, and those that have most of them."""
        runs = [slice(self._starts[token], self._starts[token + 1]) for token in tokens if self._starts[token] < self._starts[token + 1]]
        if not runs:
            return []
        overlap = np.bincount(np.concatenate([self._entries[run] for run in runs]), np.concatenate([self._shares[run] for run in runs]))
        # asking which are above 0 first is much faster than asking numbers which are not 0
        found = (overlap > 0).nonzero()[0]
        overlap, norms = overlap[found], self._norms[found]
        chosen = {*_largest(overlap / norms, SHARING), *_largest(overlap - 0.01 * norms, COVERING)}
        places: list[int] = self._places[found[list(chosen)]].tolist()
        return places

    def nearest(self, vectors: Floats) -> list[list[int]]:
        """The entries nearest to each vector."""
        if not len(vectors) or not self._flat.ntotal:
            return [[] for _ in vectors]
        # one query takes a fraction of a millisecond: threads would cost more than they bring; OpenMP keeps the number for each calling thread apart
        faiss.omp_set_num_threads(1)
        _, found = self._flat.search(vectors, min(ASKED, self._flat.ntotal))
        likeness = np.einsum("nkd,nd->nk", self._vectors[found], vectors).round(5)
        order = np.lexsort((found, -likeness))[:, :NEAREST]
        places = self._places[np.take_along_axis(found, order, 1)]
        near = np.take_along_axis(likeness, order, 1) > 0
        return [row[kept].tolist() for row, kept in zip(places, near, strict=True)]


def _largest(values: npt.NDArray[np.float64], count: int) -> list[int]:
    """Where the largest values stand."""
    found: list[int] = ((-values).argpartition(count)[:count] if len(values) > count else np.arange(len(values))).tolist()
    return found
