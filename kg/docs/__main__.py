"""`python -m kg.docs [OUT]`: write the pages of the ontology, by default to `docs/ontology/`."""

import argparse
from pathlib import Path

from kg.docs.pages import GRAPH, OUT, write_pages


def main() -> None:
    """Write the pages and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m kg.docs", description="Write the ontology's pages for people, in Chinese and English.")
    parser.add_argument("out", nargs="?", type=Path, default=OUT, metavar="OUT", help="the folder to write to (default: docs/ontology)")
    out: Path = parser.parse_args().out
    if not GRAPH.exists():
        print(f"{GRAPH} is not built: the pages are made without example nodes. Run `certkg build` first to have them.")
    written = write_pages(out)
    print(f"{len(written)} pages, {sum(path.stat().st_size for path in written):,} bytes; open {out / 'index.html'}")


if __name__ == "__main__":
    main()
