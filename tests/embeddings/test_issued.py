"""Certificates of one name told apart by who issues them."""

import pytest

from embeddings import Linker
from embeddings.issued import Issued, Part
from embeddings.names import Label, Node

NODES = [
    Node(f"n{number}", ("OverseasQualification",), (Label("会士", "prefLabel"),), issuers)
    for number, issuers in enumerate([("ABC", "甲国学会", "英国工程师学会"), ("XYZ",)])
]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("abc会士", [Part("abc", (0,), "会士")]),
        ("abc的会士", [Part("abc", (0,), "会士")]),
        ("甲国学会会士", [Part("甲国学会", (0,), "会士")]),
        ("会士(xyz)", [Part("xyz", (1,), "会士")]),
        ("fellow of the xyz", [Part("xyz", (1,), "fellow")]),
        ("abc", [Part("abc", (0,), "")]),
        ("abcd会士", []),
        ("会士wxyz", []),
        ("会士", []),
        ("工程师学会会士", [Part("工程师学会", (0,), "会士")]),
        ("", []),
    ],
)
def test_an_issuer_is_found_at_either_end(text: str, parts: list[Part]) -> None:
    assert list(Issued(NODES).parts(text)) == parts


@pytest.mark.parametrize(
    ("mention", "iri"),
    [
        ("ABC会士", "ABC-0"),
        ("会士（XYZ）", "XYZ-0"),
        ("乙国计算机学会的专业会员", "XYZ-1"),
        ("senior member of the ABC", "ABC-1"),
        ("ABC资深会圆", "ABC-1"),
        ("会士（MXYZ）", "XYZ-1"),
    ],
)
def test_the_issuer_tells_which(small: Linker, mention: str, iri: str) -> None:
    link = small.link(mention, "credential")
    assert (link.linked, link.tie, link.candidates[0].iri.rpartition("/")[2]) == (True, False, iri)


def test_one_name_of_two_issuers_is_a_tie(small: Linker) -> None:
    link = small.link("会士", "credential")
    assert link.linked
    assert link.tie


@pytest.mark.parametrize("mention", ["ABC", "ABC会员", "ABC专业会员", "ABC高级会员", "QRS会士"])
def test_what_the_issuer_does_not_issue_is_not_linked(small: Linker, mention: str) -> None:
    link = small.link(mention, "credential")
    assert not link.linked
    assert all(each.iri.rpartition("/")[2].startswith("ABC") for each in link.candidates[:2])
