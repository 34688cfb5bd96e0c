"""`python -m kg.check` writes the rules and their findings on the committed tables into docs/QUALITY.md."""

import sys

from kg.check.docs import DOCS, docs_text, graph_of_the_tables
from kg.check.quality import quality, read_rules


def main() -> None:
    """Write the page, with the project's own severities."""
    rulings = quality(graph_of_the_tables(), read_rules(severities=None))
    DOCS.write_text(docs_text(DOCS.read_text(encoding="utf-8"), rulings), encoding="utf-8")
    sys.stdout.write(f"{DOCS}\n")


if __name__ == "__main__":
    main()
