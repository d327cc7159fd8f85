// What stands beside the list: an alert with its evidence, an incident, or all that is known of an actor, address or account.

const pairs = entries => make("dl", { class: "pairs" }, entries.filter(([, value]) => value && value.length !== 0)
  .map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));

const joined = (items, of) => items.flatMap((item, index) => index ? [", ", of(item)] : [of(item)]);

function alertLink(place) {
  const alert = alerts[place];
  return make("div", { class: `linked ${levelNames[alert[LEVEL]]}` }, link("alert", alert[ID], texts[alert[TITLE]]),
    make("span", { class: "when" }, minute(alert[TIME])));
}

function command(text) {
  const code = english("code", {}, text);
  const button = make("button", { type: "button", onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 1500);
    } catch {
      getSelection().selectAllChildren(code);
    }
  } }, words.copy);
  return make("div", { class: "cmd" }, code, button);
}

function evidence(alert) {
  // What never happened has none.
  if (!alert[COUNT]) return null;
  const cited = alert[EVENTS];
  return [
    make("h4", {}, cited.length < alert[COUNT] ? fill(words.evidenceSome, { n: amount(alert[COUNT]) }) : words.evidence),
    make("table", {}, make("thead", {}, make("tr", {}, [`${words.time} (${offset})`, words.event, words.file]
      .map(name => make("th", { scope: "col" }, name)))),
    make("tbody", {}, cited.map(([id, time, file, record]) => make("tr", {}, make("td", {}, moment(time)),
      make("td", {}, make("code", {}, id)), make("td", {}, make("code", {}, `${texts[file]}:${record}`)))))),
  ];
}

function alertPage(place) {
  const alert = alerts[place];
  const text = column => texts[alert[column]];
  const group = [];
  for (let at = 0; at < alert[GROUP].length; at += 2) group.push(`${texts[alert[GROUP][at]]} = ${texts[alert[GROUP][at + 1]]}`);
  const own = incidents.get(alert[INCIDENT]);
  const runbook = /^https?:\/\//.test(text(RUNBOOK))
    ? make("a", { href: text(RUNBOOK), rel: "noreferrer noopener", target: "_blank" }, text(RUNBOOK)) : text(RUNBOOK);
  return [
    make("p", { class: "crumb" }, badge(alert[LEVEL]), ` ${moment(alert[TIME])} ${offset}`),
    make("h3", { tabindex: -1 }, text(TITLE)),
    alert[SAY] ? make("p", { class: "why" }, alert[SAY]) : null,
    alert[WHY] ? english("p", { class: "why" }, alert[WHY]) : null,
    pairs([
      [words.actor, text(ACTOR) && link("actor", text(ACTOR))],
      [words.person, text(ISSUER) !== text(ACTOR) && text(ISSUER) && link("actor", text(ISSUER))],
      [words.address, text(ADDRESS) && [link("address", text(ADDRESS)), ` ${where(alert)}`]],
      [words.account, text(ACCOUNT) && [link("account", text(ACCOUNT)), ` ${text(PROVIDER)} ${text(REGION)} ${text(ENVIRONMENT)}`]],
      [words.actions, joined(alert[ACTIONS], action => texts[action])],
      [words.target, text(TARGET)],
      [words.resources, alert[RESOURCES].map(resource => make("div", {}, make("code", {}, texts[resource])))],
      [words.outcome, words[`outcome ${text(OUTCOME)}`] ?? text(OUTCOME)], [words.agent, text(AGENT)], [words.key, text(KEY) && make("code", {}, text(KEY))],
      [words.eventCount, amount(alert[COUNT])],
      [words.first, alert[FIRST] !== null && moment(alert[FIRST])], [words.last, alert[FIRST] !== alert[LAST] && moment(alert[LAST])],
      [words.group, group.join(", ")],
      [words.incident, own && own.places.length > 1
        && link("incident", alerts[own.places[0]][ID], `${own.places.length} ${words.alerts}, ${words.score} ${own.score}`)],
      [words.rule, make("code", {}, text(RULE))], [words.tags, alert[TAGS].map(tag => texts[tag]).join(", ")],
      [words.runbook, runbook],
    ]),
    evidence(alert),
    make("h4", {}, words.next), command(alert[NEXT]),
  ];
}

