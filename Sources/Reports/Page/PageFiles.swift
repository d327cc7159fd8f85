// Made by scripts/embed-page from the files below page/. Change those, then run `make page`.

// swift-format-ignore-file

enum PageFiles {
  static let style = ##"""

/* Colours say one thing each: ink, quiet ink, a hairline, an accent for what can be clicked, and one hue for each level. */
:root {
  color-scheme: light dark;
  --paper: #fafaf8; --card: #ffffff; --ink: #1c1e22; --soft: #5d636d; --line: #e3e3de; --faint: #f1f1ed;
  --accent: #0b6b63; --accent-soft: #dcefec; --mark: #0f766e;
  --critical: #a61b2b; --high: #c2530c; --medium: #96700a; --low: #2f6ea8; --informational: #6d7480;
  --s0: #efefea; --s1: #cfe3df; --s2: #9fcac3; --s3: #63a89f; --s4: #2c857a; --s5: #0b5f56;
  --gap: #c2410c; --warn: #fff4e0; --warn-line: #e9b65c;
  --mono: ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    --paper: #131518; --card: #1a1d21; --ink: #e6e7e9; --soft: #9aa1ab; --line: #2c3036; --faint: #20242a;
    --accent: #5cc4b8; --accent-soft: #17332f; --mark: #5cc4b8;
    --critical: #f2707c; --high: #f0935a; --medium: #dcb24a; --low: #74b0e8; --informational: #9aa3b0;
    --s0: #22262c; --s1: #18413c; --s2: #1b5c54; --s3: #248277; --s4: #3aa99b; --s5: #74d6c9;
    --gap: #f0935a; --warn: #33280f; --warn-line: #8d6a22;
  }
}
:root[data-theme="dark"] {
  color-scheme: dark;
  --paper: #131518; --card: #1a1d21; --ink: #e6e7e9; --soft: #9aa1ab; --line: #2c3036; --faint: #20242a;
  --accent: #5cc4b8; --accent-soft: #17332f; --mark: #5cc4b8;
  --critical: #f2707c; --high: #f0935a; --medium: #dcb24a; --low: #74b0e8; --informational: #9aa3b0;
  --s0: #22262c; --s1: #18413c; --s2: #1b5c54; --s3: #248277; --s4: #3aa99b; --s5: #74d6c9;
  --gap: #f0935a; --warn: #33280f; --warn-line: #8d6a22;
}
:root[data-theme="light"] { color-scheme: light; }

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 var(--sans); font-variant-numeric: tabular-nums; }
h1, h2, h3, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: 12px/1.5 var(--mono); overflow-wrap: anywhere; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 9; }
.quiet, .offset { color: var(--soft); font-weight: 400; }
.n { text-align: right; }
[hidden] { display: none !important; }

/* The frame. */
.top, main, footer { max-width: 1440px; margin: 0 auto; padding: 0 28px; }
.top { display: grid; grid-template-columns: 1fr auto; align-items: end; gap: 0 24px; padding-top: 26px; padding-bottom: 18px; }
.brand { grid-column: 1 / -1; display: flex; align-items: center; gap: 8px; font-weight: 600; letter-spacing: .02em; color: var(--mark); margin-bottom: 10px; }
.brand button { margin-left: auto; }
.mark { width: 22px; height: 22px; fill: var(--mark); }
h1 { font-size: 30px; line-height: 1.15; font-weight: 650; letter-spacing: -.015em; }
.range { grid-column: 1; color: var(--soft); margin-top: 4px; }
.facts { grid-column: 2; grid-row: 2 / 4; display: flex; gap: 28px; text-align: right; }
.facts dt { color: var(--soft); font-size: 12px; }
.facts dd { font-size: 20px; font-weight: 600; letter-spacing: -.01em; }
.facts div { display: flex; flex-direction: column-reverse; }
main > section, .counts { border-top: 1px solid var(--line); padding: 20px 0 26px; }
h2 { font-size: 13px; font-weight: 650; letter-spacing: .01em; margin-bottom: 12px; }
h3 { font-size: 14px; font-weight: 600; margin: 16px 0 6px; }
.note { color: var(--soft); font-size: 13px; margin-bottom: 10px; max-width: 80ch; }
.calm { font-size: 18px; color: var(--soft); }
.warning { background: var(--warn); border-left: 3px solid var(--warn-line); padding: 8px 12px; margin-bottom: 12px; border-radius: 0 4px 4px 0; }
footer { color: var(--soft); font-size: 12px; padding-top: 16px; padding-bottom: 40px; border-top: 1px solid var(--line); }

