"""The counter-check as a plain page: the events of a view beside rows that were imported on this server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, request

from components.context import Context, context
from components.pages import answer, sheet
from serval import record as records
from serval.figures import check_map
from serval.figures.print_ground import LAYERS
from serval.imports import acled, check, ged, store
from serval.imports.check import CELL, DAYS, KM, LISTS, MOST_DAYS, MOST_KM, Check
from serval.imports.parquet import NotOurs
from serval.imports.store import Imported
from serval.readers import N_, Bad, choice, number
from serval.selection import Problem
from serval.summary import filters
from serval.text import Translator, format_number

PAGE = 50  # rows of the table that are shown at a time
NAMED = 8  # places that the map names
DATASETS = {layout.id: layout.name for layout in (ged.LAYOUT, acled.LAYOUT)}


@dataclass(frozen=True)
class Asked:
    """What the page's own keys say; the others are those of a view."""

    of: str
    km: float = KM
    days: int = DAYS
    list: str = LISTS[0]
    page: int = 1

    def query(self, context: Context, /, **changes: object) -> str:
        """The query string of this page with other values, only what differs from the default."""
        first = store.names()[:1]
        usual = Asked(first[0] if first else "")
        new, old = vars(replace(self, **changes)), vars(usual)  # type: ignore[arg-type]
        own = {key: f"{value:g}" if isinstance(value, float) else value for key, value in new.items()}
        parts = urlencode({key: value for key, value in own.items() if new[key] != old[key]})
        return "&".join(filter(None, [parts, context.selection.query()]))


def register(server: Flask) -> None:
    """`/check`."""
    server.add_url_rule("/check", "check", page_of_check)


def link(query: str) -> str:
    """The address of the counter-check of a view; empty where nothing was imported."""
    return (f"/check?{query}" if query else "/check") if store.names() else ""


def page_of_check() -> Response:
    """`/check`: a 404 where nothing was imported, which says how it is."""
    page, asked = _read(request.query_string.decode(errors="replace"))
    frame = replace(sheet(page, page._("Counter-check"), "", "/check", None), query=_unspoken(page, asked))
    try:
        imported = store.load(asked.of) if asked.of else None
    except (KeyError, NotOurs) as error:
        problem = Problem("of", asked.of, N_("cannot be read: import it again"))
        page, imported = replace(page, problems=(*page.problems, problem)), None
        del error
    if imported is None:
        response = answer("page_check.html", page, frame, found=None, names=store.names())
        response.status_code = 404
    else:
        response = answer("page_check.html", page, frame, **_values(page, asked, imported))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _read(query: str) -> tuple[Context, Asked]:
    """The view and the page's own values; bad ones are left out and named."""
    names = store.names()
    own: dict[str, Callable[[str], Any]] = {
        "of": choice(*names) if names else str,
        "km": number(0, int(MOST_KM)),
        "days": lambda text: int(number(0, MOST_DAYS)(text)),
        "list": choice(*LISTS),
        "page": lambda text: max(1, int(number(1, 9999)(text))),
    }
    values, problems, rest = {"of": names[0] if names else ""}, [], []
    for key, text in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if key not in own:
            rest.append((key, text))
            continue
        try:
            values[key] = own[key](text)
        except Bad as error:
            problems.append(Problem(key, text, error.text, error.fields))
    page = context(urlencode(rest))
    return replace(page, problems=(*page.problems, *problems)), Asked(**values)


def _unspoken(page: Context, asked: Asked) -> str:
    """The page's query string without its language."""
    return asked.query(replace(page, selection=page.selection.with_(lang=None)))


def _values(page: Context, asked: Asked, imported: Imported) -> dict[str, Any]:
    found = check.compare(page.view, imported, asked.km, asked.days)
    n = found.count(asked.list)
    pages = max(1, -(-n // PAGE))
    here = min(asked.page, pages)
    shown = found.rows(asked.list, (here - 1) * PAGE, here * PAGE)
    discs = _discs(found)
    return {
        "found": found,
        "asked": asked,
        "names": store.names(),
        "dataset": DATASETS[imported.report.dataset],
        "report": imported.report,
        "number": lambda n: format_number(n, page.lang),
        "to": lambda **changes: f"/check?{asked.query(page, **{'page': 1, **changes})}".rstrip("?"),
        "kept": parse_qsl(page.selection.query()),
        "filters": [words for _, _, words in filters(page.selection, page.record, page.lang)],
        "rows": [_row(page, found, row) for row in shown],
        "here": here,
        "pages": pages,
        "first": (here - 1) * PAGE + 1,
        "n": n,
        "most": (MOST_KM, MOST_DAYS),
        "ground": _ground(),
        "width": check_map.WIDTH,
        "height": check_map.HEIGHT,
        "discs": {name: drawn for name, (drawn, _) in discs.items()},
        "beyond": discs["theirs"][1],
        "labels": _labels(page),
        "types": _types(page._),
    }


def _row(page: Context, found: Check, row: Any) -> dict[str, Any]:
    """A row of the table: the record's event and the import's row, whichever there are."""
    pair, mine, other = check.sides(row)
    event = None if mine is None else page.look.events[str(page.record.events["id"].iloc[mine])]
    return {"pair": pair, "event": event, "theirs": None if other is None else found.imported.row(other)}


def _discs(found: Check) -> dict[str, tuple[list[check_map.Disc], int]]:
    """Discs on one scale; sums over squares have their own, since they would cover all else."""
    told = [n for of in found.spots.values() if not of.summed for _, n in of.places]
    drawn = {}
    for name, of in found.spots.items():
        most = max((n for _, n in of.places), default=1) if of.summed else max(told, default=1)
        drawn[name] = check_map.discs(of.places, most, CELL if of.summed else 0)
    return drawn


def _labels(page: Context) -> list[tuple[str, float, float]]:
    """The names of the places of the view that have most events, and where they stand."""
    events = [page.look.events[id] for id in page.view.events["id"]]
    counts = Counter(event["place"] for event in events if event["lat"] is not None)
    on, labels = check_map.sheet(), []
    for id, _ in counts.most_common(NAMED):
        place = page.look.places[id]
        x, y = on.pixel(place["lon"], place["lat"])
        labels.append((page.name(place), round(x + 8, 1), round(y - 8, 1)))
    return labels


def _types(_: Translator) -> dict[str, str]:
    """GED's kinds of violence; ACLED's are in its own words."""
    return {
        "state-based violence": _("state-based violence"),
        "non-state violence": _("non-state violence"),
        "one-sided violence": _("one-sided violence"),
    }


@lru_cache(maxsize=1)
def _ground() -> dict[str, str]:
    return check_map.outlines({name: records.layer(name) for name in LAYERS})
