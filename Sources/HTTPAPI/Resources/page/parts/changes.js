// @ts-check
/** What was changed from this browser, and can be undone for as long as the daemon can undo it. */
import { api } from "../api.js";
import { button, h, show } from "../dom.js";
import { when } from "../format.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

const KEPT = "haunt.changes";
const UNDO_MS = 30 * 86_400_000;
const MOST = 20;

/** @typedef {{undo_id: string, at: string, text: string, undone: string}} Change */

/** @returns {Change[]} the newest first */
function changes() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]").filter((/** @type {Change} */ each) => Date.now() - Date.parse(each.at) < UNDO_MS);
  } catch {
    return [];
  }
}

/** @param {Change[]} list */
const keep = (list) => localStorage.setItem(KEPT, JSON.stringify(list.slice(0, MOST)));

/**
 * Says that listens were changed, offers to undo that, and keeps the offer.
 * @param {{undo_id: string, text: string, undone: string}} change
 * @param {() => void} [after] called when it is undone
 */
export function changed(change, after) {
  keep([{ at: new Date().toISOString(), ...change }, ...changes()]);
  toast(change.text, async () => {
    await undo(change);
    after?.();
    return change.undone;
  });
}

/** @param {{undo_id: string}} change */
async function undo({ undo_id }) {
  // Undone already or not, it is not offered again.
  keep(changes().filter((each) => each.undo_id !== undo_id));
  await api.post("api/history/undo", { undo_id });
}

/**
 * A list of the changes, folded away; nothing where nothing was changed.
 * @param {() => void} after called when one was undone
 */
export function changeList(after) {
  const box = h("div", {});
  const draw = () => {
    const list = changes();
    show(box, list.length ? h("details", { class: "changes" }, h("summary", {}, t("changes")), h("ul", { class: "plain-list panel" }, list.map(row))) : null);
  };
  const row = (/** @type {Change} */ change) => h("li", {},
    h("div", { class: "grow" }, h("p", {}, change.text), h("small", {}, when(change.at))),
    button(t("undo"), () => attempt(async () => {
      try {
        await undo(change);
        toast(change.undone);
      } finally {
        draw();
        after();
      }
    }), { class: "button soft", "aria-label": t("undo.of", { text: change.text }) }));
  draw();
  return box;
}
