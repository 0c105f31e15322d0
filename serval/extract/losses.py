"""Which event a figure belongs to: by clause and sentence, type, whose it is, and the town it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from spacy.tokens import Token

from serval.extract import figures
from serval.extract.events import TALK, VIOLENT, Event
from serval.extract.figures import GUESSED, Figure
from serval.extract.parse import Page
from serval.extract.story import Story

HARM = ("killed", "wounded", "captured", "missing")
TYPES: dict[str, dict[str, float]] = {
    "troops": dict.fromkeys(("deployment", "withdrawal", "handover"), 2.0)
    | dict.fromkeys(
        ("town_retaken", "town_captured", "ground_combat", "special_operation", "resolution"), 1.0
    )
    | dict.fromkeys(("diplomatic", "political", "hostage_taking", "suicide_attack", "ied"), 0.0),
    "aircraft": dict.fromkeys(("airstrike", "deployment"), 2.0)
    | dict.fromkeys(("town_retaken", "withdrawal", "special_operation"), 0.5),
    "vehicles": dict.fromkeys(("ground_combat", "deployment", "withdrawal"), 1.5)
    | dict.fromkeys(("airstrike", "town_retaken", "town_captured", "special_operation"), 1.0),
    "sorties": {"airstrike": 2.0},
    "displaced": {"humanitarian": 2.0},
    "refugees": {"humanitarian": 2.0},
    "mausoleums": {"heritage": 2.0},
    "manuscripts": {"heritage": 2.0},
    "hostages": {"hostage_taking": 2.0, "special_operation": 1.0},
    "money_usd": dict.fromkeys(("diplomatic", "humanitarian", "political", "hostage_taking"), 1.0),
}
TYPES["money_eur"] = TYPES["money_usd"]
for _kind in HARM:
    TYPES[_kind] = (
        dict.fromkeys(VIOLENT, 2.0)
        | {"special_operation": 1.8, "hostage_taking": 1.5, "human_rights": 1.8}
        | dict.fromkeys(("town_captured", "town_retaken"), 1.0)
        | {"other": 0.5}
    )
"""How well a kind of figure sits with a type of event; a type that is not there never takes it."""
NEAR = {0: 4.0, 1: 2.5, 2: 1.5, 3: 1.0}
"""Worth of an event so many sentences before the figure, in its paragraph."""
LEAST = 2.0


def give(events: list[Event], story: Story, taken: dict[int, list[tuple[int, int]]]) -> None:
    """Give each figure to the event it fits best, if one fits well enough.

    `taken` are the characters of each page that tell a time.
    """
    for page in story.pages:
        near = _reach(page, story)
        here = [e for e in events if e.hit.page in near]
        for figure in figures.find(page, story, taken.get(page.number, ())):
            worth = [(_worth(figure, event, page, story), event) for event in here]
            best = max(worth, key=lambda w: w[0], default=None)
            if best is None or best[0] < LEAST:
                continue
            told = _owned(figure, best[1], story)
            fact: dict[str, object] = {k: v for k, v in asdict(told).items() if k not in ("token", "sure")}
            lead = best[1]
            for event in here:
                if event.start == lead.start and event.type == lead.type and event.hit.page is lead.hit.page:
                    event.figures.append(fact)


def _reach(page: Page, story: Story) -> Sequence[Page]:
    """The pages whose events a page's figures may belong to: itself and the one before."""
    at = story.order[page.number]
    return story.pages[max(0, at - 1) : at + 1]


def _worth(figure: Figure, event: Event, page: Page, story: Story) -> float:
    fit = TYPES.get(figure.kind, {}).get(event.type)
    if fit is None:
        return 0.0
    token = page.doc[figure.token]
    worth = fit + _nearness(token, event, page, figure)
    ids = {i for _, f in event.actors for i in f.ids}
    if figure.sure and figure.of in ids:
        worth += 1.0
    elif (
        figure.kind == "troops" and figure.sure and figure.of != "?" and ids and token.i not in _clause(event)
    ):
        worth -= 1.5
    return worth - _elsewhere(token, event, page)


def _clause(event: Event) -> set[int]:
    return {t.i for t in event.hit.clause}


def _nearness(token: Token, event: Event, page: Page, figure: Figure) -> float:
    if event.hit.page is not page:
        return 0.0 if figure.kind in HARM and token.sent.start == 0 else -2.5
    if token.i in _clause(event) or token.i in {t.i for t in event.hit.trigger.subtree}:
        return 6.0 - abs(token.i - event.hit.trigger.i) / 100
    starts = [s.start for s in page.doc.sents]
    distance = starts.index(token.sent.start) - starts.index(event.hit.trigger.sent.start)
    close = abs(token.i - event.hit.trigger.i) / 100
    if distance < 0:
        return (0.5 if distance == -1 and figure.kind in HARM else -1.0) - close
    return NEAR.get(distance, 0.0) - close


def _elsewhere(token: Token, event: Event, page: Page) -> float:
    """What it costs that the figure's sentence speaks of another town than the event's."""
    if event.place is None or token.i in _clause(event):
        return 0.0
    towns = {m.ids[0] for i, m in page.places.items() if m.kind == "town" and page.doc[i].sent == token.sent}
    return 3.0 if towns and event.place.ids[0] not in towns else 0.0


def _owned(figure: Figure, event: Event, story: Story) -> Figure:
    """Whose an unnamed figure is: of those who send, strike and drive up, or of those who are hit."""
    if figure.kind.startswith("money"):
        return replace(figure, of="mali_gov") if event.type in TALK and figure.of == "?" else figure
    if figure.sure:
        return figure
    harm, side = figure.kind in HARM, story.lexicon.side
    if figure.of == "?" and event.type in ("human_rights", "hostage_taking") and harm:
        return replace(figure, of="civilians")
    ids = [f.ids[0] for r, f in event.actors if (r == "target") == harm and f.ids]
    if figure.of != "?":
        named = [i for _, f in event.actors for i in f.ids if f.kind != "usual" and f.rule not in GUESSED]
        ids = [i for i in (*(ids if not harm else ()), *named) if side(i) == side(figure.of)]
    return replace(figure, of=ids[0]) if ids else figure
