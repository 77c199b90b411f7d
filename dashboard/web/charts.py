"""The charts, drawn once for each dataset, selection and theme, and shared by all sessions."""

from __future__ import annotations

from dashboard.figures.conversion import conversion_chart, factor_chart
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import (
    routes_and_sightings_chart,
    routes_chart,
    sea_leg_and_sightings_chart,
    sea_leg_chart,
)
from dashboard.figures.online_map import online_map
from dashboard.figures.relays import relay_chart
from dashboard.figures.vessel_map import vessel_map
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.kept import kept

cached_conversion = kept(256)(conversion_chart)
cached_factors = kept(64)(factor_chart)
cached_growth = kept(1024)(growth_chart)
cached_online_map = kept(16)(online_map)
cached_relays = kept(256)(relay_chart)
cached_routes = kept(64)(routes_chart)
cached_routes_and_sightings = kept(64)(routes_and_sightings_chart)
cached_sea_leg = kept(64)(sea_leg_chart)
cached_sea_leg_and_sightings = kept(64)(sea_leg_and_sightings_chart)
cached_sightings = kept(8)(sightings_chart)
cached_trip_totals = kept(8)(trip_totals_chart)
cached_vessel_map = kept(128)(vessel_map)
