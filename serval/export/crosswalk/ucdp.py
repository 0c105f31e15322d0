"""An event as a row under the column names of UCDP GED."""

from __future__ import annotations

from serval.export.crosswalk import losses
from serval.export.crosswalk.acled import sub_event
from serval.export.crosswalk.cases import ARMED, CIVILIANS, STATE, Case
from serval.export.crosswalk.names import COUNTRIES, EVENT_TYPE, UCDP, VIOLENT
from serval.lookup import Values

NAME = "UCDP"
COLUMNS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def row(case: Case) -> Values:
    """The row, with every column; what the record does not know is None. Losses are noted on the case."""
    losses.common(case, NAME)
    kind = _violence(case)
    # GED has the government as side a of state-based violence, whoever began it.
    turned = kind == 1 and case.nature(case.first[0]) != STATE
    sides = (case.second, case.first) if turned else (case.first, case.second)
    return (
        dict.fromkeys(UCDP)
        | {"type_of_violence": kind}
        | _when(case)
        | _who(case, sides, turned)
        | _where(case)
        | _sources(case)
        | _deaths(case, sides)
    )


def _violence(case: Case) -> int | None:
    sub, _ = sub_event(case)
    if sub is None or EVENT_TYPE[sub] not in VIOLENT:
        case.lose("type_of_violence", case.row["type"], "UCDP takes in organised violence alone")
        return None
    if case.killed is None:
        case.lose("best", "no figure of the dead", "UCDP takes in events with at least one death; kept here")
    if not case.first or not case.second:
        case.lose("type_of_violence", "one side alone is named", "it needs two sides")
        return None
    one, other = case.nature(case.first[0]), case.nature(case.second[0])
    if other == CIVILIANS and one in (STATE, ARMED):
        return 3
    if {one, other} == {STATE, ARMED}:
        return 1
    if one == other == ARMED:
        return 2
    named = f"{case.name(case.first[0])}; {case.name(case.second[0])}"
    case.lose("type_of_violence", named, "none of the three fits these two sides")
    return None


def _when(case: Case) -> Values:
    first, last, precision = case.row["date_start"], case.row["date_end"], case.row["date_precision"]
    wide = precision in ("week", "month", "year") or len(case.places) > 1
    return {
        "year": int(first[:4]),
        "date_prec": case.look.terms["date_precisions"][precision]["ucdp"],
        "date_start": first,
        "date_end": last,
        "event_clarity": 2 if wide else 1,
    }


def _who(case: Case, sides: tuple[list[str], list[str]], turned: bool) -> Values:
    a, b = sides
    where = {side[0]: column for side, column in ((a, "side_a"), (b, "side_b")) if side}
    said = set() if turned else {(s[0], role) for s, role in ((a, "initiator"), (b, "target")) if s}
    losses.roles(case, NAME, where, said)
    return {"side_a": case.names(a[:1]) or None, "side_b": case.names(b[:1]) or None}


def _where(case: Case) -> Values:
    place, precision = case.place, case.row["geo_precision"]
    country, region = COUNTRIES.get(place["country"]), place["region"]
    if country is None:
        case.lose("country", place["country"], "not among the countries whose names are known here")
    lat, lon = case.row["lat"], case.row["lon"]
    drawn = lat is not None
    return {
        "where_prec": case.look.terms["geo_precisions"][precision]["ucdp"],
        "where_coordinates": place["name"],
        "where_description": "; ".join(p["name"] for p in case.places),
        "adm_1": case.look.label("regions", region, "en") if region and drawn else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if drawn else None,
        "country": country.name if country else None,
        "region": country.ucdp if country else None,
    }


def _sources(case: Case) -> Values:
    told = sum(1 for s in case.sources if s["url"])
    if told:
        case.lose("sources", f"addresses ({told})", "UCDP has no column for a source's address")
    case.lose("title", case.row["title"], "UCDP has no description of an event; the summary is left out too")
    case.lose("type", case.row["type"], "UCDP has no types of event")
    articles = [", ".join(filter(None, [s["publisher"], s["date"], s["title"]])) for s in case.sources]
    claims = dict.fromkeys(f["claimed_by"] for f in case.dead if f["claimed_by"])
    return {
        "number_of_sources": len(case.sources),
        "source_article": "; ".join([*articles, f"serval:{case.row['id']}"]),
        "source_office": "; ".join(s["publisher"] for s in case.sources),
        "source_date": "; ".join(s["date"] or "" for s in case.sources),
        "source_headline": "; ".join(s["title"] for s in case.sources),
        "source_original": case.names(claims) or None,
    }


def _deaths(case: Case, sides: tuple[list[str], list[str]]) -> Values:
    out: Values = dict.fromkeys(COLUMNS)
    kept: dict[str, str] = {}
    for key, figure in case.figures.items():
        if figure["kind"] != "killed" or not figure["counts_in_total"]:
            continue
        column, why = _column(case, figure["of"], sides)
        if figure["best"] is None:
            why = f"{why}without a best it is in low and high alone"
        else:
            out[column] = (out[column] or 0) + figure["best"]
            spread = {figure["low"], figure["high"]} - {None, figure["best"]}
            why += "; ".join(["its own range is in low and high alone"] * bool(spread))
        if figure["claimed_by"] or figure["source"] or figure["note"]:
            why = "; ".join(filter(None, [why, "who says so and the note are not said beside it"]))
        kept[key] = why
    losses.figures(case, NAME, kept)
    low, best, high = case.killed or (None, None, None)
    if case.killed and best is None:
        case.lose("best", f"{low}–{high}", "a figure has no best, so that no one number can stand for all")
    return out | {"low": low, "best": best, "high": high}


def _column(case: Case, of: str | None, sides: tuple[list[str], list[str]]) -> tuple[str, str]:
    """The column for the dead of an actor, and why it is the one for unknown: ended by `; `, or empty."""
    if of is None:
        return "deaths_unknown", ""
    if case.nature(of) == CIVILIANS:
        return "deaths_civilians", ""
    for column, side in zip(COLUMNS, sides, strict=False):
        if of in side:
            return column, ""
    blocs = [{case.bloc(actor) for actor in side} for side in sides]
    mine = [case.bloc(of) in bloc for bloc in blocs]
    if mine in ([True, False], [False, True]):
        return COLUMNS[mine.index(True)], ""
    return "deaths_unknown", f"{case.name(of)} is of neither side; "