function spark(places) {
  const bins = Array(65).fill(0);
  const level = Math.max(0, ...places.map(place => alerts[place][LEVEL]));
  for (const place of places) {
    const time = alerts[place][TIME];
    if (time !== null && time >= bounds.from && time <= bounds.to) bins[Math.min(64, Math.floor((time - bounds.from) / (bounds.to - bounds.from) * 65))]++;
  }
  const top = Math.max(1, ...bins);
  return draw("svg", { class: `mini ${levelNames[level]}`, viewBox: "0 0 520 26", preserveAspectRatio: "none", "aria-hidden": "true" },
    bins.map((count, at) => count ? draw("rect", { x: at * 8, width: 6, y: 26 - 5 - 21 * count / top, height: 5 + 21 * count / top }) : null));
}

function incidentPage(own) {
  return [
    make("p", { class: "crumb" }, badge(own.level), ` ${words.incident} · ${words.score} ${own.score}`),
    make("h3", { tabindex: -1 }, people(own)),
    make("p", { class: "meta" }, own.first === Infinity ? words.noTime : `${moment(own.first)} – ${moment(own.last)} ${offset}`),
    spark(own.places),
    make("h4", {}, `${own.places.length} ${own.places.length === 1 ? words.alert : words.alerts}`),
    own.places.slice(0, 200).map(place => [alertLink(place), alerts[place][SAY] ? make("p", { class: "because" }, alerts[place][SAY])
      : english("p", { class: "because" }, alerts[place][WHY])]),
  ];
}

// Values of a column among alerts, the most frequent first.
function tally(places, columns, kind) {
  const counts = new Map();
  for (const place of places) {
    for (const value of new Set(columns.flatMap(column => alerts[place][column]))) {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return make("ul", { class: "list" }, [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([value, count]) =>
    make("li", {}, make("span", {}, kind ? link(kind, texts[value]) : texts[value]), make("span", {}, amount(count)))));
}

const entities = {
  actor: { name: words.actor, columns: [ACTOR, ISSUER] }, address: { name: words.address, columns: [ADDRESS] },
  account: { name: words.account, columns: [ACCOUNT] },
};

function entityPage(kind, name) {
  const { columns } = entities[kind];
  const places = alerts.flatMap((alert, place) => columns.some(column => texts[alert[column]] === name) ? [place] : []);
  const levels = [4, 3, 2, 1, 0].map(level => [level, places.filter(place => alerts[place][LEVEL] === level).length]);
  const seen = places.map(place => alerts[place]).filter(alert => alert[FIRST] !== null);
  const others = [["actor", [ACTOR, ISSUER], words.actors], ["address", [ADDRESS], words.address], ["account", [ACCOUNT], words.accounts]];
  return [
    make("p", { class: "crumb" }, entities[kind].name),
    make("h3", { tabindex: -1 }, name),
    kind === "address" && places.length && whence(places) ? make("p", { class: "meta" }, whence(places)) : null,
    make("p", { class: "meta" }, seen.length === 0 ? words.noTime
      : `${moment(Math.min(...seen.map(a => a[FIRST])))} – ${moment(Math.max(...seen.map(a => a[LAST])))} ${offset}`),
    make("div", { class: "tally" }, levels.filter(([, count]) => count).map(([level, count]) =>
      make("span", { class: levelNames[level] }, make("b", {}, amount(count)), ` ${words[levelNames[level]]}`))),
    spark(places),
    make("p", {}, make("button", { type: "button", onclick: () => {
      if (kind === "actor") filter.actor = name; else filter.text = name;
      changed();
    } }, fill(words.onlyThese, { n: amount(places.length) }))),
    others.filter(([other]) => other !== kind).map(([other, own, title]) =>
      [make("h4", {}, `${words.related}: ${title}`), tally(places, own, other)]),
    make("h4", {}, words.actions), tally(places, [ACTIONS]),
    make("h4", {}, words.agent), tally(places, [AGENT]),
    make("h4", {}, words.alerts), places.toSorted((a, b) => alerts[b][LEVEL] - alerts[a][LEVEL] || a - b).slice(0, 100).map(alertLink),
  ];
}
