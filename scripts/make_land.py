"""Make dashboard/assets/land.json, the land that the maps are drawn on.

Run this only to change the map; the result is committed. It needs npm and node, once:

    mkdir -p build/world-atlas build/plotly.js
    npm pack --pack-destination build world-atlas@2.0.2 plotly.js@4.1.1
    tar xzf build/world-atlas-2.0.2.tgz -C build/world-atlas --strip-components 1
    tar xzf build/plotly.js-4.1.1.tgz -C build/plotly.js --strip-components 1
    .venv/bin/python scripts/make_land.py build dashboard/assets/land.json

Land is from world-atlas, which holds Natural Earth 4.1 as TopoJSON. Two sheets are cut from it: an
overview at 1:50m and the seas round the Korean peninsula at 1:10m, fine enough to check sea legs
against. world-atlas has no lakes, so these are from plotly.js, at 1:50m for both sheets. Lakes are
Natural Earth there too, and nothing else is taken: its coasts and borders are data of the United
Nations under other terms.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.polygon import orient

Ring = list[tuple[float, float]]

SHEETS = {
    "overview": {
        "scale": "1:50m",
        "file": "land-50m.json",
        "box": (-15, 5, 192, 82),
        "simplified_degrees": 0.05,
        "smallest_square_degrees": 0.05,
        "smallest_lake_square_degrees": 0.2,
        "decimals": 2,
    },
    "sea_chart": {
        "scale": "1:10m",
        "file": "land-10m.json",
        "box": (123, 31, 139, 47),
        "simplified_degrees": 0.002,
        "smallest_square_degrees": 0.0,
        "smallest_lake_square_degrees": 0.1,
        "decimals": 4,
    },
}

HEADER = {
    "title": "Land, inland seas and lakes for the maps",
    "source": "Natural Earth 4.1 land, from the npm package world-atlas 2.0.2",
    "source_url": "https://www.naturalearthdata.com",
    "package_url": "https://github.com/topojson/world-atlas",
    "lakes_source": (
        "Natural Earth lakes at 1:50m (ne_50m_lakes), from the npm package plotly.js 4.1.1; no "
        "other layer of that package is used"
    ),
    "lakes_package_url": "https://github.com/plotly/plotly.js",
    "licence": "Natural Earth: public domain. world-atlas: ISC. plotly.js: MIT.",
    "licence_statement": (
        "Made with Natural Earth, which is in the public domain. TopoJSON of land by world-atlas, "
        "copyright 2013-2019 Michael Bostock, under the ISC licence; of lakes by plotly.js, "
        "copyright 2016-2024 Plotly Technologies Inc., under the MIT licence."
    ),
    "note": (
        "No country borders: Natural Earth draws Crimea as part of Russia, and any border there "
        "would take a position that this product does not take. Coast and inland waters only."
    ),
    "rings": "[longitude, latitude] in degrees WGS 84, clockwise, first point repeated at the end",
    "made_by": "scripts/make_land.py",
}

LAKES_OF_PLOTLY = """
globalThis.window = {}
const { arcs, transform, objects } = require(process.argv[1]).topojson.world_50m
console.log(JSON.stringify({ arcs, transform, objects: { lakes: objects.lakes } }))
"""


def arcs(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a topology as (lon, lat) in degrees.

    Method: delta decoding as in the TopoJSON specification, section 2.1.3.
    """
    (lon_scale, lat_scale), (lon_start, lat_start) = topology["transform"].values()
    decoded = []
    for arc in topology["arcs"]:
        lon = lat = 0
        points = []
        for lon_step, lat_step in arc:
            lon, lat = lon + lon_step, lat + lat_step
            points.append((lon * lon_scale + lon_start, lat * lat_scale + lat_start))
        decoded.append(points)
    return decoded


def joined(arc_numbers: list[int], all_arcs: list[Ring]) -> Ring:
    """Return a ring of arcs end to end; a negative number stands for an arc read backwards."""
    ring: Ring = []
    for number in arc_numbers:
        points = all_arcs[number] if number >= 0 else all_arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def unwrapped(ring: Ring) -> Ring:
    """Return the ring with longitudes that run on across the antimeridian instead of jumping.

    The ring is moved so that its middle lies between 180 west and 180 east, its holes with it.
    """
    lons = [ring[0][0]]
    for (lon_before, _), (lon, _) in pairwise(ring):
        lons.append(lons[-1] + (lon - lon_before + 180) % 360 - 180)
    middle = (min(lons) + max(lons)) / 2
    home = 360 * round(middle / 360)
    return [(lon - home, lat) for lon, (_, lat) in zip(lons, ring, strict=True)]


