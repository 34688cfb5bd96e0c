"""Why a query gave nothing: in the interface's language, with the store's own sentence and the place of the fault."""

from html import escape

from kg.store import QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy, StoreError
from kg.web.labels import TAGS, labels

_LABELS: tuple[tuple[type[StoreError], str], ...] = (
    (QuerySyntaxError, "sparql_syntax"),
    (QueryRefused, "sparql_refused"),
    (QueryTimeout, "sparql_timeout"),
    (QueryFailed, "sparql_failed"),
    (StoreBusy, "sparql_busy"),
)


def failure(error: Exception, language: str) -> str:
    """A query's failure, as a part of the page.

    Args:
        error: what was raised; the message of a `StoreError`, `CollectionError` or `TooMany` is for people.
        language: of the interface.
    """
    label = next((label for kind, label in _LABELS if isinstance(error, kind)), "sparql_unusable" if isinstance(error, StoreError) else "sparql_not_run")
    place, reason = "", str(error)
    if isinstance(error, QuerySyntaxError) and error.line is not None:
        place = f' data-line="{error.line}" data-column="{error.column or 1}"'
        reason = reason.partition(": ")[2]
        headline = labels(language)["sparql_syntax_at"].format(line=error.line, column=error.column)
    else:
        headline = labels(language)[label]
    return (
        f'<section class="sparql-result failed" lang="{TAGS[language]}"{place}><p class="headline" role="alert">{escape(headline)}</p>'
        f'<p class="reason" lang="en">{escape(reason)}</p></section>'
    )


def warning(text: str, language: str) -> str:
    """A sentence about a query that did not run or was left.

    Args:
        text: for people.
        language: of the text.
    """
    return f'<section class="sparql-result failed" lang="{TAGS[language]}"><p class="headline" role="alert">{escape(text)}</p></section>'
