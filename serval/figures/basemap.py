"""The base map's style for MapLibre: sand and paper, quiet relief, the Niger in blue; only our own files.

It names neither glyphs nor a sprite, so letters are drawn from the page's own fonts and nothing is fetched
from elsewhere. Marks go into its empty slots, one per trace: a trace with a slot of its own is updated in
place, while traces that share a place in the stack are all removed and added again at each update.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from serval.figures.layout import BOUNDS
from serval.figures.style import Lang, Theme, ThemeName, theme

SLOTS = 24
UNDER_WORDS = 4  # slots below the base map's own words: areas and towns; the others lie above them
ATTRIBUTION = "Natural Earth · GSHHG · GeoNames · © OpenStreetMap contributors"
PLAIN, BOLD, ITALIC = ["Inter"], ["Inter SemiBold", "Inter"], ["Inter Italic", "Inter"]

Layer = dict[str, Any]


def basemap_style(name: ThemeName, lang: Lang, url: Callable[[str], str]) -> dict[str, Any]:
    """The style of a theme and language.

    url: gives the address of a file of the assets folder.
    """
    look, word = theme(name), "n_fr" if lang == "fr" else "n"
    layers = [
        *_ground(look, name),
        *(_slot(i) for i in range(UNDER_WORDS)),
        *_words(look, word),
        *(_slot(i) for i in range(UNDER_WORDS, SLOTS)),
    ]
    return {"version": 8, "name": f"Serval {name} {lang}", "sources": _sources(url), "layers": layers}


def slot(index: int) -> str:
    """The id of the layer that a trace goes right below."""
    return f"slot-{index:02d}"


def _slot(index: int) -> Layer:
    return {"id": slot(index), "type": "background", "layout": {"visibility": "none"}}


def _sources(url: Callable[[str], str]) -> dict[str, Any]:
    west, south, east, north = BOUNDS
    names = ("adm0", "adm1", "rivers", "lakes", "labels")
    sources: dict[str, Any] = {
        name: {"type": "geojson", "data": url(f"geo/{name}.geojson"), "tolerance": 0.2, "maxzoom": 10}
        for name in names
    }
    sources["adm0"]["attribution"] = ATTRIBUTION.replace(" · ©", "<br>©")  # a corner has no room for one line
    corners = [[west, north], [east, north], [east, south], [west, south]]
    sources["relief"] = {"type": "image", "url": url("geo/relief_mercator.webp"), "coordinates": corners}
    return sources


def _ground(look: Theme, name: ThemeName) -> list[Layer]:
    g = look.ground
    home = ["==", ["get", "role"], "focus"]
    land = ["match", ["get", "role"], "focus", g["home"], "neighbour", g["near"], g["far"]]
    relief = {"light": (0.17, 0.4, 1.0), "dark": (0.22, 0.3, 0.35)}[name]
    return [
        {"id": "sea", "type": "background", "paint": {"background-color": g["sea"]}},
        {"id": "land", "type": "fill", "source": "adm0", "paint": {"fill-color": land}},
        {"id": "relief", "type": "raster", "source": "relief",
         "paint": {"raster-opacity": ["interpolate", ["linear"], ["zoom"], 6, relief[0], 9, relief[0] / 3],
                   "raster-contrast": relief[1], "raster-saturation": -1,
                   "raster-brightness-max": relief[2], "raster-fade-duration": 0}},
        _line("glow", "adm0", g["glow"], (4, 14), home, blur=(4, 12), opacity=0.4),
        {"id": "lakes", "type": "fill", "source": "lakes",
         "paint": {"fill-color": g["lake"],
                   "fill-opacity": ["match", ["get", "kind"], "permanent", 1, 0.65]}},
        *(_line(f"river-{rank}", "rivers", g["river"], width, ["==", ["get", "rank"], rank], opacity=opacity)
          for rank, width, opacity in ((3, (0.5, 1.6), 0.4), (2, (0.8, 2.6), 0.7), (1, (1.4, 4.5), 0.95))),
        _line("regions", "adm1", g["region"], (0.6, 1.4), None, dash=[4, 2, 1, 2]),
        _line("borders", "adm0", g["edge"], (0.7, 1.2), ["!=", ["get", "role"], "focus"]),
        _line("home-border", "adm0", g["border"], (1.1, 2.4), home),
    ]  # fmt: skip


def _line(
    id: str, source: str, colour: str, width: tuple[float, float], only: Any,
    blur: tuple[float, float] | None = None, opacity: float = 1, dash: list[float] | None = None,
) -> Layer:  # fmt: skip
    paint: dict[str, Any] = {"line-color": colour, "line-width": _by_zoom(*width), "line-opacity": opacity}
    if blur:
        paint["line-blur"] = _by_zoom(*blur)
    if dash:
        paint["line-dasharray"] = dash
    layer = {"id": id, "type": "line", "source": source, "paint": paint,
             "layout": {"line-join": "round", "line-cap": "butt" if dash else "round"}}  # fmt: skip
    return layer | ({"filter": only} if only else {})


def _by_zoom(far: float, near: float) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], 3.5, far, 9, near]


def _words(look: Theme, word: str) -> list[Layer]:
    g = look.ground
    along = {"text-rotate": ["get", "turn"], "text-offset": [0, -0.75], "text-rotation-alignment": "map"}
    wide = {"text-transform": "uppercase", "text-letter-spacing": 0.24, "text-padding": 6}
    # To the right, where the marks too name their places: the base map's name then gives way to theirs.
    beside = {"text-anchor": "left", "text-offset": [-0.25, 0], "text-max-width": 99}
    name = ["get", word]
    water = ["get", "name_fr" if word == "n_fr" else "name"]
    return [
        _word("river-names", "labels", name, ITALIC, _by_zoom(10, 13), g["water_text"], g["home"], along,
              ["==", ["get", "kind"], "river"], minzoom=4.6, maxzoom=8),
        _word("river-names-near", "rivers", water, ITALIC, _by_zoom(10, 13), g["water_text"], g["home"],
              {"symbol-placement": "line", "symbol-spacing": 420}, ["<=", ["get", "rank"], 2], minzoom=8),
        _word("lake-names", "lakes", water, ITALIC, _by_zoom(9, 12), g["water_text"], g["home"], {},
              ["has", "name"], minzoom=6.6),
        _word("region-names", "labels", name, BOLD, _by_zoom(9, 15), g["area_text"], g["home"], wide,
              ["==", ["get", "kind"], "region"], maxzoom=8.5),
        _word("country-names", "labels", name, BOLD, _by_zoom(10, 17), g["land_text"], g["near"], wide,
              ["==", ["get", "kind"], "country"], maxzoom=8),
        _word("other-towns", "labels", ["concat", "• ", name], PLAIN, _by_zoom(11, 13), look.soft, g["near"],
              beside, ["==", ["get", "kind"], "town"], minzoom=4.4),
    ]  # fmt: skip


def _word(
    id: str, source: str, text: Any, font: list[str], size: list[Any], colour: str, halo: str,
    layout: dict[str, Any], only: Any, minzoom: float = 0, maxzoom: float = 24,
) -> Layer:  # fmt: skip
    return {
        "id": id, "type": "symbol", "source": source, "filter": only, "minzoom": minzoom, "maxzoom": maxzoom,
        "layout": {"text-field": text, "text-font": font, "text-size": size, **layout},
        "paint": {"text-color": colour, "text-halo-color": halo, "text-halo-width": 1.4},
    }  # fmt: skip
