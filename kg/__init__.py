"""certkg: official rules on vocational credentials as a knowledge graph that answers with proof."""

__version__ = "0.1.0"
