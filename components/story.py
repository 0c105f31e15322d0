"""The guided tour: one stop at a time over the map, each a link that sets the view."""

from __future__ import annotations

from functools import lru_cache

from dash import html

from components.context import Context, href
from components.words import words as render
from serval import story as tour
from serval.record import Record
from serval.text import Translator


def story(_: Translator) -> html.Section:
    """The empty panel; it opens when the query names a stop."""
    return html.Section(id="story", className="story", hidden=True, **{"aria-label": _("Guided tour")})


def words(page: Context) -> dict[str, str]:
    """The link that starts the tour, and the stop that is open with the ones around it."""
    stops, open_id = page.record.story, page.selection.story
    ids = [stop.id for stop in stops]
    here = ids.index(open_id) if open_id in ids else -1
    links = _links(page.record, page.selection.lang)
    return render("story.html", page, stops=[stop.model_dump() for stop in stops], here=here, links=links)


@lru_cache(maxsize=8)
def _links(record: Record, lang: str | None) -> list[str]:
    """The view of each stop, in the language if the reader chose one."""
    return [href(tour.view_of(record, stop.id).with_(lang=lang)) for stop in record.story]
