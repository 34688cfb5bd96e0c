"""The static embedding: a vector for each n-gram, trained on the graph's own names; a text is the mean of its n-grams' vectors."""

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from embeddings.damage import TREATMENTS
from embeddings.entries import Entry, Floats
from embeddings.text import bare, grams, half_width

SEED, DIMENSIONS, BATCH, EPOCHS, RATE = 20250, 128, 512, 6, 0.03
Progress = Callable[[str, float], None]


class Encoder(Protocol):
    """Texts → unit vectors."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of half-width texts, one a row."""
        ...


class StaticEncoder:
    """The project's own model, read from its files without torch."""

    def __init__(self, weights: Floats, vocabulary: dict[str, int]) -> None:
        """Keep the vectors and the place of each n-gram."""
        self.weights = weights
        self.vocabulary = vocabulary

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of half-width texts, one a row; a text without any known n-gram is the zero vector."""
        rows = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for at, text in enumerate(texts):
            places = [self.vocabulary[token] for token in grams(text) if token in self.vocabulary]
            if places:
                mean = np.add.reduce(self.weights[places])
                rows[at] = mean / (float(np.sqrt(mean @ mean)) or 1.0)
        return rows


class ForeignEncoder:
    """Another sentence-transformers model, from a local folder."""

    def __init__(self, path: Path) -> None:
        """Load the model; nothing is fetched.

        Raises:
            ValueError: the folder holds no model.
        """
        os.environ["HF_HUB_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer

        if not path.is_dir():
            raise ValueError(f"{path}: no folder with a sentence-transformers model (setting CERTKG_MODEL)")
        self._model = SentenceTransformer(str(path), device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, one a row."""
        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32)


def read_static(folder: Path) -> StaticEncoder:
    """Read the trained model from its folder (safetensors and tokenizer)."""
    import json

    from safetensors.numpy import load_file

    inner = next(path for path in (folder, folder / "0_StaticEmbedding") if (path / "tokenizer.json").is_file())
    vocabulary = json.loads((inner / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return StaticEncoder(load_file(inner / "model.safetensors")["embedding.weight"], vocabulary)


def training_pairs(entries: Sequence[Entry], rng: random.Random) -> list[tuple[str, str, int]]:
    """For each entry a damaged form of it, a name of the same node, and the node: one epoch's pairs, shuffled."""
    by_node: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.sort != "notation":
            by_node.setdefault(entry.node, []).append(entry)
    names = sorted(TREATMENTS)
    pairs = []
    for node, mine in by_node.items():
        for entry in mine:
            other = rng.choice(mine)
            text = entry.spaced
            for _ in range(rng.choice((1, 1, 2))):
                text = TREATMENTS[rng.choice(names)](rng, text)
            pairs.append((half_width(text), other.spaced, node))
            if entry.pinyin and rng.random() < 0.25:
                pairs.append((half_width(text), entry.spaced, node))
    rng.shuffle(pairs)
    return pairs


def batches(pairs: Sequence[tuple[str, str, int]], size: int) -> list[list[tuple[str, str, int]]]:
    """The pairs in batches in which no node and no text stands twice (it would count as a wrong answer to itself)."""
    found: list[list[tuple[str, str, int]]] = []
    waiting = list(pairs)
    while waiting:
        batch: list[tuple[str, str, int]] = []
        seen: set[int | str] = set()
        later = []
        for pair in waiting:
            if len(batch) < size and pair[2] not in seen and bare(pair[1]) not in seen:
                batch.append(pair)
                seen |= {pair[2], bare(pair[1])}
            else:
                later.append(pair)
        found.append(batch)
        waiting = later
    return [batch for batch in found if len(batch) > 8]


def train(entries: Sequence[Entry], folder: Path, progress: Progress | None = None) -> None:
    """Train the static embedding on the entries and save it as a sentence-transformers model; the same entries give the same bytes.

    Args:
        entries: the labels of the graph.
        folder: where the model goes; made anew.
        progress: called with what is done and how much of it (0 to 1).
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer, models, pre_tokenizers

    try:
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    except ImportError:
        from sentence_transformers.models import StaticEmbedding

    rng = random.Random(SEED)
    vocabulary: dict[str, int] = {"[UNK]": 0}
    for token in sorted({token for entry in entries for token in grams(entry.spaced)}):
        vocabulary.setdefault(token, len(vocabulary))
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    static = StaticEmbedding(tokenizer, embedding_dim=DIMENSIONS)
    with torch.no_grad():
        static.embedding.weight.normal_(0, DIMENSIONS**-0.5, generator=torch.Generator().manual_seed(SEED))
        static.embedding.weight[0].zero_()
    weight = static.embedding.weight
    optimizer = torch.optim.Adam([weight], lr=RATE)
    schedule: list[list[tuple[str, str, int]]] = []
    for _ in range(EPOCHS):
        schedule += batches(training_pairs(entries, rng), BATCH)
    for step, batch in enumerate(schedule):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / len(schedule))
        sides = []
        for texts in ([pair[0] for pair in batch], [pair[1] for pair in batch]):
            lists = [[vocabulary[token] for token in grams(text) if token in vocabulary] or [0] for text in texts]
            offsets = torch.tensor(np.cumsum([0, *map(len, lists)][:-1]), dtype=torch.long)
            flat = torch.tensor([place for places in lists for place in places], dtype=torch.long)
            sides.append(torch.nn.functional.normalize(static.embedding(flat, offsets), dim=1))
        scores = sides[0] @ sides[1].T * 20.0
        right = torch.arange(len(batch))
        loss = (torch.nn.functional.cross_entropy(scores, right) + torch.nn.functional.cross_entropy(scores.T, right)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if progress is not None:
            progress("train", (step + 1) / len(schedule))
    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    SentenceTransformer(modules=[static], device="cpu").save(str(folder), create_model_card=False)
