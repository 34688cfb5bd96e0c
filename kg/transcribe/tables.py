"""Every table and who transcribes it, in the order in which the later need the earlier."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kg.transcribe.associations import associations
from kg.transcribe.awards import awards, bodies, competitions
from kg.transcribe.catalogue import transcribe_catalogue
from kg.transcribe.directory import directory
from kg.transcribe.document import DOCUMENTS, Document, read_document
from kg.transcribe.equivalences import equivalences
from kg.transcribe.ledger import ledger
from kg.transcribe.notes import notes
from kg.transcribe.offers import offers
from kg.transcribe.onex import onex
from kg.transcribe.overseas import overseas
from kg.transcribe.pathways import pathways
from kg.transcribe.qualifications import qualifications
from kg.transcribe.record import Record
from kg.transcribe.series import series
from kg.transcribe.subsidy import subsidy_directory, subsidy_rates, subsidy_rules
from kg.transcribe.titles import titles

SHANGHAI, DIRECTORY, NANTONG, ZHEJIANG = DOCUMENTS
#: Table → (document, transcriber): all tables but the catalogue, which is read last, with the names of these.
TRANSCRIBERS: Mapping[str, tuple[str, Callable[[Document], list[Record]]]] = {
    "notes": (SHANGHAI, notes),
    "awards": (SHANGHAI, awards),
    "bodies": (SHANGHAI, bodies),
    "competitions": (SHANGHAI, competitions),
    "associations": (SHANGHAI, associations),
    "offers": (SHANGHAI, offers),
    "onex": (SHANGHAI, onex),
    "qualifications": (SHANGHAI, qualifications),
    "overseas": (SHANGHAI, overseas),
    "titles": (SHANGHAI, titles),
    "equivalences": (SHANGHAI, equivalences),
    "directory": (DIRECTORY, directory),
    "subsidy_rates": (NANTONG, subsidy_rates),
    "subsidy_directory": (NANTONG, subsidy_directory),
    "subsidy_rules": (NANTONG, subsidy_rules),
    "pathways": (ZHEJIANG, pathways),
    "series": (ZHEJIANG, series),
}


def transcribe_tables(documents: Mapping[str, Document], progress: Callable[[str, int, int], None] | None = None) -> dict[str, list[Record]]:
    """Transcribe every table.

    Args:
        documents: the four documents by id.
        progress: told the name of each table before it is made, how many are made, and how many there are.

    Returns:
        All tables by name, the ledger of the catalogue among them.

    Raises:
        DocumentError: a document is not what the transcription was written for.
    """
    tables: dict[str, list[Record]] = {}
    steps = len(TRANSCRIBERS) + 1
    for name, (document, transcriber) in TRANSCRIBERS.items():
        if progress:
            progress(name, len(tables), steps)
        tables[name] = transcriber(documents[document])
    if progress:
        progress("catalogue", len(tables), steps)
    catalogue = transcribe_catalogue(documents[SHANGHAI], tables)
    made = {"catalogue": catalogue.records, "coverage": catalogue.coverage, "ledger": ledger(documents[SHANGHAI], catalogue), **tables}
    if progress:
        progress("all tables", steps, steps)
    return made


def read_documents(folder: Path) -> dict[str, Document]:
    """The four documents of a folder.

    Raises:
        DocumentError: one is missing or is another edition.
    """
    return {name: read_document(folder, name) for name in DOCUMENTS}
