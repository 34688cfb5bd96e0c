"""Pages of the documentation of which the program writes one section, between two markers."""


def renewed(text: str, begin: str, end: str, section: str) -> str:
    """A page with the section between its markers made new.

    Args:
        text: the page as it is.
        begin: the marker before the section.
        end: the marker after it.
        section: what stands between them, without the empty lines around it.

    Raises:
        ValueError: the page has not both markers, each once and in order.
    """
    before, first, rest = text.partition(begin)
    _, last, after = rest.partition(end)
    if not first or not last or begin in after:
        raise ValueError(f"the page must have the markers “{begin}” and “{end}” once, in this order")
    return f"{before}{begin}\n\n{section}\n\n{end}{after}"
