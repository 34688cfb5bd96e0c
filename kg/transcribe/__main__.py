"""`python -m kg.transcribe` writes the figures of the committed tables into docs/TRANSCRIPTION.md."""

import sys

from kg.transcribe.report import DOCS, committed_report, docs_text


def main() -> None:
    """Write the page."""
    DOCS.write_text(docs_text(DOCS.read_text(encoding="utf-8"), committed_report()), encoding="utf-8")
    sys.stdout.write(f"{DOCS}\n")


if __name__ == "__main__":
    main()
