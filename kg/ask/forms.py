"""The form of a question: yes or no, a choice between two, which or what, how many, a list (`data/forms.csv`)."""

from kg.ask.request import Request
from kg.ask.rules import Cues, patterns

_cue = Cues("forms")


def said(request: Request) -> str:
    """The text that says what is asked: this turn's, with the one before where this one leaves the question out (税务师呢？)."""
    return f"{request.carried} {request.text}" if "kind" in request.inherited else request.text


def _forms(text: str) -> set[str]:
    return {rule.says for rule in patterns("forms", "form") if rule.regex.search(text)}


def forms(request: Request) -> set[str]:
    """The forms of the question; of the turn before where this one has none (那二级演员呢？)."""
    turns = (request.text, *reversed(request.earlier)) if "kind" in request.inherited else (request.text,)
    return next((found for turn in turns if (found := _forms(turn))), set())


def has_form(request: Request, form: str) -> bool:
    """Whether the question has a form."""
    return form in forms(request)


def asks_yes_no(request: Request) -> bool:
    """Whether yes or no answers the question: it has that form, offers no choice and doesn't ask which."""
    found = forms(request)
    if "choice" in found or "yes_no" not in found:
        return False
    return "which" not in found or (bool(_cue("closed").search(request.text)) and "list" not in found)


def one_clause_asks_yes_no(request: Request) -> bool:
    """Whether one clause of the question is answered by yes or no, whatever the others ask (在目录里吗，归哪个部门管)."""
    return any("yes_no" in found and not {"choice", "which"} & found for found in (_forms(clause.strip()) for clause in _cue("clause").split(request.text)))
