// The day of the map: a slider, a step either way, and play, which goes day by day through the days shown.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const TICK = 450; // ms a day
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let slider = null;
  let timer = null;

  const day = (text) => serval.select.day(text);
  const moveTo = (number, how) => {
    const { from, to } = serval.state.selection();
    const at = serval.select.iso(Math.min(Math.max(number, day(from)), day(to)));
    serval.state.change({ at }, how);
  };
  const step = (by) => moveTo(day(serval.state.selection().at) + by, { replace: true });

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
    }, still.matches ? TICK * 4 : TICK);
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
    addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button.id === "play") timer ? pause() : play();
      if (button.id === "step-back") step(-1);
      if (button.id === "step-on") step(1);
    });
    reflect(serval.state.selection());
    serval.state.listen(reflect);
  }

  function reflect(selection) {
    slider.min = day(selection.from);
    slider.max = day(selection.to);
    slider.value = day(selection.at);
    slider.setAttribute("aria-valuetext", selection.at);
    const words = document.getElementById("playhead-day");
    const format = new Intl.DateTimeFormat(serval.page.given.lang === "fr" ? "fr" : "en-GB", { dateStyle: "long", timeZone: "UTC" });
    words.textContent = format.format(new Date(`${selection.at}T00:00:00Z`));
  }

  serval.playhead = { build };
})();
