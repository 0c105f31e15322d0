// The take-away dialog: its inside comes when it is first opened; each form's choices make its link.
"use strict";
(() => {
  const serval = window.serval;
  const dialog = document.getElementById("take-away-dialog");
  const body = document.getElementById("take-away-body");
  const { dataset: said } = dialog;
  const PAUSE = 350; // ms after the last choice before its preview is drawn
  const lang = document.documentElement.lang;
  let inside = null; // the query that the inside was made for

  const state = () => serval.state.selection();
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const chosen = (form, name) => new FormData(form).get(name) || "";
  const formatOf = (form) => form.querySelector("[name=format]:checked");
  const query = (values, own = {}) => {
    const theirs = Object.entries(own).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return [serval.select.query({ ...state(), ...values }), ...theirs].filter(Boolean).join("&");
  };

  // What a form's choices say: values of the view and parameters of the route.
  function choices(form) {
    const [values, own] = [{ lang }, {}];
    for (const { type, checked, disabled, dataset, value } of all(form, "[data-key]")) {
      const counts = !disabled && value && (type !== "radio" || checked);
      if (counts) (dataset.key in state() ? values : own)[dataset.key] = value;
    }
    return { values, own };
  }

  // Of the view, of one of its charts, or of the open event, seen on the reader's own day.
  function cited(form, { values, own }) {
    const what = chosen(form, "what");
    const today = new Date();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
    own.accessed = day.map((n) => String(n).padStart(2, "0")).join("-");
    if (what !== "event") values.event = null;
    if (what && what !== "event") own.panel = what;
  }

  function address(form, { preview = false } = {}) {
    const { values, own } = choices(form);
    if (form.elements.what) cited(form, { values, own });
    if (preview) own.scale = 1;
    const format = preview ? form.querySelector("[name=format][value=png]") : formatOf(form);
    const path = format.dataset.path.replace(/\{(\w+)\}/g, (_, name) => chosen(form, name));
    const whole = form.querySelector("[data-query]:checked");
    return `${path}?${whole ? whole.dataset.query : query(values, own)}`;
  }

  // What does not go with the format is put away.
  function fit(form) {
    const uses = formatOf(form) ? formatOf(form).dataset.uses.split(" ") : [];
    for (const part of all(form, "[data-if]")) {
      const gone = !uses.includes(part.dataset.if);
      part.hidden = gone;
      all(part, "input").forEach((input) => { input.disabled = gone; });
    }
  }

  function size(form) {
    const radio = form.querySelector("[name=size]:checked");
    form.querySelector("[data-own]").hidden = radio.value !== "own";
    if (radio.value === "own") return;
    for (const key of ["width", "height", "scale"]) form.elements[key].value = radio.dataset[key];
  }

  let waiting = 0;
  function preview(form) {
    clearTimeout(waiting);
    const image = form.querySelector("[data-preview]");
    const words = form.querySelector("[data-preview-words]");
    waiting = setTimeout(() => {
      const url = address(form, { preview: true });
      if (image.dataset.url === url || !form.checkValidity()) return;
      image.dataset.url = url;
      image.alt = chosenLabel(form, "panel");
      serval.jobs.show(image, words, url);
    }, PAUSE);
  }

  const chosenLabel = (form, name) => form.querySelector(`[name=${name}]:checked`).parentElement.textContent.trim();

  async function quote(form) {
    const pre = form.querySelector("[data-text]");
    const text = await serval.jobs.read(pre, address(form));
    if (text !== null) pre.textContent = text.trim();
  }

  // The link of the view, and the code that puts a panel of it into another page.
  function share(form) {
    const values = { lang: chosen(form, "lang") || null, v: form.elements.pin.checked ? form.dataset.version : null };
    const link = query(values);
    form.querySelector("[data-address]").value = `${location.origin}/${link ? `?${link}` : ""}`;
    const panel = chosen(form, "panel");
    const rest = query({ ...values, event: null, story: null, tab: "timeline" });
    const src = `${location.origin}/embed/${panel}${rest ? `?${rest}` : ""}`;
    const title = `Serval: ${chosenLabel(form, "panel")}`;
    const code = `<iframe src="${src.replace(/&/g, "&amp;")}" title="${title}" width="100%" height="560" style="border:0" loading="lazy"></iframe>`;
    form.querySelector("[data-code]").value = code;
    form.querySelector("[data-frame]").href = src;
  }

  // A page is opened beside this one, a file is saved.
  function lead(link, form) {
    const opens = formatOf(form).dataset.opens !== undefined;
    link.href = address(form);
    link.target = opens ? "_blank" : "";
    link.toggleAttribute("download", !opens);
  }

  const REST = { "take-picture": preview, "take-cite": quote, "take-share": share };

  function settle(form) {
    if (form.elements.size) size(form);
    fit(form);
    const link = form.querySelector("[data-link]");
    if (link) lead(link, form);
    const part = form.closest("section");
    if (!part.hidden && REST[part.id]) REST[part.id](form);
  }

  // The sections as tabs, whose keys and clicks are those of every tab (assets/page.js).
  function tabs() {
    const row = Object.assign(document.createElement("div"), { className: "tab-row" });
    row.setAttribute("role", "tablist");
    row.setAttribute("aria-labelledby", "take-away-name");
    for (const [i, part] of all(body, ".take-part").entries()) {
      const tab = Object.assign(document.createElement("button"),
        { type: "button", className: "tab-name", textContent: part.dataset.name, id: `tab-${part.id}`, tabIndex: i ? -1 : 0 });
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", part.id);
      tab.setAttribute("aria-selected", String(!i));
      part.setAttribute("role", "tabpanel");
      part.setAttribute("aria-labelledby", tab.id);
      part.hidden = i > 0;
      row.append(tab);
    }
    body.querySelector(".take-what").after(row);
  }

  // Fetched for the view of now; what the reader had chosen stays chosen.
  async function fill() {
    const now = query({ lang });
    if (inside === now) return;
    const answer = await fetch(`/take-away?${now}`);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kept = all(body, "form").map((form) => [...new FormData(form)]);
    const open = body.querySelector(".tab-name[aria-selected=true]");
    body.replaceChildren(...page.getElementById("take-away-body").childNodes);
    all(body, "form").forEach((form, i) => restore(form, kept[i] || []));
    if (!inside) first();
    tabs();
    if (open) document.getElementById(open.id).click();
    inside = now;
  }

  function restore(form, values) {
    for (const [name, value] of values) {
      const field = form.elements[name];
      if (name !== "pin" && field && (field.tagName !== "SELECT" || all(field, "option").some((o) => o.value === value))) field.value = value;
    }
  }

  // The theme of the page is the picture's, until another is chosen; an open tab is its panel.
  function first() {
    const form = body.querySelector("#take-picture form");
    form.elements.theme.value = serval.plots.theme();
    const { tab } = state();
    if (["control", "troops", "losses"].includes(tab)) form.elements.panel.value = tab;
    body.querySelector("[data-share]").hidden = !navigator.share;
  }

  async function open() {
    dialog.showModal();
    if (!inside) body.textContent = said.loading;
    try {
      await fill();
    } catch (error) {
      body.textContent = said.failed.replace("{reason}", error.message);
      inside = null;
      return;
    }
    document.getElementById("single-keys").checked = serval.page.singleKeys();
    all(body, "form").forEach(settle);
    body.querySelector(".tab-name[aria-selected=true]").focus();
  }

  const acts = {
    "[data-link]": (link, event) => {
      const form = link.closest("form");
      if (!link.hasAttribute("download")) return;
      event.preventDefault();
      if (form.reportValidity()) serval.jobs.run(link.closest(".take-act"), address(form));
    },
    "[data-cancel]": (button) => serval.jobs.stop(button.closest(".take-act")),
    "[data-copy-of]": (button) => {
      const from = button.closest("form").querySelector(button.dataset.copyOf);
      serval.page.copy(from.value === undefined ? from.textContent : from.value, said.copied);
    },
    "[data-share]": (button) => navigator.share({ title: document.title, url: button.form.querySelector("[data-address]").value })
      .catch(() => {}), // the reader thought better of it
  };

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("#take-away-close") || event.target === dialog) dialog.close();
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    for (const [selector, act] of Object.entries(acts)) {
      const found = event.target.closest(selector);
      if (found && plain) act(found, event);
    }
  });
  dialog.addEventListener("input", ({ target }) => {
    if (target.id === "single-keys") serval.page.singleKeys(target.checked);
    else if (target.form) settle(target.form);
  });
  dialog.addEventListener("submit", (event) => event.preventDefault());
  dialog.addEventListener("close", () => serval.jobs.stopAll());

  // A tab that is opened shows what its choices give.
  new MutationObserver((changes) => {
    const opened = changes.map(({ target }) => target).filter((part) => part.matches(".take-part:not([hidden])"));
    opened.forEach((part) => settle(part.querySelector("form")));
  }).observe(body, { subtree: true, attributes: true, attributeFilter: ["hidden"] });

  serval.takeAway = { open };
})();
