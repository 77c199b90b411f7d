"""The command `shipments add`: from an article to a claim in the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from dashboard.adding import (
    bounds,
    changes_for,
    completed,
    date_in_address,
    document_at,
    language_of,
    publisher_at,
    same_claims,
    series_of,
    slug,
    source_id,
    unused,
)
from dashboard.claimants import full_names
from dashboard.cli.asking import Question, agrees, answer
from dashboard.cli.options import DataOption, load
from dashboard.cli.printing import fail
from dashboard.cli.saving import save_told, today
from dashboard.codes import DateBasis, Item, Qualifier, TitleBasis
from dashboard.columns import Column, columns_of
from dashboard.dataset import SHIPPED_DATA, Dataset
from dashboard.nearest import no_such
from dashboard.periods import in_words
from dashboard.records import Record
from dashboard.schema import Claim, ClaimSource, Publisher, Row, Source
from dashboard.words import figure_in_words, unit_in_words

adding = typer.Typer()

Given = Mapping[str, str | None]
NO_CLAIM = "none"


@adding.command("add")
def add(
    address: Annotated[str | None, typer.Option(help="Web address of the document.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Id of its publisher.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title as printed.")] = None,
    published_on: Annotated[str | None, typer.Option(help="When it was published.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language, e.g. ko.")] = None,
    kind: Annotated[str | None, typer.Option(help="What sort of document it is.")] = None,
    role: Annotated[str | None, typer.Option(help="How it stands to the claim.")] = None,
    relays: Annotated[str | None, typer.Option(help="On whom it draws: A < B < C.")] = None,
    same_as: Annotated[
        str | None, typer.Option(help="Id of a known claim that it carries; 'none' for a new one.")
    ] = None,
    claimant: Annotated[str | None, typer.Option(help="Id of the body that said it.")] = None,
    spokesperson: Annotated[str | None, typer.Option(help="Who spoke for it.")] = None,
    stated_on: Annotated[str | None, typer.Option(help="When it was said.")] = None,
    item: Annotated[str | None, typer.Option(help="What is counted.")] = None,
    measure: Annotated[str | None, typer.Option(help="What kind of quantity it is.")] = None,
    qualifier: Annotated[str | None, typer.Option(help="How the figure was hedged.")] = None,
    figure: Annotated[str | None, typer.Option(help="The figure, in digits.")] = None,
    to_figure: Annotated[str | None, typer.Option(help="The higher figure of a range.")] = None,
    period_start: Annotated[str | None, typer.Option(help="From when the figure counts.")] = None,
    period_end: Annotated[str | None, typer.Option(help="Until when the figure counts.")] = None,
    status: Annotated[str | None, typer.Option(help="What is said of the things.")] = None,
    method: Annotated[str | None, typer.Option(help="How the body came to know.")] = None,
    series: Annotated[str | None, typer.Option(help="The running count; '' for none.")] = None,
    paraphrase: Annotated[str | None, typer.Option(help="The claim in your own words.")] = None,
    confidence: Annotated[str | None, typer.Option(help="How sure your reading is.")] = None,
    note: Annotated[str | None, typer.Option(help="What a reader should know.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Save without asking.")] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Add a claim with its document, or a document to a claim that is known.

    Asks for everything that no option gives; known ids complete themselves. Nothing is saved
    before the end, and then all of it or nothing.

    Example: shipments add --address https://example.org/article
    """
    given: dict[str, str | None] = {
        name: value for name, value in locals().items() if name not in ("yes", "data")
    }
    dataset = load(data, None)
    document, new_publisher = _document(dataset, given)
    claim = _known_claim(dataset, same_as) or _new_claim(dataset, given, document)
    if not isinstance(claim, str) and same_as is None:
        claim = _same_or_new(dataset, claim, without_asking=yes)
    if not isinstance(document, str) and not document.get("source_id"):
        matter = _item_of(dataset, claim)
        taken = set(dataset.sources["source_id"])
        document = document | {"source_id": source_id(document, matter, taken)}
    _demand_unlinked(dataset, claim, document)
    changes = changes_for(claim, document, _role(given, claim), new_publisher)
    save_told(data, changes, without_asking=yes)


