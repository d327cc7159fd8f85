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
    const { top, bottom } = detail.getBoundingClientRect();
    if (isByHand && kind && (top > innerHeight * 0.8 || bottom < innerHeight * 0.2)) detail.scrollIntoView();
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
