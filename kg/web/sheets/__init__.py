"""Spreadsheets on the page: files that people hand in, what is shown of them, and what they get back."""

from kg.web.sheets.uploads import Full, Upload, Uploads

__all__ = ["Full", "Upload", "Uploads"]
