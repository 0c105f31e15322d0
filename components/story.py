"""The guided tour: one stop at a time over the map, each a link that sets the view."""

from __future__ import annotations

from dash import html

from components.context import Context, href
from components.words import words as render
from serval import story as tour
from serval.text import Translator


def story(_: Translator) -> html.Section:
    """The empty panel; it opens when the query names a stop."""
    return html.Section(id="story", className="story", hidden=True, **{"aria-label": _("Guided tour")})


def words(page: Context) -> dict[str, str]:
    """The link that starts the tour, and the stop that is open with the ones around it."""
    stops, open_id = page.record.story, page.selection.story
    ids = [stop.id for stop in stops]
    here = ids.index(open_id) if open_id in ids else -1
    links = [href(tour.view_of(page.record, id).with_(lang=page.selection.lang)) for id in ids]
    return render("story.html", page, stops=[stop.model_dump() for stop in stops], here=here, links=links)
