"""The decision: from scored candidates to what is meant, equally likely things, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.entries import Entry
from embeddings.mention import Form, Parsed, only_filler
from embeddings.names import Node
from embeddings.scope import Scope
from embeddings.scoring import COUNTRY, Fit, only_kind

#: From this score on a candidate is taken for what was meant (calibrated, see docs/MODEL_CARD.md).
THRESHOLD = 0.7
#: Two nodes nearer than this are equally likely.
GAP = 0.012
#: Two names that both have all that was written differ only in what was not: they are equally likely from farther off.
PART_GAP = 0.06
#: A part of a name that so many nodes have says too little.
TOO_MANY = 5
#: Where so many preferred names of the asked type, or of all types, have a part, it does not tell which is meant.
COMMON_PART, COMMON_WORD = 8, 60
#: Fewer have it but it is not even most of a name: it does not tell either.
FEW, MOST = 3, 0.8
#: So little of a name does not stand for it.
LITTLE = 0.2
#: What an abbreviation gains that fits one name only, and how far off all others must be.
LIFT, ALONE, ABBREVIATED = 0.09, 0.25, 0.6

Features = dict[str, float | str | bool]


@dataclass(frozen=True)
class Candidate:
    """A node that a mention may mean, with the reasons."""

    iri: str
    label: str
    labels: tuple[str, ...]
    type: str
    score: float
    features: Features


@dataclass(frozen=True)
class Link:
    """What became of a mention: whether something is meant, whether several nodes are equally likely, the candidates, best first, and what was parsed."""

    mention: str
    linked: bool
    tie: bool
    candidates: tuple[Candidate, ...]
    grades: tuple[int, ...]
    level: str
    issuer: str


@dataclass(slots=True)
class Scored:
    """A label compared with a reading: the score with everything that speaks for it, and what else a person should read."""

    node: int
    entry: Entry
    form: Form
    fit: Fit
    cosine: float
    score: float
    notes: Features


class Decider:
    """Decides what is meant among the nodes of one graph."""

    def __init__(self, nodes: Sequence[Node], everything: Scope) -> None:
        """Prepare what is said of each node.

        Args:
            nodes: the nodes of the graph.
            everything: the scope without a type.
        """
        self._nodes = nodes
        self._everything = everything
        self._labels = [tuple(dict.fromkeys(label.text for label in node.labels)) for node in nodes]
        self._order = [0.001 * _place(node) for node in nodes]

    def decide(self, mention: str, parsed: Parsed, scored: Sequence[Scored], scope: Scope, top: int) -> Link:
        """What a mention means.

        Args:
            mention: what was written.
            parsed: the mention taken apart.
            scored: the best fit of each node that was found.
            scope: the entries that may be meant.
            top: how many candidates to give; the decision does not depend on it.
        """
        ranked = self._ranked(parsed, scored, scope)
        self._lift(ranked, parsed)
        if not ranked:
            return Link(mention, False, False, (), *_parsed_marks(parsed, None), parsed.issuer)
        best, first = ranked[0]
        part = first.fit.match == "part of the name"
        equal = [
            each
            for score, each in ranked[1:]
            if best - score < (PART_GAP if part and each.fit.match == "part of the name" else GAP)
            and (scope is not self._everything or self._differs(first, each))
        ]
        weak = first.fit.match in ("part of the name", "part of the English name", "abbreviation", "similar name")
        linked = best >= THRESHOLD and not (weak and len(equal) >= TOO_MANY - 1) and not self._says_too_little(first, scope)
        candidates = tuple(self._described(score, each) for score, each in ranked[: max(top, 0)])
        return Link(mention, linked, linked and bool(equal), candidates, *_parsed_marks(parsed, first.form), parsed.issuer)

    def candidate(self, number: int, score: float, features: Features) -> Candidate:
        """A node as a candidate."""
        node = self._nodes[number]
        return Candidate(node.iri, node.label, self._labels[number], node.classes[0], score, features)

    def _differs(self, one: Scored, other: Scored) -> bool:
        """Whether two nodes are not one name as a thing of two kinds (电工 as a certificate and as an occupation)."""
        first, second = self._nodes[one.node], self._nodes[other.node]
        return first.label != second.label or first.classes[0] == second.classes[0]

    def _ranked(self, parsed: Parsed, scored: Sequence[Scored], scope: Scope) -> list[tuple[float, Scored]]:
        """The candidates with their scores, the best first; what is equal to four digits stands in the order of the nodes."""
        contained = sum(1 for each in scored if each.fit.match == "part of the name" and each.score > 0.5)
        ranked = []
        for each in scored:
            score = each.score
            if each.fit.match == "part of the name" and contained == 1 and _tells(each, parsed):
                score = max(score, 0.85)
                each.notes["only_name_with_this_part"] = True
            score = score - self._order[each.node] if scope is self._everything else score
            ranked.append((round(min(1.0, max(0.0, score)), 4), each))
        ranked.sort(key=lambda pair: (-pair[0], self._nodes[pair[1].node].iri))
        return ranked

    def _says_too_little(self, scored: Scored, scope: Scope) -> bool:
        """Whether what was written is a part that many names have, that ends in a rank (计算机二级) or that says nothing (管理, 上海, 师)."""
        key = scored.form.key
        if scored.fit.match not in ("part of the name", "abbreviation"):
            return False
        count = scope.names.count(key)
        common = count > COMMON_PART or (count > FEW and scored.fit.covered < MOST)
        ranked = any(key.endswith(mark) for mark in scored.form.marks) or not set(scored.entry.marks) <= scored.form.marks
        return len(key) < 2 or ranked or only_filler(key) or only_kind(key) or common or self._everything.names.count(key) > COMMON_WORD

    def _lift(self, ranked: list[tuple[float, Scored]], parsed: Parsed) -> None:
        """An abbreviation that only one name fits is taken for it: of four signs and more, with the name's first sign, and nothing else near."""
        if not ranked or not THRESHOLD - LIFT <= ranked[0][0] < THRESHOLD or ranked[0][1].fit.match != "abbreviation":
            return
        score, first = ranked[0]
        key, core = first.form.key, COUNTRY.sub("", first.entry.core)
        label = self._nodes[first.node].label
        others = [each for each in ranked[1:] if self._nodes[each[1].node].label != label]
        if (
            len(key) > 3
            and (first.fit.covered > ABBREVIATED or not is_held(self._nodes[first.node]))
            and COUNTRY.sub("", key)[0] == core[0]
            and (not others or others[0][0] < score - ALONE)
            and first.form is parsed.forms[0]
        ):
            first.notes["only_name_it_abbreviates"] = True
            for at, (each, scored) in enumerate(ranked):
                if self._nodes[scored.node].label == label:
                    ranked[at] = (round(each + LIFT, 4), scored)

    def _described(self, score: float, scored: Scored) -> Candidate:
        features: Features = {"match": scored.fit.match, "matched_label": scored.entry.text, "compared": scored.form.text}
        features |= scored.fit.features | scored.notes
        features["vector"] = round(scored.cosine, 3)
        if scored.form.off:
            features["taken_off"] = "、".join(scored.form.off)
        return self.candidate(scored.node, score, features)


