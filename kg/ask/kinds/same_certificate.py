"""Whether a printed entry is the very certificate that a person has: of the same track, of the same issuer, under a name that is surely meant."""

import re
from collections.abc import Sequence

from embeddings import companies
from kg.ask.context import Context, Row
from kg.ask.kinds.catalogue import entries_for, family_of
from kg.ask.organizations import same_name
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues
from kg.ask.sameness import in_order, other_variant, same_core, variants, without_level
from kg.ask.text import normalize
from kg.graph.identity import stem

_cue = Cues("recognition")
#: From this score on a name that the linker found is the one that was said.
SURE = 0.95
_TRACK = re.compile(r"x(?:[(][^()]{1,14}[)]|-[a-z][a-z0-9]+)")


def track_said(mention: Mention, request: Request, rows: Sequence[Row]) -> str:
    """The track or variant right behind a name in brackets or with a hyphen (一级建造师（水利）, HCIP-Security); nothing where it is a level or an issuer."""
    if request.text[mention.start : mention.end] != mention.text:
        return ""
    behind = _TRACK.match(f"x{request.text[mention.end :]}")
    said = next(iter(variants(behind[0])), "") if behind else ""
    issuers = " ".join(normalize(row.get("issuer", "")) for row in rows)
    return "" if said in issuers or _cue("no_track").search(said) else said


def other_track(track: str, row: Row) -> bool:
    """Whether an entry is of another track than the one said, or of one that it does not print."""
    printed = variants(row["name"])
    return other_variant({track}, printed) or (bool(row.get("specific")) and track not in normalize(row["name"]))


def issuer_before(mention: Mention, request: Request) -> Mention | None:
    """The issuer that a certificate is said to be of: a known one right before it (思科的网络工程师, 腾讯云HCIP), or any body that is said to issue it."""
    between = {each: request.text[each.end : mention.start] for each in (*request.mentions, *request.unlinked) if each.end <= mention.start}
    known = (each for each in request.named("CertificateIssuer") if _cue("of_issuer").fullmatch(between.get(each, "-")))
    said = (each for each, text in between.items() if _cue("issued_by").fullmatch(text) and not each.of("Credential", "MajorCategory"))
    return next(known, None) or next(said, None)


def issued_by(issuer: Mention, mention: Mention, rows: Sequence[Row], context: Context) -> bool:
    """Whether an entry of the certificate names the issuer; 1+X certificates are printed without one, and a body that is no company may stand behind others."""
    names = {normalize(issuer.text), normalize(issuer.label or issuer.text)}
    entries = [*rows, *(row for node in mention.nodes for row in entries_for(context, node))]
    if any(family_of(row) == "onex" for row in rows) or (issuer.label not in companies() and not all(row.get("issuer") for row in rows)):
        return True
    printed = {normalize(f"{row.get('issuer', '')} {row['name']}") for row in entries}
    return any(name in text or in_order(name, text) for name in names for text in printed)


def surely_named(mention: Mention) -> bool:
    """Whether what was said is the thing's name but for a slip that sounds or looks alike, or words that name no other thing."""
    said = without_level(mention.text)
    base = stem(mention.label)
    return (
        mention.exact or mention.score >= SURE or same_core(said, mention.label) or same_name(said, mention.label) or (len(base) >= 3 and base in mention.text)
    )
