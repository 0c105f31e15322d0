// The server's words put into the page: element id -> HTML. What is focused, open or scrolled stays so.
"use strict";
(() => {
  const serval = (window.serval = window.serval || {});
  const OPEN_WITH_WORDS = ["event-card", "compare", "story"];
  const last = {};

  // A reader's opened parts stay open; a profile that was fetched stays until its successor is here.
  const callbacks = {
    beforeAttributeUpdated: (name, node, how) => !(name === "open" && how === "remove"),
    beforeNodeMorphed: (old, next) =>
      !(old.classList && old.classList.contains("profile") && !next.innerHTML && old.innerHTML),
  };

  function fill(id, html) {
    const element = document.getElementById(id);
    if (!element || last[id] === html) return;
    last[id] = html;
    window.Idiomorph.morph(element, html, { morphStyle: "innerHTML", restoreFocus: true, callbacks });
    if (OPEN_WITH_WORDS.includes(id)) element.hidden = !html;
  }

  function put(parts) {
    Object.entries(parts || {}).forEach(([id, html]) => fill(id, html));
  }

  // The profiles that stand open are asked for, in the view of the moment.
  function ask(all) {
    const open = [...document.querySelectorAll("details.actor[open]")].filter((actor) =>
      all || !actor.querySelector(".profile").innerHTML);
    if (!open.length) return;
    const actors = open.map((actor) => actor.dataset.actor);
    window.dash_clientside.set_props("opened", { data: { query: serval.state.asked(), actors } });
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches("details.actor[open]")) ask(false);
  }, true);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.serval = Object.assign(window.dash_clientside.serval || {}, {
    // The drawings come first: words put in between would keep the map waiting.
    async words({ query, parts }) {
      await serval.plots.drawn();
      if (query !== serval.state.asked()) return; // others are on their way
      put(parts);
      serval.state.wordsPlaced();
      ask(true);
    },
    put,
  });
})();
