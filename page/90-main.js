// Puts the parts in their places and follows the address of the page.

function start() {
  const explorer = document.getElementById("explorer");
  if (alerts.length === 0) return;
  page.classList.add("js");
  const { head, view, render } = timeline();
  const bar = filterBar();
  let way = "";
  const rows = list((address, chosen) => {
    way = chosen;
    if (location.hash === address) follow(true); else location.hash = address;
  });
  const detail = make("div", { class: "detail", role: "region", "aria-label": words.evidence, tabindex: -1 });
  bar.prepend(rows.modes);
  explorer.setAttribute("aria-label", words.timeline);
  explorer.append(head, view, bar,
    data.total > alerts.length ? make("p", { class: "note" }, fill(words.pageAlertsOf, { n: amount(alerts.length), m: amount(data.total) })) : "",
    make("div", { class: "split" }, rows.view, detail));
  explorer.hidden = false;
  document.querySelector(".skip").href = "#explorer";

  // Brings the details in sight, and whoever followed a link by keyboard to them. Who only moves through the list stays there.
  function goTo(from) {
    const isFromList = from === rows.view;
    const heading = detail.querySelector("h3");
    if (!heading || isFromList && way === "move") return;
    const { top, bottom } = heading.getBoundingClientRect();
    const least = parseFloat(getComputedStyle(page).scrollPaddingTop) || 0;
    if (top < least || bottom > innerHeight) detail.scrollIntoView();
    if (from.matches("a") || isFromList && way === "enter") heading.focus({ preventScroll: true });
  }

  function follow(isByHand) {
    const from = document.activeElement;
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
    if (isByHand && kind) goTo(from);
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
