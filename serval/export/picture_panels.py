"""The panels as pictures: each makes its figure, its legend and the words that only it has."""

from __future__ import annotations

from typing import Any

import numpy as np

from serval import record as records
from serval.export.picture_scene import NARROW, Drawn, Group, Item, Room, Scene, filled
from serval.figures import control, print_map, timeline
from serval.figures import map as map_figure
from serval.figures.basemap import ATTRIBUTION
from serval.figures.layout import seats
from serval.figures.marks import family_mark
from serval.figures.print_ground import LAYERS, Sheet
from serval.figures.style import FONT_MARKS
from serval.panels import sides as sides_of

ROW = 20
"""Pixels of a row of the control strip; a third less is still read."""


def map_of(scene: Scene) -> Drawn:
    """The events on the ground, the towns in the colours of their holders."""
    _, view = scene._, scene.view
    rows = view.rows.tolist()
    away = map_figure.off_map(scene.columns, rows)
    country = len(away["country"])
    whole = _.n(
        "{n} event of the whole country has no mark.",
        "{n} events of the whole country have no mark.",
        country,
    )
    layers = {name: records.layer(name) for name in LAYERS}

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        box = _box(scene, room)
        made = print_map.figure(scene.columns, rows, scene.state, layers, box, room)
        notes = made["layout"]["annotations"]
        made["layout"]["annotations"] = [
            note for note in notes if note["text"] != ATTRIBUTION
        ]  # stands below
        return made, _off(scene, rows, Sheet.of(box, *room), len(away["beyond"]))

    return Drawn(
        title=_("Where it happened"),
        legend=[scene.sides(sides_of(view)), scene.families(), scene.certainties(), _places(scene)],
        figure=figure,
        height=lambda width: 0.64 * width if width > NARROW else 0.86 * width,
        sources=view.event_sources["source"].tolist(),
        notes=[whole] if country else [],
        above=False,
        beside=True,
        makers=ATTRIBUTION,
    )


def _box(scene: Scene, room: Room) -> tuple[float, float, float, float]:
    """West, south, east, north: the theatre, or where the camera of the view stands."""
    chosen = scene.view.selection
    if chosen.zoom is None and chosen.lat is None and chosen.lon is None:
        return map_figure.HOME
    home = map_figure.view(map_figure.HOME, *room)
    lat = home["lat"] if chosen.lat is None else chosen.lat
    lon = home["lon"] if chosen.lon is None else chosen.lon
    zoom = home["zoom"] if chosen.zoom is None else chosen.zoom
    x, y = map_figure.world(lon, max(min(lat, 80), -80), zoom)
    west, north = map_figure.unworld(x - room[0] / 2, y - room[1] / 2, zoom)
    east, south = map_figure.unworld(x + room[0] / 2, y + room[1] / 2, zoom)
    return west, south, east, north


def _off(scene: Scene, rows: list[int], sheet: Sheet, beyond: int) -> str:
    """Words on the events of places that the frame leaves out; none where it leaves out none."""
    places, (at, _vague, _far) = scene.columns["places"], seats(scene.columns, rows)
    for place, there in at.items():
        x, y = sheet.pixel(places["lon"][place], places["lat"][place])
        beyond += 0 if 0 <= x <= sheet.width and 0 <= y <= sheet.height else len(there)
    _ = scene._
    words = _.n("{n} event lies beyond the frame.", "{n} events lie beyond the frame.", beyond)
    return words if beyond else ""


def _places(scene: Scene) -> Group:
    """The legend of what stands at a place: a counted disc, a vague place, a town and its holders."""
    _, look, view = scene._, scene.look, scene.view
    shown = [look.side(side) for side in sorted(set(view.events["side"]))][:3]
    states = set(view.holders["state"])
    day = scene.day(view.selection.at)
    items = [Item("disc", _("events at or near a place, by side"), colours=shown)] if shown else []
    if set(view.events["geo_precision"]) & {"near", "area"}:
        items.append(Item("vague", _("place not exact"), look.soft))
    side = next((s for s in ("malian_state", *look.sides) if s in sides_of(view)), "unknown")
    words = _("town, in its holder's colour on {day}").format(day=day)
    items.append(Item("town", words, look.side(side), look.tint(side)))
    two = _two(scene)
    if "contested" in states:
        items.append(Item("contested", _("contested"), colours=two))
    if "changing" in states:
        items.append(Item("changing", _("changing hands"), colours=two))
    return Group(_("Places"), items)


