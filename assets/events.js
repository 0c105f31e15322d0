// The event list: sorting and turning its pages, and its rows and the map's marks pointing at one another.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const MOST_FIRST = ["killed", "sources"];
  const PAUSE = 90; // ms on a row before the map is drawn again
  let before = {};
  let over = null;
  let pointing = 0;

  const list = () => document.getElementById("events-table");

  // What the reader asks for next, from the list as it stands.
  function turn(changes) {
    const { by, down, of, event } = list().dataset;
    const order = { by, down: down === "1", page: 1, of, event: event || null, ...changes };
    window.dash_clientside.set_props("events-order", { data: order });
  }

  function sortBy(by) {
    const now = list().dataset;
    turn({ by, down: now.by === by ? now.down !== "1" : MOST_FIRST.includes(by) });
  }

  // The row of an event that was opened elsewhere is brought into view; another page starts at its top.
  function settle() {
    const scroll = document.getElementById("events-scroll");
    if (!scroll) return;
    const { by, down, of, page, event } = list().dataset;
    const row = event && scroll.querySelector('[aria-current="true"]');
    if (row && event !== before.event) show(scroll, row);
    else if ([by, down, of, page].join() !== before.what) scroll.scrollTop = 0;
    before = { event, what: [by, down, of, page].join() };
  }

  function show(scroll, row) {
    const [outer, inner] = [scroll.getBoundingClientRect(), row.getBoundingClientRect()];
    const head = list().tHead.offsetHeight;
    if (inner.top < outer.top + head) scroll.scrollTop += inner.top - outer.top - head;
    else if (inner.bottom > outer.bottom) scroll.scrollTop += inner.bottom - outer.bottom;
  }

  const rowOf = (element) => (element && element.closest ? element.closest("#events [data-row]") : null);

  // The map rings the event of the row that the mouse is on, else of the one that has the focus.
  function point() {
    clearTimeout(pointing);
    pointing = setTimeout(() => {
      const row = over || rowOf(document.activeElement);
      serval.map.point(row && row.isConnected ? row.dataset.row : null);
    }, PAUSE);
  }

  function step(event) {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const row = next && rowOf(event.target);
    if (!row || !row[next]) return;
    event.preventDefault();
    row[next].querySelector("a").focus();
  }

  function skip() {
    serval.state.change({ tab: "events" });
    document.getElementById("events").focus();
  }

  addEventListener("click", (event) => {
    const button = event.target.closest("#events button");
    if (button && button.dataset.sort) sortBy(button.dataset.sort);
    if (button && button.dataset.page && !button.ariaDisabled) turn({ page: Number(button.dataset.page) });
    if (event.target.closest('a[href="#events"]')) {
      event.preventDefault();
      skip();
    }
  });
  addEventListener("mouseover", ({ target }) => {
    const row = rowOf(target);
    if (row === over) return;
    over = row;
    point();
  });
  addEventListener("focusin", point);
  addEventListener("focusout", point);
  addEventListener("keydown", step);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = Object.assign(window.dash_clientside.serval || {}, {
    list(words) {
      window.dash_clientside.serval.put(words);
      settle();
    },
  });
})();
