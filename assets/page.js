// What a visitor does on the page: links, dates, search, buttons and keys, each an act on serval.state.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const byId = (id) => document.getElementById(id);
  const setValue = (id, value) => {
    if (document.activeElement !== byId(id)) byId(id).value = value;
  };

  function buildFields() {
    for (const slot of document.querySelectorAll("[data-field]")) {
      const field = document.createElement("input");
      Object.entries(JSON.parse(slot.dataset.field)).forEach(([name, value]) => field.setAttribute(name, value));
      slot.append(field);
    }
  }

  const isDay = (text) => DAY.test(text) && serval.select.iso(serval.select.day(text)) === text;

  function setDate(key, text) {
    const day = text.trim();
    const now = serval.state.selection();
    const [from, to] = key === "from" ? [day, now.to] : [now.from, day];
    const good = key === "known" ? !day || isDay(day) : isDay(day) && from <= to;
    const input = byId(`filter-${key}`);
    input.setAttribute("aria-invalid", String(!good));
    input.title = good ? "" : input.closest("label").dataset.hint;
    if (good) serval.state.change({ [key]: day || null });
  }

  let saidUntil;
  async function copy(text, done) {
    const stage = document.querySelector("dialog[open]") || document.body; // what is behind a dialog is out of reach
    const toast = stage.querySelector(".toast");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      stage.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast.textContent = done;
    clearTimeout(saidUntil);
    saidUntil = setTimeout(() => (toast.textContent = ""), 5000);
  }

  // A day as the server's words have days. timeZone: the reader's own, if none is given.
  function written(date, timeZone) {
    const { lang } = document.documentElement;
    const how = { day: "numeric", month: "long", year: "numeric", timeZone };
    const day = date.toLocaleDateString(lang === "fr" ? "fr-FR" : "en-GB", how);
    return lang === "fr" ? day.replace(/^1 /, "1er ") : day;
  }

  // A citation as the server gives it, and the day on which it was seen.
  function cited(text) {
    const { accessed } = byId("citation").dataset;
    return `${text} ${accessed.replace("{day}", written(new Date()))}`;
  }

  // The citation stands among the words, which follow the view after a moment.
  const cite = (button, text) => async () => {
    while (!serval.state.settled()) await new Promise((done) => setTimeout(done, 30));
    copy(cited(byId(text).textContent), byId(button).dataset.done);
  };

  function toggleTheme() {
    const next = serval.plots.theme() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", next);
    } catch {
      // A browser that keeps nothing still has the address.
    }
    const address = new URL(location.href);
    if (address.searchParams.has("theme")) address.searchParams.set("theme", next);
    location.replace(address);
  }

  // Whether single keys act; set by a boolean. Who speaks to the machine turns them off.
  function singleKeys(on) {
    try {
      if (on !== undefined) localStorage.setItem("single-keys", on ? "on" : "off");
      return localStorage.getItem("single-keys") !== "off";
    } catch {
      return on !== false;
    }
  }

  // The dialog's scripts come when it is first opened.
  async function takeAway() {
    const { failed } = byId("take-away-dialog").dataset;
    try {
      await import("/assets/take_jobs.js");
      await import("/assets/take_away.js");
      serval.takeAway.open();
    } catch (error) {
      byId("toast").textContent = failed.replace("{reason}", error.message);
    }
  }

  function openFilters(open) {
    byId("filters").classList.toggle("open", open);
    byId("filter-open").setAttribute("aria-expanded", String(open));
    if (open) byId("filter-close").focus();
    else byId("filter-open").focus();
  }

  function openTab(chosen) {
    for (const tab of chosen.parentElement.children) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  }

  function chooseTab(tab) {
    tab.focus();
    if (tab.dataset.tab) serval.state.change({ tab: tab.dataset.tab });
    else openTab(tab);
  }

  function arrows(event) {
    const next = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    const tab = next && event.target[next];
    if (tab) chooseTab(tab);
  }

  const zoomBy = (step) => () => serval.map.zoomBy(step);
  const buttons = {
    share: () => copy(location.href, byId("share").dataset.done),
    cite: cite("cite", "citation"),
    "cite-chart": cite("cite-chart", "chart-citation"),
    "take-away": takeAway,
    theme: toggleTheme,
    "filter-open": () => openFilters(!byId("filters").classList.contains("open")),
    "filter-close": () => openFilters(false),
    "zoom-in": zoomBy(1),
    "zoom-out": zoomBy(-1),
  };

  addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/"]');
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain && link.pathname === "/" && !link.hash && link.id !== "lang") {
      event.preventDefault();
      serval.state.follow(link);
    } else if (link && link.id === "lang" && plain) {
      event.preventDefault();
      const address = new URL(location.href);
      address.searchParams.set("lang", link.lang);
      location.assign(address);
    }
    const button = event.target.closest("button");
    if (button && button.matches(".tab-name")) chooseTab(button);
    if (button && buttons[button.id]) buttons[button.id]();
  });

  addEventListener("change", ({ target }) => {
    if (target.id === "filter-from") setDate("from", target.value);
    if (target.id === "filter-to") setDate("to", target.value);
    if (target.id === "filter-known") setDate("known", target.value);
    if (target.id === "filter-search") serval.state.change({ q: target.value.trim() });
  });
  addEventListener("search", ({ target }) => {
    if (target.id === "filter-search") serval.state.change({ q: target.value.trim() });
  }, true);

  addEventListener("keydown", (event) => {
    const writing = event.target.matches("input, textarea, select, [contenteditable]");
    const single = !writing && !event.ctrlKey && !event.metaKey && !event.altKey && singleKeys();
    if (event.target.matches(".tab-name")) arrows(event);
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.id && event.target.id.startsWith("filter-")) event.target.blur();
    if (event.key === "Escape") {
      if (byId("filters").classList.contains("open")) openFilters(false);
      else if (serval.state.selection().event) serval.state.change({ event: null });
    }
    if (event.key === "/" && single) {
      event.preventDefault();
      byId("filter-search").focus();
    }
    if (event.key === "d" && single) takeAway();
  });

  function reflect(selection) {
    setValue("filter-from", selection.from);
    setValue("filter-to", selection.to);
    setValue("filter-known", selection.known || "");
    setValue("filter-search", selection.q);
    document.body.classList.toggle("has-event", !!selection.event);
    document.querySelector(".main").dataset.tab = selection.tab;
    if (byId(`tab-${selection.tab}`)) openTab(byId(`tab-${selection.tab}`));
  }

  serval.page = {
    copy,
    cited,
    written,
    singleKeys,
    ready() {
      buildFields();
      serval.state.listen(reflect);
      reflect(serval.state.selection());
      serval.playhead.build();
      serval.brush.build();
    },
  };
})();
