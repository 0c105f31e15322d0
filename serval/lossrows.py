"""Losses of a view as lines of a figure and as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from serval import totals
from serval.lookup import Lookup, Values, localised, plain
from serval.text import format_day, translator

if TYPE_CHECKING:
    from serval.view import View

Split = Literal["suffered", "inflicted", "month", "claimant"]
SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True)
class Line:
    """A line of the figure: kind -> its sums (low, best, high, without_best, events)."""

    id: str
    label: str
    side: str
    sums: dict[str, Values]


@dataclass(frozen=True)
class Row:
    """A figure of a loss. `why_not`: in words why it is not added, empty where it is. `lines`: the lines of
    the figure that it is in, as "split:id"; none where it is not added."""

    event: str
    title: str
    day: str
    kind: str
    of: str
    figure: Values
    claimed_by: str
    source: Values | None
    why_not: str
    lines: list[str]


def lines(view: View, split: Split, lang: str) -> list[Line]:
    """The lines of a split: months in order, else those of most killed first."""
    found: dict[str, dict[str, Values]] = {}
    for row in _sums(view, split):
        found.setdefault(row["group"], {})[row["kind"]] = row
    made = [_line(view, split, group, sums, lang) for group, sums in found.items()]
    if split == "month":
        return sorted(made, key=lambda line: line.id)
    return sorted(made, key=lambda line: (_most(line), line.label))


def _sums(view: View, split: Split) -> list[Values]:
    if split in ("suffered", "inflicted"):
        losses = view.losses
        return plain(losses[losses["direction"] == split].rename(columns={"actor": "group"}))
    key: Literal["month", "claimant"] = "month" if split == "month" else "claimant"
    return plain(totals.losses_by(view.index, view.shown, view.known, key))


def _line(view: View, split: Split, group: str, sums: dict[str, Values], lang: str) -> Line:
    if split == "month":
        return Line(group, format_day(f"{group}-01", lang, "MMM y"), "unknown", sums)
    actor = Lookup.of(view.record).actors.get(group)
    if actor is None:
        return Line("", translator(lang)("no side’s claim"), "unknown", sums)
    return Line(group, localised(actor, "short", lang), actor["side"], sums)


def _most(line: Line) -> tuple[int, ...]:
    highs = {kind: row["high"] for kind, row in line.sums.items()}
    return tuple(-highs.get(kind, 0) for kind in ("killed", "wounded", "captured"))


def rows(view: View, lang: str) -> list[Row]:
    """Every figure of a loss in the view, by day of its event, those that are not added among them."""
    look = Lookup.of(view.record)
    loss = {kind.id for kind in view.record.vocabulary.figure_kinds if kind.loss}
    shown = view.figures[view.figures["kind"].isin(loss)]
    inflictors = totals.inflictors(view.index)
    made = [
        _row(look, figure, inflictors.get(at, []), lang)
        for at, figure in zip(shown.index, plain(shown), strict=True)
    ]
    return sorted(made, key=lambda row: (row.day, row.event))


def _row(look: Lookup, figure: Values, by: list[str], lang: str) -> Row:
    _ = translator(lang)
    event = look.events[figure["event"]]
    counted = figure["counts_in_total"]
    return Row(
        event=event["id"],
        title=localised(event, "title", lang),
        day=event["date_start"],
        kind=look.label("figure_kinds", figure["kind"], lang),
        of=look.short(figure["of"], lang) if figure["of"] else "",
        figure=figure,
        claimed_by=look.short(figure["claimed_by"], lang) if figure["claimed_by"] else "",
        source=look.sources[figure["source"]] if figure["source"] else None,
        why_not="" if counted else _("a rival or running count, not added"),
        lines=_lines_of(figure, event, by) if counted else [],
    )


def _lines_of(figure: Values, event: Values, by: list[str]) -> list[str]:
    ids: dict[Split, list[str]] = {
        "suffered": [figure["of"]] if figure["of"] else [],
        "inflicted": by if figure["of"] else [],
        "month": [event["date_start"][:7]],
        "claimant": [figure["claimed_by"] or ""],
    }
    return [f"{split}:{id}" for split, found in ids.items() for id in found]
