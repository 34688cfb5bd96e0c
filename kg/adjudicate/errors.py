"""What is wrong with a spreadsheet, in words for the person who has it."""

from collections.abc import Mapping

from kg.adjudicate.data import rows_of


class SheetError(ValueError):
    """A file or a choice of columns that cannot be used; the message says what is wrong and what is accepted."""

    def __init__(self, key: str, **values: object) -> None:
        """Make the message.

        Args:
            key: of the message in `data/errors.csv`.
            values: what it names; a row of a table of words stands for its word in the language of the message.
        """
        self.key, self.values = key, values
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """The message in a language, zh or en."""
        said = {row["key"]: row[language] for row in rows_of("errors")}
        values = {name: value[language] if isinstance(value, Mapping) else value for name, value in self.values.items()}
        return said[self.key].format(accepted=said["accepted"], **values)
