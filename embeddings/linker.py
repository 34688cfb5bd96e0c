"""Linking: from what people write to the node they mean, or an honest "nothing"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel

from embeddings import parallel
from embeddings.damage import look_alikes
from embeddings.decision import THRESHOLD, Decider, Features, Link, Scored, is_held, keep
from embeddings.entries import Entry, Floats, character_weights, word_weights
from embeddings.index import Index, read_index
from embeddings.issued import Issued
from embeddings.mention import Form, Parsed, companies, inner_form, parse, peeled
from embeddings.model import StaticEncoder
from embeddings.names import Node, classes_of
from embeddings.pinyin import pattern, shortened, without_suffix
from embeddings.scope import Scope
from embeddings.scoring import Fit, Weights, fit
from embeddings.text import grams, has_chinese, pinyin_of

#: What a mention loses whose bracket had to be left out.
BRACKET_LOSS = 0.06
#: What remains of a part of a name of which a word was put for another.
REWRITTEN_PART = 0.84
#: What a name loses around which talk had to be taken off that is not known word by word.
PEELED_LOSS = 0.08
#: What a name loses that is told by its issuer, what a slip in it gains as there are few others.
#: And what something is worth of which only the issuer was named.
ISSUER_LOSS, ISSUER_GAIN, ONLY_ISSUER = 0.02, 0.15, 0.3
#: No other label of a node is compared once one fits so well; only an equal name does.
SURE = 0.98
#: A label whose vector and whose letters are both so unlike a reading is not compared further.
FAR_VECTOR, FAR_LETTERS = 0.55, 0.45
#: Names no longer than this are not looked up with a sign left out: too many have what is left.
SHORT = 4
#: Mentions of a batch that are searched together.
CHUNK = 1024
#: A name inside other words has so many signs at least (one more, if it does not end like a name), the mention so many at most.
INSIDE, LONGEST_INSIDE = 3, 40
#: What the issuer named with a mention adds to a score.
ISSUER_SCORES = {"same": 0.03, "another": -0.3, "not named": -0.01}
#: Words that are often left out where a name is given by its initials.
_AND = re.compile("[与和及]")
_ENDINGS = "师员工类会证部局人"
_LEVELS = ("初级", "中级", "高级")
_GRADES = ("一级", "二级", "三级", "四级", "五级")
#: Classes of things that are assessed by grades.
_GRADED = ("SkillCertificate", "OnePlusXCertificate", "SpecialSkillCertificate", "IndustryCertificate", "Occupation", "WorkType")


#: A link on its way between processes.
_Packed = tuple[bool, bool, tuple[int, ...], str, str, list[tuple[int, float, Features]]]


@dataclass(slots=True)
class _Near:
    """What was found for one reading: its tokens, its vector, and the entries nearest to it."""

    tokens: list[int]
    vector: Floats
    places: list[int]


indel = Indel.normalized_similarity


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
        self._by_initials: dict[str, list[int]] = {}
        #: A name with one sign left out → the entries of that name.
        self._longer: dict[str, list[int]] = {}
        for at, entry in enumerate(index.entries):
            for key in {entry.key, entry.core}:
                self._by_key.setdefault(key, []).append(at)
            for key in {entry.pinyin, entry.initials} - {""}:
                self._by_pinyin.setdefault(key, []).append(at)
            if entry.sort == "prefLabel" and len(entry.core) > SHORT:
                for place in range(len(entry.core)):
                    self._longer.setdefault(entry.core[:place] + entry.core[place + 1 :], []).append(at)
            if len(entry.initials) == len(entry.core) and _AND.search(entry.core):
                key = "".join(letter for letter, char in zip(entry.initials, entry.core, strict=True) if not _AND.match(char))
                self._by_initials.setdefault(key, []).append(at)
        self._node_of = np.array([entry.node for entry in index.entries], dtype=np.int32)
        self._number = {node.iri: number for number, node in enumerate(index.nodes)}
        self._issued = Issued(index.nodes)
        self._scopes: dict[str | None, Scope] = {}
        self._decider = Decider(index.nodes, self._scope(None))

    @classmethod
    def load(cls, folder: Path) -> "Linker":
        """Load the index that `build_index` wrote.

        Raises:
            IndexError_: the index is missing, damaged or from another build; the message names the file and the mend.
        """
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

    def link_many(self, mentions: Iterable[str], type: str | None = None, top: int = 10, processes: int = 1) -> list[Link]:
        """Link many mentions at once (the same results as one by one, faster).

        Args:
            mentions: what somebody wrote.
            type: as for `link`.
            top: how many candidates to give of each.
            processes: how many processes a long list may be shared among; one, where the caller has threads or the system cannot copy a process.

        Raises:
            ValueError: the type is unknown.
        """
        type = type or None
        scope = self._scope(type)
        wanted = list(mentions)
        # a column of a spreadsheet says the same many times: each mention is linked once
        distinct = list(dict.fromkeys(wanted))
        own = isinstance(self._index.encoder, StaticEncoder)  # another model brings threads of its own, which a copy would wait for
        if processes > 1 and own and len(distinct) >= parallel.WORTHWHILE and parallel.possible():
            packed = parallel.in_processes(lambda share: [self._packed(link) for link in self._links(share, scope, top)], distinct, processes)
            links = {mention: self._unpacked(mention, each) for mention, each in zip(distinct, packed, strict=True)}
        else:
            links = dict(zip(distinct, self._links(distinct, scope, top), strict=True))
        return [links[mention] for mention in wanted]

    def _links(self, mentions: Sequence[str], scope: Scope, top: int) -> list[Link]:
        """The links of mentions that are all different."""
        links = []
        for start in range(0, len(mentions), CHUNK):
            parsed = {mention: parse(mention) for mention in mentions[start : start + CHUNK]}
            searched = {mention: self._searched(each, scope) for mention, each in parsed.items()}
            near = iter(self._near([form.text for forms in searched.values() for form in forms], scope))
            for mention, each in parsed.items():
                found = {form.key: next(near) for form in searched[mention]}
                links.append(self._decide(mention, each, found, scope, top))
        return links

    def _packed(self, link: Link) -> _Packed:
        """A link as it goes from one process to another: nodes by their numbers, nothing that both processes know."""
        candidates = [(self._number[each.iri], each.score, each.features) for each in link.candidates]
        return link.linked, link.tie, link.grades, link.level, link.issuer, candidates

    def _unpacked(self, mention: str, packed: _Packed) -> Link:
        linked, tie, grades, level, issuer, candidates = packed
        return Link(mention, linked, tie, tuple(self._decider.candidate(*each) for each in candidates), grades, level, issuer)

    def _scope(self, type: str | None) -> Scope:
        """The entries that a type allows."""
        if type not in self._scopes:
            wanted = set(classes_of(type)) if type else set()
            allowed = np.array([type is None or bool(wanted & set(node.classes)) for node in self._index.nodes], dtype=bool)
            self._scopes[type] = Scope(self._index, allowed[self._node_of])
        return self._scopes[type]

    def _near(self, texts: Sequence[str], scope: Scope) -> list[_Near]:
        """Tokens, vector and nearest entries of each text."""
        if not texts:
            return []
        tokens = [[self._token[token] for token in dict.fromkeys(grams(text)) if token in self._token] for text in texts]
        vectors = self._index.encoder.encode(texts)
        return [_Near(*each) for each in zip(tokens, vectors, scope.nearest(vectors), strict=True)]

    def _searched(self, parsed: Parsed, scope: Scope) -> tuple[Form, ...]:
        """The readings that are searched by likeness: one where it is a name as it stands, else the least and the most taken apart."""
        forms = [form for form in parsed.forms if not form.exact_only]
        name = next((form for form in forms if not form.prefixed and not form.bracket_off and self._is_name(form, scope)), None)
        if name is not None:
            return (name,)
        if any(form.translated for form in forms):
            return tuple(forms)
        if len(forms) > 4 or (len(forms) > 1 and len(forms[0].key) > 24):
            forms = forms[1:]
        return tuple(forms) if len(forms) < 5 else (forms[0], *forms[-3:])

    def _is_name(self, form: Form, scope: Scope) -> bool:
        """Whether a reading is a whole label of an allowed node."""
        return any(self._index.entries[place].key == form.key and scope.allowed[place] for place in self._by_key.get(form.key, ()))

    def _decide(self, mention: str, parsed: Parsed, near: Mapping[str, _Near], scope: Scope, top: int) -> Link:
        """Score the candidates of every reading, then decide; where none is good, a name inside other words is looked for."""
        best = self._best(parsed, near, scope)
        if not any(each.score > SURE for each in best.values()):
            for scored in self._of_issuer(parsed, scope):
                keep(best, scored)
        if not any(each.score >= THRESHOLD for each in best.values()):
            others = (self._inside, self._shortened_pinyin, self._peeled, self._looking_alike)
            for scored in [scored for find in others for scored in find(parsed, scope)]:
                keep(best, scored)
        return self._decider.decide(mention, parsed, list(best.values()), scope, top)

    def _best(self, parsed: Parsed, near: Mapping[str, _Near], scope: Scope) -> dict[int, Scored]:
        """The best fit of each node to any reading."""
        best: dict[int, Scored] = {}
        entries, allowed = self._index.entries, scope.allowed
        for number, form in enumerate(parsed.forms):
            places = {place for place in self._by_key.get(form.key, ()) if allowed[place]}
            pinyin = ""
            if form.latin:
                pinyin = form.key if not has_chinese(form.key) else pinyin_of(form.key)[0]
                pinyin = pinyin if pinyin in self._by_pinyin else without_suffix(pinyin)
                places.update(place for place in self._by_pinyin.get(pinyin, ()) if allowed[place])
            exact = not form.prefixed and not form.bracket_off and self._is_name(form, scope)
            found = near.get(form.key)
            if found is not None:
                if not exact:
                    places.update(scope.lexical(found.tokens))
                    places.update(place for place in self._longer.get(form.key, ()) if allowed[place])
                places.update(found.places)
            if not places:
                continue
            chosen = sorted(places)
            cosines = (self._index.vectors[chosen] @ found.vector).tolist() if found is not None else [1.0] * len(chosen)
            for place, cosine in zip(chosen, cosines, strict=True):
                entry = entries[place]
                if entry.node in best and best[entry.node].score > SURE:
                    continue
                if self._rank_is_wrong(form, entry):
                    continue
                if cosine < FAR_VECTOR and not pinyin and form.key not in (entry.key, entry.core) and indel(form.key, entry.core) < FAR_LETTERS:
                    continue
                fitting = fit(form, entry, self._weights, self._words, pinyin)
                if fitting is not None:
                    keep(best, self._adjusted(fitting, parsed, form, entry, cosine, number))
            if exact:
                # an exact name wins: what is left is to name the runners-up
                break
        return best

    def _of_issuer(self, parsed: Parsed, scope: Scope) -> Iterator[Scored]:
        """What an issuer named in the mention issues, each as near as the rest of the mention is to its name."""
        for part in self._issued.parts(parsed.forms[0].text if parsed.forms else ""):
            forms = parse(part.rest).forms
            for node in part.nodes:
                for place in range(*np.searchsorted(self._node_of, (node, node + 1))):
                    if not scope.allowed[place]:
                        continue
                    entry = self._index.entries[place]
                    for form in forms:
                        # of two things that one issuer names alike (会员, 资深会员) the rank tells which
                        if frozenset(entry.marks) != form.marks or (form.prefixed and self._rank_is_name(form, entry)):
                            continue
                        found = fit(form, entry, self._weights, self._words, "")
                        if found is not None and not (found.match == "part of the name" and len(form.key) < 3):
                            # a slip in the name matters less where few things can be meant
                            slip = found.match in ("same sound", "sounds or looks alike")
                            score = min(0.96, found.score + ISSUER_GAIN) if slip else found.score - ISSUER_LOSS
                            yield Scored(node, entry, form, found, 1.0, score, {"issuer": "same"})
                    yield Scored(node, entry, parsed.forms[0], Fit(ONLY_ISSUER, "issued by the named body"), 1.0, ONLY_ISSUER, {"issuer": "same"})

    def _looking_alike(self, parsed: Parsed, scope: Scope) -> list[Scored]:
        """Names that differ from a reading in one look-alike character: among many of one form (中国捧球协会) neither letters nor vectors find them."""
        found = []
        for number, form in enumerate(parsed.forms):
            if not INSIDE <= len(form.key) <= LONGEST_INSIDE or not has_chinese(form.key):
                continue
            for at, char in enumerate(form.key):
                for other in look_alikes().get(char, ""):
                    for place in self._by_key.get(form.key[:at] + other + form.key[at + 1 :], ()):
                        entry = self._index.entries[place]
                        fitting = fit(form, entry, self._weights, self._words, "") if scope.allowed[place] and not self._rank_is_wrong(form, entry) else None
                        if fitting is not None:
                            found.append(self._adjusted(fitting, parsed, form, entry, 1.0, number))
        return found

    def _shortened_pinyin(self, parsed: Parsed, scope: Scope) -> list[Scored]:
        """Names of whose pinyin some syllables were written out and of others only the first letter."""
        form = parsed.forms[0] if parsed.forms else None
        if form is None or not form.latin or form.numbers or not 4 < len(form.key) < 40:
            return []
        text = form.text if not has_chinese(form.key) else pinyin_of(form.key)[0]
        found = [
            Scored(self._index.entries[place].node, self._index.entries[place], form, Fit(0.84, "pinyin initials"), 1.0, 0.84, {})
            for place in self._by_initials.get(form.key, ())
            if scope.allowed[place] and len(form.key) > 4
        ]
        for initials, parts in shortened(text).items():
            for place in self._by_pinyin.get(initials, ()):
                entry = self._index.entries[place]
                if scope.allowed[place] and entry.initials == initials and form.marks <= set(entry.marks) and pattern(parts).fullmatch(entry.pinyin):
                    found.append(Scored(entry.node, entry, form, Fit(0.86, "pinyin, partly initials"), 1.0, 0.86, {}))
        return found

    def _peeled(self, parsed: Parsed, scope: Scope) -> list[Scored]:
        """The best fits of what is left when talk around a name is taken off, be the name spoilt itself."""
        found: dict[int, Scored] = {}
        for text in peeled(parsed):
            inner = parse(text)
            forms = self._searched(inner, scope)
            near = dict(zip([form.key for form in forms], self._near([form.text for form in forms], scope), strict=True))
            for scored in self._best(inner, near, scope).values():
                scored.score -= PEELED_LOSS
                keep(found, scored)
        return list(found.values())

    def _inside(self, parsed: Parsed, scope: Scope) -> list[Scored]:
        """The longest name that stands as a whole inside the mention, when all around it is filler."""
        key = parsed.forms[0].key if parsed.forms else ""
        if not INSIDE < len(key) <= LONGEST_INSIDE:
            return []
        for size in range(min(len(key) - 1, 30), INSIDE - 1, -1):
            for start in range(len(key) - size + 1):
                places = [place for place in self._by_key.get(key[start : start + size], ()) if scope.allowed[place]]
                form = inner_form(parsed, start, start + size) if places else None
                if form is None or (size < INSIDE + 1 and form.key[-1] not in _ENDINGS):
                    continue
                entries = [self._index.entries[place] for place in places]
                kept = [entry for entry in entries if not self._rank_is_wrong(form, entry)]
                kept = [entry for entry in kept if not parsed.issuer or self._issuer_fit(parsed, entry) != "another"]
                if kept:
                    inside = Fit(0.93, "name inside other words")
                    return [Scored(entry.node, entry, form, inside, 1.0, inside.score - 0.005 * (entry.sort == "hiddenLabel"), {}) for entry in kept]
        return []

    def _rank_is_wrong(self, form: Form, entry: Entry) -> bool:
        """Whether a rank was taken off that is part of the name, or that the thing cannot have."""
        return (form.prefixed and self._rank_is_name(form, entry)) or (bool(form.grades) and not is_held(self._index.nodes[entry.node]))

    def _rank_is_name(self, form: Form, entry: Entry) -> bool:
        """Whether the rank taken off before a name is part of names like it (二级建造师) and not a grade of the certificate (五级保育员)."""
        rank = form.off[-1] if form.off else ""
        if rank + entry.core in self._by_key:
            return True
        classes = self._index.nodes[entry.node].classes
        if rank in _LEVELS:
            # a title without a rank in its name (播音指导, 教授) has its rank by itself
            return "ProfessionalTitle" in classes and (rank != "中级" or any(other + entry.core in self._by_key for other in ("正高级", "助理")))
        if any(other + form.key in self._by_key for other in _GRADES) and form.key not in self._by_key:
            return True
        return not any(kind in classes for kind in _GRADED)

    def _issuer_fit(self, parsed: Parsed, entry: Entry) -> str:
        """Whether the issuer that a mention names is the thing's own (`same`), cannot be (`another`), or is `not named` with the thing."""
        node = self._index.nodes[entry.node]
        if entry.issuer == parsed.issuer or any(parsed.issuer_form in name.lower() or parsed.issuer in name for name in node.issuers):
            return "same"
        # a company's certificate is its own: 华为认证厨师 is no 厨师, 阿里云的云计算工程师 not H3C's
        company = parsed.issuer in companies() and is_held(node)
        foreign = company and (bool(node.issuers) or not {"IndustryCertificate", "OnePlusXCertificate"} & set(node.classes))
        return "another" if entry.issuer or foreign else "not named"

    def _adjusted(self, found: Fit, parsed: Parsed, form: Form, entry: Entry, cosine: float, number: int) -> Scored:
        """The fit with what speaks for it besides the name: vector, issuer, how much had to be taken off."""
        score = found.score
        notes: Features = {}
        if found.match not in ("exact name", "code", "everyday name"):
            score = min(0.96, score + 0.06 * (max(0.0, cosine) - 0.5) * (score > 0.5))
        score -= 0.004 * min(number, 8)
        if form.bracket_off:
            score -= BRACKET_LOSS
        if form.rewritten and found.match in ("part of the name", "abbreviation"):
            score *= REWRITTEN_PART
        if found.match == "part of the name" and len(form.key) < 3 and form.key != parsed.forms[0].key:
            # two signs left of a longer mention say too little to complete
            score *= 0.7
        if form.translated:
            # word for word is not the official English name
            score *= 0.95 if entry.sort == "prefLabel" else 0.88
            notes["translated"] = form.text
        if parsed.issuer:
            fit = self._issuer_fit(parsed, entry)
            notes["issuer"] = fit
            score += ISSUER_SCORES[fit]
        return Scored(entry.node, entry, form, found, cosine, score, notes)
