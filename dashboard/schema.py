"""The data model: one pydantic class per table of `data/`.

The data dictionary, `data/datapackage.json` and the checks are all made from these classes, so a
column is described once. Every cell is text in the file; an empty cell means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dashboard.codes import (
    ClaimantKind,
    Confidence,
    Corridor,
    Credibility,
    DateBasis,
    Direction,
    Item,
    LegStatus,
    Measure,
    Method,
    Misprint,
    Mode,
    PlaceKind,
    PublisherKind,
    Qualifier,
    Relation,
    Reliability,
    RouteStatus,
    SightingEvent,
    SourceKind,
    SourceRole,
    Status,
    TitleBasis,
    Unit,
    UrlStatus,
)
from dashboard.periods import parse_period

SCHEMA_VERSION = "1.1"


# ------------------------------------------------------------------ column types


def _slug(text: str) -> str:
    if not text or text.strip("-") != text or not text.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"'{text}' is not an id: use small letters, digits and hyphens")
    if text != text.lower() or not text.isascii():
        raise ValueError(f"'{text}' is not an id: use small letters, digits and hyphens")
    return text


def _period(text: str) -> str:
    return parse_period(text).text


def _day(text: str) -> str:
    if not parse_period(text).is_day:
        raise ValueError(f"'{text}' is not a day: write YYYY-MM-DD, e.g. 2024-02-26")
    return text


def _web_address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(c.isspace() for c in text):
        raise ValueError(f"'{text}' is not a web address: it must start with https:// or http://")
    return text


def _imo(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 7):
        raise ValueError(f"'{text}' is not an IMO number: it has seven digits")
    check = sum(int(digit) * weight for digit, weight in zip(text, range(7, 1, -1), strict=False))
    if check % 10 != int(text[6]):
        raise ValueError(
            f"'{text}' fails the IMO check digit: its last digit should be {check % 10} "
            "if the others are right"
        )
    return text


def _waypoints(text: str) -> str:
    for point in text.split("; "):
        latitude, _, longitude = point.partition(",")
        try:
            is_on_earth = abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180
        except ValueError:
            is_on_earth = False
        if not is_on_earth:
            raise ValueError(
                f"'{point}' is not a waypoint: write latitude,longitude and join them with '; ', "
                "e.g. 42.2050,130.2960; 42.1500,130.3200"
            )
    return text


Slug = Annotated[str, AfterValidator(_slug)]
PartialDate = Annotated[str, AfterValidator(_period)]
Day = Annotated[str, AfterValidator(_day)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Imo = Annotated[str, AfterValidator(_imo)]
Waypoints = Annotated[str, AfterValidator(_waypoints)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class ForeignKey:
    """Marks a column whose values are ids of another table."""

    table: str
    column: str


def _field(description: str, good: str, bad: str) -> str:
    """Return a column description with one good and one bad example."""
    return f"{description} Good: `{good}`. Bad: {bad}."


class Row(BaseModel):
    """A row of a table, as text turned into typed values; an empty cell is None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    heading: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    sort: ClassVar[tuple[str, ...]]


ClaimantId = Annotated[Slug, ForeignKey("claimants", "claimant")]
ClaimId = Annotated[Slug, ForeignKey("claims", "claim_id")]
PublisherId = Annotated[Slug, ForeignKey("publishers", "publisher")]
SourceId = Annotated[Slug, ForeignKey("sources", "source_id")]
SeriesId = Annotated[Slug, ForeignKey("series", "series")]
PlaceId = Annotated[Slug, ForeignKey("places", "place_id")]
RouteId = Annotated[Slug, ForeignKey("routes", "route_id")]
VesselId = Annotated[Slug, ForeignKey("vessels", "vessel_id")]
SightingId = Annotated[Slug, ForeignKey("sightings", "sighting_id")]


