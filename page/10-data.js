// The alerts as the page holds them, and how they are read. Texts of events are data: they are shown by textContent only.

const page = document.documentElement;
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const texts = data.s;
const alerts = data.a;
const levelNames = ["informational", "low", "medium", "high", "critical"];

// The order in which the columns of an alert are written.
const [ID, TIME, FIRST, LAST, LEVEL, TITLE, RULE, KIND, TAGS, PROVIDER, ACCOUNT, ENVIRONMENT, REGION, CLASS, ACTOR,
  ACTOR_TYPE, KEY, ISSUER, ADDRESS, AGENT, TARGET, OUTCOME, ACTIONS, RESOURCES, COUNT, GROUP, EVENTS, WHY, NEXT, RUNBOOK,
  INCIDENT, SCORE, SAY, WHERE, NEW] = Array(35).keys();

const number = new Intl.NumberFormat(data.lang);
const amount = value => number.format(value);

// The two digits of a part of a time.
const two = value => String(value).padStart(2, "0");

const local = time => new Date(time + data.zone * 1000);
const offset = data.zone === 0 ? "UTC" : "UTC" + (data.zone < 0 ? "−" : "+") + two(Math.floor(Math.abs(data.zone) / 3600))
  + ":" + two(Math.floor(Math.abs(data.zone) / 60) % 60);

function day(time) {
  const date = local(time);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

function clock(time, withSeconds) {
  const date = local(time);
  return two(date.getUTCHours()) + ":" + two(date.getUTCMinutes()) + (withSeconds ? ":" + two(date.getUTCSeconds()) : "");
}

const moment = time => time === null ? words.noTime : `${day(time)} ${clock(time, true)}`;
const minute = time => time === null ? words.noTime : `${day(time).slice(5)} ${clock(time)}`;

// Fills {n} and the like.
const fill = (text, values) => text.replace(/\{(\w)\}/g, (_, name) => values[name]);

const times = alerts.filter(a => a[TIME] !== null).map(a => a[TIME]);
const bounds = (() => {
  let [from, to] = [data.from ?? Infinity, data.to ?? -Infinity];
  for (const time of times) {
    // A date that no clock shows yet would make all others a dot.
    if (time < (data.least ?? -Infinity) || time > (data.most ?? Infinity)) continue;
    from = Math.min(from, time);
    to = Math.max(to, time);
  }
  if (from > to) { from = 0; to = 1; }
  const margin = Math.max(60000, (to - from) * 0.01);
  return { from: from - margin, to: to + margin };
})();

// Incidents by number: their alerts by place, the gravest level, the score.
const incidents = new Map();
alerts.forEach((alert, place) => {
  if (alert[INCIDENT] < 0) return;
  let own = incidents.get(alert[INCIDENT]);
  if (!own) incidents.set(alert[INCIDENT], own = { places: [], level: 0, score: 0, first: Infinity, last: -Infinity });
  own.places.push(place);
  own.level = Math.max(own.level, alert[LEVEL]);
  own.score = Math.max(own.score, alert[SCORE]);
  if (alert[FIRST] !== null) {
    own.first = Math.min(own.first, alert[FIRST]);
    own.last = Math.max(own.last, alert[LAST]);
  }
});

const byID = new Map(alerts.map((alert, place) => [alert[ID], place]));
const who = alert => texts[alert[ACTOR]] || texts[alert[ADDRESS]] || words.several;
const person = alert => {
  const issuer = texts[alert[ISSUER]];
  return issuer && issuer !== texts[alert[ACTOR]] ? `${who(alert)} (${issuer})` : who(alert);
};

// Everybody in an incident; of very many, the first.
function people(own) {
  const names = [...new Set(own.places.slice(0, 200).map(place => alerts[place]).filter(alert => texts[alert[ACTOR]]).map(person))];
  if (names.length === 0) return person(alerts[own.places[0]]);
  return names.slice(0, 3).join(", ") + (names.length > 3 ? ` +${names.length - 3}` : "");
}

// Where the address of an alert is, and whether a history says that it is new for whoever acted.
const where = alert => [texts[alert[WHERE]], alert[NEW] ? words.newAddress : ""].filter(Boolean).join(" · ");

// Where an address is, and to whom it is new.
function whence(places) {
  const own = places.map(place => alerts[place]);
  const names = [...new Set(own.filter(alert => alert[NEW]).map(alert => texts[alert[ISSUER]] || texts[alert[ACTOR]]))].filter(Boolean);
  return [texts[own[0][WHERE]], names.length ? `${words.newTo} ${names.slice(0, 5).join(", ")}` : ""].filter(Boolean).join(" · ");
}

// Lower-case text of an alert, made when somebody searches for the first time.
let haystacks = null;
function haystack(place) {
  haystacks ??= alerts.map(a => [
    a[ID], texts[a[TITLE]], a[WHY], a[SAY], texts[a[RULE]],
    ...[ACCOUNT, REGION, CLASS, ACTOR, KEY, ISSUER, ADDRESS, AGENT, TARGET, WHERE]
      .map(column => texts[a[column]]), ...a[TAGS].map(t => texts[t]), ...a[RESOURCES].map(r => texts[r]),
    ...a[ACTIONS].map(t => texts[t]),
  ].join("\n").toLowerCase());
  return haystacks[place];
}
