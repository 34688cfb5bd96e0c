"""Documents as they reached us: OCR text, one file a document, lines and tab-separated cells."""

import re
from dataclasses import dataclass
from pathlib import Path

#: The four documents and what the first lines of each must say (DESIGN, section 2): a different edition is refused.
DOCUMENTS: dict[str, str] = {
    "shanghai-shuangshi-2025": "2025 年上海市双师型教师专业认定细则",
    "evaluation-directory": "社会培训评价组织征集遴选职业（工种）目录",
    "nantong-subsidy-2025": "南通市2025年政府补贴性职业技能培训项目",
    "zhejiang-pathway-2022": "浙人社发〔2022〕77号",
}
HEAD_LINES = 30
_TAG = re.compile(r"</?[a-zA-Z]+>")
_FILLER = re.compile(r"[-\s]*")
_SPACE = re.compile(r"\s+")


class DocumentError(ValueError):
    """A document is not what the transcription was written for; the message names document and line."""


@dataclass(frozen=True)
class Document:
    """One OCR text; lines are counted from 1, as in every citation."""

    id: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """The text of one line (1-based).

        Raises:
            DocumentError: the document has no such line.
        """
        if not 1 <= number <= len(self.lines):
            raise DocumentError(f"{self.id}: no line {number} (the document has {len(self.lines)} lines)")
        return self.lines[number - 1]

    def cells(self, number: int) -> list[str]:
        """The tab-separated cells of one line, tags and outer white space removed, filler cells emptied."""
        return [clean_cell(cell) for cell in self.line(number).split("\t")]

    def find(self, text: str, start: int = 1, end: int | None = None) -> int:
        """The number of the first line from `start` (to `end`) that holds `text`, white space ignored.

        Raises:
            DocumentError: no line holds it: a heading is missing or was changed.
        """
        wanted = squeeze(text)
        for number in range(start, (end or len(self.lines)) + 1):
            if wanted in squeeze(self.lines[number - 1]):
                return number
        raise DocumentError(f"{self.id}: no line from {start} on says “{text}”; is this another edition, or is an annex missing?")


def clean_cell(text: str) -> str:
    """A cell without tags, outer white space and OCR filler (`--`)."""
    text = _TAG.sub("", text).strip()
    return "" if _FILLER.fullmatch(text) else text


def squeeze(text: str) -> str:
    """Text without any white space: what two printings of one thing have in common."""
    return _SPACE.sub("", text)


def one_width(text: str) -> str:
    """Text without white space and with brackets of one width: two printings of one thing may differ in them."""
    return squeeze(text).replace("（", "(").replace("）", ")")


def tidy(text: str) -> str:
    """Text as a name: OCR spaces removed, a space kept only between two Latin words or numbers."""
    text = _SPACE.sub(" ", text).strip()
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", text)


def read_document(folder: Path, document_id: str) -> Document:
    """Read one OCR text; line ends and a byte-order mark may vary, content may not.

    Args:
        folder: the folder with `<document id>.txt`.
        document_id: one of `DOCUMENTS`.

    Raises:
        DocumentError: the file is missing, not UTF-8, or does not begin as the document should.
    """
    path = folder / f"{document_id}.txt"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file; the folder must hold {', '.join(f'{name}.txt' for name in DOCUMENTS)}") from None
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: not UTF-8 text (byte {error.start}); convert it first") from None
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    head = squeeze("".join(lines[:HEAD_LINES]))
    if squeeze(DOCUMENTS[document_id]) not in head:
        raise DocumentError(f"{path}: lines 1 to {HEAD_LINES} do not say “{DOCUMENTS[document_id]}”; this is not the document “{document_id}”")
    return Document(document_id, lines)
