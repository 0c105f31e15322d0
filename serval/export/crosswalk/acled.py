"""An event as a row under ACLED's column names."""

from __future__ import annotations

from serval.export.crosswalk import losses
from serval.export.crosswalk.cases import ARMED, CIVILIANS, OTHER, STATE, Case
from serval.export.crosswalk.names import ACLED, COUNTRIES, DISORDER, EVENT_TYPE, VIOLENT, WIDER
from serval.lookup import Values

NAME = "ACLED"


def row(case: Case) -> Values:
    """The row, with every column; what the record does not know is None. Losses are noted on the case."""
    losses.common(case, NAME)
    out = dict.fromkeys(ACLED) | _when(case) | _kind(case) | _who(case) | _where(case) | _rest(case)
    targeted = out["inter2"] == 7 and out["event_type"] in VIOLENT
    return out | {"civilian_targeting": "Civilian targeting" if targeted else None}


def sub_event(case: Case) -> tuple[str | None, str]:
    """The sub_event_type that the event's type is set beside, or None and why there is none."""
    kind = case.row["type"]
    label, sub = case.look.label("event_types", kind, "en"), case.look.terms["event_types"][kind]["acled"]
    if not sub:
        return None, f"{kind} ({label}): ACLED has no exact sub_event_type"
    state = bool(case.first) and case.nature(case.first[0]) == STATE
    if sub == "Government regains territory" and not state:
        return None, f"{kind} ({label}): who did it is not a state's force"
    if sub == "Non-state actor overtakes territory" and (state or not case.first):
        return None, f"{kind} ({label}): who did it is not a non-state actor"
    if sub == "Attack" and not case.second:
        return None, f"{kind} ({label}): nobody is named who was attacked"
    return sub, ""


def inter(case: Case, actor: str) -> tuple[int | None, str]:
    """ACLED's code of what an actor is, or None and why."""
    body, nature = case.body(actor), case.nature(actor)
    if nature == STATE:
        return (1 if body["side"] == "malian_state" else 8), ""
    if body["kind"] == "militia":
        return None, "a political (3) or an identity militia (4): the record does not say which"
    if nature == ARMED:
        return 2, ""
    if nature == CIVILIANS:
        return 7, ""
    if nature == OTHER or (body["kind"] == "political" and body["side"] != "malian_state"):
        return 8, ""
    return None, "the record does not say which of ACLED's kinds it is"


def _when(case: Case) -> Values:
    first, last, precision = case.row["date_start"], case.row["date_end"], case.row["date_precision"]
    code = case.look.terms["date_precisions"][precision]["acled"]
    if last != first:
        case.lose("date_end", last, "ACLED has one day per event; the first is kept")
    if precision in ("days", "year"):
        case.lose("date_precision", precision, f"time_precision {code} is the nearest")
    return {"event_date": first, "year": int(first[:4]), "time_precision": code}


def _kind(case: Case) -> Values:
    sub, why = sub_event(case)
    kind = case.row["type"]
    if sub is None:
        case.lose("sub_event_type", kind, why)
        return {}
    if kind in WIDER:
        case.lose("type", kind, f"set beside {sub}, but the type has also {WIDER[kind]}")
    event = EVENT_TYPE[sub]
    return {"disorder_type": DISORDER[event], "event_type": event, "sub_event_type": sub}


def _who(case: Case) -> Values:
    out: Values = {}
    where: dict[str, str] = {}
    codes: list[int | None] = []
    for n, side in enumerate((case.first, case.second), 1):
        out[f"actor{n}"] = case.names(side[:1]) or None
        out[f"assoc_actor_{n}"] = case.names(side[1:]) or None
        where |= dict.fromkeys(side[1:], f"assoc_actor_{n}") | dict.fromkeys(side[:1], f"actor{n}")
        code, why = inter(case, side[0]) if side else (0, "")
        if why:
            case.lose(f"inter{n}", case.name(side[0]), why)
        out[f"inter{n}"] = code or None
        codes.append(code)
    if codes[0] and codes[1] is not None:
        pair = sorted(codes, key=lambda code: (code == 0, code))
        out["interaction"] = int("".join(map(str, pair)))
    # ACLED reads no direction from its columns, but the two it names first are the ones who met.
    said = {(side[0], role) for side, role in ((case.first, "initiator"), (case.second, "target")) if side}
    losses.roles(case, NAME, where, said)
    return out


def _where(case: Case) -> Values:
    place, precision = case.place, case.row["geo_precision"]
    code = case.look.terms["geo_precisions"][precision]["acled"]
    if precision == "area":
        case.lose("geo_precision", precision, "geo_precision 3 is of areas and whole countries alike")
    country = COUNTRIES.get(place["country"])
    if country is None:
        case.lose("iso", place["country"], "not among the countries whose codes are known here")
    drawn = precision != "country"
    region = place["region"]
    return {
        "iso": country.iso if country else None,
        "region": country.acled if country else None,
        "country": country.name if country else None,
        "admin1": case.look.label("regions", region, "en") if region and drawn else None,
        "location": place["name"],
        "latitude": case.row["lat"],
        "longitude": case.row["lon"],
        "geo_precision": code,
    }


def _rest(case: Case) -> Values:
    names = "; ".join(dict.fromkeys(s["publisher"] for s in case.sources))
    lost = f"titles, days and addresses ({len(case.sources)})"
    cameo = case.look.terms["event_types"][case.row["type"]]["cameo"]
    case.lose("sources", lost, "ACLED names its sources alone")
    return {
        "source": names or None,
        "notes": f"{case.row['title']}. {case.row['summary']}",
        "fatalities": _fatalities(case),
        "tags": "; ".join([f"serval:{case.row['id']}", *([f"cameo:{cameo}"] if cameo else [])]),
    }


def _fatalities(case: Case) -> int | None:
    kept = {
        key: "fatalities is the sum of the best: the range, whose dead they are and who says so are not said"
        for key, figure in case.figures.items()
        if figure["kind"] == "killed" and figure["counts_in_total"]
    }
    losses.figures(case, NAME, kept)
    if case.killed is None:
        return None
    low, best, high = case.killed
    if best is None:
        case.lose(
            "fatalities", f"{low}–{high}", "a figure has no best, so that no one number can stand for all"
        )
    return best
