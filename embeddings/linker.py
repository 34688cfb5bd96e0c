"""Linking: from what people write to the node they mean, or an honest "nothing"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from embeddings.entries import Entry, character_weights, word_weights
from embeddings.index import Index, read_index
from embeddings.mention import Form, Parsed, inner_form, parse
from embeddings.names import Node, classes_of
from embeddings.scoring import Fit, Weights, fit
from embeddings.text import grams, has_chinese, pinyin_of

#: From this score on a candidate is taken for what was meant (calibrated, see docs/MODEL_CARD.md).
THRESHOLD = 0.7
#: Two nodes nearer than this are equally likely.
GAP = 0.012
#: Two names that both have all that was written differ only in what was not: they are equally likely from farther off.
PART_GAP = 0.06
#: A part of a name that so many nodes have says too little.
TOO_MANY = 5
#: What a mention loses whose bracket had to be left out.
BRACKET_LOSS = 0.06
#: Candidates taken from each source.
LEXICAL, COVERING, NEAREST = 10, 8, 8


#: A name inside other words has so many signs at least (one more, if it does not end like a name), the mention so many at most.
INSIDE, LONGEST_INSIDE = 3, 40
_ENDINGS = "师员工类会证部局人"
_LEVELS = ("初级", "中级", "高级")
_GRADES = ("一级", "二级", "三级", "四级", "五级")
#: Classes of things that are assessed by grades.
_GRADED = ("SkillCertificate", "OnePlusXCertificate", "SpecialSkillCertificate", "IndustryCertificate", "Occupation", "WorkType")


@dataclass(frozen=True)
class Candidate:
    """A node that a mention may mean, with the reasons."""

    iri: str
    label: str
    labels: tuple[str, ...]
    type: str
    score: float
    features: dict[str, float | str | bool]


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


@dataclass(frozen=True)
class _Scored:
    node: int
    entry: Entry
    form: Form
    fit: Fit
    cosine: float


_Near = tuple[Form, npt.NDArray[np.float32], npt.NDArray[np.int64]]


class Linker:
    """Links mentions to the nodes of one graph."""

    def __init__(self, index: Index) -> None:
        """Prepare the look-ups of a loaded index."""
        self._index = index
        self._weights = Weights(character_weights(index.entries))
        self._words = word_weights(index.entries)
        self._token = {token: at for at, token in enumerate(index.lexical.tokens)}
        self._by_key: dict[str, list[int]] = {}
        self._by_pinyin: dict[str, list[int]] = {}
        for at, entry in enumerate(index.entries):
            for key in {entry.key, entry.core}:
                self._by_key.setdefault(key, []).append(at)
            for key in {entry.pinyin, entry.initials} - {""}:
                self._by_pinyin.setdefault(key, []).append(at)
        self._node_of = np.array([entry.node for entry in index.entries], dtype=np.int32)
        self._masks: dict[str, npt.NDArray[np.bool_]] = {}

    @classmethod
    def load(cls, folder: Path) -> "Linker":
        """Load the index that `build_index` wrote.

        Raises:
            IndexError_: the index is missing, damaged or from another build; the message names the file and the mend.
        """
        # one query takes a fraction of a millisecond: threads would cost more than they bring
        faiss.omp_set_num_threads(1)
        return cls(read_index(folder))

    @cached_property
    def nodes(self) -> list[Node]:
        """All nodes that can be meant."""
        return self._index.nodes

    def link(self, mention: str, type: str | None = None, top: int = 10) -> Link:
        """Find the node that a mention means.

        Args:
            mention: what somebody wrote; any text.
            type: a kind of node (credential, title, occupation, association, category, issuer, …) or a class; None: any.
            top: how many candidates to give.

        Raises:
            ValueError: the type is unknown.
        """
        return self.link_many([mention], type, top)[0]

    def link_many(self, mentions: Iterable[str], type: str | None = None, top: int = 10) -> list[Link]:
        """Link many mentions at once (the same results as one by one, faster)."""
        type = type or None
        mask = self._mask(type)
        wanted = list(mentions)
        parsed = {mention: parse(mention) for mention in wanted}
        searched = {mention: self._searched(each, mask) for mention, each in parsed.items()}
        near = iter(self._nearest([form.text for forms in searched.values() for form in forms]))
        # a column of a spreadsheet says the same many times: each mention is linked once
        links = {mention: self._decide(mention, each, [(form, *next(near)) for form in searched[mention]], mask, type, top) for mention, each in parsed.items()}
        return [links[mention] for mention in wanted]

    def _mask(self, type: str | None) -> npt.NDArray[np.bool_] | None:
        """Which entries a type allows."""
        if type is None:
            return None
        if type not in self._masks:
            wanted = set(classes_of(type))
            allowed = np.array([bool(wanted & set(node.classes)) for node in self._index.nodes], dtype=bool)
            self._masks[type] = allowed[self._node_of]
        return self._masks[type]

    def _nearest(self, texts: Sequence[str]) -> list[tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]]:
        """The vector of each text and the entries nearest to it."""
        if not texts:
            return []
        vectors = self._index.encoder.encode(texts)
        _, places = self._index.search(vectors, min(3 * NEAREST, len(self._index.entries)))
        return list(zip(vectors, places, strict=True))

    def _searched(self, parsed: Parsed, mask: npt.NDArray[np.bool_] | None) -> tuple[Form, ...]:
        """The readings that are searched by likeness: one where it is a name as it stands, else the least and the most taken apart."""
        forms = [form for form in parsed.forms if not form.exact_only]
        if forms and self._is_name(forms[0], mask):
            return tuple(forms[:1])
        if any(form.translated for form in forms):
            return tuple(forms)
        if len(forms) > 4 or (len(forms) > 1 and len(forms[0].key) > 24):
            forms = forms[1:]
        return tuple(forms) if len(forms) < 5 else (forms[0], *forms[-3:])

    def _is_name(self, form: Form, mask: npt.NDArray[np.bool_] | None) -> bool:
        """Whether a reading is a whole label of an allowed node."""
        return any(self._index.entries[place].key == form.key and (mask is None or mask[place]) for place in self._by_key.get(form.key, ()))

    def _decide(self, mention: str, parsed: Parsed, near: Sequence[_Near], mask: npt.NDArray[np.bool_] | None, type: str | None, top: int) -> Link:
        """Score the candidates of every reading, then decide."""
        best: dict[int, _Scored] = {}
        neighbours = {form.key: (vector, places) for form, vector, places in near}
        for number, form in enumerate(parsed.forms):
            places = set(self._by_key.get(form.key, ()))
            pinyin = ""
            if form.latin:
                pinyin = form.key if not has_chinese(form.key) else pinyin_of(form.key)[0]
                places.update(self._by_pinyin.get(pinyin, ()))
            exact = number == 0 and self._is_name(form, mask)
            vector, found = neighbours.get(form.key, (None, None))
            if found is not None:
                if not exact:
                    places.update(self._lexical(form.text, mask))
                places.update((found if mask is None else found[mask[found]])[:NEAREST].tolist())
            allowed = sorted(place for place in places if place >= 0 and (mask is None or mask[place]))
            if not allowed:
                continue
            cosines = np.ones(len(allowed)) if vector is None else self._index.vectors[allowed] @ vector
            for place, cosine in zip(allowed, cosines.tolist(), strict=True):
                entry = self._index.entries[place]
                if form.prefixed and self._rank_is_name(form, entry):
                    continue
                found_fit = fit(form, entry, self._weights, self._words, pinyin)
                if found_fit is None:
                    continue
                scored = _Scored(entry.node, entry, form, self._adjust(found_fit, parsed, form, entry, cosine, number), float(cosine))
                if entry.node not in best or scored.fit.score > best[entry.node].fit.score:
                    best[entry.node] = scored
            if exact:
                # an exact name wins: what is left is to name the runners-up
                break
        return self._finish(mention, parsed, best, mask, type, top)

    def _finish(self, mention: str, parsed: Parsed, best: dict[int, _Scored], mask: npt.NDArray[np.bool_] | None, type: str | None, top: int) -> Link:
        """The link from the best fit of each node; where none is good, a name inside other words is looked for."""
        if not any(each.fit.score >= THRESHOLD for each in best.values()):
            for scored in self._inside(parsed, mask):
                if scored.node not in best or scored.fit.score > best[scored.node].fit.score:
                    best[scored.node] = scored
        return self._link(mention, parsed, list(best.values()), type, top)

    def _inside(self, parsed: Parsed, mask: npt.NDArray[np.bool_] | None) -> list[_Scored]:
        """The longest name that stands as a whole inside the mention, when all around it is filler."""
        key = parsed.forms[0].key if parsed.forms else ""
        if not INSIDE < len(key) <= LONGEST_INSIDE:
            return []
        for size in range(min(len(key) - 1, 30), INSIDE - 1, -1):
            for start in range(len(key) - size + 1):
                places = [place for place in self._by_key.get(key[start : start + size], ()) if mask is None or mask[place]]
                form = inner_form(parsed, start, start + size) if places else None
                if form is None or (size < INSIDE + 1 and form.key[-1] not in _ENDINGS):
                    continue
                entries = [self._index.entries[place] for place in places]
                kept = [entry for entry in entries if not (form.prefixed and self._rank_is_name(form, entry))]
                if kept:
                    return [
                        _Scored(entry.node, entry, form, Fit(0.93 - 0.005 * (entry.sort == "hiddenLabel"), "name inside other words"), 1.0) for entry in kept
                    ]
        return []

    def _rank_is_name(self, form: Form, entry: Entry) -> bool:
        """Whether the rank taken off before a name is part of names like it (二级建造师) and not a grade of the certificate (五级保育员)."""
        rank = form.off[-1] if form.off else ""
        if rank + entry.core in self._by_key:
            return True
        classes = self._index.nodes[entry.node].classes
        if rank in _LEVELS:
            return "ProfessionalTitle" in classes and any(other + entry.core in self._by_key for other in ("正高级", "助理"))
        if any(other + form.key in self._by_key for other in _GRADES) and form.key not in self._by_key:
            return True
        return not any(kind in classes for kind in _GRADED)

    def _lexical(self, text: str, mask: npt.NDArray[np.bool_] | None) -> set[int]:
        """The entries that share most with a text, and those that have most of it."""
        lexical = self._index.lexical
        tokens = [self._token[token] for token in set(grams(text)) if token in self._token]
        if not tokens:
            return set()
        places = np.concatenate([lexical.entries[lexical.starts[token] : lexical.starts[token + 1]] for token in tokens])
        shares = np.repeat([lexical.rarity[token] ** 2 for token in tokens], [lexical.starts[token + 1] - lexical.starts[token] for token in tokens])
        overlap = np.bincount(places, shares, minlength=len(self._index.entries))
        if mask is not None:
            overlap = overlap * mask
        cosine = overlap / (lexical.norms + 1e-6)
        covering = overlap - 0.01 * lexical.norms
        return {*_largest(cosine, LEXICAL), *_largest(covering, COVERING)}

    def _adjust(self, found: Fit, parsed: Parsed, form: Form, entry: Entry, cosine: float, number: int) -> Fit:
        """The fit with what speaks for it besides the name: vector, issuer, how much had to be taken off."""
        score, features = found.score, dict(found.features)
        if found.match not in ("exact name", "code", "everyday name"):
            score = min(0.96, score + 0.06 * (max(0.0, cosine) - 0.5) * (score > 0.5))
        score -= 0.004 * min(number, 8)
        if form.bracket_off:
            score -= BRACKET_LOSS
        if found.match == "part of the name" and len(form.key) < 3 and form.key != parsed.forms[0].key:
            # two signs left of a longer mention say too little to complete
            score *= 0.7
        if form.translated:
            # word for word is not the official English name
            score = 0.95 * score
            features["translated"] = form.text
        if parsed.issuer:
            node = self._index.nodes[entry.node]
            same = entry.issuer == parsed.issuer or any(parsed.issuer_form in name.lower() or parsed.issuer in name for name in node.issuers)
            other = not same and bool(entry.issuer)
            features["issuer"] = "same" if same else "another" if other else "not named"
            score += 0.015 if same else -0.3 if other else -0.01
        return replace(found, score=score, features=features)

    def _link(self, mention: str, parsed: Parsed, scored: list[_Scored], type: str | None, top: int) -> Link:
        nodes = self._index.nodes
        contained = sum(1 for each in scored if each.fit.match == "part of the name" and each.fit.score > 0.5)
        ranked = []
        for each in scored:
            score = each.fit.score
            if each.fit.match == "part of the name" and contained == 1 and (len(each.form.key) > 2 or each.form is parsed.forms[0]) and not each.form.prefixed:
                score = max(score, 0.85)
                each = replace(each, fit=replace(each.fit, features={**each.fit.features, "only_name_with_this_part": True}))
            ranked.append((score - 0.001 * _place(nodes[each.node]) * (type is None), each))
        ranked.sort(key=lambda pair: (-pair[0], nodes[pair[1].node].iri))
        ranked = ranked[:top] if top > 0 else []
        candidates = tuple(self._candidate(score, each) for score, each in ranked)
        if not candidates:
            return Link(mention, False, False, (), *_parsed_marks(parsed, None), parsed.issuer)
        first = candidates[0]
        part = first.features["match"] == "part of the name"
        equal = [
            each
            for each in candidates[1:]
            if first.score - each.score < (PART_GAP if part and each.features["match"] == "part of the name" else GAP)
            and (type is not None or each.label != first.label or each.type == first.type)
        ]
        weak = first.features["match"] in ("part of the name", "part of the English name", "abbreviation", "similar name")
        linked = first.score >= THRESHOLD and not (weak and len(equal) >= TOO_MANY - 1)
        return Link(mention, linked, linked and bool(equal), candidates, *_parsed_marks(parsed, ranked[0][1].form), parsed.issuer)

    def _candidate(self, score: float, scored: _Scored) -> Candidate:
        node = self._index.nodes[scored.node]
        features: dict[str, float | str | bool] = {"match": scored.fit.match, "matched_label": scored.entry.text, "compared": scored.form.text}
        features |= dict(scored.fit.features)
        features["vector"] = round(scored.cosine, 3)
        if scored.form.off:
            features["taken_off"] = "、".join(scored.form.off)
        labels = tuple(dict.fromkeys(label.text for label in node.labels))
        return Candidate(node.iri, node.label, labels, node.classes[0], round(min(1.0, max(0.0, score)), 4), features)


def _largest(values: npt.NDArray[np.float64], count: int) -> list[int]:
    if len(values) > count:
        places = np.argpartition(-values, count)[:count]
        return [int(place) for place in places if values[place] > 0]
    return [int(place) for place in range(len(values)) if values[place] > 0]


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
