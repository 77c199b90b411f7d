"""A small data folder without faults, with rows that can be counted by hand, and ways to spoil it.

`write_good_folder` writes all tables. The row functions fill what a test does not care about.
`good_dataset` and `dataset_of_claims` hold such rows without a folder and without the checks.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dashboard.columns import names_of
from dashboard.dataset import Dataset, dataset_from_tables
from dashboard.layout import Cells, canonical_text
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, Row
from dashboard.tables import file_of, table_text

ROW_CLASSES = {row.table: row for row in TABLES}

_DEFAULTS: dict[str, dict[str, str]] = {
    "claimants": {
        "kind": "state-body",
        "country": "KOR",
        "reliability": "F",
        "reliability_reason": "Not yet graded.",
    },
    "series": {"claimant": "rok", "item": "containers", "measure": "cumulative"},
    "claims": {
        "claimant": "rok-mnd",
        "stated_on": "2024-02-26",
        "measure": "cumulative",
        "direction": "to-russia",
        "item": "containers",
        "unit": "containers",
        "status": "reported-shipped",
        "method": "official-statement",
        "paraphrase": "Seoul said so, in these words.",
        "confidence": "high",
        "credibility": "6",
        "credibility_reason": "Not yet graded.",
        "recorded_on": "2026-11-24",
    },
    "publishers": {"kind": "newspaper", "basis": "Well known."},
    "sources": {
        "title_basis": "page",
        "publisher": "kbs",
        "language": "ko",
        "kind": "news",
    },
    "claim_sources": {"role": "relay"},
    "places": {
        "country": "RUS",
        "kind": "port",
        "precision_km": "1",
        "coordinate_basis": "Read off a map.",
        "role": "Ships load here.",
    },
    "routes": {
        "corridor": "mixed",
        "direction": "to-russia",
        "first_reported": "2023-10-13",
        "last_reported": "2024-08-27",
        "status": "reported-active",
        "summary": "Reported by sea, then by rail.",
    },
    "legs": {"mode": "sea", "status": "reported", "note": "Reported by name only."},
    "vessels": {"kind": "cargo ship"},
    "vessel_sanctions": {"authority": "European Union", "as_written": "Listed as a ship."},
    "sightings": {
        "vessel_id": "v-angara",
        "event": "docked",
        "observed_by": "an imagery analyst",
        "paraphrase": "Seen at the pier.",
        "confidence": "medium",
    },
}


def cells(table: str, **given: str) -> Cells:
    """Return a row of a table as its cells; what is not given has a harmless value."""
    columns = names_of(ROW_CLASSES[table])
    unknown = set(given) - set(columns)
    if unknown:
        raise TypeError(f"{table} has no column {sorted(unknown)}")
    filled = _DEFAULTS.get(table, {}) | given
    return tuple(filled.get(name, "") for name in columns)


def claim(claim_id: str, **given: str) -> Cells:
    """Return a claim of Seoul's defence ministry of 26 February 2024, without a figure."""
    return cells("claims", claim_id=claim_id, **given)


def claimant(claimant: str, **given: str) -> Cells:
    """Return a body of South Korea that is named like its id."""
    return cells(
        "claimants", claimant=claimant, **{"name": claimant, "short_name": claimant, **given}
    )


def source(source_id: str, **given: str) -> Cells:
    """Return a document of KBS at an address of its own, its date as printed where it has one."""
    usual = {"url": f"https://example.org/{source_id}", "title": source_id}
    if given.get("published_on"):
        usual["date_basis"] = "page"
    return cells("sources", source_id=source_id, **(usual | given))


def place(place_id: str, **given: str) -> Cells:
    """Return a port in Russia that is named like its id."""
    return cells("places", place_id=place_id, **{"name": place_id, "short_name": place_id, **given})


