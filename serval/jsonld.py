"""Events and actors in the words of schema.org, for search engines and archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from serval.export.citation import LICENCE, permalink
from serval.lookup import Lookup, Values, localised, split

if TYPE_CHECKING:
    from serval.record import Record

WORKS = {
    "news": "NewsArticle",
    "official": "Report",
    "encyclopaedia": "Article",
    "blog": "BlogPosting",
    "ngo": "Report",
    "academic": "ScholarlyArticle",
}
VAGUE_METRES = {"near": 10_000, "area": 40_000}
"""Radius of a place that is not exact and has none of its own."""

Node = dict[str, Any]


def event(record: Record, event_id: str, lang: str, base: str) -> Node:
    """An event and the page about it: where, when, who, by which sources."""
    look = Lookup.of(record)
    row, part = look.events[event_id], look.parts
    url = permalink(base, "event", event_id)
    first, last = row["date_start"], row["date_end"]
    places = [look.places[p["place"]] for p in part["event_places"].get(event_id, [])]
    where = [_place(place, row["geo_precision"], lang) for place in places]
    actors = dict.fromkeys(a["actor"] for a in part["event_actors"].get(event_id, []))
    happened = {
        "@type": "Event",
        "@id": f"{url}#event",
        "identifier": event_id,
        "name": localised(row, "title", lang),
        "description": localised(row, "summary", lang),
        "startDate": first,
        "endDate": last,
        "location": where,
        "about": [_body(look.actors[id], lang, base) for id in actors],
        "url": url,
    }
    sources = [s["source"] for s in part["event_sources"].get(event_id, [])]
    page = {
        **_page(record, happened, sources, lang, base),
        "temporalCoverage": first if first == last else f"{first}/{last}",
        "spatialCoverage": where,
    }
    return {"@context": "https://schema.org", "@graph": [page, happened]}


def actor(record: Record, actor_id: str, lang: str, base: str) -> Node:
    """An actor and the page about it."""
    look = Lookup.of(record)
    row = look.actors[actor_id]
    person = row["kind"] == "person"
    led = [a for a in look.actors.values() if actor_id in split(a["leaders"])]
    groups = [look.actors[id] for id in split(row["member_of"])]
    about = {
        **_body(row, lang, base),
        "description": localised(row, "description", lang),
        "alternateName": split(row["aliases"], "|"),
        "jobTitle": localised(row, "role", lang) if person else "",
        "deathDate" if person else "dissolutionDate": row["dissolved"],
        "foundingDate": "" if person else row["founded"],
        "parentOrganization": _body(look.actors[row["parent"]], lang, base) if row["parent"] else None,
        "memberOf": [_body(a, lang, base) for a in (led if person else groups)],
        "member": [] if person else [_body(look.actors[id], lang, base) for id in split(row["leaders"])],
        "url": permalink(base, "actor", actor_id),
    }
    about = {key: value for key, value in about.items() if value}
    page = _page(record, about, split(row["sources"]), lang, base)
    return {"@context": "https://schema.org", "@graph": [page, about]}


def _page(record: Record, about: Node, sources: list[str], lang: str, base: str) -> Node:
    rows = Lookup.of(record).sources
    return {
        "@type": "WebPage",
        "@id": about["url"],
        "url": about["url"],
        "name": about["name"],
        "description": about["description"],
        "inLanguage": lang,
        "version": record.version,
        "dateModified": record.released,
        "license": LICENCE.url,
        "isPartOf": {
            "@type": "Dataset",
            "@id": f"{base}/",
            "name": "Serval: a record of the 2013 intervention in Mali",
            "description": "Cited events, actors, figures and changes of control in Mali, 2012 to 2014.",
            "version": record.version,
            "license": LICENCE.url,
        },
        "mainEntity": {"@id": about["@id"]},
        "citation": [_work(rows[id]) for id in sources],
    }


def _body(row: Values, lang: str, base: str) -> Node:
    return {
        "@type": "Person" if row["kind"] == "person" else "Organization",
        "@id": f"{permalink(base, 'actor', row['id'])}#actor",
        "name": localised(row, "name", lang),
    }


def _place(row: Values, precision: str, lang: str) -> Node:
    """A place; a circle where the event's place is not exact, the country where it is the whole of it."""
    name = localised(row, "name", lang)
    if precision == "country":
        return {"@type": "Country", "name": name}
    point = {"@type": "GeoCoordinates", "latitude": row["lat"], "longitude": row["lon"]}
    geo: Node = point
    if precision in VAGUE_METRES:
        metres = round(row["radius_km"] * 1000) or VAGUE_METRES[precision]
        geo = {"@type": "GeoCircle", "geoMidpoint": point, "geoRadius": metres}
    address = {"@type": "PostalAddress", "addressCountry": row["country"]}
    return {"@type": "Place", "name": name, "address": address, "geo": geo}


def _work(row: Values) -> Node:
    work = {
        "@type": WORKS.get(row["kind"], "CreativeWork"),
        "name": row["title"],
        "publisher": {"@type": "Organization", "name": row["publisher"]},
        "datePublished": row["date"],
        "inLanguage": row["language"],
        "url": row["url"],
        "archivedAt": row["archive_url"],
    }
    return {key: value for key, value in work.items() if value}
