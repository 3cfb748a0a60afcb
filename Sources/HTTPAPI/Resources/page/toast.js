// @ts-check
/** Short notices at the foot of the page, with a button that undoes what was done. */
import { button, h } from "./dom.js";
import { t } from "./text.js";
import { Problem } from "./api.js";

const SHOWN_MS = 12_000;
const MOST = 3;

const list = /** @type {HTMLElement} */ (document.getElementById("toasts"));

/** Notices are in the topmost dialog, because nothing outside of it can be pressed. */
export function placeNotices() {
  const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (list.parentElement !== host) host.append(list);
}

/** Ctrl+Z does what the newest notice offers, so that nobody has to reach it with the Tab key. */
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isText(event.target)) return;
  const undo = [...list.querySelectorAll(".undo")].at(-1);
  if (!(undo instanceof HTMLElement)) return;
  event.preventDefault();
  undo.click();
});

/** @param {EventTarget | null} target */
const isText = (target) => target instanceof HTMLInputElement && !/^(checkbox|file)$/.test(target.type);

/**
 * Says what was done.
 * @param {string} text
 * @param {(() => Promise<string | void>) | null} [undo] takes it back; may say what came of that
 */
export function toast(text, undo = null, kind = "") {
  const note = h("div", { class: `toast ${kind}` }, h("p", {}, text));
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    note.remove();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = window.setTimeout(end, SHOWN_MS);
  };
  if (undo) {
    note.append(button(t("undo"), async () => { end(); await attempt(async () => { toast(await undo() || t("undo.done")); }); },
      { class: "button undo", "aria-keyshortcuts": "Control+Z" }));
  }
  note.append(h("button", { type: "button", class: "plain", "aria-label": t("close"), onclick: end }, "×"));
  // Somebody who reads or is about to press has the time for it.
  for (const name of ["pointerenter", "focusin"]) note.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) note.addEventListener(name, wait);
  placeNotices();
  list.append(note);
  while (list.children.length > MOST) list.firstElementChild?.remove();
  wait();
}

/**
 * Does something; an error becomes a notice.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    toast(words(error), null, "bad");
    return undefined;
  }
}

/**
 * An error in words.
 * @param {unknown} error
 */
export function words(error) {
  if (!(error instanceof Problem)) {
    console.error(error);
    return t("error.page");
  }
  if (error.status === 0) return t("error.away");
  if (error.status === 503) return t("error.unavailable");
  if (error.status === 429) return t("error.busy");
  return error.message;
}
