"""Checking: SHACL shapes, OWL consistency; what a data steward or an editor is told before a mistake spreads."""

from kg.check.consistency import Consistency, NoJavaError, check
from kg.check.shapes import SHAPES, CheckError, Finding, Report, read_shapes, validate

__all__ = ["SHAPES", "CheckError", "Consistency", "Finding", "NoJavaError", "Report", "check", "read_shapes", "validate"]