/* Levels: a word and a hue, never a hue alone. */
.critical { --level: var(--critical); } .high { --level: var(--high); } .medium { --level: var(--medium); }
.low { --level: var(--low); } .informational { --level: var(--informational); }
.badge { display: inline-block; font-size: 11px; line-height: 1; font-weight: 650; padding: 3px 6px; border-radius: 3px; color: var(--level); border: 1px solid color-mix(in srgb, var(--level) 45%, transparent); background: color-mix(in srgb, var(--level) 9%, transparent); white-space: nowrap; }
.badge.critical { color: var(--card); background: var(--level); border-color: var(--level); }

/* What happened. */
#happened > h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 6px; overflow: hidden; margin-bottom: 20px; }
.tile { background: var(--card); padding: 12px 14px 10px; display: grid; grid-template-columns: auto 1fr; align-items: baseline; gap: 0 8px; }
.tile .number { font-size: 26px; font-weight: 650; line-height: 1.1; letter-spacing: -.02em; color: var(--level); }
.tile .name { color: var(--soft); font-size: 13px; }
.spark { grid-column: 1 / -1; width: 100%; height: 24px; margin-top: 8px; fill: var(--level); }
.stories { display: grid; grid-template-columns: repeat(auto-fill, minmax(430px, 1fr)); gap: 14px 32px; }
.story { border-left: 3px solid var(--level); padding: 1px 0 1px 12px; }
.story .who { font-size: 15px; overflow-wrap: anywhere; }
.story .who .badge { margin-right: 4px; vertical-align: 1px; }
.steps { margin: 2px 0; }
.arrow { color: var(--soft); margin: 0 7px; }
.meta { color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }

/* Tables. */
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; font-weight: 500; color: var(--soft); }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: 12px; }
caption { text-align: left; font-weight: 600; padding-bottom: 6px; }
.groups th:last-child { text-align: right; }
.groups { margin-bottom: 20px; max-width: 900px; }

/* Alerts as text. */
article.alert { border-left: 3px solid var(--level); padding-left: 12px; margin: 0 0 16px; break-inside: avoid; content-visibility: auto; contain-intrinsic-size: auto 120px; max-width: 100ch; }
article.alert h3 { margin: 0 0 2px; }
article.alert time { color: var(--soft); font-weight: 400; font-size: 13px; margin-left: 6px; }
.events code { display: block; color: var(--soft); }
.next code { background: var(--faint); padding: 1px 5px; border-radius: 3px; }

/* Heat maps and coverage. */
.heats { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 24px; }
.heat { max-width: 640px; }
.heat svg { width: 100%; height: auto; display: block; }
figcaption { color: var(--soft); font-size: 12.5px; margin-bottom: 4px; }
.axis { fill: var(--soft); font: 10px var(--sans); }
.end { text-anchor: end; }
.s0 { fill: var(--s0); } .s1 { fill: var(--s1); } .s2 { fill: var(--s2); }
.s3 { fill: var(--s3); } .s4 { fill: var(--s4); } .s5 { fill: var(--s5); }
.weekAlerts { --s1: color-mix(in srgb, var(--high) 22%, var(--s0)); --s2: color-mix(in srgb, var(--high) 42%, var(--s0)); --s3: color-mix(in srgb, var(--high) 62%, var(--s0)); --s4: color-mix(in srgb, var(--high) 82%, var(--s0)); --s5: var(--high); }
.gap { fill: var(--paper); stroke: var(--gap); stroke-width: 1.5; }
.gaps { color: var(--gap); }
.scroll { overflow-x: auto; }
.matrix { width: auto; min-width: 60%; }
.matrix td, .matrix th { padding: 2px 18px 2px 0; border-bottom: 0; white-space: nowrap; }
.matrix tbody th { color: var(--ink); font-weight: 500; }
.matrix tr.new > * { border-top: 1px solid var(--line); padding-top: 4px; }
.matrix .gaps { white-space: normal; min-width: 14ch; }
.strip { display: block; margin-top: 3px; }

/* Counts. */
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 24px 40px; }
.bars li { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 2px 0 3px; font-size: 13px; }
.bars .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .n { color: var(--soft); }
.bar { grid-column: 1 / -1; width: 100%; height: 2px; fill: var(--s3); background: var(--faint); display: block; }
.plain li { padding: 1px 0; }
.inputs { margin-top: 12px; }

