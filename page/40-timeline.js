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
