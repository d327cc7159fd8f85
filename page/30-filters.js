// What is shown: levels, providers, an actor, words, and the window of time that the timeline shows.

const filter = { levels: new Set([0, 1, 2, 3, 4]), providers: null, actor: "", text: "", from: bounds.from, to: bounds.to };
const listeners = [];
let shown = [];

const isZoomed = () => filter.from > bounds.from || filter.to < bounds.to;

// Places of alerts; without regard to the window for the timeline, which shows what lies around.
function chosen(ignoresWindow) {
  const wanted = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const actor = filter.actor.toLowerCase();
  const result = [];
  for (let place = 0; place < alerts.length; place++) {
    const alert = alerts[place];
    if (!filter.levels.has(alert[LEVEL])) continue;
    if (filter.providers && !filter.providers.has(alert[PROVIDER])) continue;
    if (!ignoresWindow && isZoomed()
      && (alert[TIME] === null || alert[TIME] < filter.from || alert[TIME] > filter.to)) continue;
    if (actor && !texts[alert[ACTOR]].toLowerCase().includes(actor)
      && !texts[alert[ISSUER]].toLowerCase().includes(actor)) continue;
    if (wanted.length && !wanted.every(word => haystack(place).includes(word))) continue;
    result.push(place);
  }
  return result;
}

function changed() {
  shown = chosen(false);
  for (const listener of listeners) listener();
}

function clearFilters() {
  filter.levels = new Set([0, 1, 2, 3, 4]);
  filter.providers = null;
  filter.actor = filter.text = "";
  [filter.from, filter.to] = [bounds.from, bounds.to];
  changed();
}

function filterBar() {
  const counts = [0, 0, 0, 0, 0];
  const providers = new Map();
  const actors = new Map();
  for (const alert of alerts) {
    counts[alert[LEVEL]]++;
    providers.set(alert[PROVIDER], (providers.get(alert[PROVIDER]) ?? 0) + 1);
    for (const name of new Set([alert[ACTOR], alert[ISSUER]])) if (name) actors.set(name, (actors.get(name) ?? 0) + 1);
  }
  const levels = [4, 3, 2, 1, 0].map(level => make("button", {
    type: "button", class: `chip ${levelNames[level]}`, "data-level": level,
    onclick: () => {
      if (!filter.levels.delete(level)) filter.levels.add(level);
      changed();
    },
  }, make("span", { class: "dot" }), `${words[levelNames[level]]} ${amount(counts[level])}`));
  const all = [...providers].sort((a, b) => b[1] - a[1]);
  const chips = all.length < 2 ? [] : all.map(([provider, count]) => make("button", {
    type: "button", class: "chip", "data-provider": provider,
    onclick: () => {
      filter.providers ??= new Set(providers.keys());
      if (!filter.providers.delete(provider)) filter.providers.add(provider);
      if (filter.providers.size === providers.size) filter.providers = null;
      changed();
    },
  }, `${texts[provider] || words.several} ${amount(count)}`));
  const known = make("datalist", { id: "known-actors" },
    [...actors].sort((a, b) => b[1] - a[1]).slice(0, 500).map(([name]) => make("option", { value: texts[name] })));
  const actor = make("input", {
    class: "actor", type: "search", list: "known-actors", placeholder: words.actor, "aria-label": words.actor,
    oninput: event => { filter.actor = event.target.value; changed(); },
  });
  const search = make("input", {
    type: "search", placeholder: words.searchHint, "aria-label": words.search,
    oninput: event => { filter.text = event.target.value; changed(); },
  });
  const count = make("span", { class: "count", role: "status" });
  const clear = make("button", { type: "button", onclick: clearFilters }, words.clear);
  listeners.push(() => {
    for (const chip of levels) chip.setAttribute("aria-pressed", filter.levels.has(Number(chip.dataset.level)));
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", !filter.providers || filter.providers.has(Number(chip.dataset.provider)));
    }
    if (document.activeElement !== actor) actor.value = filter.actor;
    if (document.activeElement !== search) search.value = filter.text;
    count.textContent = fill(words.shown, { n: amount(shown.length), m: amount(alerts.length) });
    clear.hidden = shown.length === alerts.length;
  });
  return make("div", { class: "filters", role: "search" },
    make("div", { class: "group", role: "group", "aria-label": words.levels }, levels),
    make("div", { class: "group", role: "group", "aria-label": words.provider }, chips), actor, known, search, clear, count);
}
