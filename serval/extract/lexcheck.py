"""References of the lexicon that lead nowhere: ids of actors, places, types, roles and classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from serval.extract.lexicon import Lexicon


def unknown(
    lexicon: Lexicon,
    record: list[dict[str, Any]],
    places: list[dict[str, str]],
    vocabulary: Mapping[str, Any],
) -> list[str]:
    """References that lead nowhere."""
    actors = {a["id"] for a in record} | {"african", "european", "united_nations", "mali"}
    towns = {p["id"] for p in places}
    types = {t["id"] for t in vocabulary["event_types"]} | {"control", "enter"}
    roles = {r["id"] for r in vocabulary["roles"]} | {"place"}
    same = [
        f"words.yaml: respell: {a}: {b} is not of the same length"
        for a, b in lexicon.words.respell.items()
        if len(a) != len(b)
    ]
    slots = {
        "place",
        "town",
        "area",
        "country",
        "force",
        "rule",
        "armed",
        "people",
        "org",
        "person",
        "actor",
        "state_side",
        "armed_side",
        *lexicon.words.classes,
    }
    faults = [
        f"actors.yaml: aliases: {a}: not an id of ../actors.yaml"
        for a in lexicon.actors.aliases
        if a not in actors
    ]
    faults += [
        f"actors.yaml: nations: {a}: not an id of ../actors.yaml"
        for a in lexicon.actors.nations
        if a not in actors
    ]
    faults += [
        f"actors.yaml: told_as: {a}: not an id of ../actors.yaml"
        for a in lexicon.actors.told_as
        if a not in actors
    ]
    for key in ("aliases", "told_as", "names"):
        faults += [
            f"places.yaml: {key}: {p}: not an id of ../places.csv"
            for p in getattr(lexicon.places, key)
            if p not in towns
        ]
    faults += [
        f"places.yaml: seats: {p}: not an id of ../places.csv"
        for p in lexicon.places.seats.values()
        if p not in towns
    ]
    faults += [
        f"places.yaml: once_held: {p}: not an id of ../places.csv"
        for p in lexicon.places.once_held
        if p not in towns
    ]
    faults += same
    seen: set[str] = set()
    for frame in lexicon.frames:
        where = f"frames.yaml: {frame.id}"
        if frame.id in seen:
            faults.append(f"{where}: this id is used twice")
        seen.add(frame.id)
        if frame.type not in types:
            faults.append(f"{where}: type: {frame.type} is not a type of ../vocabulary.yaml")
        if not frame.verbs and not frame.nouns:
            faults.append(f"{where}: has neither verbs nor nouns")
        faults += [
            f"{where}: roles: {r} is not a role of ../vocabulary.yaml"
            for r in frame.roles.values()
            if r not in roles
        ]
        for condition in frame.require:
            slot, _, names = condition.lstrip("!?").partition(":")
            if slot not in ("subject", "object", "agent", "core", "any"):
                faults.append(
                    f"{where}: require: {condition}: the slot is subject, object, agent, core or any"
                )
            faults += [
                f"{where}: require: {condition}: no class {n}" for n in names.split(",") if n not in slots
            ]
    return faults
