"""The data model: one pydantic class per table of `data/`.

The data dictionary, `data/datapackage.json` and the checks are all made from these classes, so a
column is described once. Every cell is text in the file; an empty cell means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dashboard.periods import parse_period

SCHEMA_VERSION = "1.0"


class Coded(StrEnum):
    """A list of allowed values, each with its meaning for readers."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Keep the meaning with the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class Measure(Coded):
    """What kind of quantity a claim states; nothing adds up across kinds."""

    CUMULATIVE = "cumulative", "a running total since some start"
    INCREMENT = "increment", "an amount within a period"
    CAPACITY = "capacity", "what could have fitted, not what was seen inside"
    STOCK = "stock", "how many are in a place at a time"
    SHARE = "share", "a percentage of something"
    VALUE = "value", "a sum of money"
    DENIAL = "denial", "a statement that it did not happen"


class Direction(Coded):
    """Which way the things went."""

    TO_RUSSIA = "to-russia", "from North Korea to Russia"
    TO_DPRK = "to-dprk", "from Russia to North Korea"


class Qualifier(Coded):
    """How the claimant hedged the figure; it decides which bounds exist."""

    EXACTLY = "exactly", "a count without a hedge: low and high are the figure"
    ABOUT = "about", "an approximate figure: low and high are the figure"
    AT_LEAST = "at-least", "the figure or more: a low and no high"
    MORE_THAN = "more-than", "above the figure: a low and no high"
    UP_TO = "up-to", "the figure or less: a high and no low"
    BETWEEN = "between", "a range: a low and a high"


class Status(Coded):
    """What the claimant says of the things counted."""

    REPORTED_SHIPPED = "reported-shipped", "said to have been sent or to be there"
    REPORTED_USED = "reported-used", "said to have been fired or found at the front"
    PLANNED = "planned", "announced or expected, not yet done when stated"
    INFERRED_CAPACITY = "inferred-capacity", "worked out from something else, not observed"
    DENIED = "denied", "rejected by the claimant"
    ADMITTED = "admitted", "acknowledged by Pyongyang or Moscow"


class Method(Coded):
    """How the claimant came to know."""

    IMAGERY = "imagery", "satellite or other pictures"
    SIGNALS = "signals", "ship or flight tracking signals"
    TRADE_DATA = "trade-data", "freight or customs records"
    FIELD_RECOVERY = "field-recovery", "debris or equipment examined on the ground"
    OFFICIAL_STATEMENT = "official-statement", "an official's word, method not given"
    UNKNOWN = "unknown", "not given"


class Confidence(Coded):
    """How sure the reading of the documents is; not how true the claim is."""

    HIGH = "high", "the documents seen say so plainly"
    MEDIUM = "medium", "one relay, or a date or detail inferred"
    LOW = "low", "second-hand, undated or possibly garbled"


class Unit(Coded):
    """What is counted."""

    CONTAINERS = "containers", "shipping containers, size not stated unless noted"
    ROUNDS = "rounds", "shells, rockets or mortar bombs"
    MISSILES = "missiles", "ballistic missiles"
    ATTACKS = "attacks", "days or occasions of attack"
    SYSTEMS = "systems", "guns, launchers or other weapon systems"
    VEHICLES = "vehicles", "armoured vehicles"
    PEOPLE = "people", "soldiers or workers"
    TRIPS = "trips", "ship voyages, port calls or train runs"
    SHIPS = "ships", "different ships"
    RAILCARS = "railcars", "railway cars"
    DELIVERIES = "deliveries", "consignments by any means"
    TONNES = "tonnes", "metric tonnes"
    BARRELS = "barrels", "barrels of petroleum products"
    PERCENT = "percent", "per cent"
    USD = "usd", "US dollars, not adjusted for prices"
    NONE = "none", "nothing countable"


