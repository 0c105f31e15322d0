"""The description of the API (OpenAPI 3.1), made from the query keys, the tables and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from serval import __version__, api, dictionary, readers
from serval.export import citation, fields, kinds
from serval.export.fields import Field
from serval.export.scope import ALL, SHOWN
from serval.record import Record
from serval.selection import KEYS, MAX_LIST, Allowed, Key

Json = dict[str, Any]
WORDS = {
    "from": "First day shown.",
    "to": "Last day shown.",
    "dates": "`possible`: events that may lie in these days; `certain`: only those that surely do.",
    "actor": "Events with any of these actors.",
    "role": "What the chosen actors did or suffered there.",
    "family": "`1` adds the branches and successors of the chosen actors.",
    "vs": "An actor to compare with; changes no rows.",
    "type": "Events of any of these types.",
    "place": "Events at any of these places.",
    "region": "Events in any of these regions.",
    "status": "How sure the record is of an event.",
    "q": "Words, all of which must be there.",
    "at": "Day of the map and the towns; changes no rows.",
    "at2": "A day to compare with; changes no rows.",
    "known": "Only what was published by this day.",
    "event": "The open event; changes no rows.",
    "lat": "Latitude of the map's camera; changes no rows.",
    "lon": "Longitude of the map's camera; changes no rows.",
    "zoom": "The map's zoom; changes no rows.",
    "tab": "The open tab; changes no rows.",
    "story": "The open stop of the guided tour; changes no rows.",
    "lang": "Language of titles and summaries in JSON, and of what workbook and package say of themselves.",
    "theme": "Light or dark; changes no rows.",
    "v": "Version of the record that the rows are of.",
}
READ: dict[Any, Json] = {
    readers.day: {"type": "string", "format": "date", "pattern": f"^{readers.DAY.pattern}$"},
    readers.slug: {"type": "string", "pattern": f"^{readers.ID.pattern}$", "maxLength": 120},
    readers.flag: {"type": "string", "enum": ["0", "1"]},
    readers.words: {"type": "string", "maxLength": readers.MAX_WORDS},
    readers.version: {"type": "string", "pattern": f"^{readers.VERSION.pattern}$"},
}
TYPES: dict[str, Json] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "partial day": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "url": {"type": "string", "format": "uri-reference"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
}
SCOPE = {
    "name": "scope",
    "in": "query",
    "description": f"`{SHOWN}`: the rows of the view; `{ALL}`: those of the whole record, without filters.",
    "schema": {"type": "string", "enum": [SHOWN, ALL], "default": SHOWN},
}


def document(record: Record, allowed: Allowed, base: str) -> Json:
    """The description. `base`: the site, no slash after."""
    parameters = {key.key: _parameter(key, allowed) for key in KEYS} | {"scope": SCOPE}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Serval: the record of the 2013 intervention in Mali",
            "version": __version__,
            "description": "The rows of a view. The query string is that of the page: the same one gives the "
            "same view here and there. A value or key that cannot be used is an error.",
            "license": {"name": citation.licence(record).name, "identifier": citation.licence(record).id},
        },
        "servers": [{"url": f"{base}{api.ROOT}".rstrip("/")}],
        "paths": {f"/{kind}": {"get": _operation(kind, parameters)} for kind in kinds.KINDS},
        "components": {
            "parameters": parameters,
            "schemas": {**_schemas(record), "problem": _problem()},
            "responses": {
                "notModified": {"description": "The rows are those of the ETag in If-None-Match."},
                "badParameter": {
                    "description": "A parameter cannot be used (RFC 9457).",
                    "content": {"application/problem+json": {"schema": _ref("schemas", "problem")}},
                },
            },
        },
    }


def _operation(kind: str, parameters: Iterable[str]) -> Json:
    table, _, form = kind.partition(".")
    about = dictionary.FRAMES.get(table, "All tables as a Data Package.")
    bodies: dict[str, Json] = {
        "json": {"schema": _ref("schemas", f"{table}.rows")},
        "csv": {"schema": {"type": "string"}},
        "geojson": {"schema": _ref("schemas", "features")},
    }
    media = kinds.media(kind).partition(";")[0]
    return {
        "operationId": kind.replace(".", "_"),
        "summary": f"{table}, {form}",
        "description": about,
        "parameters": [_ref("parameters", name) for name in parameters],
        "responses": {
            "200": {
                "description": about,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {media: bodies.get(form, {})},
            },
            "304": _ref("responses", "notModified"),
            "400": _ref("responses", "badParameter"),
        },
    }


def _parameter(key: Key, allowed: Allowed) -> Json:
    ids = allowed.ids.get(key.key)
    schema = {"type": "string", "enum": sorted(ids)} if ids else _read(key)
    if key.many:
        schema = {"type": "array", "items": schema, "maxItems": MAX_LIST}
    elif key.default not in (None, ""):
        schema = {**schema, "default": readers.shown(key.default)}
    style = {"style": "form", "explode": False} if key.many else {}
    told = {"description": WORDS[key.key], "allowEmptyValue": True}
    return {"name": key.key, "in": "query", **told, **style, "schema": schema}


def _read(key: Key) -> Json:
    """What a reader takes: that of a function by its name, that of a choice or number as its refusal says."""
    if key.read in READ:
        return READ[key.read]
    try:
        key.read("\0")
    except readers.Bad as refusal:
        told: Any = refusal.fields
        if "choices" in told:
            return {"type": "string", "enum": list(told["choices"])}
        return {"type": "number", "minimum": told["low"], "maximum": told["high"]}
    raise TypeError(f"{key.key}: what it takes is not known")


def _schemas(record: Record) -> Json:
    columns = {name: _columns(name, record) for name in fields.TABLES}
    flat = {name: _joined(field, schema) for name, (field, schema) in columns["events"].items()}
    rows = {name: {n: schema for n, (_, schema) in of.items()} for name, of in columns.items()}
    rows["events"] = _event(rows)
    return {
        **{name: _object(of) for name, of in rows.items()},
        **{f"{name}.rows": _object(_head() | {"rows": _list(_ref("schemas", name))}) for name in rows},
        "features": _object(
            {"type": {"const": "FeatureCollection"}, **_head(), "features": _list(_feature(flat))}
        ),
    }


def _columns(table: str, record: Record) -> dict[str, tuple[Field, Json]]:
    return {field.name: (field, _column(field, record)) for field in fields.of(table)}


def _column(field: Field, record: Record) -> Json:
    if field.separator:
        return {"type": "array", "items": {"type": "string"}, "description": field.description}
    schema: Json = {**TYPES[field.kind], **field.limits}
    terms = [term.id for term in fields.terms(field, record.vocabulary)]
    if terms:
        schema["enum"] = terms if field.required else [*terms, None]
    if not field.required:
        schema["type"] = [schema["type"], "null"]
    return {**schema, "description": field.description}


def _joined(field: Field, schema: Json) -> Json:
    return {**schema, "type": ["string", "null"]} if field.separator else schema


def _event(rows: dict[str, Json]) -> Json:
    """An event as JSON has it: what belongs to it stands inside."""
    own = rows["events"]
    place = {"id": own["place"], **{n: rows["places"][n] for n in ("name", "lat", "lon")}}
    place |= {n: {"type": ["number", "null"]} for n in ("lat", "lon")}
    holders = rows["changes"]["holders"]
    inside = {
        "places": place,
        "actors": _but(rows["event_actors"], "event", "rank"),
        "figures": _but(rows["figures"], "event", "rank", "note_fr"),
        "control": {"place": rows["changes"]["place"], "from": holders, "to": holders},
        "evidence": _but(rows["evidence"], "event"),
    }
    plain = (
        "id date_start date_end date_precision geo_precision type title summary status dispute sources url"
    )
    own = {**own, "title": {**TYPES["text"], "description": "in the language asked for, else English"}}
    return {n: own[n] for n in plain.split()} | {n: _list(_object(of)) for n, of in inside.items()}


def _feature(columns: Json) -> Json:
    position = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    shapes = [
        _object({"type": {"const": "Point"}, "coordinates": position}),
        _object({"type": {"const": "MultiPoint"}, "coordinates": _list(position)}),
        {"type": "null"},
    ]
    return _object(
        {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"oneOf": shapes},
            "properties": _object(columns),
        }
    )


def _head() -> Json:
    text: Json = {"type": "string"}
    number: Json = {"type": "integer", "minimum": 0}
    return {
        "version": {**text, "description": "of the record"},
        "query": {**text, "description": "the canonical query string of these rows"},
        "count": {**number, "description": "rows given"},
        "total": {**number, "description": "rows of the table in the whole record"},
        "licence": {**text, "description": "SPDX id"},
    }


def _problem() -> Json:
    text: Json = {"type": "string"}
    fault = {"key": text, "value": text, "allowed": text}
    own = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    return {
        "type": "object",
        "properties": {**own, **fault, "errors": _list(_object(fault))},
        "required": list(own),
    }


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _but(columns: Json, *names: str) -> Json:
    return {name: schema for name, schema in columns.items() if name not in names}


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
