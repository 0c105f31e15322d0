// The day of the map: a slider, a step either way, and play, which goes day by day through the days shown.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const TICK = 450; // ms a day
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let slider = null;
  let timer = null;
  let mode = "all";
  let speed = 1;

  const day = (text) => serval.select.day(text);
  const moveTo = (number, how) => {
    const { from, to } = serval.state.selection();
    const at = serval.select.iso(Math.min(Math.max(number, day(from)), day(to)));
    serval.state.change({ at }, how);
  };
  const step = (by) => moveTo(day(serval.state.selection().at) + by, { replace: true });

  // Which of the rows are drawn on the map on the day of the playhead, in the mode that is chosen. A lasting
  // event is there on each of its days.
  const SPANS = { day: [0, 0], week: [3, 3], sofar: [Infinity, 0] };
  function drawn(rows, { events }, at) {
    const span = SPANS[mode];
    if (!span) return rows;
    const [first, last] = [at - span[0], at + span[1]];
    return rows.filter((row) => events.start[row] <= last && events.end[row] >= first);
  }

  function choice(id, act) {
    const slot = document.getElementById(`${id}-slot`);
    const select = Object.assign(document.createElement("select"), { id, className: "button" });
    for (const [value, words] of JSON.parse(slot.dataset.choices)) select.add(new Option(words, value));
    select.addEventListener("change", () => act(select.value));
    slot.append(select);
  }

  function note(scene) {
    const element = document.getElementById("play-note");
    const n = drawn(scene.rows, scene.columns, scene.state.at).length;
    element.textContent = mode === "all" ? "" : element.dataset.words.replace("{n}", n);
  }

  function pin() {
    const { at, at2 } = serval.state.selection();
    serval.state.change({ at2: at2 ? null : at });
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    const button = document.getElementById("play");
    button.setAttribute("aria-pressed", "false");
    button.classList.remove("playing");
  }

  function play() {
    const { at, from, to } = serval.state.selection();
    if (at >= to) moveTo(day(from), { replace: true, small: true });
    const button = document.getElementById("play");
    button.setAttribute("aria-pressed", "true");
    button.classList.add("playing");
    timer = setInterval(() => {
      const now = serval.state.selection();
      if (now.at >= now.to) pause();
      else moveTo(day(now.at) + 1, { replace: true, small: true });
    }, (still.matches ? TICK * 4 : TICK) / speed);
  }

  function keys(event) {
    const steps = { PageUp: 7, PageDown: -7 };
    if (event.key in steps) {
      event.preventDefault();
      step(steps[event.key]);
    }
  }

  function build() {
    const slot = document.getElementById("playhead-slot");
    slider = Object.assign(document.createElement("input"), { type: "range", id: "playhead", step: 1 });
    slider.setAttribute("aria-label", slot.dataset.label);
    slider.addEventListener("input", () => moveTo(Number(slider.value), { replace: true, small: true }));
    slider.addEventListener("keydown", keys);
    slot.append(slider);
    choice("play-mode", (value) => {
      mode = value;
      serval.plots.redraw();
    });
    choice("play-speed", (value) => {
      speed = Number(value);
      if (!timer) return;
      pause();
      play();
    });
    addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button.id === "play") timer ? pause() : play();
      if (button.id === "step-back") step(-1);
      if (button.id === "step-on") step(1);
      if (button.id === "pin") pin();
    });
    reflect(serval.state.selection());
    serval.state.listen(reflect);
  }

  function reflect(selection) {
    slider.min = day(selection.from);
    slider.max = day(selection.to);
    slider.value = day(selection.at);
    slider.setAttribute("aria-valuetext", selection.at);
    document.getElementById("pin").setAttribute("aria-pressed", String(!!selection.at2));
    const words = document.getElementById("playhead-day");
    words.textContent = serval.page.written(new Date(`${selection.at}T00:00:00Z`), "UTC");
  }

  serval.playhead = { build, drawn, note };
})();
