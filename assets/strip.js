// The changes of the control strip under the pointer and the keyboard: one stop of the Tab key, arrows from
// change to change. The words of the one in question stand in the note under the strip.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const byId = (id) => document.getElementById(id);
  let hint = null;

  function say(link) {
    const note = byId("control-note");
    if (hint === null) hint = note.textContent;
    if (link) note.innerHTML = link.innerHTML;
    else note.textContent = hint;
    for (const other of document.querySelectorAll(".turn.pointed")) other.classList.remove("pointed");
    if (link) link.classList.add("pointed");
  }

  // `customdata` of the bar that is pointed at: event, place. Null where the pointer has left it.
  function point(customdata) {
    const [event, place] = customdata || [];
    const link = event ? byId(`turn-${event}-${place}`) : null;
    const focused = document.activeElement.closest(".turn");
    say(link || focused);
  }

  const middle = (link) => link.offsetLeft + link.offsetWidth / 2;

  // The link beside one: in its row, or the nearest one of the next row that has any.
  function beside(link, [down, on]) {
    const all = [...byId("control-changes").children];
    if (on) return all[all.indexOf(link) + on];
    const row = (other) => (Number(other.dataset.row) - Number(link.dataset.row)) * down;
    const near = (other) => row(other) * 1e6 + Math.abs(middle(other) - middle(link));
    return all.filter((other) => row(other) > 0).sort((a, b) => near(a) - near(b))[0];
  }

  function stopAt(link) {
    for (const other of link.parentElement.children) other.tabIndex = other === link ? 0 : -1;
  }

  addEventListener("keydown", (event) => {
    const link = event.target.closest && event.target.closest(".turn");
    if (!link || !(event.key in STEPS)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = beside(link, STEPS[event.key]);
    if (next) next.focus();
  }, true);
  addEventListener("focusin", ({ target }) => {
    const link = target.closest(".turn");
    if (!link) return;
    stopAt(link);
    say(link);
  });
  addEventListener("focusout", ({ target }) => {
    if (target.closest(".turn")) say(null);
  });

  serval.strip = { point };
})();