def good_tables() -> dict[str, list[Cells]]:
    """Return the rows of every table: 6 claims by 4 bodies in 5 documents, 1 route of 2 legs."""
    return {
        "claimants": [
            claimant("dprk", kind="state", country="PRK"),
            claimant("rok", kind="state", shares_with="us"),
            claimant("rok-dia", part_of="rok"),
            claimant("rok-mnd", part_of="rok", aliases="MND; South Korea's defence ministry"),
            claimant("us", kind="state", country="USA", reliability="B"),
        ],
        "series": [
            cells("series", series="rok-containers", name="Seoul: containers"),
            cells(
                "series",
                series="rok-shells",
                name="Seoul: shells",
                item="shells_any",
                measure="capacity",
            ),
        ],
        "claims": _claims(),
        "publishers": [
            cells("publishers", publisher="kbs", name="KBS", kind="broadcaster", country="KOR"),
            cells("publishers", publisher="kcna", name="KCNA", kind="official", country="PRK"),
            cells("publishers", publisher="mapping-agency", name="A mapping agency"),
            cells("publishers", publisher="voa", name="VOA", kind="broadcaster", country="USA"),
            cells("publishers", publisher="yonhap", name="Yonhap", kind="wire", country="KOR"),
        ],
        "sources": [
            source("kbs-20240226", published_on="2024-02-26", retrieved_on="2026-11-20"),
            source("kcna-20240301", publisher="kcna", kind="official", published_on="2024-03"),
            source("map-of-ports", publisher="mapping-agency", language="en", kind="database"),
            source("voa-20240223", publisher="voa", language="en", title="More, it said: 10,000"),
            source(
                "yonhap-20240827",
                publisher="yonhap",
                title='"13,000" containers',
                archived_url="https://archive.example.org/1",
                archived_on="2024-08-28",
                url_status="ok",
                url_checked_on="2026-11-20",
            ),
        ],
        "claim_sources": [
            cells("claim_sources", claim_id=claim_id, source_id=source_id)
            for claim_id, source_id in (
                ("dprk-20240301-denial", "kcna-20240301"),
                ("rok-dia-20240827-containers", "kbs-20240226"),
                ("rok-dia-20240827-containers", "yonhap-20240827"),
                ("rok-mnd-20240226-containers", "kbs-20240226"),
                ("rok-mnd-20240226-shells", "kbs-20240226"),
                ("us-20240223-containers", "voa-20240223"),
                ("us-202409-missiles", "voa-20240223"),
            )
        ],
        "claim_links": [
            cells("claim_links", claim_id=claim_id, relation=relation, other_claim_id=other)
            for claim_id, relation, other in (
                ("rok-dia-20240827-containers", "updates", "rok-mnd-20240226-containers"),
                ("rok-mnd-20240226-shells", "computed-from", "rok-mnd-20240226-containers"),
            )
        ],
        "conversions": [
            cells(
                "conversions",
                conversion_id="rok-mnd-rounds",
                claimant="rok-mnd",
                from_claim="rok-mnd-20240226-containers",
                to_claim="rok-mnd-20240226-shells",
                factor="448",
            )
        ],
        **_geography(),
        **_ships(),
    }


def _claims() -> list[Cells]:
    return [
        claim(
            "us-20240223-containers",
            claimant="us",
            stated_on="2024-02-23",
            low="10000",
            qualifier="more-than",
        ),
        claim(
            "rok-mnd-20240226-containers",
            series="rok-containers",
            period_start="2023-07",
            period_end="2024-02-26",
            low="6700",
            high="6700",
            qualifier="about",
        ),
        claim(
            "rok-mnd-20240226-shells",
            series="rok-shells",
            measure="capacity",
            item="shells_any",
            unit="rounds",
            high="3000000",
            qualifier="up-to",
            status="inferred-capacity",
        ),
        claim(
            "dprk-20240301-denial",
            claimant="dprk",
            stated_on="2024-03-01",
            measure="denial",
            item="arms",
            unit="none",
            status="denied",
        ),
        claim(
            "rok-dia-20240827-containers",
            claimant="rok-dia",
            series="rok-containers",
            stated_on="2024-08-27",
            low="13000",
            qualifier="more-than",
        ),
        claim(
            "us-202409-missiles",
            claimant="us",
            stated_on="2024-09",
            item="ballistic_missiles",
            unit="missiles",
            low="40",
            high="50",
            qualifier="between",
        ),
    ]


def _geography() -> dict[str, list[Cells]]:
    return {
        "places": [
            place("dunai-port", lat="42.88", lon="132.35"),
            place("rajin-port", country="PRK", lat="42.2383", lon="130.2983", alt_names="Najin"),
            place("tikhoretsk-depot", kind="depot", lat="45.8", lon="40.1"),
        ],
        "place_sources": [
            cells("place_sources", place_id=place_id, source_id="map-of-ports")
            for place_id in ("dunai-port", "rajin-port", "tikhoretsk-depot")
        ],
        "claim_places": [
            cells(
                "claim_places",
                claim_id="rok-dia-20240827-containers",
                place_id="rajin-port",
                as_written="Najin",
            )
        ],
        "routes": [
            cells(
                "routes",
                route_id="r-rajin-tikhoretsk",
                name="Rajin to Tikhoretsk",
                origin_place="rajin-port",
                destination_place="tikhoretsk-depot",
            )
        ],
        "route_sources": [
            cells("route_sources", route_id="r-rajin-tikhoretsk", source_id="voa-20240223")
        ],
        "legs": [
            cells(
                "legs",
                route_id="r-rajin-tikhoretsk",
                leg_no="1",
                from_place="rajin-port",
                to_place="dunai-port",
                via="42.1,130.5; 42.5,132.0",
            ),
            cells(
                "legs",
                route_id="r-rajin-tikhoretsk",
                leg_no="2",
                from_place="dunai-port",
                to_place="tikhoretsk-depot",
                mode="rail",
                status="inferred",
            ),
        ],
    }


