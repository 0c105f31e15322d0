"""`/report-interactive.html`: a view in one file that works from a disk, without a network.

Map, timeline and list with their filters, over the whole record: the dashboard's own scripts, styles, letters
and data, put into the page as they are.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache

import orjson
from flask import Flask, Response
from markupsafe import Markup

from components import data, embed, map
from components.api import asked
from components.context import Context, base_url, language
from components.embed import json_in_html
from components.static import ALONE, ASSETS, BOOT, SHELF, plotly_url
from components.words import ENV
from serval import columns, summary
from serval.cards import card
from serval.export import citation
from serval.figures.basemap import basemap_style
from serval.figures.style import THEMES
from serval.record import Record
from serval.selection import Selection
from serval.text import Translator

SCRIPTS = (
    *("palette", "select", "state", "draw_axis", "draw_layout", "draw", "draw_timeline", "plots"),
    *("plot_map", "plot_timeline", f"{ALONE}alone", f"{ALONE}print", f"{ALONE}copy"),
)
"""In the order in which they run, after Plotly."""
GEO = re.compile(r"\.geojson$")

Choices = list[tuple[str, str, str]]
"""(id, words, side or empty) of what can be chosen."""


def register(server: Flask) -> None:
    """The route; its parts are read once."""
    server.add_url_rule("/report-interactive.html", "interactive", interactive)
    plotly_url()


def interactive() -> Response:
    """The file of the view of the query string; 400 for a value that cannot be used."""
    view = asked()
    page = Context(view.record, view, view.selection, (), language(view.selection))
    policy = _policy()
    response = Response(_html(page, policy), mimetype="text/html")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    name = f"serval-{view.record.version}-interactive.html"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.content_language.add(page.lang)
    response.vary.add("Accept-Language")
    return response


def _html(page: Context, policy: str) -> str:
    _, view, base = page._, page.view, base_url()
    whole = page.record.select(Selection(from_="1900-01-01", to="2099-12-31"))
    total = str(view.total)
    return ENV.get_template("interactive.html").render(
        page=page,
        _=_,
        policy=policy,
        style=Markup(_style()),
        boot=Markup(_boot()),
        sentence=summary.sentence(view, page.lang),
        count=_.n("{n} of {total} events", "{n} of {total} events", view.n).format(total=total),
        counts=[_counted(_, n, total) for n in (1, 2)],
        chips=[words for *_, words in summary.filters(page.selection, page.record, page.lang)],
        version=citation.version_line(page.record, page.lang),
        licence=citation.licence(page.record),
        link=citation.view_link(view, page.lang, base),
        citation=citation.view(view, page.lang, base, "txt"),
        made=datetime.now(UTC).date().isoformat(),
        lists=_lists(page),
        legend=_legend(page),
        cards=[card(whole, id, page.lang) for id in page.look.events],
        kept=[(id, Markup(json)) for id, json in _kept(page).items()],
        scripts=[Markup(script) for script in _scripts()],
    )


def _legend(page: Context) -> str:
    """The map's legend, with the day of the towns where assets/alone/copy.js finds it."""
    day = page.day(page.selection.at)
    return Markup(map.words(page)["legend"].replace(day, Markup("<span data-at>{}</span>").format(day)))


def _counted(_: Translator, n: int, total: str) -> str:
    """How many of how many, in the form of a number that is still to be put in place of {n}."""
    words = _.n("{n} of {total} events", "{n} of {total} events", n)
    return words.replace(str(n), "{n}", 1).replace("{total}", total)


def _lists(page: Context) -> list[tuple[str, str, Choices]]:
    """Query key, its name and what the whole record has to choose from, by name."""
    _, look, lang = page._, page.look, page.lang
    names: dict[str, Choices] = {
        "actor": [(id, look.short(id, lang), look.actors[id]["side"]) for id in page.of_record("actor")],
        "type": [(id, look.label("event_types", id, lang), "") for id in page.of_record("type")],
        "place": [(id, look.place(id, lang), "") for id in page.of_record("place")],
        "status": [(id, look.label("statuses", id, lang), "") for id in page.of_record("status")],
    }
    labels = {"actor": _("Actors"), "type": _("Kind"), "place": _("Places"), "status": _("Certainty")}
    return [(key, labels[key], choices) for key, choices in names.items()]


def _kept(page: Context) -> dict[str, str]:
    """What the scripts find in the page: id of the element -> JSON."""
    given = dict(data.given(page.lang, page.record))
    figures = {
        theme: {name: given["figures"][theme][name] for name in ("map", "timeline")} for theme in THEMES
    }
    query = page.selection.with_(lang=None, theme=None, v=None, story=None).query()
    given |= {"figures": figures, "config": embed.config(page.lang), "scroll": True, "query": query}
    kept = {"given": json_in_html(given), "geo": _geo()}
    for theme in THEMES:
        kept[f"style-{theme}"] = json_in_html(basemap_style(theme, page.lang, str))
        kept[f"ground-{theme}"] = json_in_html(embed.ground_figure(theme, page.lang))
    return {**kept, **_data(page.record)}


@lru_cache(maxsize=2)
def _data(record: Record) -> dict[str, str]:
    return {
        "columns": json_in_html(columns.build(record)),
        "search": json_in_html(columns.search(record)),
    }


@lru_cache(maxsize=1)
def _geo() -> str:
    """The files that the base map's styles name: GeoJSON as it is, the relief as a data URI."""
    found: dict[str, object] = {}
    for name in SHELF.names():
        file = ASSETS / name
        if name.startswith("geo/"):
            content = file.read_bytes()
            found[name] = orjson.loads(content) if GEO.search(name) else _uri("image/webp", content)
    return json_in_html(found)


@lru_cache(maxsize=1)
def _style() -> str:
    """The style sheets with their fonts in them."""
    sheets = [(SHELF.public / url.lstrip("/")).read_text() for url in embed.sheets()]

    def font(match: re.Match[str]) -> str:
        return f'url("{_uri("font/woff2", (SHELF.public / match[1].lstrip("/")).read_bytes())}")'

    return re.sub(r'url\("?(/static/[^")]+\.woff2)"?\)', font, "\n".join(sheets))


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@lru_cache(maxsize=1)
def _scripts() -> list[str]:
    """Plotly and the scripts, none of which can end the element that it stands in."""
    plotly = (SHELF.public / plotly_url().lstrip("/")).read_text()
    texts = [plotly, *((ASSETS / f"{name}.js").read_text() for name in SCRIPTS)]
    return [text.replace("</script", "<\\/script").replace("<!--", "<\\!--") for text in texts]


def _boot() -> str:
    return (ASSETS / BOOT).read_text().strip()


@lru_cache(maxsize=1)
def _policy() -> str:
    """Nothing but the file itself: its own scripts by their hashes, and no address of any host."""
    hashes = " ".join(f"'sha256-{_hash(code)}'" for code in (_boot(), *_scripts()))
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashes}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "font-src data:",
            "connect-src data: blob:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
