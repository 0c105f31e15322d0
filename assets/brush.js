// The brush under the timeline: two sliders and the window between them, over the weekly counts.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const HOW = { replace: true, small: true };
  const parts = {};
  let first = 0;
  let last = 0;

  const day = (text) => serval.select.day(text);
  const iso = (number) => serval.select.iso(number);
  const clamp = (number) => Math.min(Math.max(number, first), last);

  function slider(key, label) {
    const input = Object.assign(document.createElement("input"), { type: "range", min: first, max: last, step: 1,
                                                                   className: `brush-${key}` });
    input.setAttribute("aria-label", label);
    input.addEventListener("input", () => {
      const now = serval.state.selection();
      const number = Number(input.value);
      if (key === "from") serval.state.change({ from: iso(Math.min(number, day(now.to))) }, HOW);
      else serval.state.change({ to: iso(Math.max(number, day(now.from))) }, HOW);
    });
    input.addEventListener("keydown", (event) => {
      const by = { PageUp: 7, PageDown: -7 }[event.key];
      if (!by) return;
      event.preventDefault();
      input.value = Number(input.value) + by;
      input.dispatchEvent(new Event("input"));
    });
    return input;
  }

  // Drag the window to move both ends; drag on the empty track to draw a new window.
  function dragging(root) {
    const at = (event) => {
      const box = root.getBoundingClientRect();
      return clamp(Math.round(first + ((event.clientX - box.left) / box.width) * (last - first)));
    };
    let grip = null;
    root.addEventListener("pointerdown", (event) => {
      if (event.target.matches("input")) return;
      const now = serval.state.selection();
      const inside = event.target === parts.window;
      grip = { start: at(event), from: day(now.from), to: day(now.to), inside };
      root.setPointerCapture(event.pointerId);
    });
    root.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const here = at(event);
      if (grip.inside) {
        const by = Math.min(Math.max(here - grip.start, first - grip.from), last - grip.to);
        serval.state.change({ from: iso(grip.from + by), to: iso(grip.to + by) }, HOW);
      } else if (Math.abs(here - grip.start) > 2) {
        serval.state.change({ from: iso(Math.min(here, grip.start)), to: iso(Math.max(here, grip.start)) }, HOW);
      }
    });
    root.addEventListener("pointerup", () => (grip = null));
    root.addEventListener("pointercancel", () => (grip = null));
  }

  function build() {
    const root = document.getElementById("brush");
    first = day(serval.page.given.first);
    last = day(serval.page.given.last);
    parts.window = Object.assign(document.createElement("div"), { className: "brush-window" });
    parts.window.title = root.dataset.window;
    parts.from = slider("from", root.dataset.from);
    parts.to = slider("to", root.dataset.to);
    parts.bars = scale();
    root.append(parts.bars, ...years(), parts.window, parts.from, parts.to);
    dragging(root);
    reflect(serval.state.selection());
    serval.state.listen(reflect);
  }

  function reflect({ from, to }) {
    const share = (text) => ((clamp(day(text)) - first) / (last - first)) * 100;
    parts.from.value = day(from);
    parts.to.value = day(to);
    parts.from.setAttribute("aria-valuetext", from);
    parts.to.setAttribute("aria-valuetext", to);
    parts.window.style.left = `${share(from)}%`;
    parts.window.style.right = `${100 - share(to)}%`;
  }

  const WEEK = 7;
  const monday = (number) => Math.floor((number + 3) / WEEK); // 1970-01-01 was a Thursday

  function perWeek(rows, starts) {
    const counts = new Map();
    for (const row of rows) counts.set(monday(starts[row]), (counts.get(monday(starts[row])) || 0) + 1);
    return counts;
  }

  // Bars of the events by the week in which they begin: all that the other filters leave, and those shown.
  function count(context, { rows, columns }) {
    const all = perWeek(context, columns.events.start);
    const most = Math.max(...all.values(), 1);
    const bars = (counts, kind) => [...counts].map(([week, n]) => {
      const height = (n / most) * 100;
      return `<rect class="${kind}" x="${week * WEEK - 3 - first}" y="${100 - height}" width="6" height="${height}"/>`;
    });
    const shown = perWeek(rows, columns.events.start);
    parts.bars.innerHTML = [...bars(all, "all"), ...bars(shown, "shown")].join("");
  }

  function scale() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${last - first} 100`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    return svg;
  }

  function years() {
    const whole = last - first;
    const span = (year) => [day(`${year}-01-01`), day(`${year + 1}-01-01`)].map(clamp);
    const from = Number(iso(first).slice(0, 4));
    return Array.from({ length: Number(iso(last).slice(0, 4)) - from + 1 }, (_, i) => {
      const [start, end] = span(from + i);
      const label = Object.assign(document.createElement("span"), { className: "brush-year", textContent: from + i });
      label.style.left = `${((start - first) / whole) * 100}%`;
      label.style.width = `${((end - start) / whole) * 100}%`;
      return label;
    });
  }

  serval.brush = { build, count };
})();
