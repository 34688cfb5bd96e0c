"""Ways to rank the labels of the graph for a mention: ours and those it is measured against, over the same labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from benchmarks.linking.mentions import Ranking
from embeddings import Linker
from embeddings.entries import Floats
from embeddings.index import Index
from embeddings.names import classes_of
from embeddings.text import half_width

Scores = npt.NDArray[np.float32]


Method = Callable[[Sequence[str], Sequence[str]], list[Ranking]]


def by_labels(index: Index, score: Callable[[Sequence[str]], Scores]) -> Method:
    """A method that scores every label (mentions × labels, the higher the better) and ranks nodes by their best label."""
    owner = np.array([entry.node for entry in index.entries])
    masks = {"": np.ones(len(owner), dtype=bool)}

    def rank(mentions: Sequence[str], types: Sequence[str]) -> list[Ranking]:
        table = score([half_width(mention) for mention in mentions])
        found = []
        for row, kind in zip(table, types, strict=True):
            if kind not in masks:
                wanted = set(classes_of(kind))
                masks[kind] = np.array([bool(wanted & set(index.nodes[node].classes)) for node in owner])
            row = np.where(masks[kind], row, -1.0)
            order = np.argsort(-row, kind="stable")[:80]
            nodes = tuple(dict.fromkeys(int(owner[at]) for at in order if row[at] > 0))[:10]
            found.append(Ranking(tuple(index.nodes[node] for node in nodes), float(row[order[0]])))
        return found

    return rank


def rapidfuzz_method(index: Index, scorer: Callable[..., float], scale: float) -> Method:
    """One scorer of RapidFuzz over all labels."""
    labels = [half_width(entry.text) for entry in index.entries]
    return by_labels(index, lambda mentions: np.asarray(process.cdist(mentions, labels, scorer=scorer, dtype=np.float32) / scale, dtype=np.float32))


def tfidf_method(index: Index) -> Method:
    """Cosine of character n-grams (1 to 3) weighted by TF-IDF."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    labels = vectorizer.fit_transform([half_width(entry.text) for entry in index.entries])
    return by_labels(index, lambda mentions: np.asarray((vectorizer.transform(mentions) @ labels.T).todense(), dtype=np.float32))


def bm25_method(index: Index, size: int) -> Method:
    """BM25 over single characters (the words of a text without spaces) or over pairs of characters."""

    def split(text: str) -> list[str]:
        text = text.replace(" ", "")
        return [text[at : at + size] for at in range(max(1, len(text) - size + 1))]

    ranker = BM25Okapi([split(half_width(entry.text)) for entry in index.entries])
    return by_labels(index, lambda mentions: np.stack([ranker.get_scores(split(mention)) for mention in mentions]).astype(np.float32))


def embedding_method(index: Index) -> Method:
    """Cosine of the trained static embedding alone."""
    return by_labels(index, lambda mentions: index.encoder.encode(mentions) @ index.vectors.T)


def linker_method(index: Index) -> Method:
    """The linker as it is used."""
    linker = Linker(index)
    by_iri = {node.iri: node for node in index.nodes}

    def rank(mentions: Sequence[str], types: Sequence[str]) -> list[Ranking]:
        links = [linker.link(mention, kind or None) for mention, kind in zip(mentions, types, strict=True)]
        return [
            Ranking(tuple(by_iri[each.iri] for each in link.candidates), link.candidates[0].score if link.candidates else 0.0, link.linked) for link in links
        ]

    return rank


class _Blind:
    """An encoder that sees nothing."""

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.zeros((len(texts), 1), dtype=np.float32)


def without_vectors(index: Index) -> Index:
    """The index with the embedding taken out: what the linker can do without it."""
    return replace(
        index,
        vectors=np.zeros((len(index.entries), 1), dtype=np.float32),
        encoder=_Blind(),
        search=lambda vectors, count: (np.zeros((len(vectors), count), dtype=np.float32), np.full((len(vectors), count), -1)),
    )


def all_methods(index: Index) -> dict[str, Method]:
    """The methods of the comparison by name."""
    return {
        "RapidFuzz ratio": rapidfuzz_method(index, fuzz.ratio, 100),
        "RapidFuzz partial_ratio": rapidfuzz_method(index, fuzz.partial_ratio, 100),
        "RapidFuzz WRatio": rapidfuzz_method(index, fuzz.WRatio, 100),
        "RapidFuzz Jaro-Winkler": rapidfuzz_method(index, JaroWinkler.normalized_similarity, 1),
        "char TF-IDF": tfidf_method(index),
        "BM25 characters": bm25_method(index, 1),
        "BM25 bigrams": bm25_method(index, 2),
        "embedding alone": embedding_method(index),
        "linker without embedding": linker_method(without_vectors(index)),
        "linker": linker_method(index),
    }
