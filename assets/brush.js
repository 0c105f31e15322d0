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
    root.append(parts.window, parts.from, parts.to);
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

  // Over the axis of the weekly counts, wherever the labels beside it leave that.
  function place(axis) {
    const root = document.getElementById("brush");
    root.style.marginLeft = `${axis._offset}px`;
    root.style.width = `${axis._length}px`;
  }

  serval.brush = { build, place };
})();