@media (max-width: 760px) {
  .top, main, footer { padding-left: 16px; padding-right: 16px; }
  .top { grid-template-columns: 1fr; }
  .facts { grid-column: 1; grid-row: auto; text-align: left; margin-top: 12px; gap: 22px; }
  .facts dd { font-size: 17px; }
  h1 { font-size: 24px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .tile:first-child { grid-column: 1 / -1; }
  .stories { grid-template-columns: 1fr; }
}

/* The explorer, which the script builds. */
.js .static { display: none; }
.tl-head { display: flex; align-items: center; gap: 6px; margin-bottom: 8px; flex-wrap: wrap; }
.tl-head h2 { margin: 0 10px 0 0; }
.tl-head .window { color: var(--soft); font-size: 13px; margin-right: auto; }
button { border: 1px solid var(--line); background: var(--card); border-radius: 5px; padding: 3px 9px; line-height: 1.4; cursor: pointer; font-size: 13px; }
button:hover { border-color: var(--soft); }
button[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent); }
button.icon { min-width: 30px; padding: 3px 0; }
.timeline { position: relative; user-select: none; -webkit-user-select: none; touch-action: pan-y; }
.timeline svg { display: block; width: 100%; cursor: crosshair; }
.timeline .curve { fill: var(--faint); stroke: var(--line); }
.timeline .lane { stroke: var(--line); }
.timeline .tick { stroke: var(--line); stroke-dasharray: 1 3; }
.timeline .hit { fill: var(--level); cursor: pointer; }
.timeline .hit.on { stroke: var(--ink); stroke-width: 1.5; }
.timeline .brush { fill: var(--accent); fill-opacity: .14; stroke: var(--accent); }
.timeline .level-name { font: 11px var(--sans); fill: var(--level); }
.filters { position: sticky; top: 0; z-index: 3; background: var(--paper); display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; padding: 10px 0; border-bottom: 1px solid var(--line); margin-top: 12px; }
.filters .group { display: flex; gap: 4px; flex-wrap: wrap; }
.filters .chip { display: inline-flex; gap: 6px; align-items: center; }
.filters .chip .dot { width: 8px; height: 8px; border-radius: 2px; background: var(--level); }
.filters .chip[aria-pressed="true"] { background: var(--card); border-color: var(--line); color: var(--ink); }
.filters .chip[aria-pressed="false"] { color: var(--soft); background: transparent; border-style: dashed; }
.filters .chip[aria-pressed="false"] .dot { opacity: .35; }
.filters input { border: 1px solid var(--line); background: var(--card); border-radius: 5px; padding: 3px 9px; font-size: 13px; flex: 2 1 10em; max-width: 18em; min-width: 7em; }
.filters input.actor { flex-grow: 1; flex-basis: 7em; }
.because { font-size: 13px; color: var(--soft); margin: 1px 0 9px 12px; max-width: 76ch; overflow-wrap: anywhere; }
.filters .count { margin-left: auto; color: var(--soft); font-size: 13px; }
.split { display: grid; grid-template-columns: minmax(380px, 5fr) 6fr; gap: 0; border-bottom: 1px solid var(--line); }
.rows { height: min(74vh, 760px); overflow-y: auto; position: relative; border-right: 1px solid var(--line); contain: strict; }
.rows .space { position: relative; }
.row { position: absolute; left: 0; right: 0; height: 54px; padding: 7px 14px 6px 12px; border-left: 3px solid var(--level); border-bottom: 1px solid var(--line); cursor: pointer; overflow: hidden; }
.row:hover { background: var(--faint); }
.row[aria-selected="true"] { background: var(--accent-soft); }
.row .l1, .row .l2 { display: flex; gap: 10px; white-space: nowrap; }
.row .t { overflow: hidden; text-overflow: ellipsis; font-weight: 550; flex: 1; }
.row .w { overflow: hidden; text-overflow: ellipsis; color: var(--soft); font-size: 12.5px; flex: 1; }
.row .when { color: var(--soft); font-size: 12.5px; }
.row .lv { color: var(--level); font-size: 12px; font-weight: 600; }
.empty { padding: 40px 20px; color: var(--soft); text-align: center; }
.detail { height: min(74vh, 760px); overflow-y: auto; padding: 14px 4px 30px 24px; }
.detail h3 { font-size: 18px; line-height: 1.3; margin: 6px 0 2px; letter-spacing: -.01em; overflow-wrap: anywhere; }
.detail h4 { font-size: 12.5px; font-weight: 650; margin: 18px 0 5px; }
.detail .why { font-size: 14px; margin: 8px 0 12px; max-width: 76ch; overflow-wrap: anywhere; }
.pairs { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 13px; }
.pairs dt { color: var(--soft); }
.pairs dd { overflow-wrap: anywhere; }
.cmd { display: flex; gap: 8px; align-items: flex-start; background: var(--faint); border-radius: 5px; padding: 7px 8px 7px 10px; }
.cmd code { flex: 1; }
.linked { border-left: 3px solid var(--level); padding: 2px 0 2px 9px; margin-bottom: 3px; display: flex; gap: 10px; }
.linked a { flex: 1; color: var(--ink); }
.linked .when { color: var(--soft); font-size: 12.5px; white-space: nowrap; }
.tally { display: flex; gap: 16px; margin: 8px 0; flex-wrap: wrap; }
.tally b { color: var(--level); font-size: 16px; }
.list li { display: flex; justify-content: space-between; gap: 14px; font-size: 13px; padding: 1px 0; max-width: 64ch; overflow-wrap: anywhere; }
.list li span:last-child { color: var(--soft); }
.mini { width: 100%; max-width: 520px; height: 26px; display: block; }
.mini rect { fill: var(--level); }
.crumb { font-size: 12.5px; color: var(--soft); }
@media (max-width: 960px) {
  .split { grid-template-columns: 1fr; }
  .rows { border-right: 0; height: 56vh; }
  .detail { height: auto; max-height: none; padding: 14px 0; border-top: 1px solid var(--line); }
  .filters { position: static; }
  .filters input { max-width: none; }
}
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --faint: #f4f4f4; --accent: #0b6b63; }
  @page { margin: 14mm 12mm; }
  body { font-size: 10pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  #explorer, .skip, .brand button { display: none !important; }
  .js .static { display: block; }
  .top, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  article.alert { content-visibility: visible; }
  .story, tr, figure { break-inside: avoid; }
  .stories { grid-template-columns: 1fr 1fr; }
  .scroll { overflow: visible; }
  h2, h3 { break-after: avoid; }
}
@media (prefers-reduced-motion: no-preference) {
  button, .row { transition: background-color .12s, border-color .12s; }
}