def _two(scene: Scene) -> list[str]:
    return [scene.look.side(side) for side in ("tuareg_nationalist", "intervention_coalition")]


def timeline_of(scene: Scene) -> Drawn:
    """The events in lanes by kind."""
    _, view, words = scene._, scene.view, scene.view.record.vocabulary
    rows = view.rows.tolist()
    soft = bool(np.any(view.events["date_end"] > view.events["date_start"]))
    empty = timeline.template(
        scene.theme, [_.label(f) for f in words.families], [side.id for side in words.sides]
    )

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        made = filled(empty, timeline.fill(scene.columns, rows, scene.state))
        made["layout"] = scene.over_time(made["layout"], room[0])
        made["layout"]["yaxis"] |= {"ticklabelstandoff": 8}
        if room[0] < NARROW:
            ticks = [family_mark(f.id, "confirmed") for f in words.families]
            font = {"family": FONT_MARKS, "size": 16, "color": scene.look.ink}
            made["layout"]["yaxis"] |= {"ticktext": ticks, "tickfont": font}
        return made, ""

    more = [Item("soft", _("from the first day on which it may have been to the last"), scene.look.soft)]
    return Drawn(
        title=_("What happened when"),
        legend=[
            scene.sides(view.events["side"]),
            scene.families(),
            scene.certainties(),
            Group(_("Days"), [*(more if soft else []), *scene.playhead()]),
        ],
        figure=figure if rows else None,
        height=lambda width: 440,
        sources=view.event_sources["source"].tolist(),
        above=False,
        least=250,
    )


def control_of(scene: Scene) -> Drawn:
    """Who held which town when."""
    _, view, look = scene._, scene.view, scene.look
    places = scene.columns["places"]["id"]
    chosen = view.selection
    wanted = [places.index(town) for town in view.towns] if chosen.place or chosen.region else None
    state = {**scene.state, "places": wanted}
    towns = control.towns(scene.columns, state)
    spells = control.spells(scene.columns, state)
    empty = control.template(scene.theme, [side.id for side in view.record.vocabulary.sides])

    def figure(room: Room) -> tuple[dict[str, Any], str]:
        made = filled(empty, control.fill(scene.columns, state))
        made["layout"]["yaxis"] = {**made["layout"]["yaxis"], **control.lanes(scene.columns, state)}
        made["layout"] = scene.over_time(made["layout"], room[0])
        return made, ""

    holders = {holder for spell in spells for holder in (*spell.holders, *(spell.before or []))}
    side = scene.columns["actors"]["side"]
    terms = scene.columns["terms"]["sides"]
    shown = {terms[side[holder]] for holder in holders if holder >= 0 and side[holder] >= 0}
    two = _two(scene)
    north = _("Towns by region, from the north to the south.")
    filters = _("Of the filters only place, region and known day count here.")
    items = [
        Item("hatch", _("contested: opposed sides in the town"), colours=two[::-1]),
        Item("slope", _("changed hands on one of these days"), colours=two),
        Item("outline", _("no armed force"), look.soft),
        Item("thin", _("not known"), look.side("unknown")),
    ]
    cited = view.record.event_sources
    cited = cited[cited["event"].isin(set(view.changes["event"]))]
    sources = [source for source in map(str, cited["source"]) if view.knows(source)]
    return Drawn(
        title=_("Who held which town"),
        legend=[scene.sides(shown), Group(_("Bars"), [*items, *scene.playhead()])],
        figure=figure if towns else None,
        height=lambda width: 40 + ROW * 1.3 * max(len(towns), 4),
        sources=sources,
        notes=[f"{north} {filters}"],
        least=40 + 0.66 * ROW * len(towns),
    )
