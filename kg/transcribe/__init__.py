"""Transcription: the OCR text of the four documents becomes tables, line by line (see docs/TRANSCRIPTION.md)."""

from kg.transcribe.document import DocumentError
from kg.transcribe.report import TranscriptionReport, report_text
from kg.transcribe.run import Progress, transcribe

__all__ = ["DocumentError", "Progress", "TranscriptionReport", "report_text", "transcribe"]
