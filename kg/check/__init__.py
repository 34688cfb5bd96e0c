"""Checking: SHACL shapes, OWL consistency, the quality of the documents themselves; what a data steward or an editor is told before a mistake spreads."""

from kg.check.consistency import Consistency, NoJavaError, check
from kg.check.quality import QualityFinding, Rule, Ruling, quality, read_rules
from kg.check.shapes import SHAPES, CheckError, Finding, Report, read_shapes, validate

__all__ = [
    "SHAPES",
    "CheckError",
    "Consistency",
    "Finding",
    "NoJavaError",
    "QualityFinding",
    "Report",
    "Rule",
    "Ruling",
    "check",
    "quality",
    "read_rules",
    "read_shapes",
    "validate",
]
