"""What is wrong with a spreadsheet, in words for the person who has it."""


class SheetError(ValueError):
    """A file or a choice of columns that cannot be used; the message says what is wrong and what is accepted."""
