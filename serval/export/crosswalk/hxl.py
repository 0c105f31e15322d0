"""An event as a row of an HXL sheet: ACLED's shape, in the columns that have a tag."""

from __future__ import annotations

from serval.export.crosswalk import acled
from serval.export.crosswalk.cases import Case
from serval.lookup import Values


def row(case: Case) -> Values:
    """The row, with every column of ACLED. `#event+code` is any event's code: here it is the record's own."""
    out = acled.row(case)
    case.losses = [loss for loss in case.losses if not loss.field.startswith("inter")]
    for name in ("date_precision", "geo_precision"):
        if not any(loss.field == name for loss in case.losses):
            case.lose(name, case.row[name], "no column of the sheet says how well it is known")
    if out["sub_event_type"]:
        case.lose("sub_event_type", out["sub_event_type"], "no column of the sheet is finer than event_type")
    return out | {"event_id_cnty": case.row["id"]}
