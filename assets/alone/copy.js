// A copy of a view in one file: its data stand in the page, its filters act on serval.state as the dashboard's do.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const { given } = serval.alone;
  const LISTS = ["actor", "type", "place", "status"];
  const byId = (id) => document.getElementById(id);
  const one = new Intl.PluralRules(given.lang);
  const words = new Intl.DateTimeFormat(given.lang === "fr" ? "fr" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

  // What the dashboard fetches lies in the file; the drawings ask for it by an address all the same.
  const address = (text) => URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const text = (id) => byId(id).textContent;

  // The base map's style names the files that it needs by their paths: they are put in their place.
  function style(theme, files) {
    const named = JSON.parse(text(`style-${theme}`));
    for (const source of Object.values(named.sources)) {
      for (const key of ["data", "url"]) if (key in source) source[key] = files[source[key]];
    }
    return address(JSON.stringify(named));
  }

  function unpack() {
    const files = JSON.parse(text("geo"));
    given.columns = address(text("columns"));
    given.search = address(text("search"));
    given.ground = {};
    for (const [theme, figures] of Object.entries(given.figures)) {
      figures.map.layout.map.style = style(theme, files);
      given.ground[theme] = address(text(`ground-${theme}`));
    }
  }

  // Chromium runs no module in a worker of a page that is a file. MapLibre's worker is one, but for its last
  // words, an export that nobody asks for: without it it is a plain script.
  const EXPORT = /export\s*\{\s*[\w$]+ as default\s*\};?/;

  function givePlainWorker() {
    const { Blob: Whole, Worker } = window;
    let code = null;
    window.Blob = function (parts, how = {}) {
      const text = parts.length === 1 && how.type === "text/javascript" ? String(parts[0]) : "";
      if (EXPORT.test(text)) code = new Whole(['"use strict";', text.replace(EXPORT, "")], how);
      return new Whole(parts, how);
    };
    window.Worker = function (url, how) {
      return code ? new Worker(URL.createObjectURL(code)) : new Worker(url, how);
    };
  }

  const boxes = (key) => [...document.querySelectorAll(`input[name="${key}"]`)];

  function change({ target }) {
    const { name, value } = target;
    if (LISTS.includes(name)) {
      const chosen = boxes(name).filter((box) => box.checked).map((box) => box.value);
      serval.state.change({ [name]: chosen.sort() });
    } else if (name === "q") serval.state.change({ q: value.trim() });
    else if (name === "at" && value) serval.state.change({ at: value });
    else if (["from", "to"].includes(name)) setDay(name, value);
  }

  function setDay(key, value) {
    const { from, to } = { ...serval.state.selection(), [key]: value };
    const good = !!value && from <= to;
    byId(`copy-${key}`).setAttribute("aria-invalid", String(!good));
    if (good) serval.state.change({ [key]: value });
  }

  function press({ target }) {
    const button = target.closest("button");
    if (!button) return;
    const step = { "zoom-in": 1, "zoom-out": -1 }[button.id];
    if (step) serval.map.zoomBy(step);
    if (button.id === "copy-reset") serval.state.change({ ...serval.select.parse(given.query), event: null });
    if (button.id === "copy-all") {
      const { first: from, last: to } = given;
      serval.state.change({ ...serval.select.parse(""), from, to, at: to });
    }
  }

  function reflect(selection) {
    for (const key of ["from", "to", "at", "q"]) {
      const field = byId(`copy-${key}`);
      if (document.activeElement !== field) field.value = selection[key];
    }
    for (const key of LISTS) {
      for (const box of boxes(key)) box.checked = selection[key].includes(box.value);
      byId(`copy-n-${key}`).textContent = selection[key].length || "";
    }
    for (const day of document.querySelectorAll("[data-at]")) {
      day.textContent = words.format(new Date(`${selection.at}T00:00:00Z`));
    }
    open(selection.event);
  }

  let opened = null;

  function open(event) {
    if (event === opened) return;
    opened = event;
    const row = event && byId(`event-${event}`);
    if (!row) return;
    row.open = true;
    row.scrollIntoView({ block: "center" });
    row.querySelector("summary").focus({ preventScroll: true });
  }

  function count(rows) {
    const form = byId("copy-count").dataset[one.select(rows.length) === "one" ? "one" : "many"];
    byId("copy-count").textContent = form.replace("{n}", rows.length.toLocaleString(given.lang));
  }

  async function list({ rows }) {
    const shown = new Set(rows);
    for (const row of byId("copy-list").children) row.hidden = !shown.has(Number(row.dataset.row));
    count(rows);
  }

  async function begin() {
    if (location.protocol === "file:") givePlainWorker();
    unpack();
    if (!location.search) serval.state.change(serval.select.parse(given.query), { replace: true });
    serval.drawings.push({ id: "copy-list", first: list, redraw: list, wire() {} });
    serval.state.listen(reflect);
    reflect(serval.state.selection());
    addEventListener("change", change);
    addEventListener("click", press);
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    await serval.alone.start();
    document.documentElement.dataset.ready = "1";
  }

  begin();
})();
