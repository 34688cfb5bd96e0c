"""The tools: what each takes, gives and does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, cast

from anyio import CapacityLimiter
from mcp import types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg.ask import Answer
from kg.describe import Description, describe, find
from kg.store import GraphStore, Limits, QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, StoreUnreadable
from kg.web.addresses import lines
from kg.web.addresses.api.models import WHOLE, AskRequest, LinkRequest, Links, Results
from kg.web.addresses.work import in_thread
from kg.web.problems import Problem, told
from kg.web.services import Services

#: What a query may use: an answer that a language model reads is short.
LIMITS = Limits(seconds=5.0, rows=200, query_characters=20_000, result_mib=1)
#: Queries that run at a time; those of people wait for no more than these.
QUERIES = 2
#: Rows of each list that a description holds.
_ROWS = 10


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchRequest(_Request):
    """What to look for."""

    text: Annotated[str, Field(min_length=1, max_length=200, description="a code, a name or part of it, an abbreviation, or pinyin")]
    limit: Annotated[int, Field(strict=True, ge=1, le=50), WHOLE] = 10


class DescribeRequest(_Request):
    """What to describe."""

    iri: Annotated[str, Field(min_length=1, max_length=2000, description="as `link`, `search` and `ask` give it")]


class LinesRequest(_Request):
    """Which lines to give."""

    document: Annotated[str, Field(max_length=100, description="its short name, as citations have it: shanghai-shuangshi-2025")]
    first: Annotated[int, Field(strict=True, ge=1, le=1_000_000, description="the first line, from 1"), WHOLE]
    last: Annotated[int | None, Field(strict=True, ge=1, le=1_000_000, description=f"the last line; at most {lines.MOST} are given"), WHOLE] = None


class QueryRequest(_Request):
    """What to query."""

    query: Annotated[str, Field(min_length=1, max_length=LIMITS.query_characters, description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE")]


@dataclass(frozen=True)
class QueryResult:
    """The result as text (TSV for SELECT, true or false for ASK, Turtle for a graph); `cut`: there were more rows than `rows`."""

    format: str
    text: str
    rows: int
    cut: bool


@dataclass(frozen=True)
class Tool:
    """A tool.

    Attributes:
        name: by which it is called.
        title: for people.
        about: for the language model: what it does, and how to read what it gives.
        takes: its arguments.
        gives: its result.
        does: the work, from arguments to result.
        at_a_time: how many of it may work at a time; None for as many as there are threads.
    """

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    gives: TypeAdapter[Any]
    does: Callable[[Any], object]
    at_a_time: CapacityLimiter | None = None

    def described(self) -> types.Tool:
        """The tool as clients list it."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.about,
            inputSchema=self.takes.model_json_schema(),
            outputSchema=self.gives.json_schema(mode="serialization"),
            annotations=types.ToolAnnotations(readOnlyHint=True, idempotentHint=True, openWorldHint=False),
        )

    async def call(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call it.

        Args:
            arguments: checked already against the schema.

        Raises:
            Problem: it cannot be done, for a reason of the client's.
            kg.web.desk.Refusal: it cannot be done now, or failed.
        """
        try:
            work = partial(self.does, self.takes.model_validate(arguments))
        except ValidationError as error:
            raise Problem(told(error.errors())) from None
        if self.at_a_time is None:
            result = await in_thread(work)
        else:
            async with self.at_a_time:
                result = await in_thread(work)
        dumped: dict[str, Any] = self.gives.dump_python(result, mode="json")
        return dumped


def tools(services: Services) -> dict[str, Tool]:
    """The tools on an open application, by name."""
    context = services.asker.context
    made = (
        Tool(
            "ask",
            "Ask a question",
            "Answers a question on Chinese vocational credentials (does a certificate count for a 专业类 at a tier, which title does it correspond to, who may "
            "assess it, what subsidy is paid …) in Chinese or English. `verdict` is yes, no, unknown (the documents as they reached us cannot say), clarify, "
            "out_of_scope, or na for lists and values. `citations` are the printed lines that prove the numbered sentences: repeat them. `history`: earlier "
            "questions of the conversation.",
            AskRequest,
            TypeAdapter(Answer),
            lambda asked: services.desk.ask(asked.question, asked.history),
        ),
        Tool(
            "link",
            "Find what names mean",
            "Finds the things that free-text names mean, such as a column of certificates. `linked` false: nothing is near enough, do not guess; `tie` true: "
            "several are equally likely, ask which.",
            LinkRequest,
            TypeAdapter(Links),
            lambda asked: Links(tuple(context.linker.link_many(asked.names, asked.type and asked.type.value, asked.top))),
        ),
        Tool(
            "search",
            "Search by what is typed",
            "Finds things by a code, a name or part of it, an abbreviation or pinyin.",
            SearchRequest,
            TypeAdapter(Results),
            lambda asked: Results(find(context.store, context.linker, asked.text, asked.limit)),
        ),
        Tool(
            "describe",
            "Describe a thing",
            f"Tells everything of a thing by its IRI: names, facts with document and line, what points to it (the first {_ROWS} rows of each list).",
            DescribeRequest,
            TypeAdapter(Description),
            partial(_described, services),
        ),
        Tool(
            "source_lines",
            "Read lines of a document",
            "Gives what the lines of a document print, as far as it was read; `status` says how far the reading holds: exact, repaired, uncertain.",
            LinesRequest,
            TypeAdapter(lines.Lines),
            lambda asked: lines.printed(context.store, asked.document, asked.first, asked.last),
        ),
        Tool(
            "sparql",
            "Query the graph",
            f"Runs a read-only SPARQL 1.1 query on the graph: at most {LIMITS.rows} rows and {LIMITS.seconds:.0f} seconds. Read the resources "
            "certkg://ontology and certkg://prefixes for the vocabulary and certkg://queries for queries that work.",
            QueryRequest,
            TypeAdapter(QueryResult),
            partial(_queried, services),
            CapacityLimiter(QUERIES),
        ),
    )
    return {tool.name: tool for tool in made}


def _described(services: Services, asked: DescribeRequest) -> Description:
    found = describe(services.asker.context.store, asked.iri, page=_ROWS, picture=0)
    if found is None:
        raise Problem("there is no such thing in the graph; `search` finds things by their names", 404)
    return found


def _queried(services: Services, asked: QueryRequest) -> QueryResult:
    store = cast(GraphStore, services.asker.context.store)
    try:
        result = store.run(asked.query, limits=LIMITS, format=("tsv", "turtle"))
    except StoreUnreadable:
        raise
    except (QueryRefused, QuerySyntaxError, QueryTimeout, QueryFailed) as error:
        raise Problem(str(error)) from None
    return QueryResult(result.format, result.body.decode(), result.count, result.capped)