class Item(StrEnum):
    """What is counted, with its one unit and one direction, so that unlike things never add up."""

    label: str
    unit: Unit
    direction: Direction

    def __new__(
        cls,
        value: str,
        label: str = "",
        unit: Unit = Unit.NONE,
        direction: Direction = Direction.TO_RUSSIA,
    ) -> Self:
        """Keep label, unit and direction with the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.unit = unit
        member.direction = direction
        return member

    CONTAINERS = "containers", "Containers of arms", Unit.CONTAINERS
    SHELLS_ANY = "shells_any", "Shells and rockets, any calibre", Unit.ROUNDS
    SHELLS_152MM = "shells_152mm", "152 mm shells", Unit.ROUNDS
    SHELLS_122MM = "shells_122mm", "122 mm rounds", Unit.ROUNDS
    MORTAR_BOMBS = "mortar_bombs", "Mortar bombs", Unit.ROUNDS
    ROCKETS = "rockets", "Rockets for multiple launchers", Unit.ROUNDS
    BALLISTIC_MISSILES = "ballistic_missiles", "Ballistic missiles delivered", Unit.MISSILES
    MISSILES_FIRED = "missiles_fired", "North Korean missiles fired", Unit.MISSILES
    MISSILE_ATTACKS = "missile_attacks", "Attacks with North Korean missiles", Unit.ATTACKS
    ARTILLERY_SYSTEMS = "artillery_systems", "Guns and launchers", Unit.SYSTEMS
    MLRS = "mlrs", "Multiple rocket launchers", Unit.SYSTEMS
    ANTI_TANK_SYSTEMS = "anti_tank_systems", "Anti-tank systems", Unit.SYSTEMS
    ARMOURED_VEHICLES = "armoured_vehicles", "Armoured vehicles", Unit.VEHICLES
    ARMS = "arms", "Arms, kind or number not given", Unit.NONE
    TROOPS = "troops", "Soldiers", Unit.PEOPLE
    WORKERS = "workers", "Workers and military builders", Unit.PEOPLE
    VOYAGES = "voyages", "Ship voyages", Unit.TRIPS
    SHIPS = "ships", "Different ships", Unit.SHIPS
    TRAINS = "trains", "Train runs", Unit.TRIPS
    RAILCARS = "railcars", "Railway cars", Unit.RAILCARS
    DELIVERIES = "deliveries", "Deliveries by any means", Unit.DELIVERIES
    EXPLOSIVES = "explosives", "Explosives by weight", Unit.TONNES
    SHARE_OF_SHELLS = "share_of_shells", "Share of the shells Russia fires", Unit.PERCENT
    SHARE_OF_AMMUNITION = "share_of_ammunition", "Share of Russia's ammunition", Unit.PERCENT
    SHARE_OF_MISSILES = "share_of_missiles", "Share of ballistic missiles fired", Unit.PERCENT
    SHARE_OF_LOSSES = "share_of_losses", "Share of losses caused", Unit.PERCENT
    CHANGE_IN_SHELLS = "change_in_shells", "Change in yearly shell volume", Unit.PERCENT
    VALUE_OF_ARMS = "value_of_arms", "Value of arms and soldiers sent", Unit.USD
    VALUE_OF_TROOPS = (
        "value_of_troops",
        "Payment for soldiers, a year",
        Unit.USD,
        Direction.TO_DPRK,
    )
    VALUE_OF_RETURN = "value_of_return", "Value of what came back", Unit.USD, Direction.TO_DPRK
    OIL = "oil", "Oil products", Unit.BARRELS, Direction.TO_DPRK
    TANKER_CALLS = "tanker_calls", "Tanker calls", Unit.TRIPS, Direction.TO_DPRK
    RETURN_CONTAINERS = (
        "return_containers",
        "Containers coming back, mainly food",
        Unit.CONTAINERS,
        Direction.TO_DPRK,
    )
    AIR_DEFENCE_SYSTEMS = (
        "air_defence_systems",
        "Air-defence systems",
        Unit.SYSTEMS,
        Direction.TO_DPRK,
    )
    MILITARY_AID = (
        "military_aid",
        "Military goods and advice in return",
        Unit.NONE,
        Direction.TO_DPRK,
    )
    TROOPS_RETURNED = "troops_returned", "Soldiers sent home", Unit.PEOPLE, Direction.TO_DPRK

    @property
    def meaning(self) -> str:
        """The label with unit and direction, for the data dictionary."""
        return f"{self.label} ({self.unit}, {self.direction.meaning})"


class ClaimantKind(Coded):
    """What sort of body makes the claim."""

    STATE = "state", "a state, or its government as a whole"
    STATE_BODY = "state-body", "a ministry, agency, service or office of a state"
    INTERNATIONAL = "international", "an international organisation or group of states"
    THINK_TANK = "think-tank", "a research institute or monitoring project"
    NGO = "ngo", "an advocacy or civil-society group"
    MEDIA = "media", "a news outlet speaking for itself"
    COMPANY = "company", "a company, private military ones included"
    PERSON = "person", "a named individual speaking for herself or himself"
    UNNAMED = "unnamed", "unnamed officials or sources; the body is not known"


class Reliability(Coded):
    """Admiralty grade of a claimant (NATO AJP-2.1): its record, judged apart from the item."""

    A = "A", "completely reliable"
    B = "B", "usually reliable"
    C = "C", "fairly reliable"
    D = "D", "not usually reliable"
    E = "E", "unreliable"
    F = "F", "reliability cannot be judged"


class Credibility(Coded):
    """Admiralty grade of a claim (NATO AJP-2.1): the item itself, judged apart from its source."""

    CONFIRMED = "1", "confirmed by an independent origin"
    PROBABLE = "2", "probably true"
    POSSIBLE = "3", "possibly true"
    DOUBTFUL = "4", "doubtful"
    IMPROBABLE = "5", "improbable"
    UNKNOWN = "6", "truth cannot be judged"


class TitleBasis(Coded):
    """Where a title comes from."""

    PAGE = "page", "as printed on the page"
    ADDRESS = "address", "rebuilt from the web address"
    NOT_SEEN = "not-seen", "the title was not seen"


class SourceKind(Coded):
    """What sort of document it is."""

    NEWS = "news", "a news article or broadcast"
    OFFICIAL = "official", "a document of a state body"
    THINK_TANK = "think-tank", "a study or post of a research body"
    MULTILATERAL = "multilateral", "a document of an international body"
    DATABASE = "database", "a register, list or reference work"
    SOCIAL = "social", "a post on a social network or board"


class UrlStatus(Coded):
    """What the last look at the address found."""

    OK = "ok", "answered"
    MOVED = "moved", "answers at another address"
    GONE = "gone", "no longer there"
    BLOCKED = "blocked", "refuses automated look-ups"


class SourceRole(Coded):
    """How a document stands to the claim that it carries."""

    FIRST = "first", "the claimant's own text, or the first to print it"
    RELAY = "relay", "draws on a document that printed it"
    COPY = "copy", "a copy or translation of another document"
    MENTION = "mention", "names the figure in passing"


class Misprint(Coded):
    """In which way a document prints the claim wrongly."""

    ROUNDED = "rounded", "another figure, rounded or mistyped"
    MISATTRIBUTED = "misattributed", "another claimant"
    CAPACITY_AS_DELIVERY = "capacity-as-delivery", "what could fit, told as what was sent"
    MISDATED = "misdated", "another date or period"
    MISTRANSLATED = "mistranslated", "another thing or direction"


class Relation(Coded):
    """How one claim stands to another."""

    RESTATES = "restates", "says the same figure again: no new evidence"
    COMPUTED_FROM = "computed-from", "works it out from the other: no new evidence"
    AGGREGATES = "aggregates", "takes the other into its sum: no new evidence"
    CITES = "cites", "rests on the other: no new evidence"
    UPDATES = "updates", "replaces the other with a later figure of the same body"
    CORROBORATES = "corroborates", "agrees with the other on evidence of its own"
    DISPUTES = "disputes", "contradicts the other"


class PlaceKind(Coded):
    """What sort of place it is."""

    PORT = "port", "a port or stretch of coast where ships load"
    RAIL_STATION = "rail-station", "a station, yard or junction"
    BORDER_CROSSING = "border-crossing", "a crossing of the border"
    AIRFIELD = "airfield", "an airfield or test range with one"
    ARMS_FACTORY = "arms-factory", "an arms factory"
    NAVAL_FACILITY = "naval-facility", "a naval pier"
    CITY = "city", "a city or region"
    DEPOT = "depot", "an ammunition depot or firing range"


class Corridor(Coded):
    """By what a route runs."""

    SEA = "sea", "ships"
    RAIL = "rail", "trains"
    AIR = "air", "aircraft"
    MIXED = "mixed", "ships, then trains"


class Mode(Coded):
    """By what a leg runs."""

    SEA = "sea", "ship"
    RAIL = "rail", "train"
    AIR = "air", "aircraft"


class RouteStatus(Coded):
    """How a route stands in the reporting."""

    REPORTED_ACTIVE = "reported-active", "reported in use at the end of the reporting"
    REPORTED_DORMANT = "reported-dormant", "reported in use, then no longer"
    ALLEGED = "alleged", "reported once or inferred"


class LegStatus(Coded):
    """How a leg is known; the map draws each kind differently."""

    OBSERVED = "observed", "seen in imagery, signals or freight records at both ends"
    REPORTED = "reported", "stated by a named body, not shown"
    INFERRED = "inferred", "drawn to join two reported points"


class SightingEvent(Coded):
    """What was seen."""

    ARRIVED = "arrived", "came in"
    DEPARTED = "departed", "left"
    DOCKED = "docked", "lay at a pier, yard or anchor"
    LOADING = "loading", "was taking on cargo"
    UNLOADING = "unloading", "was putting cargo ashore"
    TRANSIT = "transit", "was under way, or a count of trips"


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
    title: Text | None = Field(description="Title; `title_basis` says where it comes from.")
    title_basis: TitleBasis = Field(description="Where the title comes from.")
    publisher: Text = Field(description="Who published it.")
    published_on: PartialDate | None = Field(description="When; empty where it was not seen.")
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
    """A factor that a claimant used, with the pair of claims that it comes from."""

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
    note: Text | None = Field(description="What the claimant assumed.")


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
