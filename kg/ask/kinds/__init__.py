"""Question kinds: kind → the function that answers it, or None where the question is not of that kind after all."""

from collections.abc import Callable, Mapping

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.kinds.alternatives import answer_alternatives
from kg.ask.kinds.association import answer_association
from kg.ask.kinds.catalogue_rows import answer_catalogue_rows
from kg.ask.kinds.clarifying import answer_unknown_code
from kg.ask.kinds.competition import answer_competition
from kg.ask.kinds.directory import answer_directory
from kg.ask.kinds.equivalence import answer_title_equivalence
from kg.ask.kinds.evaluator import answer_evaluator
from kg.ask.kinds.issuer import answer_issuer
from kg.ask.kinds.listing import answer_list
from kg.ask.kinds.meaning import answer_meaning
from kg.ask.kinds.national import answer_national_qualification
from kg.ask.kinds.pathway import answer_pathway
from kg.ask.kinds.recognition import answer_recognition
from kg.ask.kinds.refusals import answer_not_told, answer_out_of_scope
from kg.ask.kinds.series import answer_series
from kg.ask.kinds.subsidy import answer_subsidy
from kg.ask.kinds.title_levels import answer_title_levels
from kg.ask.kinds.where import answer_where
from kg.ask.request import Request

KINDS: Mapping[str, Callable[[Request, Context], Answer | None]] = {
    "recognition": answer_recognition,
    "where": answer_where,
    "list": answer_list,
    "title_equivalence": answer_title_equivalence,
    "title_levels": answer_title_levels,
    "national_qualification": answer_national_qualification,
    "directory": answer_directory,
    "pathway": answer_pathway,
    "series": answer_series,
    "subsidy": answer_subsidy,
    "association": answer_association,
    "issuer": answer_issuer,
    "evaluator": answer_evaluator,
    "competition": answer_competition,
    "out_of_scope": answer_out_of_scope,
}

#: What may be asked of any kind, tried before the kinds: each answers only where its own words say so.
ABILITIES: tuple[Callable[[Request, Context], Answer | None], ...] = (
    answer_catalogue_rows,
    answer_meaning,
    answer_unknown_code,
    answer_alternatives,
    answer_not_told,
)
