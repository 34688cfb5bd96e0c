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
#: The share of the time that the tables before the catalogue take.
_BEFORE_CATALOGUE = 0.1


def transcribe_tables(documents: Mapping[str, Document], progress: Callable[[str, float], None] | None = None) -> dict[str, list[Record]]:
    """Transcribe every table.

    Args:
        documents: the four documents by id.
        progress: told the name of each table before it is made, and the share that is made (the catalogue takes most of the time).

    Returns:
        All tables by name, the ledger of the catalogue among them.

    Raises:
        DocumentError: a document is not what the transcription was written for.
    """
    tables: dict[str, list[Record]] = {}
    for name, (document, transcriber) in TRANSCRIBERS.items():
        if progress:
            progress(name, len(tables) / len(TRANSCRIBERS) * _BEFORE_CATALOGUE)
        tables[name] = transcriber(documents[document])
    if progress:
        progress("catalogue", _BEFORE_CATALOGUE)
    catalogue = transcribe_catalogue(documents[SHANGHAI], tables)
    return {"catalogue": catalogue.records, "coverage": catalogue.coverage, "ledger": ledger(documents[SHANGHAI], catalogue), **tables}


def read_documents(folder: Path) -> dict[str, Document]:
    """The four documents of a folder.

    Raises:
        DocumentError: one is missing or is another edition.
    """
    return {name: read_document(folder, name) for name in DOCUMENTS}