class Claimant(Row):
    """A body that makes claims."""

    table = "claimants"
    heading = "Claimants"
    key = ("claimant",)
    sort = ("claimant",)

    claimant: Slug = Field(description="Id of the body. Good: `rok-mnd`. Bad: `ROK MND`.")
    name: Text = Field(
        description=_field(
            "Name for readers.", "South Korea: Ministry of National Defence", "`MND`"
        )
    )
    short_name: Text = Field(
        description=_field("Name for labels.", "Seoul (defence ministry)", "a whole sentence")
    )
    kind: ClaimantKind = Field(description="What sort of body it is.")
    country: Country | None = Field(
        description=_field("ISO 3166 alpha-3 code.", "KOR", "`Korea`; empty for a group of states")
    )
    part_of: ClaimantId | None = Field(
        description=_field("The body that it belongs to.", "rok", "a body that only agrees with it")
    )
    shares_with: ClaimantId | None = Field(
        description=_field(
            "A top-level body with which it shares intelligence: the two may be one origin.",
            "us",
            "a body that merely quotes it",
        )
    )
    aliases: Text | None = Field(
        description=_field("Other names as written in reports, joined by '; '.", "ROK MND", "an id")
    )
    reliability: Reliability = Field(
        description="Admiralty grade A to F of the body; F where it cannot be judged."
    )
    reliability_reason: Text = Field(
        description=_field(
            "One line that says why.", "Publishes imagery that others can check.", "`good`"
        )
    )
    note: Text | None = Field(description="What a reader should know about it.")


class Series(Row):
    """A running count that one body restates."""

    table = "series"
    heading = "Series"
    key = ("series",)
    sort = ("item", "series")

    series: Slug = Field(description="Id. Good: `rok-containers`. Bad: `series 1`.")
    name: Text = Field(description=_field("Name for readers.", "Seoul: containers", "`rok_cont`"))
    claimant: ClaimantId = Field(description="The body, or the state whose bodies restate it.")
    item: Item = Field(description="What is counted.")
    measure: Measure = Field(description="What kind of quantity all its claims state.")
    note: Text | None = Field(description="What holds it together, and where it bends.")


class Claim(Row):
    """One claimant, one date, one quantity, as stated."""

    table = "claims"
    heading = "Claims"
    key = ("claim_id",)
    sort = ("stated_on", "claim_id")

    claim_id: Slug = Field(
        description=_field(
            "Id: claimant, day, item. Never used again.",
            "rok-dia-20240827-containers",
            "`claim 12`",
        )
    )
    series: SeriesId | None = Field(
        description="The running count that it restates; empty for a single statement."
    )
    claimant: ClaimantId = Field(description="Who said it.")
    spokesperson: Text | None = Field(description="The person or document that spoke for it.")
    stated_on: PartialDate = Field(
        description=_field(
            "When the public could know it, no sharper than the source.", "2024-08-27", "27-Aug-24"
        )
    )
    period_start: PartialDate | None = Field(description="From when the figure counts.")
    period_end: PartialDate | None = Field(
        description="Until when the figure counts; empty means the day it was stated."
    )
    measure: Measure = Field(description="What kind of quantity it is.")
    direction: Direction = Field(description="Which way the things went.")
    item: Item = Field(description="What is counted.")
    unit: Unit = Field(description="In what it is counted: the item's own unit.")
    low: Count | None = Field(
        description=_field("Lower bound as stated.", "13000", "`13,000`; empty for 'up to'")
    )
    high: Count | None = Field(
        description=_field("Upper bound as stated.", "9000000", "`9M`; empty for 'more than'")
    )
    qualifier: Qualifier | None = Field(
        description="How the figure was hedged; empty where no number was given."
    )
    status: Status = Field(description="What the claimant says of the things counted.")
    method: Method = Field(description="How the claimant came to know.")
    paraphrase: Text = Field(
        description=_field(
            "The claim in our own words; it stands by itself.",
            "Seoul's defence intelligence reported over 13,000 containers shipped through Najin.",
            "`He also said 13,000`",
        )
    )
    confidence: Confidence = Field(description="How sure the reading of the documents is.")
    credibility: Credibility = Field(
        description="Admiralty grade 1 to 6 of the claim; 6 where it cannot be judged."
    )
    credibility_reason: Text = Field(description="One line that says why.")
    recorded_on: Day = Field(description="When this dataset took it in.")
    withdrawn_on: Day | None = Field(description="When it was withdrawn; rows are never deleted.")
    withdrawn_reason: Text | None = Field(description="Why it was withdrawn.")
    note: Text | None = Field(description="Conflicts, double reporting, trouble with translation.")


