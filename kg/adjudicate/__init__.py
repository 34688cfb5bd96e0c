"""Spreadsheets: a file with a certificate a row in, the same file with a verdict and its proof a row out."""

from kg.adjudicate.errors import SheetError
from kg.adjudicate.limits import Limits

__all__ = ["Limits", "SheetError"]
