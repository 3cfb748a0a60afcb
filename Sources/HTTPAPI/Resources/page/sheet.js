// @ts-check
/** A sheet: a dialog that comes from below on a phone and stands in the middle on a desk screen. */
import { h, icon } from "./dom.js";
import { avatar, nameOf, people } from "./people.js";
import { t } from "./text.js";
import { placeNotices } from "./toast.js";

let count = 0;

/**
 * Opens a sheet.
 * @param {string} title
 * @param {(close: () => void) => (import("./dom.js").Child | import("./dom.js").Child[])} fill what it holds
 * @param {{onclose?: () => void, wide?: boolean}} options
 */
export function sheet(title, fill, { onclose, wide = false } = {}) {
  const id = `sheet-${++count}`;
  const close = () => dialog.close();
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: wide ? "sheet wide" : "sheet", "aria-labelledby": id }));
  dialog.append(
    h("div", { class: "sheet-head" }, h("h2", { id }, title),
      h("button", { type: "button", class: "plain round", "aria-label": t("close"), onclick: close }, icon("close"))),
    h("div", { class: "sheet-body" }, fill(close)));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  dialog.addEventListener("close", () => {
    placeNotices();
    dialog.remove();
    onclose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  placeNotices();
  return dialog;
}

/**
 * @typedef {object} Choice
 * @property {string} label
 * @property {string} [help]
 * @property {Node} [sign]
 * @property {boolean} [isNow] whether it is so already
 * @property {() => void} act
 */

/**
 * A list of things to choose from; a tap does it and closes the sheet.
 * @param {Choice[]} choices
 * @param {() => void} close
 */
export const choiceList = (choices, close) =>
  h("ul", { class: "choices" }, choices.map((choice) =>
    h("li", {}, h("button", {
      type: "button", class: "choice", "aria-current": choice.isNow ? "true" : null,
      onclick: () => { close(); choice.act(); },
    }, choice.sign ?? null,
    h("span", { class: "grow" }, h("span", { class: "label" }, choice.label), choice.help ? h("small", {}, choice.help) : null),
    choice.isNow ? h("span", { class: "tag" }, t("choice.now")) : null))));

const addPerson = async () => (await import("./parts/edit-person.js")).addPerson();

/**
 * A choice for each person of the house; where there is nobody yet, somebody can be added.
 * @param {(name: string) => void} act
 * @param {string | null} [now] who it is so far
 * @param {string[]} [first] those who come first
 * @returns {Choice[]}
 */
export function personChoices(act, now = null, first = []) {
  const names = people().map((profile) => profile.name);
  const ordered = [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
  if (!ordered.length) return [{ label: t("person.add"), help: t("person.none.help"), sign: avatar(null), act: addPerson }];
  return ordered.map((name) => ({ label: nameOf(name), sign: avatar(name), isNow: name === now, act: () => act(name) }));
}