def lakes_topology(packages: Path) -> dict[str, Any]:
    """Return the lakes of plotly.js: a script, so node has to read it."""
    assets = packages.resolve() / "plotly.js" / "dist" / "plotly-geo-assets.js"
    node = ["node", "-e", LAKES_OF_PLOTLY, str(assets)]
    printed = subprocess.run(node, check=True, capture_output=True, text=True).stdout
    topology: dict[str, Any] = json.loads(printed)
    return topology


def polygons(topology: dict[str, Any], layer: str) -> Iterator[Polygon]:
    """Yield the polygons of a layer, each also 360 degrees further east and west."""
    all_arcs = arcs(topology)
    for geometry in topology["objects"][layer]["geometries"]:
        is_single = geometry["type"] == "Polygon"
        for polygon in [geometry["arcs"]] if is_single else geometry["arcs"]:
            exterior, *holes = (unwrapped(joined(numbers, all_arcs)) for numbers in polygon)
            for shift in (-360, 0, 360):
                moved = [[(lon + shift, lat) for lon, lat in ring] for ring in (exterior, *holes)]
                yield Polygon(moved[0], moved[1:])


def within(
    topology: dict[str, Any], layer: str, sheet: dict[str, Any], smallest: float
) -> list[Polygon]:
    """Return a layer as a sheet shows it: clipped, simplified, without what is too small.

    Args:
        topology: The package's file.
        layer: Name of the layer in it.
        sheet: A value of `SHEETS`.
        smallest: Square degrees that a polygon must exceed.
    """
    frame = box(*sheet["box"])
    clipped = [
        shapely.make_valid(polygon).intersection(frame)
        for polygon in polygons(topology, layer)
        if polygon.envelope.intersects(frame)
    ]
    simplified = shapely.union_all(clipped).simplify(sheet["simplified_degrees"])
    parts = [part for part in shapely.get_parts(simplified) if part.geom_type == "Polygon"]
    return [part for part in parts if part.area > smallest]


def clockwise(ring: Any, decimals: int) -> list[list[float]]:
    """Return the points of a ring clockwise: else d3 fills the whole world but for the ring."""
    points = orient(Polygon(ring), -1).exterior.coords
    return [[round(lon, decimals), round(lat, decimals)] for lon, lat in points]


def sheet_rings(packages: Path, sheet: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet as it is written: what it is, its land rings and its water rings."""
    topology = json.loads((packages / "world-atlas" / sheet["file"]).read_text())
    smallest = sheet["smallest_square_degrees"]
    land = within(topology, "land", sheet, smallest)
    holes = [hole for part in land for hole in part.interiors]
    seas = [hole for hole in holes if Polygon(hole).area > smallest]
    smallest_lake = sheet["smallest_lake_square_degrees"]
    lakes = within(lakes_topology(packages), "lakes", sheet, smallest_lake)
    water = [*seas, *(lake.exterior for lake in lakes)]
    return {
        **{key: value for key, value in sheet.items() if key != "file"},
        "land": [clockwise(part.exterior, sheet["decimals"]) for part in land],
        "water": [clockwise(ring, sheet["decimals"]) for ring in water],
    }


def main() -> None:
    """Write the file named by the second argument from the packages in the folder of the first."""
    packages, target = (Path(argument) for argument in sys.argv[1:3])
    sheets = {name: sheet_rings(packages, sheet) for name, sheet in SHEETS.items()}
    content = json.dumps({**HEADER, **sheets}, separators=(",", ":"))
    target.write_text(content + "\n", encoding="utf-8")
    for name, sheet in sheets.items():
        points = sum(len(ring) for ring in (*sheet["land"], *sheet["water"]))
        print(f"{name}: {len(sheet['land'])} land, {len(sheet['water'])} water, {points} points")
    print(f"{target}: {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