# ------------------------------------------------------------------ the document


def _document(dataset: Dataset, given: Given) -> tuple[dict[str, str] | str, dict[str, str] | None]:
    """Return a new document and perhaps its new publisher, or the id of a known document."""
    ask = _Asker(Source, given)
    url = ask("url", "Web address of the document", option="address")
    known = document_at(dataset.sources, url)
    if known:
        print(f"  known already: {known['source_id']}")
        return str(known["source_id"]), None
    publisher, new_publisher = _publisher(dataset, given, url)
    title = ask("title", "Title as printed (empty if you did not see it)")
    day = ask("published_on", "Published on", date_in_address(url))
    document = {
        "url": url,
        "publisher": publisher,
        "title": title,
        "title_basis": TitleBasis.PAGE if title else TitleBasis.NOT_SEEN,
        "published_on": day,
        "date_basis": _date_basis(day, url),
        "language": ask("language", "Language", language_of(dataset.sources, publisher)),
        "kind": ask("kind", "Kind of document", "news"),
        "relays": ask("relays", "On whom it draws, e.g. UNN < Newsweek (empty if it does not say)"),
        "retrieved_on": today().isoformat(),
    }
    return document, new_publisher


def _date_basis(day: str, url: str) -> str:
    if not day:
        return ""
    return DateBasis.ADDRESS if day == date_in_address(url) else DateBasis.PAGE


def _publisher(dataset: Dataset, given: Given, url: str) -> tuple[str, dict[str, str] | None]:
    known = dict(zip(dataset.publishers["publisher"], dataset.publishers["name"], strict=True))
    if given["publisher"] is not None:
        return _Asker(Source, given)("publisher", "Publisher", known=known), None
    # The column of names: a new publisher is typed by its name, and gets its id from it.
    name = answer(
        Question(
            "Publisher (a known id, or the name of a new one)",
            _columns(Publisher)["name"],
            publisher_at(dataset.sources, url),
            completions=known,
        ),
        None,
    )
    if name in known:
        return name, None
    print(f"  ‘{name}’ is new.")
    ask = _Asker(Publisher, {})
    publisher = {
        "publisher": unused(slug(name) or "publisher", known),
        "name": name,
        "kind": ask("kind", "  What sort of publisher", "newspaper"),
        "country": ask("country", "  Country of its seat, three letters (empty if not sure)"),
        "basis": ask("basis", "  What shows the sort"),
    }
    return publisher["publisher"], publisher


# ------------------------------------------------------------------ the claim


def _known_claim(dataset: Dataset, same_as: str | None) -> str | None:
    if same_as in (None, NO_CLAIM):
        return None
    if same_as not in set(dataset.claims["claim_id"]):
        fail(no_such("claim", str(same_as), dataset.claims["claim_id"]))
    return same_as


