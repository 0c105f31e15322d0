"""What is lost of an event in either data set."""

from __future__ import annotations

from serval.export.crosswalk.cases import Case


def common(case: Case, of: str) -> None:
    """What neither ACLED nor UCDP has a column for. `of`: the data set's name."""
    row = case.row
    case.lose("status", row["status"], f"{of} does not say how sure an event is")
    if row["dispute"]:
        case.lose("dispute", row["dispute"], f"{of} has no place for what sources disagree on")
    for change in case.changes:
        town = case.look.place(change["place"], "en")
        lost = f"{town}: {change['holders_before']} → {change['holders']}"
        case.lose("control", lost, f"{of} does not say who held a town before and after")
    if case.evidence:
        case.lose("evidence", f"passages ({case.evidence})", f"{of} does not point into its sources' texts")
    for place in case.places[1:]:
        case.lose("place", place["name"], f"{of} has one place per event; the first is kept")
    if row["geo_precision"] == "country":
        why = "placed in the country as a whole; a point would be made up"
        case.lose("latitude", f"{case.place['name']}: no point", why)


def figures(case: Case, of: str, kept: dict[str, str]) -> None:
    """Each figure that is not said, or not whole. `kept`: figure key -> what is lost of one that is kept,
    empty where nothing is."""
    for key, figure in case.figures.items():
        if key in kept:
            why = kept[key]
        elif figure["kind"] != "killed":
            why = f"{of} counts the dead alone"
        else:
            why = "not counted in totals: a rival, a cumulative or a double figure"
        if why:
            case.lose("figures", f"{key}: {case.number(figure)}", why)


def roles(case: Case, of: str, where: dict[str, str], said: set[tuple[str, str]]) -> None:
    """Each actor's role that a row does not say. `where`: actor -> column that names it; `said`: the
    (actor, role) that the row says."""
    for row in case.roles:
        if (row["actor"], row["role"]) in said:
            continue
        column = where.get(row["actor"])
        why = (
            f"{of} has two sides without roles; named in {column}" if column else f"{of} has no column for it"
        )
        case.lose("actors", f"{case.name(row['actor'])}: {row['role']}", why)
