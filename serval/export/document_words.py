"""What a report says of how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serval.lookup import Lookup, localised
from serval.text import format_day, translator

if TYPE_CHECKING:
    from serval.view import View


def explained(panel: str, view: View, lang: str) -> str:
    """A sentence under a picture."""
    _ = translator(lang)
    said = {
        "map": _("Colour is the side, shape the kind of event, fill the certainty; towns as held on {day}."),
        "timeline": _(
            "A mark stands at the first day on which an event can have happened; its bar lasts to the last."
        ),
        "control": _("Each row is a town; colours are the sides of its holders."),
        "troops": _("Each actor has a scale of its own; bands go from the lowest count to the highest."),
        "losses": _("Bars go from the lowest to the highest sum; the stroke is the best."),
    }[panel]
    return said.replace("{day}", format_day(view.selection.at, lang))


def method(view: View, lang: str) -> list[tuple[str, str]]:
    """How the record is coded, as far as this view needs it: label and words."""
    _ = translator(lang)
    when = _(
        "The first and last day on which it can have happened. Where sources give different days the span "
        "covers them all, and the dispute says who gives which."
    )
    where = _(
        "One or more places, and how well that is known: at the place, near it, somewhere in the area, in "
        "the country as a whole."
    )
    many = _(
        "Every number as low, best and high. Rival claims stay apart, each with its source or claimant. Only "
        "some rows count in totals, so that nothing is counted twice. What is missing is left empty and is "
        "never 0."
    )
    held = _(
        "Where a town changed hands: from whom, to whom. The map of control follows from these changes "
        "alone. A claim that no outsider checked changes nothing."
    )
    account = _(
        "Every document that tells of it. Two are independent when their publishers differ; a reprint counts "
        "as the agency whose story it is. An armed movement's own word confirms nothing by itself."
    )
    return [
        (_("When."), f"{when} {_within(view, lang)}"),
        (_("Where."), where),
        (_("How sure."), _statuses(view, lang)),
        (_("How many."), many),
        (_("Who held what."), held),
        (_("By whose account."), " ".join(filter(None, [account, _known(view, lang)]))),
    ]


def _within(view: View, lang: str) -> str:
    _ = translator(lang)
    return {
        "possible": _("An event is shown where it can have happened in the days shown."),
        "certain": _("An event is shown only where it certainly happened in the days shown."),
    }[view.selection.dates]


def _known(view: View, lang: str) -> str:
    _, day = translator(lang), view.selection.known
    said = _("Only sources dated on or before {day} count.")
    return said.format(day=format_day(day, lang)) if day else ""


def _statuses(view: View, lang: str) -> str:
    _, terms = translator(lang), Lookup.of(view.record).terms["statuses"]
    return " ".join(
        f"{localised(term, 'label', lang).capitalize()}{_.colon} {localised(term, 'definition', lang)}"
        for term in terms.values()
    )
