"""What a visitor has chosen, and its query string. The only place that knows the query keys.

`KEYS` is the table of them: how each is read, written and left out. `assets/select.js` is the twin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, quote

from serval import readers
from serval.readers import N_, Bad, filled

if TYPE_CHECKING:
    from serval.record import Record

FROM, TO = "2012-12-20", "2013-08-31"
"""The days shown where the query names none; the record is wider."""
DATES = ("possible", "certain")
TABS = ("timeline", "control", "troops", "losses", "events")
LANGS = ("en", "fr")
THEMES = ("light", "dark")
MAX_LIST, MAX_QUERY = 100, 16_000
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which JSON may carry and UTF-8 cannot."""
_PLAIN = re.compile(r"[A-Za-z0-9_.~,-]*")
"""What a query string has as it is."""


@dataclass(frozen=True)
class Problem:
    """A value of the query string that was not understood, and what is allowed."""

    key: str
    value: str
    text: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is allowed, in English."""
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """What is allowed, in the words of a translator."""
        return filled(self.text, self.fields, translate)

    def __str__(self) -> str:
        return f"{self.key}={self.value[:80]}: {self.message}"


class BadQuery(ValueError):
    """The query string has bad values; `problems` has them all."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Allowed:
    """The ids that a record knows, per query key, and the versions that a link may name."""

    ids: dict[str, frozenset[str]]

    @classmethod
    def of(cls, record: Record, versions: Iterable[str] | None = None) -> Self:
        """Without `versions`, a link may name any."""
        words = record.vocabulary
        lists: dict[str, Iterable[str]] = {
            "actor": record.actors["id"],
            "vs": record.actors["id"],
            "role": (t.id for t in words.roles),
            "type": (t.id for t in words.event_types),
            "place": record.places["id"],
            "region": (t.id for t in words.regions),
            "status": (t.id for t in words.statuses),
            "event": record.events["id"],
            "story": (stop.id for stop in record.story),
            **({} if versions is None else {"v": versions}),
        }
        return cls({key: frozenset(ids) for key, ids in lists.items()})


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Key:
    """A query key: the attribute it fills, how its text is read, how its value is made canonical."""

    key: str
    attribute: str
    read: Callable[[str], Any]
    default: Any
    tidy: Callable[[Any], Any] = _same
    many: bool = False
    unknown: str = N_("not an id of the record, expected one of {names}")


def _list(key: str) -> Key:
    return Key(key, key, readers.slug, (), readers.ids, many=True)


KEYS = (
    Key("from", "from_", readers.day, FROM),
    Key("to", "to", readers.day, TO),
    Key("dates", "dates", readers.choice(*DATES), DATES[0]),
    _list("actor"),
    _list("role"),
    Key("family", "family", readers.flag, False),
    Key("vs", "vs", readers.slug, None),
    _list("type"),
    _list("place"),
    _list("region"),
    _list("status"),
    Key("q", "q", readers.words, "", readers.plain),
    Key("at", "at", readers.day, ""),
    Key("at2", "at2", readers.day, None),
    Key("known", "known", readers.day, None),
    Key("event", "event", readers.slug, None),
    Key("lat", "lat", readers.number(-90, 90), None, readers.rounded(4)),
    Key("lon", "lon", readers.number(-180, 180), None, readers.rounded(4)),
    Key("zoom", "zoom", readers.number(0, 24), None, readers.rounded(2)),
    Key("tab", "tab", readers.choice(*TABS), TABS[0]),
    Key("story", "story", readers.slug, None),
    Key("lang", "lang", readers.choice(*LANGS), None),
    Key("theme", "theme", readers.choice(*THEMES), None),
    Key("v", "v", readers.version, None, unknown=N_("not a version that is kept, expected one of {names}")),
)
_BY_KEY = {key.key: key for key in KEYS}


