// The event card: focus on opening and closing, the events before and after by key, and what it gives to copy.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const byId = (id) => document.getElementById(id);
  const BESIDE = { ArrowLeft: "event-before", ArrowRight: "event-after" };
  let open = null;
  let opener = null;

  // A card that a reader opens takes the focus, but not from one of its own links; closed, it gives it back.
  function settle() {
    const card = byId("event-card");
    if (!card) return;
    const event = card.hidden || !card.querySelector("h2") ? null : serval.state.selection().event;
    if (event === open) return;
    const asked = open !== null || serval.state.tidy;
    if (event && asked && !card.contains(document.activeElement)) {
      if (open === null) opener = document.activeElement;
      card.focus({ preventScroll: true });
    }
    if (event) card.scrollTop = 0;
    else giveBack();
    open = event;
  }

  function giveBack() {
    const { activeElement: now } = document;
    const lost = now === document.body || byId("event-card").contains(now); // a hidden element may still have it
    const row = open && byId(`open-${open}`);
    const target = row || (opener && opener.isConnected ? opener : null);
    if (lost && target) target.focus({ preventScroll: true });
    opener = null;
  }

  function step(event) {
    const link = byId(BESIDE[event.key] || "");
    const card = byId("event-card");
    const free = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !free || !card.contains(event.target)) return;
    event.preventDefault();
    link.click();
  }

  addEventListener("keydown", step);
  addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy], [data-cite]");
    if (!button) return;
    const { copy, cite, done } = button.dataset;
    serval.page.copy(cite ? serval.page.cited(cite) : copy, done);
  });
  new MutationObserver(settle).observe(document.documentElement,
    { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
})();