class Publisher(Row):
    """A body that publishes documents."""

    table = "publishers"
    heading = "Publishers"
    key = ("publisher",)
    sort = ("publisher",)

    publisher: Slug = Field(
        description="Id. Good: `kyiv-independent`. Bad: `The Kyiv Independent`."
    )
    name: Text = Field(
        description=_field("Name for readers.", "The Kyiv Independent", "`Kyiv Indep. (copy)`")
    )
    kind: PublisherKind = Field(
        description="What sort of publisher it is: of those who serve the page, not of the text."
    )
    country: Country | None = Field(
        description=_field("ISO 3166 alpha-3 code of its seat.", "UKR", "a guess from the language")
    )
    basis: Text = Field(
        description=_field("What the kind rests on.", "well-known news agency", "`sure`")
    )


class Source(Row):
    """One document."""

    table = "sources"
    heading = "Sources"
    key = ("source_id",)
    sort = ("source_id",)

    source_id: Slug = Field(description="Id: outlet, day, matter. Never used again.")
    url: WebAddress = Field(description="Address exactly as found.")
    archived_url: WebAddress | None = Field(description="Address of an archived copy.")
    archived_on: Day | None = Field(description="Day of the archived copy.")
    url_status: UrlStatus | None = Field(description="What the last look found; empty: not looked.")
    url_checked_on: Day | None = Field(description="Day of that look.")
    title: Text | None = Field(description="Title; `title_basis` says where it comes from.")
    title_basis: TitleBasis = Field(description="Where the title comes from.")
    publisher: PublisherId = Field(description="Who published it: whose site serves the page.")
    publisher_as_found: Text | None = Field(
        description=_field(
            "The publisher as found, where that says more than its name.",
            "Wacoca (Reuters copy)",
            "the name again",
        )
    )
    published_on: PartialDate | None = Field(description="When; empty where it was not seen.")
    date_basis: DateBasis | None = Field(description="Where that date comes from.")
    language: Language = Field(description=_field("BCP 47 tag.", "ko", "`Korean`"))
    kind: SourceKind = Field(description="What sort of document it is.")
    relays: Text | None = Field(
        description=_field(
            "On whom the document says it draws, outermost first, joined by ' < '; '; ' parts "
            "two that it names side by side.",
            "UNN < Newsweek < ROK DIA report",
            "a guess",
        )
    )
    retrieved_on: Day | None = Field(description="When it was read; empty where not recorded.")


class ClaimSource(Row):
    """A document that carries a claim."""

    table = "claim_sources"
    heading = "Documents behind claims"
    key = ("claim_id", "source_id")
    sort = ("claim_id", "source_id")

    claim_id: ClaimId = Field(description="The claim.")
    source_id: SourceId = Field(description="The document.")
    role: SourceRole = Field(description="How the document stands to the claim.")
    misprint: Misprint | None = Field(description="In which way it prints the claim wrongly.")
    as_printed: Text | None = Field(
        description=_field("What it prints instead.", "16,400 containers", "`wrong number`")
    )


class ClaimLink(Row):
    """How one claim depends on another."""

    table = "claim_links"
    heading = "Links between claims"
    key = ("claim_id", "relation", "other_claim_id")
    sort = ("claim_id", "relation", "other_claim_id")

    claim_id: ClaimId = Field(description="The claim that depends.")
    relation: Relation = Field(description="How it stands to the other.")
    other_claim_id: ClaimId = Field(description="The claim that it depends on.")
    note: Text | None = Field(description="What shows it.")


