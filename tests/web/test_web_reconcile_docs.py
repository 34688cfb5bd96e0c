"""docs/RECONCILE.md: its table is what the service says, and its properties are those that there are."""

import csv
import json
import re

from fastapi.testclient import TestClient

from kg.web.addresses.reconcile.vocabulary import properties
from web.conftest import ROOT

PAGE = (ROOT / "docs" / "RECONCILE.md").read_text(encoding="utf-8")


def table(text: str) -> list[list[str]]:
    """The rows of a Markdown table, without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")][2:]


def test_the_example_goes_as_the_page_says(real: TestClient) -> None:
    rows = table(PAGE.partition("<!-- table: begin")[2].partition("<!-- table: end")[0])
    assert len(rows) == 7
    for certificate, issuer, category, best, matched, _ in rows:
        hints = [{"pid": name, "v": value} for name, value in (("issuer", issuer), ("category", category)) if value]
        query = {"query": certificate, "type": "Credential", "type_strict": "should", "properties": hints}
        found = real.post("/reconcile", data={"queries": json.dumps({"q0": query})}).json()["q0"]["result"]
        assert (found[0]["name"] if found and found[0]["score"] >= 50 else "") == best, certificate
        assert any(each["match"] for each in found) is (matched == "yes"), certificate


def test_the_file_to_save_has_the_rows_of_the_table() -> None:
    block = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)[0]
    saved = [(row["证书"], row["发证机构"], row["专业类"]) for row in csv.DictReader(block.splitlines())]
    assert saved == [(row[0], row[1], row[2]) for row in table(PAGE.partition("<!-- table: begin")[2].partition("<!-- table: end")[0])]


def test_the_page_names_every_property() -> None:
    rows = table(PAGE.partition("## Properties")[2].partition("\n## ")[0])
    said = {name: bool(row[1]) for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert said == {each.id: bool(each.says) for each in properties().values()}
