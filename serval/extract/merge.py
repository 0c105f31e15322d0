"""Several tellings of one event become one, with its further mentions kept."""

from __future__ import annotations

from serval.extract.events import CONTROL, VIOLENT, Event
from serval.extract.timespans import DAY

CLASSES = [
    {"political", "diplomatic", "agreement"},
    {"suicide_attack", "ied"},
    {"ground_combat", "special_operation"},
    {"airstrike", "indirect_fire"},
    {"withdrawal", "handover"},
]
AT_LARGE = {"", "Mali", "northern Mali", "central Mali", "southern Mali"}
RANK = {
    "suicide_attack": 5,
    "airstrike": 4,
    "town_retaken": 4,
    "town_captured": 4,
    "hostage_taking": 4,
    "ied": 3,
    "indirect_fire": 3,
    "resolution": 4,
    "visit": 3,
    "withdrawal": 3,
    "heritage": 4,
    "election": 3,
    "organisational": 3,
    "human_rights": 3,
    "deployment": 2,
    "humanitarian": 2,
    "ground_combat": 2,
    "handover": 3,
    "agreement": 3,
    "special_operation": 2,
    "political": 2,
    "diplomatic": 1,
    "other": 1,
}


def one_class(a: str, b: str) -> bool:
    return a == b or any(a in c and b in c for c in CLASSES)


def place_name(event: Event) -> str:
    return event.place.ids[0] if event.place else ""


def overlap(a: Event, b: Event, slack: int = 0) -> bool:
    return a.first - slack * DAY <= b.last and b.first - slack * DAY <= a.last


def _telling(event: Event) -> tuple[float, int]:
    """Which telling leads: the one whose slots are best known."""
    known = sum(
        (
            event.place_rule == "direct",
            event.agent_known,
            not event.when_rule.startswith("no time"),
            event.modality == "asserted",
        )
    )
    return known + event.hit.frame.weight, -event.start