class ClaimPlace(Row):
    """A place that a claim names."""

    table = "claim_places"
    heading = "Places named by claims"
    key = ("claim_id", "place_id")
    sort = ("claim_id", "place_id")

    claim_id: ClaimId = Field(description="The claim.")
    place_id: PlaceId = Field(description="The place.")
    as_written: Text = Field(description=_field("The name in the report.", "Rason", "our name"))


class Conversion(Row):
    """A factor that a claimant used, or that two of its figures give, with the pair of claims."""

    table = "conversions"
    heading = "Conversions"
    key = ("conversion_id",)
    sort = ("conversion_id",)

    conversion_id: Slug = Field(description="Id.")
    claimant: ClaimantId = Field(description="Whose factor it is.")
    from_claim: ClaimId = Field(description="The claim that was converted.")
    to_claim: ClaimId = Field(description="The claim that came out.")
    factor: Count = Field(
        description="To-claim divided by from-claim, rounded to a whole number; the check "
        "compares it with the pair."
    )
    note: Text | None = Field(
        description="What the claimant assumed; whether the division is the claimant's or ours."
    )


class Place(Row):
    """A place on a route."""

    table = "places"
    heading = "Places"
    key = ("place_id",)
    sort = ("place_id",)

    place_id: Slug = Field(description="Id. Good: `rajin-port`. Bad: `Rajin`.")
    name: Text = Field(description="Name for readers.")
    short_name: Text = Field(description="Name for labels on the map.")
    alt_names: Text | None = Field(
        description="Other names, native scripts included, joined by '; '."
    )
    country: Country = Field(description="ISO 3166 alpha-3 code by international recognition.")
    kind: PlaceKind = Field(description="What sort of place it is.")
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="Latitude, WGS 84, degrees.")
    lon: Annotated[float, Field(ge=-180, le=180)] = Field(description="Longitude, WGS 84, degrees.")
    precision_km: Count = Field(description="How far the point may be off, in kilometres.")
    coordinate_basis: Text = Field(description="How the coordinates are known.")
    role: Text = Field(description="What the reports say of it.")


class PlaceSource(Row):
    """A document behind a place."""

    table = "place_sources"
    heading = "Documents behind places"
    key = ("place_id", "source_id")
    sort = ("place_id", "source_id")

    place_id: PlaceId = Field(description="The place.")
    source_id: SourceId = Field(description="The document.")


class Route(Row):
    """A way that goods or people were reported to take."""

    table = "routes"
    heading = "Routes"
    key = ("route_id",)
    sort = ("route_id",)

    route_id: Slug = Field(description="Id. Good: `r-sea-rajin-dunai`. Bad: `route 1`.")
    name: Text = Field(description="Name for readers.")
    corridor: Corridor = Field(description="By what it runs.")
    direction: Direction = Field(description="Which way it runs.")
    origin_place: PlaceId = Field(description="Where it starts.")
    destination_place: PlaceId = Field(description="Where it ends.")
    first_reported: Day = Field(description="Day of the first report seen.")
    last_reported: Day = Field(description="Day of the last report seen.")
    status: RouteStatus = Field(description="How it stands in the reporting.")
    summary: Text = Field(description="What was reported, and what is inferred.")


class RouteSource(Row):
    """A document behind a route."""

    table = "route_sources"
    heading = "Documents behind routes"
    key = ("route_id", "source_id")
    sort = ("route_id", "source_id")

    route_id: RouteId = Field(description="The route.")
    source_id: SourceId = Field(description="The document.")


class Leg(Row):
    """A stretch of a route between two places."""

    table = "legs"
    heading = "Legs"
    key = ("route_id", "leg_no")
    sort = ("route_id", "leg_no")

    route_id: RouteId = Field(description="The route.")
    leg_no: Annotated[int, Field(ge=1)] = Field(description="Number along the route, from 1.")
    from_place: PlaceId = Field(description="Where it starts.")
    to_place: PlaceId = Field(description="Where it ends.")
    mode: Mode = Field(description="By what it runs.")
    status: LegStatus = Field(description="How it is known.")
    via: Waypoints | None = Field(
        description="Waypoints in between as latitude,longitude joined by '; ', WGS 84, degrees."
    )
    note: Text = Field(description="What is known of the path.")


