"""Transcription: the OCR text of the four documents becomes tables, line by line (see docs/TRANSCRIPTION.md)."""

from kg.transcribe.document import DocumentError
from kg.transcribe.report import TranscriptionReport
from kg.transcribe.run import Progress, transcribe

__all__ = ["DocumentError", "Progress", "TranscriptionReport", "transcribe"]