def rivals(events: list[Event]) -> list[Event]:
    """Of events that one clause tells in two types, the stronger one."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (-RANK[e.type], -e.hit.frame.weight, e.start)):
        if not any(_same_words(event, other) for other in kept):
            kept.append(event)
    return sorted(kept, key=lambda e: (e.start, e.end))


def _same_words(event: Event, other: Event) -> bool:
    """Whether a weaker event only repeats the words of a stronger one."""
    if event.hit.page is not other.hit.page:
        return False
    a, b = event.hit, other.hit
    if a.trigger == b.trigger or set(a.words) & set(b.words):
        return place_name(event) == place_name(other) or event.type != other.type
    if a.verb is not None and a.verb == b.verb and (a.nominal or b.nominal):
        related = (
            a.trigger == b.verb
            or b.trigger == a.verb
            or a.trigger in b.trigger.subtree
            or b.trigger in a.trigger.subtree
        )
        violent = event.type in VIOLENT and other.type in VIOLENT | CONTROL
        return (
            (
                related
                and event.type
                in (
                    "diplomatic",
                    "political",
                    "deployment",
                    "other",
                    "ground_combat",
                    "humanitarian",
                    other.type,
                )
            )
            or violent
            or one_class(event.type, other.type)
        )
    if a.frame.id == "kill" and other.type in VIOLENT | CONTROL:
        here = place_name(event) == place_name(other)
        if a.trigger.sent == b.trigger.sent:
            return here or (place_rank(event) < 3 and other.type in VIOLENT)
        near = (
            abs(a.trigger.sent.start - b.trigger.sent.end) < 3
            or abs(b.trigger.sent.start - a.trigger.sent.end) < 3
        )
        return (
            near
            and place_rank(event) <= 1
            and event.when_rule.startswith("no time")
            and other.type in VIOLENT
        )
    return False


def place_rank(event: Event) -> int:
    return {
        "": 0,
        "country": 0,
        "focus": 1,
        "main": 1,
        "default": 0,
        "sentence": 2,
        "clause": 3,
        "direct": 4,
    }[event.place_rule]


def together(events: list[Event]) -> list[Event]:
    """Merge events of one class, one place and one time that share an actor, in order of telling."""
    kept: list[Event] = []
    for event in events:
        twin = next((other for other in kept if _same(event, other)), None)
        if twin is None and _spoken_of(event):
            twin = next((other for other in reversed(kept) if _nearby(other, event)), None)
        if twin is None:
            kept.append(event)
            continue
        lead, rest = (event, twin) if _telling(event) > _telling(twin) else (twin, event)
        _absorb(lead, rest)
        kept[kept.index(twin)] = lead
    return kept


def _spoken_of(event: Event) -> bool:
    """Whether a noun only takes up an event told before: the attack, those strikes."""
    noun = event.hit.trigger
    return (
        event.hit.nominal
        and event.type in VIOLENT
        and place_rank(event) < 3
        and any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    )


def _nearby(other: Event, event: Event) -> bool:
    return (
        other.type in VIOLENT
        and other.start < event.start
        and event.hit.page.number - other.hit.page.number <= 2
        and not (event.when_rule.endswith("in the clause") and not overlap(event, other, 1))
    )


def _headline(event: Event) -> bool:
    return event.hit.page.number == 1 and event.when_rule.startswith("no time")


def _same(a: Event, b: Event) -> bool:
    if not one_class(a.type, b.type) or (a.modality == "denied") != (b.modality == "denied"):
        return False
    x, y = place_name(a), place_name(b)
    talk = a.type in ("political", "diplomatic", "agreement", "organisational", "other")
    loose = (x in AT_LARGE and y in AT_LARGE) or place_rank(a) < 2 or place_rank(b) < 2
    loose = loose or (_headline(a) and x in AT_LARGE)
    if x != y and not loose:
        return False
    default = a.when_rule.startswith("no time") or b.when_rule.startswith("no time")
    slack = 1 if a.type in CONTROL else 0
    if default and x == y and (a.type in CONTROL or a.type in VIOLENT):
        slack = 24 if a.type in CONTROL else 10
    elif default and a.type in CONTROL:
        slack = 24
    if not overlap(a, b, 30 if _headline(a) else slack):
        return False
    if (
        not default
        and a.type == "suicide_attack"
        and (a.first, a.last) != (b.first, b.last)
        and a.precision == b.precision == "day"
    ):
        return False
    ids, others = {f.ids[0] for _, f in a.actors}, {f.ids[0] for _, f in b.actors}
    shared = _shared(ids, others)
    if talk:
        near = a.hit.page is b.hit.page and a.hit.trigger.sent == b.hit.trigger.sent
        return (
            shared
            and x == y
            and (
                (near and a.hit.frame.id == b.hit.frame.id)
                or (ids == others and len(ids) > 1)
                or a.hit.page.number == 1
            )
        )
    if a.type in CONTROL and x == y:
        return shared or not ids or not others or a.type == b.type
    if a.type == "deployment":
        lead, led = _leader(a), _leader(b)
        return lead == led and x == y and a.modality == b.modality
    if a.type == "humanitarian":
        return a.hit.page is b.hit.page and x == y
    return shared or not ids or not others


def _leader(event: Event) -> str:
    return next((f.ids[0] for role, f in event.actors if role in ("initiator", "party")), "")


def _shared(ids: set[str], others: set[str]) -> bool:
    cover = {"aqim", "mujao", "ansar_dine", "signed_in_blood"}
    return (
        bool(ids & others)
        or bool("islamists" in ids and others & cover)
        or bool("islamists" in others and ids & cover)
    )


def _absorb(lead: Event, rest: Event) -> None:
    mention = (rest.start, rest.end, rest.hit.page.number)
    lead.other = [
        m for m in dict.fromkeys([*lead.other, mention, *rest.other]) if m[:2] != (lead.start, lead.end)
    ]
    known = {f.ids[0] for _, f in lead.actors}
    if rest.agent_known or not lead.actors:
        lead.actors += [(r, f) for r, f in rest.actors if f.ids[0] not in known]
    if lead.place is None or (place_rank(lead) < 2 < place_rank(rest)):
        lead.place, lead.place_rule = rest.place, rest.place_rule
    if lead.when_rule.startswith("no time") and not rest.when_rule.startswith("no time"):
        lead.first, lead.last, lead.precision = rest.first, rest.last, rest.precision
        lead.when_rule, lead.when_span = rest.when_rule, rest.when_span
    seen = {(f["kind"], f["of"], f["low"], f["high"]) for f in lead.figures}
    lead.figures += [f for f in rest.figures if (f["kind"], f["of"], f["low"], f["high"]) not in seen]
