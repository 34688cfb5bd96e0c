"""How large a spreadsheet may be, so that any file is read in bounded memory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds; `unpacked_bytes` is what the parts of an XLSX file come to, `cells` counts those of all its sheets, also those that are merged."""

    bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    rows: int = 50_000
    columns: int = 256
    cells: int = 600_000
    sheets: int = 100
