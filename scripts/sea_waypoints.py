"""Print waypoints for the sea legs that keep about one kilometre off land.

Run this only when a sea leg or a port changes, and paste the result into data/legs.csv:

    .uv/bin/uv run --no-sync --with networkx python scripts/sea_waypoints.py \
        data/legs.csv data/places.csv > sea_waypoints.csv

Each leg is the shortest path through a visibility graph round the 1:10m land of
dashboard/assets/land.json, from the nearest open water off one port to the nearest off the other.
It is a geometric minimum, not a ship's track: the ships ran without signals.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import combinations, pairwise
from pathlib import Path

import networkx
import shapely
from geopy.distance import geodesic
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

LonLat = tuple[float, float]

LAND = Path(__file__).parents[1] / "dashboard" / "assets" / "land.json"
CLEARANCE_DEGREES = 0.012  # 0.99 km of longitude at 42 north, 1.33 km of latitude
SIMPLIFIED_DEGREES = 0.001
CORRIDOR_DEGREES = 0.6  # how far from the straight line the path may look for a way round

# Where a report says which way ships went, the shortest path would contradict it.
# VOA, June 2024: tankers sailed round the peninsula through the Korea Strait and south of Jeju.
REPORTED_PASSAGES: dict[tuple[str, str], list[LonLat]] = {
    ("r-oil-vostochny-nampo", "1"): [
        (131.3, 40.0),
        (130.2, 37.2),
        (129.65, 35.3),
        (128.95, 34.35),
        (127.2, 33.0),
        (125.9, 32.85),
        (124.8, 34.0),
        (124.3, 36.0),
        (124.2, 37.6),
        (124.5, 38.35),
    ],
}


def land() -> BaseGeometry:
    """Return the 1:10m land, in degrees."""
    rings = json.loads(LAND.read_text(encoding="utf-8"))["sea_chart"]["land"]
    return shapely.union_all([Polygon(ring) for ring in rings])


def open_water(solid: BaseGeometry, clearance: float) -> BaseGeometry:
    """Return the largest connected water at least the clearance (degrees) off the land."""
    west, south, east, north = solid.bounds
    water = box(west, south, east, north).difference(solid.buffer(clearance, quad_segs=2))
    return max(shapely.get_parts(water), key=lambda part: part.area)


def nearest_water(place: LonLat, water: BaseGeometry) -> LonLat:
    """Return the point of open water nearest to a port, whose coordinates may lie on land."""
    point, _ = nearest_points(water, Point(place))
    return point.x, point.y


def length_km(path: list[LonLat]) -> float:
    """Return the geodesic length of a path of two points or more."""
    return float(geodesic(*[(lat, lon) for lon, lat in path]).km)


def shortest_path(start: LonLat, end: LonLat, solid: BaseGeometry) -> list[LonLat]:
    """Return the shortest path between two points of open water.

    The nodes are the corners of the land widened by the clearance and twice the simplification
    more, so that every node stays clear of land after the outline is simplified.
    """
    corridor = LineString([start, end]).buffer(CORRIDOR_DEGREES)
    outline = open_water(solid, CLEARANCE_DEGREES + 2 * SIMPLIFIED_DEGREES)
    corners = shapely.get_coordinates(outline.simplify(SIMPLIFIED_DEGREES).boundary)
    is_near = shapely.contains_xy(corridor, corners)
    nodes = list(dict.fromkeys([start, end, *map(tuple, corners[is_near].tolist())]))
    pairs = list(combinations(nodes, 2))
    water = open_water(solid, CLEARANCE_DEGREES).buffer(1e-6)
    shapely.prepare(water)
    sees = shapely.covers(water, shapely.linestrings(pairs))
    graph = networkx.Graph()
    for pair, is_visible in zip(pairs, sees, strict=True):
        if is_visible:
            graph.add_edge(*pair, weight=length_km(list(pair)))
    return list(networkx.shortest_path(graph, start, end, weight="weight"))


def waypoints(
    start: LonLat, passages: list[LonLat], end: LonLat, solid: BaseGeometry
) -> list[LonLat]:
    """Return the waypoints between two ports: open water at both ends and the turns between."""
    water = open_water(solid, CLEARANCE_DEGREES)
    stops = [nearest_water(start, water), *passages, nearest_water(end, water)]
    path = stops[:1]
    for stop, next_stop in pairwise(stops):
        path += shortest_path(stop, next_stop, solid)[1:]
    return path


def main() -> None:
    """Print route_id, leg_no, via and the length of each sea leg as CSV."""
    legs_file, places_file = (Path(argument) for argument in sys.argv[1:3])
    with places_file.open(encoding="utf-8", newline="") as file:
        places = {
            row["place_id"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)
        }
    with legs_file.open(encoding="utf-8", newline="") as file:
        legs = [row for row in csv.DictReader(file) if row["mode"] == "sea"]
    solid = land()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["route_id", "leg_no", "via", "length_km"])
    for leg in legs:
        start, end = places[leg["from_place"]], places[leg["to_place"]]
        passages = REPORTED_PASSAGES.get((leg["route_id"], leg["leg_no"]), [])
        path = waypoints(start, passages, end, solid)
        via = "; ".join(f"{lat:.4f},{lon:.4f}" for lon, lat in path)
        total = length_km([start, *path, end])
        writer.writerow([leg["route_id"], leg["leg_no"], via, f"{total:.1f}"])


if __name__ == "__main__":
    main()
