"""Names → vectors → nodes: the model trained on the graph's own names, its index, and linking a mention to the node it means."""

from embeddings.decision import Candidate, Link
from embeddings.explain import in_words
from embeddings.index import IndexError_, build_index
from embeddings.linker import Linker
from embeddings.mention import companies

__all__ = ["Candidate", "IndexError_", "Link", "Linker", "build_index", "companies", "in_words"]
