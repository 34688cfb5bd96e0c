"""Which media type a client gets, by its Accept header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.addresses.negotiation import wanted

OFFERS = ("application/json", "text/turtle", "text/html")


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        (None, "application/json"),
        (" ", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/html;charset=utf-8;level=1", "text/html"),
        ("application/json;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("application/json;q=0, */*", "text/turtle"),
        ("*/*;q=0.5, text/html", "text/html"),
        ("text/*;q=0.9, text/turtle;q=0.1, application/json;q=0.5", "text/html"),
        ('text/turtle;profile="a, text/html;q=0", text/html;q=0.9', "text/turtle"),
        ("nonsense, ;;, text/html", "text/html"),
        ("text/turtle;q=7, text/html;q=0.1", "text/html"),
    ],
)
def test_the_most_wanted_comes_first(accept: str | None, first: str) -> None:
    assert wanted(accept, OFFERS)[0] == first


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "*/*;q=0", "nonsense", "text/html;q=0.0, image/*"])
def test_nothing_acceptable_is_nothing(accept: str) -> None:
    assert wanted(accept, OFFERS) == []


@given(st.text(), st.permutations(OFFERS))
def test_any_header_gives_some_of_the_offers_once(accept: str, offers: list[str]) -> None:
    got = wanted(accept, offers)
    assert set(got) <= set(offers)
    assert len(set(got)) == len(got)


@given(st.dictionaries(st.sampled_from(OFFERS), st.integers(0, 1000), min_size=1))
def test_the_order_is_that_of_the_qualities(qualities: dict[str, int]) -> None:
    header = ", ".join(f"{offer};q={quality / 1000:.3f}" for offer, quality in qualities.items())
    got = wanted(header, OFFERS)
    assert sorted(got) == sorted(offer for offer, quality in qualities.items() if quality)
    assert [qualities[offer] for offer in got] == sorted((qualities[offer] for offer in got), reverse=True)
