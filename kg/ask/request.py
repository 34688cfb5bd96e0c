"""A question understood: what it names, what it says beside names, what it may be asking."""

from dataclasses import dataclass, field

from kg.ask.context import Category


@dataclass(frozen=True)
class Mention:
    """Something that the question names: the text, the nodes it may be (all equally well), and the grade or level said beside it.

    `nodes` is empty where nothing is near enough; then `nearest` holds the nearest names.
    """

    text: str
    label: str
    nodes: tuple[str, ...]
    types: frozenset[str]
    score: float
    grades: tuple[int, ...] = ()
    level: str = ""
    nearest: tuple[tuple[str, str], ...] = ()
    exact: bool = True
    start: int = 0
    end: int = 0

    def of(self, *types: str) -> bool:
        """Whether it can be a thing of one of these classes."""
        return bool(self.types & set(types))


@dataclass(frozen=True)
class Request:
    """A question understood; `earlier` are the normalised texts of the turns that it follows, oldest first.

    `own` is the level that the person has, where another is asked about; `guessed` is what a language model took words for
    (`kg.ask.model_slots`): pairs of what was said, if anything, and what it was taken for.
    """

    question: str
    text: str
    language: str
    kinds: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    unlinked: tuple[Mention, ...] = ()
    categories: tuple[Category, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    contradiction: tuple[Category, ...] = ()
    tiers: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    own: str = ""
    asks_proof: bool = False
    previous: tuple[Mention, ...] = ()
    earlier: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    carried: str = ""
    guessed: tuple[tuple[str, str], ...] = ()
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return self.kinds[0] if self.kinds else "unknown"

    def named(self, *types: str) -> tuple[Mention, ...]:
        """The mentions that can be a thing of one of these classes."""
        return tuple(mention for mention in self.mentions if mention.of(*types))