def _new_claim(dataset: Dataset, given: Given, document: Mapping[str, str] | str) -> dict[str, str]:
    ask = _Asker(Claim, given)
    day = _published_on(dataset, document)
    claim = {
        "claimant": ask("claimant", "Who said it", known=full_names(dataset)),
        "spokesperson": ask("spokesperson", "Who spoke for it (empty if not said)"),
        "stated_on": ask("stated_on", "Said on", day),
        "item": ask("item", "What is counted", known={item.value: item.label for item in Item}),
        "measure": ask("measure", "Kind of quantity", "cumulative"),
    }
    claim |= _figure(ask)
    claim |= {
        "period_start": ask("period_start", "Counts from (empty if not said)"),
        "period_end": ask("period_end", "Counts until (empty: the day it was said)"),
        "status": ask("status", "What is said of the things", "reported-shipped"),
        "method": ask("method", "How the body came to know", "official-statement"),
    }
    fitting = series_of(dataset, claim)
    names = dict(zip(dataset.series["series"], dataset.series["name"], strict=True))
    claim["series"] = ask(
        "series",
        "Running count that it restates (empty for none)",
        fitting[0] if len(fitting) == 1 and given["series"] is None else "",
        known={one: names[one] for one in fitting} or None,
    )
    claim |= {
        "paraphrase": ask("paraphrase", "The claim in your own words"),
        "confidence": ask("confidence", "How sure is your reading", "high"),
        "note": ask("note", "What a reader should know (empty for nothing)"),
    }
    return completed(claim, today(), set(dataset.claims["claim_id"]))


def _figure(ask: _Asker) -> dict[str, str]:
    hedge = ask("qualifier", "Hedge of the figure (empty if no number was given)")
    if not hedge:
        return {"qualifier": ""}
    figure = ask("low", "The figure, in digits", option="figure")
    is_range = hedge == Qualifier.BETWEEN
    other = ask("high", "The higher figure", option="to_figure") if is_range else ""
    return {"qualifier": hedge, **bounds(hedge, figure, other)}


def _published_on(dataset: Dataset, document: Mapping[str, str] | str) -> str:
    if not isinstance(document, str):
        return document["published_on"]
    days = dataset.sources.loc[dataset.sources["source_id"] == document, "published_on"]
    return str(days.iloc[0]) if days.notna().any() else ""


def _same_or_new(
    dataset: Dataset, claim: dict[str, str], *, without_asking: bool
) -> dict[str, str] | str:
    """Return the claim, or the id of a known one that is the same."""
    for known in same_claims(dataset, claim):
        words = f"{known['claim_id']}, {in_words(str(known['stated_on']))}: {_said(known)}"
        if without_asking:
            fail(
                f"this may be a claim that is there already: {words}; "
                f"say --same-as {known['claim_id']}, or --same-as {NO_CLAIM}"
            )
        print(f"  There is {words}\n  {known['paraphrase']}")
        if agrees("  Is it the same claim?", proposal=False):
            return str(known["claim_id"])
    return claim


def _item_of(dataset: Dataset, claim: Mapping[str, str] | str) -> str:
    if not isinstance(claim, str):
        return claim["item"]
    return str(dataset.claims.set_index("claim_id").loc[claim, "item"])


def _said(known: Record) -> str:
    figure = figure_in_words(known["low"], known["high"], known["qualifier"], known["unit"])
    return figure + unit_in_words(known["item"])


def _role(given: Given, claim: Mapping[str, str] | str) -> str:
    is_new = not isinstance(claim, str)
    return _Asker(ClaimSource, given)(
        "role", "How the document stands to the claim", "first" if is_new else "relay"
    )


def _demand_unlinked(
    dataset: Dataset, claim: Mapping[str, str] | str, document: Mapping[str, str] | str
) -> None:
    links = dataset.claim_sources
    if ((links["claim_id"] == claim) & (links["source_id"] == document)).any():
        fail(f"{document} stands behind {claim} already")


# ------------------------------------------------------------------ asking


class _Asker:
    """Asks for cells of one table; an option answers by itself."""

    def __init__(self, row_class: type[Row], given: Given) -> None:
        self.columns = _columns(row_class)
        self.given = given

    def __call__(
        self,
        name: str,
        words: str,
        proposal: str = "",
        *,
        known: Mapping[str, str] | None = None,
        option: str = "",
    ) -> str:
        """Return the answer for a column; `option` names the option if it is another word."""
        question = Question(words, self.columns[name], proposal, known)
        return answer(question, self.given.get(option or name))


def _columns(row_class: type[Row]) -> dict[str, Column]:
    return {column.name: column for column in columns_of(row_class)}
