// @ts-check
/** What stands where something is not there yet, is empty, or could not be loaded. */
import { button, h, show } from "./dom.js";
import { t } from "./text.js";
import { words } from "./toast.js";

/** A wait shorter than this shows nothing, so that quick answers do not flicker. */
const QUIET_MS = 200;

/**
 * Loads something into a box. While that lasts the box says so, and afterwards what went wrong, with a button.
 * @template T
 * @param {HTMLElement} box
 * @param {() => Promise<T>} load
 * @param {(loaded: T) => import("./dom.js").Child | import("./dom.js").Child[]} draw
 * @param {AbortSignal} signal of the view
 */
export async function fill(box, load, draw, signal) {
  box.setAttribute("aria-busy", "true");
  const timer = setTimeout(() => {
    if (!box.hasChildNodes()) show(box, h("p", { class: "quiet waiting" }, t("loading")));
  }, QUIET_MS);
  try {
    const loaded = await load();
    if (!signal.aborted) show(box, draw(loaded));
  } catch (error) {
    if (signal.aborted) return;
    show(box, h("div", { class: "problem", role: "alert" }, h("p", {}, words(error)),
      button(t("again"), () => fill(box, load, draw, signal))));
  } finally {
    clearTimeout(timer);
    box.removeAttribute("aria-busy");
  }
}

/**
 * Says that there is nothing, and what would change that.
 * @param {string} text
 * @param {string} [help]
 * @param {...import("./dom.js").Child} more
 */
export const empty = (text, help = "", ...more) =>
  h("div", { class: "empty" }, h("p", {}, text), help ? h("p", { class: "quiet" }, help) : null, ...more);

/**
 * Calls a function a moment after the last of several calls.
 * @param {() => void} act
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
export function settled(act, milliseconds, signal) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    if (!signal.aborted) timer = window.setTimeout(act, milliseconds);
  };
}
