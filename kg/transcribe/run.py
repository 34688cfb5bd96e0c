"""The transcription as one step: documents in, all tables out, or none."""

import time
from collections.abc import Callable
from pathlib import Path

from kg.tables import SOURCES, write_tables
from kg.transcribe.compare import differences
from kg.transcribe.ledger import account
from kg.transcribe.report import TranscriptionReport, report_on
from kg.transcribe.tables import SHANGHAI, read_documents, transcribe_tables

#: Called with what is being done and the share that is done, from 0 to 1.
Progress = Callable[[str, float], None]


def transcribe(documents: Path, folder: Path = SOURCES, check: bool = False, progress: Progress | None = None) -> TranscriptionReport:
    """Transcribe the four documents.

    Args:
        documents: the folder with the OCR texts.
        folder: the folder with `datapackage.json`, where the tables are written or, with `check`, compared.
        check: write nothing and report what differs from the tables of the folder.
        progress: told of every step.

    Returns:
        The report; with `check`, its `differences` are empty where the tables are the same byte for byte.

    Raises:
        DocumentError: a document is missing, or is not what the transcription was written for; nothing was written.
        TableError: a made table does not fit its schema; nothing was written.
    """
    started = time.perf_counter()
    texts = read_documents(documents)
    tables = transcribe_tables(texts, progress)
    found: tuple[str, ...] = ()
    if check:
        found = tuple(differences(folder, tables))
    else:
        write_tables(folder, tables)
    if progress:
        progress("done", 1.0)
    return report_on(tables, account(texts[SHANGHAI], tables), time.perf_counter() - started, found)
