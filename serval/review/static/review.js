// The review: which proposal is chosen, its marks in the text, the keys, the acts.
(() => {
  const list = [...document.querySelectorAll(".proposal")];
  const marks = [...document.querySelectorAll("mark")];
  const said = document.getElementById("said"), help = document.getElementById("help");
  let chosen = null, busy = false;
  let there = Promise.resolve(); // the inside of the chosen one

  const words = (mark, name) => mark.dataset[name].split(" ").filter(Boolean);
  const tell = (text, bad) => {
    said.textContent = text;
    said.classList.toggle("bad", Boolean(bad));
  };

  async function body(item) {
    const place = item.querySelector(".body");
    if (place.dataset.loaded) return;
    place.dataset.loaded = "1";
    const answer = await fetch(`/card/${item.id}`);
    if (!answer.ok) throw new Error(answer.status);
    place.innerHTML = await answer.text();
    serval.form.wire(place.querySelector("form"));
  }

  function light(item) {
    const proven = item.querySelector("[data-slot]:focus-within, [data-slot]:hover")?.dataset.slot;
    let first = null;
    for (const mark of marks) {
      const on = words(mark, "of").includes(item.id);
      const slots = words(mark, "slots").filter((s) => s.startsWith(`${item.id}:`));
      mark.classList.toggle("on", on);
      mark.classList.toggle("told", slots.length > 0);
      mark.classList.toggle("proof", Boolean(proven) && slots.includes(`${item.id}:${proven}`));
      first = first || (on ? mark : null);
    }
    return first;
  }

  async function choose(item, focus = true) {
    if (!item) return;
    if (chosen && chosen !== item) {
      chosen.removeAttribute("aria-current");
      chosen.querySelector(".body").hidden = true;
      chosen.querySelector(".open").setAttribute("aria-expanded", "false");
    }
    chosen = item;
    item.setAttribute("aria-current", "true");
    try {
      there = body(item);
      await there;
    } catch {
      delete item.querySelector(".body").dataset.loaded;
      tell(document.body.dataset.failed, true);
      return;
    }
    if (chosen !== item) return;
    item.querySelector(".body").hidden = false;
    item.querySelector(".open").setAttribute("aria-expanded", "true");
    if (focus) item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
    light(item)?.scrollIntoView({ block: "center" });
  }

  function step(by) {
    const at = list.indexOf(chosen);
    choose(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  }

  // Keys pressed while the next proposal is still on its way are meant for it.
  const soon = (act) => there.then(() => chosen && act(chosen), () => null);

  const decided = (item) => item.classList.contains("decided");

  async function post(url, sent) {
    if (busy) return null;
    busy = true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Serval-Review": "1" },
        body: JSON.stringify(sent),
      });
      if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
      return await answer.json();
    } catch {
      tell(document.body.dataset.failed, true);
      return null;
    } finally {
      busy = false;
    }
  }

  function show(found) {
    tell(found.said);
    if (!found.id) return null;
    const item = document.getElementById(found.id);
    item.querySelector(".head").innerHTML = found.head;
    item.classList.toggle("decided", found.decided);
    // The events to merge into may have changed for all: bodies without edits are fetched anew.
    for (const other of list) {
      const form = other.querySelector("form");
      if (other === item || (form && !form.dataset.edited)) {
        const place = other.querySelector(".body");
        delete place.dataset.loaded;
        place.replaceChildren();
      }
    }
    document.getElementById("counts").textContent = found.counts;
    return item;
  }

  async function act(name, item) {
    const form = item.querySelector("form");
    if (!form || decided(item)) return;
    const sent = { event: serval.form.event(form), source: serval.form.source() };
    if (name === "merge") sent.into = form.querySelector(".matches input:checked")?.value || "";
    if (name === "reject") {
      sent.reason = form.querySelector(".reason").value;
      sent.note = form.querySelector(".note").value;
    }
    const found = await post(`/act/${name}/${item.id}`, sent);
    if (!found) return;
    if (found.faults) {
      tell("", false);
      serval.form.faults(form, found.faults);
      return;
    }
    show(found);
    if (name !== "reject") document.getElementById("source").disabled = true;
    const after = list.slice(list.indexOf(item) + 1).find((other) => !decided(other));
    choose(after || list.find((other) => !decided(other)) || item);
  }

  function reject(item) {
    const why = item.querySelector(".why");
    if (!why || decided(item)) return;
    why.hidden = false;
    item.querySelector('[data-act="reject"]').setAttribute("aria-expanded", "true");
    why.querySelector("select").focus();
  }

  async function undo() {
    const found = await post("/undo", {});
    if (!found) return;
    if (found.faults) tell(found.faults.map((f) => f.message).join("; "), true);
    else await choose(show(found));
  }

  function key(e) {
    const writing = e.target.matches("input, select, textarea");
    if (e.key === "Escape" && writing && chosen) return chosen.focus({ preventScroll: true });
    if (e.key === "Enter" && e.target.closest(".why") && !e.target.matches("button")) return act("reject", chosen);
    if (e.key === "Enter" && e.ctrlKey && chosen) return act("accept", chosen);
    if (writing || e.ctrlKey || e.metaKey || e.altKey || help.open) return null;
    const keys = {
      j: () => step(1),
      k: () => step(-1),
      a: () => soon((item) => act("accept", item)),
      m: () => soon((item) => item.querySelector(".matches") && act("merge", item)),
      r: () => soon(reject),
      e: () => soon((item) => item.querySelector("form select:enabled")?.focus()),
      u: undo,
      "?": () => help.showModal(),
    };
    if (!keys[e.key]) return null;
    e.preventDefault();
    return keys[e.key]();
  }

  document.addEventListener("keydown", key);
  document.addEventListener("click", (e) => {
    const item = e.target.closest(".proposal"), button = e.target.closest("[data-act]");
    if (e.target.closest(".open")) choose(item);
    else if (button) {
      const name = button.dataset.act;
      if (name === "reject") reject(item);
      else act(name === "rejected" ? "reject" : name, item);
    } else if (e.target.closest("mark")) {
      const of = words(e.target.closest("mark"), "of");
      const next = of[(of.indexOf(chosen?.id) + 1) % of.length];
      if (next) choose(document.getElementById(next));
    }
  });
  document.addEventListener("input", (e) => {
    const form = e.target.closest("form");
    if (form) form.dataset.edited = "1";
  });
  for (const name of ["focusin", "mouseover"]) {
    document.addEventListener(name, (e) => chosen && e.target.closest(".proposal") === chosen && light(chosen));
  }
  document.getElementById("undo").addEventListener("click", undo);
  document.getElementById("keys").addEventListener("click", () => help.showModal());
  document.getElementById("help-close").addEventListener("click", () => help.close());
  if (list.length) choose(list.find((item) => !decided(item)) || list[0]);
})();
