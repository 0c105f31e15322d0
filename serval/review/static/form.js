// A proposal's form: its values as an event, its rows, its faults.
window.serval = window.serval || {};
serval.form = (() => {
  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const ids = (text) => text.split(/[,;\s]+/).filter(Boolean);

  function row(element) {
    const found = {};
    for (const field of element.querySelectorAll("[data-key]")) found[field.dataset.key] = value(field);
    return found;
  }

  const rows = (list) => [...list.children].filter((child) => child.classList.contains("row"));

  function control(form) {
    const box = form.querySelector(".changes");
    if (!box || !box.checked) return [];
    const change = row(form.querySelector(".row.control"));
    return [{ place: change.place, from: ids(change.from), to: ids(change.to) }];
  }

  // The event as the server reads it.
  function event(form) {
    const found = { control: control(form) };
    for (const field of form.querySelectorAll("[data-key]")) {
      if (!field.closest(".row")) found[field.dataset.key] = value(field);
    }
    for (const object of form.querySelectorAll("[data-object]")) found[object.dataset.object] = row(object);
    for (const list of form.querySelectorAll("[data-list]")) {
      const plain = "plain" in list.dataset;
      found[list.dataset.list] = rows(list).map((r) => (plain ? value(r.querySelector("[data-key]")) : row(r)));
    }
    return found;
  }

  function source() {
    const field = document.getElementById("source");
    return field.disabled ? {} : row(field);
  }

  // The field that a fault names: title, date.start, actors[1].role.
  function fieldOf(form, path) {
    const scope = path.startsWith("source.") ? document : form;
    const named = scope.querySelector(`[name="${CSS.escape(path)}"]`);
    if (named) return named;
    const [, list, at, key] = path.match(/^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?/) || [];
    const holder = list && form.querySelector(`[data-list="${list}"]`);
    const place = holder && rows(holder)[Number(at || 0)];
    if (place) return place.querySelector(`[data-key="${key || ""}"]`) || place.querySelector("[data-key]");
    return holder ? holder.querySelector(".add") : null;
  }

  function faults(form, list) {
    const shown = form.querySelector(".faults");
    shown.replaceChildren();
    for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    let first = null;
    for (const fault of list) {
      const item = document.createElement("li");
      item.textContent = fault.message;
      shown.append(item);
      const field = fieldOf(form, fault.field);
      if (field) field.setAttribute("aria-invalid", "true");
      first = first || field;
    }
    if (first) first.closest("details")?.setAttribute("open", "");
    if (first) first.focus();
    else if (list.length) shown.scrollIntoView({ block: "nearest" });
  }

  function add(list) {
    const fresh = list.querySelector("template").content.firstElementChild.cloneNode(true);
    list.insertBefore(fresh, list.querySelector("template"));
    fresh.querySelector("[data-key]").focus();
  }

  // The id begins with the first day as long as it is the one that was proposed.
  function follow(form) {
    const id = form.querySelector('[name="id"]'), day = form.querySelector('[name="date.start"]');
    if (id.value === id.dataset.kept || id.value === id.defaultValue) {
      id.value = day.value + id.defaultValue.slice(10);
      id.dataset.kept = id.value;
    }
  }

  function wire(form) {
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("click", (e) => {
      const list = e.target.closest("[data-list]");
      if (e.target.closest(".add")) add(list);
      if (e.target.closest(".remove")) {
        e.target.closest(".row").remove();
        list.querySelector(".add").focus();
      }
    });
    form.addEventListener("change", (e) => {
      if (e.target.matches(".changes")) form.querySelector(".row.control").hidden = !e.target.checked;
      if (e.target.name === "date.start") follow(form);
    });
  }

  return { event, source, faults, wire };
})();
