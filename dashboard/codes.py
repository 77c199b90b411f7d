"""The coded lists of the data model: every allowed value with its meaning for readers."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from dashboard.translation import message


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

    REPORTED_SHIPPED = "reported-shipped", message("said to have been sent or to be there")
    REPORTED_USED = "reported-used", message("said to have been fired or found at the front")
    PLANNED = "planned", message("announced or expected, not yet done when stated")
    INFERRED_CAPACITY = "inferred-capacity", message("worked out from something else, not observed")
    DENIED = "denied", message("rejected by the claimant")
    ADMITTED = "admitted", message("acknowledged by Pyongyang or Moscow")


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

    CONTAINERS = "containers", message("Containers of arms"), Unit.CONTAINERS
    SHELLS_ANY = "shells_any", message("Shells and rockets, any calibre"), Unit.ROUNDS
    SHELLS_152MM = "shells_152mm", message("152 mm shells"), Unit.ROUNDS
    SHELLS_122MM = "shells_122mm", message("122 mm rounds"), Unit.ROUNDS
    MORTAR_BOMBS = "mortar_bombs", message("Mortar bombs"), Unit.ROUNDS
    ROCKETS = "rockets", message("Rockets for multiple launchers"), Unit.ROUNDS
    BALLISTIC_MISSILES = (
        "ballistic_missiles",
        message("Ballistic missiles delivered"),
        Unit.MISSILES,
    )
    MISSILES_FIRED = "missiles_fired", message("North Korean missiles fired"), Unit.MISSILES
    MISSILE_ATTACKS = "missile_attacks", message("Attacks with North Korean missiles"), Unit.ATTACKS
    ARTILLERY_SYSTEMS = "artillery_systems", message("Guns and launchers"), Unit.SYSTEMS
    MLRS = "mlrs", message("Multiple rocket launchers"), Unit.SYSTEMS
    ANTI_TANK_SYSTEMS = "anti_tank_systems", message("Anti-tank systems"), Unit.SYSTEMS
    ARMOURED_VEHICLES = "armoured_vehicles", message("Armoured vehicles"), Unit.VEHICLES
    ARMS = "arms", message("Arms, kind or number not given"), Unit.NONE
    TROOPS = "troops", message("Soldiers"), Unit.PEOPLE
    WORKERS = "workers", message("Workers and military builders"), Unit.PEOPLE
    VOYAGES = "voyages", message("Ship voyages"), Unit.TRIPS
    SHIPS = "ships", message("Different ships"), Unit.SHIPS
    TRAINS = "trains", message("Train runs"), Unit.TRIPS
    RAILCARS = "railcars", message("Railway cars"), Unit.RAILCARS
    DELIVERIES = "deliveries", message("Deliveries by any means"), Unit.DELIVERIES
    EXPLOSIVES = "explosives", message("Explosives by weight"), Unit.TONNES
    SHARE_OF_SHELLS = "share_of_shells", message("Share of the shells Russia fires"), Unit.PERCENT
    SHARE_OF_AMMUNITION = (
        "share_of_ammunition",
        message("Share of Russia's ammunition"),
        Unit.PERCENT,
    )
    SHARE_OF_MISSILES = (
        "share_of_missiles",
        message("Share of ballistic missiles fired"),
        Unit.PERCENT,
    )
    SHARE_OF_LOSSES = "share_of_losses", message("Share of losses caused"), Unit.PERCENT
    CHANGE_IN_SHELLS = "change_in_shells", message("Change in yearly shell volume"), Unit.PERCENT
    VALUE_OF_ARMS = "value_of_arms", message("Value of arms and soldiers sent"), Unit.USD
    VALUE_OF_TROOPS = (
        "value_of_troops",
        message("Payment for soldiers, a year"),
        Unit.USD,
        Direction.TO_DPRK,
    )
    VALUE_OF_RETURN = (
        "value_of_return",
        message("Value of what came back"),
        Unit.USD,
        Direction.TO_DPRK,
    )
    OIL = "oil", message("Oil products"), Unit.BARRELS, Direction.TO_DPRK
    TANKER_CALLS = "tanker_calls", message("Tanker calls"), Unit.TRIPS, Direction.TO_DPRK
    RETURN_CONTAINERS = (
        "return_containers",
        message("Containers coming back, mainly food"),
        Unit.CONTAINERS,
        Direction.TO_DPRK,
    )
    AIR_DEFENCE_SYSTEMS = (
        "air_defence_systems",
        message("Air-defence systems"),
        Unit.SYSTEMS,
        Direction.TO_DPRK,
    )
    MILITARY_AID = (
        "military_aid",
        message("Military goods and advice in return"),
        Unit.NONE,
        Direction.TO_DPRK,
    )
    TROOPS_RETURNED = (
        "troops_returned",
        message("Soldiers sent home"),
        Unit.PEOPLE,
        Direction.TO_DPRK,
    )

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

    A = "A", message("completely reliable")
    B = "B", message("usually reliable")
    C = "C", message("fairly reliable")
    D = "D", message("not usually reliable")
    E = "E", message("unreliable")
    F = "F", message("reliability cannot be judged")


NO_GRADE = "Not yet graded."
"""The reason that stands beside the grade of a claim that nobody has graded."""


class Credibility(Coded):
    """Admiralty grade of a claim (NATO AJP-2.1): the item itself, judged apart from its source."""

    CONFIRMED = "1", message("confirmed by an independent origin")
    PROBABLE = "2", message("probably true")
    POSSIBLE = "3", message("possibly true")
    DOUBTFUL = "4", message("doubtful")
    IMPROBABLE = "5", message("improbable")
    UNKNOWN = "6", message("truth cannot be judged")


class TitleBasis(Coded):
    """Where a title comes from."""

    PAGE = "page", "as printed on the page"
    ADDRESS = "address", "rebuilt from the web address"
    NOT_SEEN = "not-seen", "the title was not seen"


class DateBasis(Coded):
    """Where a date of publication comes from."""

    PAGE = "page", "as printed on the page"
    ADDRESS = "address", "in the web address, stamps included"
    INDEX = "index", "as a public index of the page gives it"
    NOT_RECORDED = "not-recorded", "seen, but where was not written down"


class PublisherKind(Coded):
    """What sort of publisher it is; the order is that in which cards show documents."""

    OFFICIAL = "official", "a state body, a parliament or an international body"
    WIRE = "wire", "a news agency"
    NEWSPAPER = "newspaper", "a newspaper, or a news site with a newsroom of its own"
    BROADCASTER = "broadcaster", "a television or radio station"
    MAGAZINE = "magazine", "a periodical or an outlet for one field"
    THINK_TANK = "think-tank", "a research body or monitoring project"
    NGO = "ngo", "an advocacy or civil-society group"
    COMPANY = "company", "a company that is no news outlet"
    REFERENCE = "reference", "a register, a database or an encyclopaedia"
    SOCIAL = "social", "a social network, a board or a personal blog"
    AGGREGATOR = "aggregator", "a site that mainly reprints others"


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
    UNREACHABLE = "unreachable", "did not answer, or answered with a fault of its own"


class SourceRole(Coded):
    """How a document stands to the claim that it carries."""

    FIRST = "first", message("the claimant's own text, or the first to print it")
    RELAY = "relay", message("draws on a document that printed it")
    COPY = "copy", message("a copy or translation of another document")
    MENTION = "mention", message("names the figure in passing")


class Misprint(Coded):
    """In which way a document prints the claim wrongly."""

    ROUNDED = "rounded", message("another figure, rounded or mistyped")
    MISATTRIBUTED = "misattributed", message("another claimant")
    CAPACITY_AS_DELIVERY = "capacity-as-delivery", message("what could fit, told as what was sent")
    MISDATED = "misdated", message("another date or period")
    MISTRANSLATED = "mistranslated", message("another thing or direction")


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

    PORT = "port", message("a port or stretch of coast where ships load")
    RAIL_STATION = "rail-station", message("a station, yard or junction")
    BORDER_CROSSING = "border-crossing", message("a crossing of the border")
    AIRFIELD = "airfield", message("an airfield or test range with one")
    ARMS_FACTORY = "arms-factory", message("an arms factory")
    NAVAL_FACILITY = "naval-facility", message("a naval pier")
    CITY = "city", message("a city or region")
    DEPOT = "depot", message("an ammunition depot or firing range")


class Corridor(Coded):
    """By what a route runs."""

    SEA = "sea", "ships"
    RAIL = "rail", "trains"
    AIR = "air", "aircraft"
    MIXED = "mixed", "ships, then trains"


class Mode(Coded):
    """By what a leg runs."""

    SEA = "sea", message("ship")
    RAIL = "rail", message("train")
    AIR = "air", message("aircraft")


class RouteStatus(Coded):
    """How a route stands in the reporting."""

    REPORTED_ACTIVE = "reported-active", "reported in use at the end of the reporting"
    REPORTED_DORMANT = "reported-dormant", "reported in use, then no longer"
    ALLEGED = "alleged", "reported once or inferred"


class LegStatus(Coded):
    """How a leg is known; the map draws each kind differently."""

    OBSERVED = "observed", message("seen in imagery, signals or freight records at both ends")
    REPORTED = "reported", message("stated by a named body, not shown")
    INFERRED = "inferred", message("drawn to join two reported points")


class SightingEvent(Coded):
    """What was seen."""

    ARRIVED = "arrived", "came in"
    DEPARTED = "departed", "left"
    DOCKED = "docked", "lay at a pier, yard or anchor"
    LOADING = "loading", "was taking on cargo"
    UNLOADING = "unloading", "was putting cargo ashore"
    TRANSIT = "transit", "was under way, or a count of trips"