class Vessel(Row):
    """A ship, an aircraft or a train; or a placeholder where reports do not tell which."""

    table = "vessels"
    heading = "Vessels"
    key = ("vessel_id",)
    sort = ("vessel_id",)

    vessel_id: Slug = Field(description="Id. Good: `v-angara`. Bad: `Angara`.")
    name: Text = Field(description="Name for readers.")
    former_names: Text | None = Field(description="Former names, joined by '; '.")
    imo: Imo | None = Field(description="IMO number with a valid check digit.")
    flag: Country | None = Field(description="ISO 3166 alpha-3 code of the flag state.")
    kind: Text = Field(description="What it is.")
    operator_owner: Text | None = Field(description="Operator or owner, as reported.")
    note: Text | None = Field(description="Conflicts between reports; what a placeholder is for.")


class VesselSource(Row):
    """A document behind a vessel."""

    table = "vessel_sources"
    heading = "Documents behind vessels"
    key = ("vessel_id", "source_id")
    sort = ("vessel_id", "source_id")

    vessel_id: VesselId = Field(description="The vessel.")
    source_id: SourceId = Field(description="The document.")


class VesselSanction(Row):
    """A listing of a vessel or its owner."""

    table = "vessel_sanctions"
    heading = "Sanctions on vessels"
    key = ("vessel_id", "sanction_no")
    sort = ("vessel_id", "sanction_no")

    vessel_id: VesselId = Field(description="The vessel.")
    sanction_no: Annotated[int, Field(ge=1)] = Field(description="Number, from 1.")
    authority: Text = Field(description=_field("Who listed it.", "European Union", "`EU 833`"))
    listed_on: PartialDate | None = Field(description="When; empty where no date was seen.")
    as_written: Text = Field(description="The listing as the reports give it.")


class Sighting(Row):
    """A dated observation of a vessel."""

    table = "sightings"
    heading = "Sightings"
    key = ("sighting_id",)
    sort = ("observed_from", "sighting_id")

    sighting_id: Slug = Field(description="Id. Good: `y-001`.")
    vessel_id: VesselId = Field(description="What was seen.")
    observed_from: PartialDate = Field(description="When, or the start of the period.")
    observed_to: PartialDate = Field(
        description="The end of the period; same as the start for one."
    )
    from_place: PlaceId | None = Field(description="Where it came from.")
    to_place: PlaceId | None = Field(description="Where it was or went.")
    event: SightingEvent = Field(description="What was seen.")
    containers_low: Count | None = Field(description="Containers seen, lower bound.")
    containers_high: Count | None = Field(description="Containers seen, upper bound.")
    observed_by: Text = Field(description="Who saw it, as written.")
    claimant: ClaimantId | None = Field(
        description="The same body as a claimant of this dataset, where it is one."
    )
    paraphrase: Text = Field(description="What was seen, in our own words.")
    confidence: Confidence = Field(description="How sure the reading of the documents is.")


class SightingSource(Row):
    """A document behind a sighting."""

    table = "sighting_sources"
    heading = "Documents behind sightings"
    key = ("sighting_id", "source_id")
    sort = ("sighting_id", "source_id")

    sighting_id: SightingId = Field(description="The sighting.")
    source_id: SourceId = Field(description="The document.")


TABLES: tuple[type[Row], ...] = (
    Claimant,
    Series,
    Claim,
    Publisher,
    Source,
    ClaimSource,
    ClaimLink,
    Conversion,
    Place,
    PlaceSource,
    ClaimPlace,
    Route,
    RouteSource,
    Leg,
    Vessel,
    VesselSource,
    VesselSanction,
    Sighting,
    SightingSource,
)
