"""Routes and their legs: paths as (latitude, longitude) in degrees WGS 84, lengths in kilometres.

Lengths are geodesics on the WGS 84 ellipsoid (Karney 2013, by geopy and geographiclib), summed
along the drawn waypoints. They measure the drawing, not the way that a ship or a train took.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pandas as pd
from geographiclib.geodesic import Geodesic
from geopy.distance import geodesic

from dashboard.codes import LegStatus, Mode
from dashboard.nearest import no_such
from dashboard.records import Record, records

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

LatLon = tuple[float, float]
Path = tuple[LatLon, ...]

_BEST_KNOWN_FIRST = [status.value for status in LegStatus]
_MODES = [mode.value for mode in Mode]


@dataclass(frozen=True)
class Stretch:
    """A path drawn once, however many legs run along it.

    Attributes:
        path: Waypoints, both ends included.
        mode: A value of `Mode`.
        status: A value of `LegStatus`: the best known of its legs.
        from_place: Id of the place where the first of its legs starts.
        to_place: Id of the place where it ends.
        legs: (route_id, leg_no) of each leg that runs along it, either way, best known first.
        length_km: Geodesic length of the path.
    """

    path: Path
    mode: str
    status: str
    from_place: str
    to_place: str
    legs: tuple[tuple[str, int], ...]
    length_km: float


def place_points(places: pd.DataFrame) -> dict[str, LatLon]:
    """Return the point of each place by its id."""
    points = zip(places["lat"].astype(float), places["lon"].astype(float), strict=True)
    return dict(zip(places["place_id"], points, strict=True))


def place_names(places: pd.DataFrame) -> dict[str, str]:
    """Return the name of each place by its id."""
    return dict(zip(places["place_id"], places["name"], strict=True))


def leg_path(leg: Record, points: Mapping[str, LatLon]) -> Path:
    """Return the waypoints of a leg, from its first place to its last.

    Args:
        leg: A row of the legs table.
        points: The point of each place by its id.
    """
    via = leg["via"].split("; ") if isinstance(leg["via"], str) else []
    between = [tuple(float(degrees) for degrees in point.split(",")) for point in via]
    waypoints = [(lat, lon) for lat, lon in between]
    return (points[leg["from_place"]], *waypoints, points[leg["to_place"]])


def leg_paths(legs: pd.DataFrame, places: pd.DataFrame) -> list[Path]:
    """Return the path of each leg, in the order of the rows."""
    points = place_points(places)
    return [leg_path(leg, points) for leg in records(legs)]


def path_length_km(path: Sequence[LatLon]) -> float:
    """Return the geodesic length along the waypoints of a path."""
    return sum(_length_km(start, end) for start, end in pairwise(path))


@lru_cache(maxsize=4096)
def _length_km(start: LatLon, end: LatLon) -> float:
    return float(geodesic(start, end).km)


def leg_length_km(leg: Record, points: Mapping[str, LatLon]) -> float:
    """Return the geodesic length of a leg along its waypoints."""
    return path_length_km(leg_path(leg, points))


def densified(path: Sequence[LatLon], spacing_km: float = 50.0) -> Path:
    """Return the path with points on the geodesic between its waypoints, which all stay.

    Args:
        path: Two waypoints or more.
        spacing_km: The longest distance between neighbouring points.
    """
    points = [path[0]]
    for start, end in pairwise(path):
        points += [*_between(start, end, spacing_km), end]
    return tuple(points)


@lru_cache(maxsize=4096)
def _between(start: LatLon, end: LatLon, spacing_km: float) -> Path:
    """Return the points between two waypoints."""
    line = Geodesic.WGS84.InverseLine(*start, *end)
    steps = max(1, math.ceil(line.s13 / (1000 * spacing_km)))
    positions = [line.Position(line.s13 * step / steps) for step in range(1, steps)]
    return tuple([(at["lat2"], at["lon2"]) for at in positions])


def middle(path: Sequence[LatLon]) -> LatLon:
    """Return the point half way along a path."""
    remaining_m = 500 * path_length_km(path)
    for start, end in pairwise(path):
        line = Geodesic.WGS84.InverseLine(*start, *end)
        if line.s13 >= remaining_m:
            position = line.Position(remaining_m)
            return position["lat2"], position["lon2"]
        remaining_m -= line.s13
    return path[-1]


def route_legs(dataset: Dataset, route_id: str) -> pd.DataFrame:
    """Return the legs of a route in order, with names and lengths.

    Returns:
        Columns route_id, leg_no, from_place, to_place, from_name, to_name, mode, status,
        length_km (one decimal) and note.

    Raises:
        LookupError: There is no such route; the message names the nearest id.
    """
    check_route_id(dataset, route_id)
    is_on_route = dataset.legs["route_id"] == route_id
    legs = dataset.legs[is_on_route].sort_values("leg_no", ignore_index=True)
    names = place_names(dataset.places)
    lengths = [round(path_length_km(path), 1) for path in leg_paths(legs, dataset.places)]
    columns = ["route_id", "leg_no", "from_place", "to_place", "from_name", "to_name"]
    return legs.assign(
        from_name=legs["from_place"].map(names),
        to_name=legs["to_place"].map(names),
        length_km=lengths,
    )[[*columns, "mode", "status", "length_km", "note"]]


def length_by_mode(legs: pd.DataFrame) -> pd.DataFrame:
    """Return how far a route runs by sea, rail and air.

    Legs of one mode that end in one place are alternatives (troops from three ports to one), so
    they are not added up: the low takes the shortest, the high the longest.

    Args:
        legs: As `route_legs` returns them.

    Returns:
        Columns mode, legs, length_km_low and length_km_high, sea first.
    """
    by_end = legs.groupby(["mode", "to_place"])["length_km"].agg(["size", "min", "max"])
    by_mode = by_end.groupby("mode").sum().reset_index()
    by_mode.columns = pd.Index(["mode", "legs", "length_km_low", "length_km_high"])
    in_order = by_mode.sort_values("mode", key=lambda modes: modes.map(_MODES.index))
    return in_order.round(1).reset_index(drop=True)


def filtered_routes(
    dataset: Dataset, mode: Collection[str] = (), status: Collection[str] = ()
) -> pd.DataFrame:
    """Return the routes that run by one of the modes and have one of the statuses.

    Args:
        dataset: The dataset.
        mode: Values of `Mode`; empty means any.
        status: Values of `RouteStatus`; empty means any.
    """
    routes = dataset.routes
    if mode:
        has_mode = dataset.legs["mode"].isin(list(mode))
        routes = routes[routes["route_id"].isin(dataset.legs.loc[has_mode, "route_id"])]
    if status:
        routes = routes[routes["status"].isin(list(status))]
    return routes.reset_index(drop=True)


def stretches(dataset: Dataset, route_ids: Iterable[str]) -> list[Stretch]:
    """Return the paths of routes, each once, in the order of their first legs.

    Raises:
        LookupError: A route does not exist; the message names the nearest id.
    """
    wanted = list(dict.fromkeys(route_ids))
    for route_id in wanted:
        check_route_id(dataset, route_id)
    legs = dataset.legs[dataset.legs["route_id"].isin(wanted)]
    points = place_points(dataset.places)
    by_path: dict[tuple[str, Path], list[tuple[Record, Path]]] = {}
    for leg in records(legs):
        path = leg_path(leg, points)
        by_path.setdefault((leg["mode"], min(path, path[::-1])), []).append((leg, path))
    return [_stretch(same_path) for same_path in by_path.values()]


def _stretch(alongside: Sequence[tuple[Record, Path]]) -> Stretch:
    """Return the stretch that legs along one path share."""
    in_order = sorted(alongside, key=lambda one: _BEST_KNOWN_FIRST.index(one[0]["status"]))
    legs = [leg for leg, _ in in_order]
    first, path = in_order[0]
    return Stretch(
        path=path,
        mode=first["mode"],
        status=first["status"],
        from_place=first["from_place"],
        to_place=first["to_place"],
        legs=tuple((leg["route_id"], int(leg["leg_no"])) for leg in legs),
        length_km=path_length_km(path),
    )


def runs_drawn_once(drawn: Sequence[Stretch]) -> list[list[Path]]:
    """Return for each stretch those parts of its path that no better known stretch runs along.

    Two dashed lines on top of each other would look like one solid line. Parts are compared by
    their waypoints, within one mode.
    """
    owners: dict[tuple[str, frozenset[LatLon]], Stretch] = {}
    for stretch in sorted(drawn, key=lambda stretch: _BEST_KNOWN_FIRST.index(stretch.status)):
        for step in pairwise(stretch.path):
            owners.setdefault((stretch.mode, frozenset(step)), stretch)

    def runs(stretch: Stretch) -> list[Path]:
        steps = groupby(
            pairwise(stretch.path), lambda step: owners[stretch.mode, frozenset(step)] is stretch
        )
        own = [list(run) for is_own, run in steps if is_own]
        return [(run[0][0], *(end for _, end in run)) for run in own]

    return [runs(stretch) for stretch in drawn]


def check_route_id(dataset: Dataset, route_id: str) -> None:
    """Raise where there is no such route.

    Raises:
        LookupError: There is no such route; the message names the nearest id.
    """
    known = dataset.routes["route_id"].tolist()
    if route_id in known:
        return
    raise LookupError(no_such("route", route_id, known))
