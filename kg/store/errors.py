"""What can go wrong with the store, told to people: what is wrong and what to do."""


class StoreError(Exception):
    """The store cannot be used, or a query cannot be answered."""


class QueryRefused(StoreError):
    """The query asks for something the store does not do; nothing ran."""


class FormatRefused(QueryRefused):
    """The result cannot be written in any of the formats that are asked for."""


class QuerySyntaxError(StoreError):
    """The query is not SPARQL.

    Attributes:
        line: The 1-based line of the fault, where known.
        column: The 1-based column of the fault, where known.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Make the error.

        Args:
            message: What is wrong, without the place.
            line: The 1-based line.
            column: The 1-based column.
        """
        super().__init__(message)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Tell the place and what is wrong."""
        message = super().__str__()
        return message if self.line is None else f"line {self.line}, column {self.column}: {message}"


class QueryTimeout(StoreError):
    """The query was ended because its time was up."""


class QueryFailed(StoreError):
    """The query was ended because it needed too much memory, gave too large a result, or brought the engine down."""


class StoreUnreadable(QueryFailed):
    """The store could not be read, or the endpoint not reached; no query can be answered now."""


class StoreBusy(StoreError):
    """No worker became free in time; the query did not run."""