def keep(best: dict[int, Scored], scored: Scored) -> None:
    """Keep the better fit of a node."""
    if scored.node not in best or scored.score > best[scored.node].score:
        best[scored.node] = scored


def _tells(scored: Scored, parsed: Parsed) -> bool:
    """Whether a part of a name that no other name has may stand for it: written so, long enough, and without leaving out a rank."""
    form = scored.form
    own = not (form.prefixed or form.rewritten) and (len(form.key) > 2 or form is parsed.forms[0])
    return own and form.marks >= set(scored.entry.marks) and scored.fit.covered > LITTLE


def is_held(node: Node) -> bool:
    """Whether a thing is what people hold or do, so that it has grades and an issuer, and not a 专业类 or an organisation (英语四级)."""
    return bool({"Credential", "Occupation", "WorkType"} & set(node.classes))


def _place(node: Node) -> int:
    """Which of two nodes of one name is meant when no type is said: credentials before occupations before organisations before the rest."""
    for place, kinds in enumerate(
        (("Credential",), ("Occupation",), ("IndustryAssociation", "EvaluationOrganization", "CertificateIssuer", "AdministrativeBody", "Organization"))
    ):
        if any(kind in node.classes for kind in kinds):
            return place
    return 3


def _parsed_marks(parsed: Parsed, form: Form | None) -> tuple[tuple[int, ...], str]:
    """The grades and the level that were taken off; nothing where the reading that matched keeps them as part of the name."""
    form = form or (parsed.forms[-1] if parsed.forms else None)
    return (form.grades, form.level) if form else ((), "")
