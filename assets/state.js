// The page's one state: the query string. Acts change it here; the address, the drawings and the server's
// callbacks follow.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const CAMERA = ["lat", "lon", "zoom"];
  const OWN = [...CAMERA, "theme"]; // what no server callback depends on
  const PAUSE = 250; // ms after the last of a run of small changes before the server is asked
  const listeners = [];
  // What the server makes beside the words, each only where it is to be seen: of which view, and (where that is
  // less) by what of it one differs from another.
  const PARTS = {
    events: { seen: ({ tab }) => tab === "events", of: (view) => view },
    troops: { seen: ({ tab }) => tab === "troops", of: themed, by: summed },
    losses: { seen: ({ tab }) => tab === "losses", of: themed, by: summed },
    print: { seen: () => !!(serval.map && serval.map.printSize()), of: themed },
  };
  const versionOf = (query) => serval.select.parse(query).v;
  const version = versionOf(location.search); // of the data that this page draws from
  let raw = location.search.slice(1);
  let asking = 0;
  let asked = raw; // by the server, which gives the first words with the page
  let placed = null; // the query of the words that stand on the page
  const parts = {}; // part -> what it was last asked for

  const selection = () => serval.select.parse(raw);

  function pick(from, keys) {
    return Object.fromEntries(keys.map((key) => [key, from[key]]));
  }

  function worded() {
    const plain = { ...selection(), ...pick(serval.select.parse(""), OWN) };
    return serval.select.query(plain);
  }

  // Figures made of sums do not depend on the playhead, nor on which event is open.
  function summed(view) {
    return { ...view, at: view.to, event: null };
  }

  function themed(view) {
    return { ...view, theme: serval.plots.theme() };
  }

  function ask() {
    asking = 0;
    const words = new URLSearchParams(raw).size && !serval.state.tidy ? raw : worded();
    if (words === asked) return;
    asked = words;
    window.dash_clientside.set_props("query", { data: words });
    askParts();
  }

  function askParts() {
    const view = serval.select.parse(asked);
    for (const [part, { seen, of, by = of }] of Object.entries(PARTS)) {
      const made = serval.select.query(by(view));
      if (!seen(view) || made === parts[part]) continue;
      parts[part] = made;
      window.dash_clientside.set_props(`asked-${part}`, { data: serval.select.query(of(view)) });
    }
  }

  function tell(how) {
    listeners.forEach((listener) => listener(selection(), how));
    clearTimeout(asking);
    if (how.small) asking = setTimeout(ask, PAUSE);
    else ask();
  }

  // how: {replace: no new step for Back, small: one of a run of changes, so that the server is asked later}
  function go(query, how = {}) {
    if (query === raw) return;
    const address = query ? `?${query}` : location.pathname;
    if (versionOf(query) !== version) {
      location.assign(address); // other data: the page begins anew
      return;
    }
    raw = query;
    serval.state.tidy = true;
    history[how.replace ? "replaceState" : "pushState"](null, "", address);
    tell(how);
  }

  function change(values, how) {
    const now = selection();
    const next = { ...now, ...values };
    const outside = next.at < next.from || next.at > next.to;
    if (!("at" in values) && (now.at === now.to || outside)) next.at = next.to;
    go(serval.select.query(next), how);
  }

  // What a link changes of the view that the words in place were made for: that is done to the view of the
  // moment, so that two quick presses both count before the words have followed. Reset is meant as it stands.
  function follow(link) {
    const wanted = serval.select.parse(new URL(link.href).search.slice(1));
    if (link.dataset.view) go(serval.select.query({ ...wanted, theme: selection().theme }), { fly: true });
    else if (link.dataset.fly) fly(pick(wanted, CAMERA));
    else if (link.id === "reset") go(serval.select.query({ ...wanted, ...pick(selection(), OWN) }));
    else change(changes(serval.select.parse(viewOf(link)), wanted, selection()));
  }

  // The query that a link's words were made for: parts that come apart from the rest name their own.
  function viewOf(link) {
    const part = link.closest("[data-view]");
    return part ? part.dataset.view : placed ?? raw;
  }

  function changes(before, wanted, now) {
    const differs = (key) => !OWN.includes(key) && String(before[key]) !== String(wanted[key]);
    return Object.fromEntries(Object.keys(wanted).filter(differs).map((key) => [
      key, Array.isArray(wanted[key]) ? merged(before[key], wanted[key], now[key]) : wanted[key],
    ]));
  }

  function merged(before, wanted, now) {
    const kept = now.filter((id) => wanted.includes(id) || !before.includes(id));
    return [...new Set([...kept, ...wanted.filter((id) => !before.includes(id))])].sort();
  }

  function fly(camera) {
    go(serval.select.query({ ...selection(), ...camera }), { fly: true });
  }

  addEventListener("popstate", () => {
    if (versionOf(location.search) !== version) return location.reload();
    raw = location.search.slice(1);
    tell({ fly: true });
  });

  serval.state = {
    tidy: false,
    selection,
    change,
    follow,
    fly,
    // had: the query of the words that came with the page, which it does not know where a browser names no referrer
    first: (had) => {
      askParts();
      return had === raw ? window.dash_clientside.no_update : raw;
    },
    asked: () => asked,
    settled: () => !asking && asked === placed, // the words are those of the view
    wordsPlaced: () => (placed = asked),
    listen: (listener) => listeners.push(listener),
  };
})();
