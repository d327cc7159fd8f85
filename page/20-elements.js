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
