// Builds DOM nodes. Data only ever becomes text nodes and attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on` holds listeners, `data` the dataset, `set` plain properties; the rest are
 * attributes, left out where null, undefined or false.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  const { on = {}, data = {}, set = {}, ...plain } = attributes;
  for (const [name, value] of Object.entries(plain)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, value] of Object.entries(data)) node.dataset[name] = String(value);
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  node.append(...present(children));
  Object.assign(node, set);
  return node;
}

/** @param {any[]} children flattens, and drops what is absent */
export function present(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** @param {string} name a symbol of icons.svg */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * A button that shows only an icon, and says what it does to those who cannot see it.
 *
 * @param {string} name
 * @param {string} label
 * @param {(event: Event) => void} press
 * @param {Record<string, any>} [attributes]
 */
export function iconButton(name, label, press, attributes = {}) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      on: { click: press },
      ...attributes,
    },
    icon(name),
  );
}

/** @param {string} id */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

let serial = 0;

/** An id no other element of the page has. @param {string} word */
export function freshId(word) {
  serial += 1;
  return `${word}-${serial}`;
}
