// @ts-check
/** Elements. Text goes in as text and never as markup, so that a title cannot become a script. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, any>} Properties */

/**
 * An HTML element. `on…` properties are listeners, booleans switch attributes, the others are attributes.
 * @param {string} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  return /** @type {HTMLElement} */ (filled(document.createElement(tag), properties, children));
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function s(tag, properties = {}, ...children) {
  return /** @type {SVGElement} */ (filled(document.createElementNS(SVG, tag), properties, children));
}

/**
 * @param {Element} element
 * @param {Properties} properties
 * @param {(Child | Child[])[]} children
 */
function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...nodes(children));
  return element;
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  return children.flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Replaces what an element holds. The control with the focus keeps it when one with the same `data-key` takes its place,
 * else the view gets it.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function show(element, ...children) {
  const held = document.activeElement;
  const key = held && element.contains(held) ? held.getAttribute("data-key") : null;
  element.replaceChildren(...nodes(children));
  if (!key) return;
  const next = element.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? element.closest("main");
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

/** Paths of icons on a 24 × 24 grid, drawn with lines. */
const icons = {
  now: "M4 10v4M8 6v12M12 3v18M16 7v10M20 10v4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  history: "M3.5 12a8.5 8.5 0 1 0 2.6-6.1M3.5 4v4h4M12 7.5V12l3 2",
  setup: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4",
  like: "M12 20s-7.5-4.4-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.500 10c0 5.600-7.500 10-7.500 10z",
  not: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM6 6l12 12",
  play: "M8 5l11 7-11 7z",
  guest: "M5 20V9a7 7 0 0 1 14 0v11l-2.300-1.800L14.300 20 12 18.200 9.700 20l-2.400-1.800zM9.500 10v.01M14.500 10v.01",
  check: "M5 12.500l4.500 4.500L19 7.500",
  list: "M4 6h16M4 12h16M4 18h10",
  next: "M9 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  file: "M12 15V4M8 8l4-4 4 4M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4",
  warn: "M12 4L3 19.500h18zM12 10v4M12 17v.01",
};

/**
 * An icon that says nothing to a screen reader.
 * @param {keyof typeof icons} name
 */
export const icon = (name) =>
  s("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: icons[name] }));

/**
 * A button.
 * @param {string} label
 * @param {(event: MouseEvent) => void} act
 * @param {Properties & {icon?: keyof typeof icons}} properties
 */
export function button(label, act, { icon: name, ...properties } = {}) {
  return h("button", { type: "button", class: "button", onclick: act, ...properties }, name && icon(name), h("span", {}, label));
}

/**
 * Says that there is nothing, and what would change that.
 * @param {string} text
 * @param {string} [help]
 * @param {...Child} more
 */
export const empty = (text, help = "", ...more) =>
  h("div", { class: "empty" }, h("p", {}, text), help ? h("p", { class: "quiet" }, help) : null, ...more);
