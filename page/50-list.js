// The list: of ten thousand rows only those in sight exist. One row is the active one; keys move it.

const rowHeight = 54;
const selection = { place: -1, incident: -1 };

// `show` is told of the address of a row's details, and how it was chosen: by a click, by moving, or to go there.
function list(show) {
  let mode = incidents.size > 0 && alerts.length > incidents.size ? "incident" : "alert";
  let rows = [];
  let active = 0;
  const space = make("div", { class: "space" });
  const view = make("div", { class: "rows", tabindex: 0, role: "listbox", "aria-label": words.alerts }, space);
  const modes = [["incident", words.byIncident], ["alert", words.byAlert]].map(([name, label]) => make("button", {
    type: "button", "data-mode": name, onclick: () => { mode = name; active = 0; view.scrollTop = 0; update(); },
  }, label));

  const graver = (a, b) => alerts[b][LEVEL] - alerts[a][LEVEL] || a - b;

  function collect() {
    if (mode === "alert") return shown.toSorted(graver).map(place => ({ place }));
    const found = new Map();
    for (const place of shown) {
      const own = alerts[place][INCIDENT];
      if (own < 0) continue;
      if (found.has(own)) found.get(own).push(place); else found.set(own, [place]);
    }
    return [...found].map(([incident, places]) => ({ incident, places }))
      .sort((a, b) => incidents.get(b.incident).level - incidents.get(a.incident).level
        || incidents.get(b.incident).score - incidents.get(a.incident).score || a.incident - b.incident);
  }

  function content(row) {
    if (mode === "alert") {
      const alert = alerts[row.place];
      return {
        level: alert[LEVEL], selected: row.place === selection.place, title: texts[alert[TITLE]], when: minute(alert[TIME]),
        what: `${person(alert)} · ${alert[ACTIONS].slice(0, 3).map(a => texts[a]).join(", ")}`, note: alert[COUNT] > 1 ? `×${amount(alert[COUNT])}` : "",
      };
    }
    const own = incidents.get(row.incident);
    const titles = [...new Set(row.places.map(place => texts[alerts[place][TITLE]]))];
    return {
      level: own.level, selected: row.incident === selection.incident, title: people(own),
      when: own.first === Infinity ? words.noTime : minute(own.first),
      what: titles.join(" → "), note: `${row.places.length} ${row.places.length === 1 ? words.alert : words.alerts}`,
    };
  }

  function element(index) {
    const row = content(rows[index]);
    const node = make("div", {
      class: `row ${levelNames[row.level]}`, role: "option", id: `row-${index}`, "aria-selected": String(row.selected),
      "aria-setsize": rows.length, "aria-posinset": index + 1, onclick: () => open(index, "click"),
    }, make("div", { class: "l1" }, make("span", { class: "t" }, row.title), make("span", { class: "lv" }, words[levelNames[row.level]]),
      make("span", { class: "when" }, row.when)),
    make("div", { class: "l2" }, make("span", { class: "w" }, row.what), make("span", { class: "when" }, row.note)));
    node.style.top = `${index * rowHeight}px`;
    return node;
  }

  function paint() {
    const first = Math.max(0, Math.floor(view.scrollTop / rowHeight) - 6);
    const last = Math.min(rows.length, Math.ceil((view.scrollTop + view.clientHeight) / rowHeight) + 6);
    const nodes = [];
    for (let index = first; index < last; index++) nodes.push(element(index));
    if (rows.length === 0) nodes.push(make("p", { class: "empty" }, words.noneShown));
    space.replaceChildren(...nodes);
    if (rows.length && active >= first && active < last) view.setAttribute("aria-activedescendant", `row-${active}`);
    else view.removeAttribute("aria-activedescendant");
  }

  function open(index, way) {
    active = index;
    const row = rows[index];
    view.focus({ preventScroll: true });
    show(mode === "alert" ? route("alert", alerts[row.place][ID])
      : route("incident", alerts[incidents.get(row.incident).places[0]][ID]), way);
  }

  function move(to, way) {
    active = Math.min(Math.max(to, 0), rows.length - 1);
    const top = active * rowHeight;
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + rowHeight > view.scrollTop + view.clientHeight) view.scrollTop = top + rowHeight - view.clientHeight;
    open(active, way);
  }

  view.addEventListener("keydown", event => {
    const sight = Math.max(1, Math.floor(view.clientHeight / rowHeight) - 1);
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + sight, PageUp: active - sight, Home: 0, End: rows.length - 1, Enter: active };
    if (!(event.key in steps) || rows.length === 0) return;
    event.preventDefault();
    move(steps[event.key], event.key === "Enter" ? "enter" : "move");
  });
  view.addEventListener("scroll", paint, { passive: true });

  function update() {
    rows = collect();
    active = Math.max(0, rows.findIndex(row => mode === "alert" ? row.place === selection.place : row.incident === selection.incident));
    space.style.height = `${Math.max(rows.length * rowHeight, 1)}px`;
    view.style.setProperty("--all", `${Math.max(rows.length, 1) * rowHeight}px`);
    for (const button of modes) button.setAttribute("aria-pressed", button.dataset.mode === mode);
    paint();
  }
  listeners.push(update);
  return { view, modes: make("div", { class: "group", role: "group", "aria-label": words.alerts }, modes), paint };
}
