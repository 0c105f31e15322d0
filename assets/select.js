// Which events a query string shows, and who holds which town: the twin of serval/selection.py, serval/facets.py
// and serval/control.py. Ids that the record does not know are left out, as the page's own reading does.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const FROM = "2012-12-20";
  const TO = "2013-08-31";
  const TABS = ["timeline", "control", "troops", "losses", "events"];
  const [MAX_LIST, MAX_WORDS, MAX_ID, MAX_QUERY] = [100, 200, 120, 16000];
  const [NOBODY, UNKNOWN] = [-1, -2];
  const DAY = 86400000;

  const number = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY;
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

  // Readers: the value, or undefined where it is not one of the key's.
  const given = (ok) => (text) => (ok(text) ? text : undefined);
  const day = given((text) => {
    const time = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return !Number.isNaN(time) && iso(time / DAY) === text;
  });
  const slug = given((text) => /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(text) && text.length <= MAX_ID);
  const version = given((text) => /^[0-9A-Za-z._-]{1,40}$/.test(text));
  const choice = (...choices) => given((text) => choices.includes(text));
  const flag = (text) => (text === "0" || text === "1" ? text === "1" : undefined);
  const plain = (text) => text.replace(/[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/g, " ").replace(/^ | $/g, "");
  const words = (text) => ([...plain(text)].length <= MAX_WORDS ? plain(text) : undefined);
  const decimal = (low, high, places) => (text) => {
    const ok = /^-?\d{1,4}(\.\d{1,20})?$/.test(text) && Number(text) >= low && Number(text) <= high;
    return ok ? Math.round(Number(text) * 10 ** places) / 10 ** places + 0 : undefined;
  };
  const list = (texts) => {
    const items = texts.flatMap((text) => text.split(",")).filter(Boolean);
    if (items.length > MAX_LIST) return undefined;
    return [...new Set(items.filter((item) => slug(item) !== undefined))].sort();
  };

  const one = (key, read, preset) => ({ key, read: (texts) => read(texts[0]), preset });
  const many = (key) => ({ key, read: list, preset: [] });
  const KEYS = [
    one("from", day, FROM), one("to", day, TO), one("dates", choice("possible", "certain"), "possible"),
    many("actor"), many("role"), one("family", flag, false), one("vs", slug, null),
    many("type"), many("place"), many("region"), many("status"),
    one("q", words, ""), one("at", day, ""), one("at2", day, null), one("known", day, null), one("event", slug, null),
    one("lat", decimal(-90, 90, 4), null), one("lon", decimal(-180, 180, 4), null),
    one("zoom", decimal(0, 24, 2), null), one("tab", choice(...TABS), TABS[0]),
    one("story", slug, null), one("lang", choice("en", "fr"), null), one("theme", choice("light", "dark"), null),
    one("v", version, null),
  ];

  function parse(query) {
    const text = query.replace(/^\?/, "");
    const params = new URLSearchParams(`?${[...text].length > MAX_QUERY ? "" : text}`);
    const selection = {};
    for (const { key, read, preset } of KEYS) {
      const texts = params.getAll(key).filter((value) => value.replace(/[ ,]/g, ""));
      const value = texts.length ? read(texts) : undefined;
      selection[key] = value === undefined ? preset : value;
    }
    if (selection.from > selection.to) [selection.from, selection.to] = [FROM, TO];
    selection.at = selection.at || selection.to;
    return selection;
  }

  function shown(value) {
    if (Array.isArray(value)) return value.join(",");
    return typeof value === "boolean" ? String(Number(value)) : String(value);
  }

  // As Python's urllib writes it, but for commas and blanks.
  const quoted = (text) => encodeURIComponent(text).replace(/%2C/g, ",").replace(/%20/g, "+")
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

  function query(selection) {
    return KEYS.map(({ key, preset }) => {
      const usual = key === "at" ? selection.to : preset;
      const [text, left] = [selection[key], usual].map((value) => (value === null ? null : shown(value)));
      return text === left ? "" : `${key}=${quoted(text)}`;
    }).filter(Boolean).join("&");
  }

  const LETTERS = { "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "")
    .replace(/[ٱىیکةـ]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const positions = (ids, chosen) => new Set(chosen.map((id) => ids.indexOf(id)).filter((i) => i >= 0));

  // What the chosen actors and roles ask of an event's [actor, role, actor, role …]; null where nothing is.
  function cast(columns, selection) {
    let actors = positions(columns.actors.id, selection.actor);
    const roles = positions(columns.terms.roles, selection.role);
    if (!actors.size && !roles.size) return null;
    if (selection.family) actors = new Set([...actors].flatMap((actor) => columns.actors.family[actor]));
    return (pairs) => pairs.some((actor, i) => i % 2 === 0
      && (!actors.size || actors.has(actor)) && (!roles.size || roles.has(pairs[i + 1])));
  }

  // The conditions of a selection, each a function of a row number. Twin of facets.criteria.
  function criteria(columns, selection, search) {
    const { events, places, terms } = columns;
    const [from, to] = [number(selection.from), number(selection.to)];
    const tests = selection.dates === "certain"
      ? [(row) => events.start[row] >= from && events.end[row] <= to]
      : [(row) => events.start[row] <= to && events.end[row] >= from];
    const add = (wanted, test) => { if (wanted.size) tests.push((row) => test(wanted, row)); };
    add(positions(terms.types, selection.type), (wanted, row) => wanted.has(events.type[row]));
    add(positions(terms.statuses, selection.status), (wanted, row) => wanted.has(events.status[row]));
    add(positions(places.id, selection.place),
      (wanted, row) => events.places[row].some((place) => wanted.has(place)));
    add(positions(terms.regions, selection.region),
      (wanted, row) => events.places[row].some((place) => wanted.has(places.region[place])));
    const plays = cast(columns, selection);
    if (plays) tests.push((row) => plays(events.actors[row]));
    if (selection.known) tests.push((row) => events.known[row] <= number(selection.known));
    const asked = fold(selection.q).split(" ").filter(Boolean);
    if (asked.length && search) tests.push((row) => asked.every((word) => search.text[row].includes(word)));
    return tests;
  }

  // Row numbers of the events shown, in order. Without `search` ({text: [folded text per event]}) words filter
  // nothing.
  function rows(columns, selection, search) {
    const tests = criteria(columns, selection, search);
    return columns.events.id.map((_, row) => row).filter((row) => tests.every((test) => test(row)));
  }

  function stateOf(columns, holders) {
    if (holders[0] === NOBODY && holders.length === 1) return "nobody";
    if (holders[0] === UNKNOWN && holders.length === 1) return "unknown";
    const actors = holders.filter((holder) => holder >= 0);
    const blocs = new Set(actors.map((actor) => columns.terms.blocs[columns.actors.side[actor]]));
    return blocs.size > 1 ? "contested" : "held";
  }

  function townOn(columns, place, changes, on) {
    const { control } = columns;
    const last = changes.filter((change) => control.start[change] <= on).pop();
    if (last === undefined) {
      return { place, holders: [UNKNOWN], before: [], state: "unknown", event: -1 };
    }
    const sure = control.end[last] <= on;
    const holders = control.after[last];
    const state = sure ? stateOf(columns, holders) : "changing";
    return { place, holders, before: control.before[last], state, event: control.event[last] };
  }

  // A row per town, in the order of the record: place, holders, before (actor positions, -1 nobody, -2 unknown),
  // state, event (-1 before the first change). Days are integers; `known` may be null.
  function holders(columns, on, known) {
    const { control, events } = columns;
    const towns = new Map();
    control.place.forEach((place, change) => {
      if (!towns.has(place)) towns.set(place, []);
      const counts = known === null || known === undefined || events.known[control.event[change]] <= known;
      if (counts) towns.get(place).push(change);
    });
    return [...towns].map(([place, changes]) => townOn(columns, place, changes, on));
  }

  serval.select = { parse, query, rows, holders, fold, day: number, iso };
})();