@dataclass(frozen=True)
class Selection:
    """One view of the record. Days are ISO text; lists are sorted tuples of ids, empty for all.

    `at`, the day of the playhead, is always a day: `to` unless another was chosen.
    """

    from_: str = FROM
    to: str = TO
    dates: str = DATES[0]
    actor: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    family: bool = False
    vs: str | None = None
    type: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    q: str = ""
    at: str = ""
    at2: str | None = None
    known: str | None = None
    event: str | None = None
    lat: float | None = None
    lon: float | None = None
    zoom: float | None = None
    tab: str = TABS[0]
    story: str | None = None
    lang: str | None = None
    theme: str | None = None
    v: str | None = None

    def __post_init__(self) -> None:
        for key in KEYS:
            object.__setattr__(self, key.attribute, key.tidy(getattr(self, key.attribute)))
        object.__setattr__(self, "at", self.at or self.to)

    @classmethod
    def parse(cls, query: str, allowed: Allowed | None = None) -> Self:
        """The selection of a query string. Raises `BadQuery` with every bad value; ignores unknown keys."""
        values, bad, _ = _read(query, allowed)
        if bad:
            raise BadQuery(bad)
        return cls(**values)

    @classmethod
    def read(cls, query: str, allowed: Allowed | None = None) -> tuple[Self, list[Problem]]:
        """As `parse`, but bad values and unknown keys are left out and named."""
        values, bad, unknown = _read(query, allowed)
        return cls(**values), [*bad, *unknown]

    def query(self) -> str:
        """The canonical query string: only what differs from the default, always in one order."""
        return "&".join(filter(None, self._parts))

    @cached_property
    def _parts(self) -> list[str]:
        return [*map(self._part, KEYS)]

    def queries(self, key: str) -> Callable[[Any], str]:
        """For a key that no other follows: the query string with another value, as `with_` and `query` give
        it, but quick."""
        own, place = _BY_KEY[key], KEYS.index(_BY_KEY[key])
        before, after = ([*filter(None, part)] for part in (self._parts[:place], self._parts[place + 1 :]))

        def query(value: Any) -> str:
            mine = _part(own, own.tidy(value), own.default)
            return "&".join([*before, mine, *after] if mine else [*before, *after])

        return query

    def get(self, key: str) -> Any:
        """The value under a query key."""
        return getattr(self, _BY_KEY[key].attribute)

    def with_(self, **changes: Any) -> Self:
        """A copy with other values (by attribute). The playhead follows `to` where it stood there."""
        if "at" not in changes and self.at == self.to:
            changes["at"] = ""
        return replace(self, **changes)

    def without(self, key: str, value: str | None = None) -> Self:
        """A copy with the key at its default or, of a list, without one value.

        Where one end of the days at its default would fall before the other, both go to theirs.
        """
        known = _BY_KEY[key]
        kept = [v for v in self.get(key) if v != value] if known.many and value is not None else known.default
        copy = self.with_(**{known.attribute: kept})
        return copy if copy.from_ <= copy.to else copy.with_(from_=FROM, to=TO)

    def _part(self, key: Key) -> str:
        return _part(key, self.get(key.key), self.to if key.key == "at" else key.default)


assert [f.name for f in fields(Selection)] == [k.attribute for k in KEYS]


def _part(key: Key, value: Any, default: Any) -> str:
    return "" if value == default else f"{key.key}={_quoted(readers.shown(value))}"


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text):  # as nearly all are, and a view's links have hundreds
        return text
    return quote(text, safe=",").replace("%20", "+")


def _read(query: str, allowed: Allowed | None) -> tuple[dict[str, Any], list[Problem], list[Problem]]:
    query = _HALVES.sub("\ufffd", query.removeprefix("?"))
    if len(query) > MAX_QUERY:
        return {}, [Problem("query", query, N_("expected at most {n} characters"), {"n": MAX_QUERY})], []
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        given.setdefault(name, []).append(value)
    values: dict[str, Any] = {}
    bad: list[Problem] = []
    for key in KEYS:
        texts = [text for text in given.pop(key.key, []) if text.strip(" ,")]
        if texts:
            reader = _read_list if key.many else _read_one
            value, problems = reader(key, texts, allowed.ids.get(key.key) if allowed else None)
            bad += problems
            if value is not None:
                values[key.attribute] = value
    bad += _order(values)
    names = ", ".join(_BY_KEY)
    text = N_("unknown key, expected one of {names}")
    unknown = [Problem(k, v[0], text, {"names": names}) for k, v in given.items()]
    return values, bad, unknown


def _read_one(key: Key, texts: list[str], ids: frozenset[str] | None) -> tuple[Any, list[Problem]]:
    again = [Problem(key.key, text, N_("given more than once, expected one value")) for text in texts[1:]]
    try:
        return _known(key, texts[0], ids), again
    except Bad as error:
        return None, [Problem(key.key, texts[0], error.text, error.fields), *again]


def _read_list(key: Key, texts: list[str], ids: frozenset[str] | None) -> tuple[Any, list[Problem]]:
    items = [item for text in texts for item in text.split(",") if item]
    if len(items) > MAX_LIST:
        text, counts = N_("expected at most {n} ids, got {given}"), {"n": MAX_LIST, "given": len(items)}
        return None, [Problem(key.key, ",".join(items), text, counts)]
    values, problems = [], []
    for item in items:
        try:
            values.append(_known(key, item, ids))
        except Bad as error:
            problems.append(Problem(key.key, item, error.text, error.fields))
    return values, problems


def _known(key: Key, text: str, ids: frozenset[str] | None) -> Any:
    value = key.read(text)
    if ids is None or value in ids:
        return value
    some = ", ".join(sorted(ids)[:20]) + (", …" if len(ids) > 20 else "")
    raise Bad(key.unknown, names=some)


def _order(values: dict[str, Any]) -> list[Problem]:
    """`from` after `to`: both are dropped from the values, and named once."""
    first, last = values.get("from_", FROM), values.get("to", TO)
    if first <= last:
        return []
    key = "from" if "from_" in values else "to"
    values.pop("from_", None)
    values.pop("to", None)
    if key == "from":
        return [Problem("from", first, N_("expected a day not after to={last}"), {"last": last})]
    return [Problem("to", last, N_("expected a day not before from={first}"), {"first": first})]
