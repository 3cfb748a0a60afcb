// @ts-check
/** What stands where something is not there yet, or could not be loaded. */
import { button, h, show } from "./dom.js";
import { house } from "./house.js";
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
    const again = () => fill(box, load, draw, signal);
    show(box, h("div", { class: "problem", role: "alert" }, h("p", {}, words(error)), button(t("again"), again)));
    whenBack(() => { if (!signal.aborted && box.querySelector(":scope > .problem")) again(); });
  } finally {
    clearTimeout(timer);
    box.removeAttribute("aria-busy");
  }
}

/**
 * Calls a function when the daemon can be reached again.
 * @param {() => void} act
 */
function whenBack(act) {
  const over = new AbortController();
  house.watch(({ type }) => {
    if (type !== "line" || !house.isLive) return;
    over.abort();
    act();
  }, over.signal);
}

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
