"""Every table and who transcribes it, in the order in which the later need the earlier."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kg.transcribe.associations import associations
from kg.transcribe.awards import awards, bodies, competitions
from kg.transcribe.catalogue import Catalogue, transcribe_catalogue
from kg.transcribe.directory import directory
from kg.transcribe.document import DOCUMENTS, Document, read_document
from kg.transcribe.equivalences import equivalences
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


def transcribe_tables(documents: Mapping[str, Document]) -> tuple[dict[str, list[Record]], Catalogue]:
    """Transcribe every table.

    Args:
        documents: the four documents by id.

    Returns:
        All tables by name, and the catalogue with its ledger.

    Raises:
        DocumentError: a document is not what the transcription was written for.
    """
    tables = {name: transcriber(documents[document]) for name, (document, transcriber) in TRANSCRIBERS.items()}
    catalogue = transcribe_catalogue(documents[SHANGHAI], tables)
    return {"catalogue": catalogue.records, "coverage": catalogue.coverage, **tables}, catalogue


def read_documents(folder: Path) -> dict[str, Document]:
    """The four documents of a folder.

    Raises:
        DocumentError: one is missing or is another edition.
    """
    return {name: read_document(folder, name) for name in DOCUMENTS}