def _ships() -> dict[str, list[Cells]]:
    return {
        "vessels": [
            cells("vessels", vessel_id="v-angara", name="Angara", imo="9179842", flag="RUS"),
            cells("vessels", vessel_id="v-train", name="A train", kind="train"),
        ],
        "vessel_sources": [cells("vessel_sources", vessel_id="v-angara", source_id="voa-20240223")],
        "vessel_sanctions": [
            cells("vessel_sanctions", vessel_id="v-angara", sanction_no="1", listed_on="2022-05"),
            cells("vessel_sanctions", vessel_id="v-angara", sanction_no="2"),
        ],
        "sightings": [
            cells(
                "sightings",
                sighting_id="y-001",
                observed_from="2023-09-12",
                observed_to="2023-09-12",
                to_place="rajin-port",
                containers_low="200",
                containers_high="300",
            ),
            cells(
                "sightings",
                sighting_id="y-002",
                observed_from="2023-10",
                observed_to="2023-12",
                from_place="rajin-port",
                to_place="dunai-port",
                event="transit",
                claimant="us",
            ),
        ],
        "sighting_sources": [
            cells("sighting_sources", sighting_id=sighting_id, source_id="voa-20240223")
            for sighting_id in ("y-001", "y-002")
        ],
    }


def write_good_folder(folder: Path, **tables: list[Cells]) -> Path:
    """Write every table into a folder and return it; a given table replaces the good one."""
    for name, rows in (good_tables() | tables).items():
        text = table_text(rows, ROW_CLASSES[name])
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
    return folder


# ------------------------------------------------------------------ without a folder


def said(qualifier: str, figure: int, high: int | None = None) -> dict[str, str]:
    """Return the cells of a figure, with the bounds that its qualifier demands."""
    has_low = qualifier != "up-to"
    has_high = qualifier not in ("at-least", "more-than")
    return {
        "qualifier": qualifier,
        "low": str(figure) if has_low else "",
        "high": str(figure if high is None else high) if has_high else "",
    }


def good_dataset(**tables: list[Cells]) -> Dataset:
    """Return the good rows as a dataset; a table that is given replaces the good one, unchecked."""
    return _dataset(good_tables() | tables) if tables else _good_dataset()


@cache
def _good_dataset() -> Dataset:
    return _dataset(good_tables())


def _dataset(tables: Mapping[str, list[Cells]]) -> Dataset:
    raw = {
        name: RawTable(
            f"{name}.csv",
            names_of(ROW_CLASSES[name]),
            tuple(rows),
            tuple(range(2, len(rows) + 2)),
        )
        for name, rows in tables.items()
    }
    return dataset_from_tables(raw, version="2026.11.0", digest="0123456789ab")


def dataset_of_claims(claims: list[Cells], **tables: list[Cells]) -> Dataset:
    """Return a dataset of these claims, each in one article and none linked, unless given."""
    articles = [
        cells("claim_sources", claim_id=row[0], source_id="kbs-20240226", role="first")
        for row in claims
    ]
    alone: dict[str, list[Cells]] = {
        "claim_sources": articles,
        "claim_links": [],
        "claim_places": [],
        "conversions": [],
    }
    return good_dataset(claims=claims, **(alone | tables))


# ------------------------------------------------------------------ ways to spoil it


def change_cell(folder: Path, table: str, line: int, column: str, value: str) -> None:
    """Put a value into the cell at a line of the file, which is otherwise left as it is."""
    row_class: type[Row] = ROW_CLASSES[table]
    path = folder / file_of(row_class)
    lines = path.read_bytes().decode("utf-8").split("\n")
    row = list(good_tables_by_line(table)[line])
    row[names_of(row_class).index(column)] = value
    lines[line - 1] = canonical_text([row]).removesuffix("\n")
    path.write_bytes("\n".join(lines).encode("utf-8"))


def good_tables_by_line(table: str) -> Mapping[int, Cells]:
    """Return the rows of a good table by the line on which they stand."""
    return dict(enumerate(good_tables()[table], start=2))


def change_bytes(folder: Path, file: str, old: bytes, new: bytes) -> None:
    """Replace the first occurrence of some bytes in a file, which must be there."""
    data = (folder / file).read_bytes()
    if old not in data:
        raise ValueError(f"{old!r} is not in {file}")
    (folder / file).write_bytes(data.replace(old, new, 1))