"""##

  static let script = ##"""
(() => {
"use strict";
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
  INCIDENT, SCORE, SAY] = Array(33).keys();

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
  for (const time of times) { from = Math.min(from, time); to = Math.max(to, time); }
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

// Lower-case text of an alert, made when somebody searches for the first time.
let haystacks = null;
function haystack(place) {
  haystacks ??= alerts.map(a => [
    a[ID], texts[a[TITLE]], a[WHY], texts[a[RULE]], ...[ACCOUNT, REGION, CLASS, ACTOR, KEY, ISSUER, ADDRESS, AGENT, TARGET]
      .map(column => texts[a[column]]), ...a[TAGS].map(t => texts[t]), ...a[RESOURCES].map(r => texts[r]),
    ...a[ACTIONS].map(t => texts[t]),
  ].join("\n").toLowerCase());
  return haystacks[place];
}
// Elements: made with their attributes and children, never from markup.

function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const make = (tag, attributes, ...children) => fillElement(document.createElement(tag), attributes, children);
const draw = (tag, attributes, ...children) =>
  fillElement(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

const badge = level => make("span", { class: `badge ${levelNames[level]}` }, words[levelNames[level]]);

// A link into this page: an alert, an incident, an actor, an address, an account.
const route = (kind, name) => `#/${kind}/${encodeURIComponent(name)}`;
const link = (kind, name, text) => make("a", { href: route(kind, name) }, text ?? name);

const english = (tag, attributes, text) => make(tag, { lang: "en", ...attributes }, text);
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
// The timeline: a curve of all events above one lane for each level. What it shows is the window that filters the list.

const lanes = { name: 92, curve: 44, lane: 26, axis: 22, bin: 6 };

function timeline() {
  const height = lanes.curve + 5 * lanes.lane + lanes.axis;
  const picture = draw("svg", { height, "aria-hidden": "true" });
  const view = make("div", { class: "timeline", tabindex: 0, role: "group", "aria-label": `${words.timeline}. ${words.timelineHelp}` },
    picture);
  const range = make("span", { class: "window" });
  const button = (text, label, action) =>
    make("button", { type: "button", class: "icon", title: label, "aria-label": label, onclick: action }, text);
  const wider = button("−", words.zoomOut, () => zoom(2));
  const whole = make("button", { type: "button", onclick: () => setWindow(bounds.from, bounds.to) }, words.zoomAll);
  const head = make("div", { class: "tl-head" }, make("h2", {}, words.timeline), range, whole, wider,
    button("+", words.zoomIn, () => zoom(0.5)));
  let brush = null;
  let width = 0;

  const span = () => filter.to - filter.from;
  const x = time => lanes.name + (time - filter.from) / span() * (width - lanes.name);
  const timeAt = position => filter.from + (position - lanes.name) / (width - lanes.name) * span();

  function setWindow(from, to) {
    // Nearer than a minute there is nothing to see.
    const length = Math.min(Math.max(to - from, 60000), bounds.to - bounds.from);
    filter.from = Math.min(Math.max(from, bounds.from), bounds.to - length);
    filter.to = filter.from + length;
    changed();
  }

  function zoom(factor, around) {
    const centre = around ?? (filter.from + filter.to) / 2;
    setWindow(centre - (centre - filter.from) * factor, centre + (filter.to - centre) * factor);
  }

  view.addEventListener("keydown", event => {
    const step = span() / 5;
    const actions = {
      ArrowLeft: () => setWindow(filter.from - step, filter.to - step), "+": () => zoom(0.5), "=": () => zoom(0.5),
      ArrowRight: () => setWindow(filter.from + step, filter.to + step), "-": () => zoom(2), "−": () => zoom(2),
      0: () => setWindow(bounds.from, bounds.to), Escape: () => setWindow(bounds.from, bounds.to),
    };
    if (!actions[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions[event.key]();
  });
  view.addEventListener("wheel", event => {
    // Without a key, or two fingers, the page scrolls as people expect.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event.offsetX));
  }, { passive: false });
  view.addEventListener("dblclick", () => setWindow(bounds.from, bounds.to));
  view.addEventListener("pointerdown", event => {
    const at = event.clientX - view.getBoundingClientRect().left;
    if (event.button !== 0 || at < lanes.name) return;
    brush = { from: at, to: at, shape: draw("rect", { class: "brush", y: 0, height: height - lanes.axis, x: at, width: 0 }) };
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener("pointermove", event => {
    if (!brush) return;
    brush.to = Math.min(Math.max(event.clientX - view.getBoundingClientRect().left, lanes.name), width);
    if (Math.abs(brush.to - brush.from) < 4) return;
    brush.shape.setAttribute("x", Math.min(brush.from, brush.to));
    brush.shape.setAttribute("width", Math.abs(brush.to - brush.from));
    if (!brush.shape.parentNode) picture.append(brush.shape);
  });
  view.addEventListener("pointerup", event => {
    if (!brush) return;
    const [a, b] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
    brush.shape.remove();
    brush = null;
    if (b - a >= 4) return setWindow(timeAt(a), timeAt(b));
    const mark = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-place]");
    if (mark) location.hash = route("alert", alerts[mark.dataset.place][ID]);
  });
  view.addEventListener("pointercancel", () => { brush?.shape.remove(); brush = null; });

  // The first step of a scale of people's times that leaves room for its names.
  function ticks() {
    const hour = 3600000;
    const steps = [1 / 60, 5 / 60, 0.25, 0.5, 1, 3, 6, 12, 24, 48, 168, 336, 720, 2160, 8760].map(step => step * hour);
    const step = steps.find(step => span() / step < (width - lanes.name) / 90) ?? steps.at(-1);
    const result = [];
    const shift = data.zone * 1000;
    for (let at = Math.ceil((filter.from + shift) / step) * step - shift; at < filter.to; at += step) result.push([at, step]);
    return result.map(([at, step]) => {
      const name = step >= 24 * hour ? day(at).slice(5) : clock(at) === "00:00" ? day(at).slice(5) : clock(at);
      return [
        draw("line", { class: "tick", x1: x(at), x2: x(at), y1: 0, y2: height - lanes.axis }),
        x(at) > width - 36 ? null : draw("text", { class: "axis", x: x(at) + 3, y: height - 7 }, name),
      ];
    });
  }

  function curve() {
    const hour = 3600000;
    // As many hours in a step as keep it wider than a line.
    const step = hour * Math.max(1, Math.ceil(3 * span() / hour / (width - lanes.name)));
    const sums = new Map();
    for (const [at, count] of data.h) {
      const time = at * hour;
      if (time + hour < filter.from || time > filter.to) continue;
      const bin = Math.floor(time / step) * step;
      sums.set(bin, (sums.get(bin) ?? 0) + count);
    }
    const top = Math.max(1, ...sums.values());
    const base = lanes.curve - 4;
    let path = "";
    for (const [at, count] of [...sums].sort((a, b) => a[0] - b[0])) {
      const [left, right] = [Math.max(x(at), lanes.name), Math.min(x(at + step), width)];
      if (right <= left) continue;
      const y = base - (base - 4) * count / top;
      path += `M${left.toFixed(1)} ${base}V${y.toFixed(1)}H${right.toFixed(1)}V${base}Z`;
    }
    return [
      draw("text", { class: "axis", x: 0, y: base - 2 }, words.eventCount),
      draw("path", { class: "curve", d: path || "M0 0" }),
    ];
  }

  function marks(selected) {
    const bins = new Map();
    for (const place of chosen(true)) {
      const alert = alerts[place];
      if (alert[TIME] === null || alert[TIME] < filter.from || alert[TIME] > filter.to) continue;
      const column = Math.floor(x(alert[TIME]) / lanes.bin);
      const key = alert[LEVEL] * 100000 + column;
      const bin = bins.get(key);
      if (bin) { bin.count++; if (place === selected) bin.place = place; }
      else bins.set(key, { level: alert[LEVEL], column, count: 1, place });
    }
    return [...bins.values()].map(bin => {
      // Each doubling is as much higher: one alert is to be seen beside a hundred.
      const size = Math.min(9 + 3 * Math.log2(bin.count), lanes.lane - 4);
      const bottom = lanes.curve + (5 - bin.level) * lanes.lane - 2;
      const alert = alerts[bin.place];
      const label = bin.count === 1 ? `${moment(alert[TIME])} ${texts[alert[TITLE]]} — ${who(alert)}`
        : `${moment(alert[TIME])} ${bin.count} ${words.alerts}: ${texts[alert[TITLE]]} …`;
      return draw("rect", {
        class: `hit ${levelNames[bin.level]}${bin.place === selected ? " on" : ""}`, "data-place": bin.place, rx: 1,
        x: bin.column * lanes.bin, y: bottom - size, width: lanes.bin - 1, height: size,
      }, draw("title", {}, label));
    });
  }

  function render() {
    width = view.clientWidth || 900;
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const names = [4, 3, 2, 1, 0].map((level, row) => [
      draw("line", { class: "lane", x1: 0, x2: width, y1: lanes.curve + (row + 1) * lanes.lane, y2: lanes.curve + (row + 1) * lanes.lane }),
      draw("text", { class: `level-name ${levelNames[level]}`, x: 0, y: lanes.curve + (row + 1) * lanes.lane - 7 }, words[levelNames[level]]),
    ]);
    picture.replaceChildren(...curve(), ...names.flat(), ...ticks().flat().filter(Boolean), ...marks(selection.place));
    range.textContent = `${day(filter.from)} ${clock(filter.from)} – ${day(filter.to)} ${clock(filter.to)} ${offset}`;
    whole.hidden = wider.disabled = !isZoomed();
  }
  listeners.push(render);
  new ResizeObserver(() => { if (view.clientWidth !== width) render(); }).observe(view);
  return { head, view, render };
}
// The list: of ten thousand rows only those in sight exist. One row is the active one; keys move it.

const rowHeight = 54;
const selection = { place: -1, incident: -1 };

function list() {
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
    const first = alerts[own.places[0]];
    return {
      level: own.level, selected: row.incident === selection.incident, title: person(first),
      when: own.first === Infinity ? words.noTime : minute(own.first),
      what: titles.join(" → "), note: `${row.places.length} ${row.places.length === 1 ? words.alert : words.alerts}`,
    };
  }

  function element(index) {
    const row = content(rows[index]);
    const node = make("div", {
      class: `row ${levelNames[row.level]}`, role: "option", id: `row-${index}`, "aria-selected": String(row.selected),
      "aria-setsize": rows.length, "aria-posinset": index + 1, onclick: () => open(index),
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

  function open(index) {
    active = index;
    const row = rows[index];
    location.hash = mode === "alert" ? route("alert", alerts[row.place][ID])
      : route("incident", alerts[incidents.get(row.incident).places[0]][ID]);
    view.focus({ preventScroll: true });
  }

  function move(to) {
    active = Math.min(Math.max(to, 0), rows.length - 1);
    const top = active * rowHeight;
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + rowHeight > view.scrollTop + view.clientHeight) view.scrollTop = top + rowHeight - view.clientHeight;
    open(active);
  }

  view.addEventListener("keydown", event => {
    const sight = Math.max(1, Math.floor(view.clientHeight / rowHeight) - 1);
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + sight, PageUp: active - sight, Home: 0, End: rows.length - 1, Enter: active };
    if (!(event.key in steps) || rows.length === 0) return;
    event.preventDefault();
    move(steps[event.key]);
  });
  view.addEventListener("scroll", paint, { passive: true });

  function update() {
    rows = collect();
    active = Math.max(0, rows.findIndex(row => mode === "alert" ? row.place === selection.place : row.incident === selection.incident));
    space.style.height = `${Math.max(rows.length * rowHeight, 1)}px`;
    for (const button of modes) button.setAttribute("aria-pressed", button.dataset.mode === mode);
    paint();
  }
  listeners.push(update);
  return { view, modes: make("div", { class: "group", role: "group", "aria-label": words.alerts }, modes), paint };
}
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
    english("h3", { tabindex: -1 }, text(TITLE)),
    alert[SAY] ? make("p", { class: "why" }, alert[SAY]) : null,
    english("p", { class: "why" }, alert[WHY]),
    pairs([
      [words.actor, text(ACTOR) && link("actor", text(ACTOR))],
      [words.person, text(ISSUER) !== text(ACTOR) && text(ISSUER) && link("actor", text(ISSUER))],
      [words.address, text(ADDRESS) && link("address", text(ADDRESS))],
      [words.account, text(ACCOUNT) && [link("account", text(ACCOUNT)), ` ${text(PROVIDER)} ${text(REGION)} ${text(ENVIRONMENT)}`]],
      [words.actions, joined(alert[ACTIONS], action => texts[action])],
      [words.target, text(TARGET)],
      [words.resources, alert[RESOURCES].map(resource => make("div", {}, make("code", {}, texts[resource])))],
      [words.outcome, text(OUTCOME)], [words.agent, text(AGENT)], [words.key, text(KEY) && make("code", {}, text(KEY))],
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
    if (time !== null) bins[Math.min(64, Math.floor((time - bounds.from) / (bounds.to - bounds.from) * 65))]++;
  }
  const top = Math.max(1, ...bins);
  return draw("svg", { class: `mini ${levelNames[level]}`, viewBox: "0 0 520 26", preserveAspectRatio: "none", "aria-hidden": "true" },
    bins.map((count, at) => count ? draw("rect", { x: at * 8, width: 6, y: 26 - 5 - 21 * count / top, height: 5 + 21 * count / top }) : null));
}

function incidentPage(own) {
  const first = alerts[own.places[0]];
  return [
    make("p", { class: "crumb" }, badge(own.level), ` ${words.incident} · ${words.score} ${own.score}`),
    make("h3", { tabindex: -1 }, person(first)),
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
// Puts the parts in their places and follows the address of the page.

function start() {
  const explorer = document.getElementById("explorer");
  if (alerts.length === 0) return;
  page.classList.add("js");
  const { head, view, render } = timeline();
  const bar = filterBar();
  const rows = list();
  const detail = make("div", { class: "detail", role: "region", "aria-label": words.evidence, tabindex: -1 });
  bar.prepend(rows.modes);
  explorer.setAttribute("aria-label", words.timeline);
  explorer.append(head, view, bar,
    data.total > alerts.length ? make("p", { class: "note" }, fill(words.pageAlertsOf, { n: amount(alerts.length), m: amount(data.total) })) : "",
    make("div", { class: "split" }, rows.view, detail));
  explorer.hidden = false;
  document.querySelector(".skip").href = "#explorer";

  function follow(isByHand) {
    const [, kind, encoded] = /^#\/(\w+)\/(.*)$/.exec(location.hash) ?? [];
    let name = "";
    try { name = decodeURIComponent(encoded ?? ""); } catch { return; }
    const place = byID.get(name);
    let content = null;
    selection.place = selection.incident = -1;
    if (kind === "alert" && place !== undefined) {
      selection.place = place;
      selection.incident = alerts[place][INCIDENT];
      content = alertPage(place);
    } else if (kind === "incident" && place !== undefined) {
      selection.incident = alerts[place][INCIDENT];
      content = incidentPage(incidents.get(selection.incident));
    } else if (entities[kind]) {
      content = entityPage(kind, name);
    }
    // Without an address, what is gravest.
    if (!content) {
      const gravest = [...incidents.values()].sort((a, b) => b.level - a.level || b.score - a.score)[0];
      if (gravest) {
        selection.incident = alerts[gravest.places[0]][INCIDENT];
        content = incidentPage(gravest);
      }
    }
    detail.replaceChildren(...(content ?? []).flat(Infinity).filter(Boolean));
    detail.scrollTop = 0;
    rows.paint();
    render();
    if (isByHand && kind && detail.getBoundingClientRect().top > innerHeight * 0.8) detail.scrollIntoView();
  }
  addEventListener("hashchange", () => follow(true));
  changed();
  follow(false);
}

// Names that stand in the page without a script become links to what is known of them.
function linkNames() {
  const known = { actors: new Set(), addresses: new Set() };
  for (const alert of alerts) {
    known.actors.add(texts[alert[ACTOR]]).add(texts[alert[ISSUER]]);
    known.addresses.add(texts[alert[ADDRESS]]);
  }
  for (const [name, kind] of [["actors", "actor"], ["addresses", "address"]]) {
    for (const what of document.querySelectorAll(`.bars[data-list=${name}] .what`)) {
      const text = what.textContent;
      if (known[name].has(text)) what.replaceChildren(link(kind, text));
    }
  }
  for (const story of document.querySelectorAll(".story[data-incident]")) {
    const place = byID.get(story.dataset.incident);
    if (place === undefined) continue;
    const name = story.querySelector("strong");
    name.replaceChildren(link("incident", story.dataset.incident, name.textContent));
  }
}

function themeButton() {
  const names = ["auto", "light", "dark"];
  let theme = 0;
  const button = make("button", { type: "button", class: "icon", title: words.theme, "aria-label": words.theme, onclick: () => {
    theme = (theme + 1) % names.length;
    if (theme) page.dataset.theme = names[theme]; else delete page.dataset.theme;
    button.textContent = "◐☀☾"[theme];
  } }, "◐");
  document.querySelector(".brand").append(button);
}

themeButton();
start();
linkNames();
})();

"""##

  static let words = ##"""
key	en	zh
title	What the audit logs tell	审计日志说明了什么
happened	What happened	发生了什么
quiet	No alerts. Nothing that was read is wrong as far as the rules can tell.	没有告警。就规则所及，读取的内容没有异常。
oneFile	file	个文件
files	files	个文件
fileCount	Files	文件
eventCount	Events	事件
bytesRead	Read	已读取
event	Event	事件
alerts	alerts	条告警
alert	alert	告警
incident	Incident	事件链
incomplete	Not everything could be read	有内容未能读取
oneRecord	record skipped	条记录被跳过
skippedRecords	records skipped	条记录被跳过
copies	copies not counted	份副本未计入
timeline	Timeline	时间线
timelineHelp	Drag to zoom, double-click to see everything. Keys: arrows move, + and − zoom, 0 shows everything.	拖动以放大，双击查看全部。按键：方向键移动，+ 和 − 缩放，0 显示全部。
levels	Levels	级别
level	Level	级别
critical	critical	严重
high	high	高
medium	medium	中
low	low	低
informational	informational	提示
provider	Provider	云平台
account	Account	账户
region	Region	地域
actor	Actor	主体
actors	Actors	主体
person	Person	人员
address	Address	地址
addresses	Addresses in alerts	告警中的地址
actions	Actions	操作
denied	Denied actions	被拒绝的操作
target	Target	目标
resources	Resources	资源
outcome	Outcome	结果
agent	User agent	用户代理
key	Access key	访问密钥
class	Class	类别
group	Grouped by	分组依据
rule	Rule	规则
tags	Tags	标签
search	Search	搜索
searchHint	who, what, where…	谁、做了什么、在哪里…
all	All	全部
clear	Clear filters	清除筛选
onlyThese	Show only these {n} in the list	列表中只显示这 {n} 条
shown	{n} of {m} alerts	{m} 条告警中的 {n} 条
byIncident	Incidents	事件链
byAlert	Alerts	告警
noneShown	No alert fits these filters.	没有符合筛选条件的告警。
evidence	Evidence	证据
evidenceSome	The first and the last of {n} events	{n} 个事件中最早和最晚的
next	Look further	进一步查看
copy	Copy	复制
copied	Copied	已复制
runbook	Runbook	处置手册
score	Score	评分
first	First	首次
last	Last	末次
time	Time	时间
zoomIn	Zoom in	放大
zoomOut	Zoom out	缩小
zoomAll	Show everything	显示全部
related	Seen with	同时出现
accounts	Accounts	账户
week	Hours of the week	每周时段
weekEvents	All events	全部事件
weekAlerts	Alerts	告警
coverage	Coverage	覆盖范围
coverageHelp	Each square is a day. A marked square is a day without events where most days have some.	每格为一天。标记的格表示通常有事件而当天没有。
gapDays	Silent days	静默天数
silentAccount	No event of this account was read, although the configuration names it.	配置中列有此账户，但未读取到它的任何事件。
completeness	Completeness	完整性
notEvaluated	Not evaluated	未能评估
groups	Alerts by rule	按规则汇总
topAlerts	Alerts	告警
topAlertsOf	The {n} gravest of {m} alerts; alerts.jsonl holds all.	{m} 条告警中最严重的 {n} 条；全部见 alerts.jsonl。
pageAlertsOf	This page holds the {n} gravest of {m} alerts; alerts.jsonl holds all.	本页包含 {m} 条告警中最严重的 {n} 条；全部见 alerts.jsonl。
mon	Mon	周一
tue	Tue	周二
wed	Wed	周三
thu	Thu	周四
fri	Fri	周五
sat	Sat	周六
sun	Sun	周日
theme	Light or dark	浅色或深色
zone	Times are {z}	时间为 {z}
rules	Rules	规则集
config	Configuration	配置
noTime	without a time	无时间
several	several	多个
skip	Skip to the alerts	跳到告警
days	days	天
pseudonyms	Names, addresses and accounts are pseudonyms.	名称、地址和账户均为化名。
file	File	文件
status	Status	状态
ok	read	已读取
unverified	checksum wrong	校验和错误
damaged	damaged	已损坏
empty	empty	空
skipped	no log	非日志
unreadable	unreadable	不可读
unread	not read	未读取

"""##
}
