// @ts-check
/** Giving many listens away or removing them: look first, then do it, then undo it if it was wrong. */
import { api } from "../api.js";
import { button, h } from "../dom.js";
import { avatar, nameOf } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";
import { changed } from "./changes.js";
import { reassign } from "./give.js";

/** @typedef {Record<string, any>} Selection */

/**
 * Asks to whom, shows what would happen, and does it.
 * @param {Selection} selection
 * @param {() => void} reload
 */
export function askGive(selection, reload) {
  const to = (/** @type {string} */ name) => attempt(async () => {
    const look = await api.post("api/history/reassign", { ...selection, to_profile: name, dry_run: true });
    if (!look.event_count) return toast(t("give.none", { name: nameOf(name) }));
    return confirm(t("give.confirm", { n: look.event_count, name: nameOf(name) }), look, t("give.do", { n: look.event_count }), async () => {
      await reassign(selection, name, reload);
      reload();
    });
  });
  sheet(t("give.title"), (close) => choiceList([
    ...personChoices(to), { label: t("person.nobody"), help: t("listen.nobody.help"), sign: avatar(null), act: () => to("default") },
  ], close));
}

/**
 * @param {Selection} selection
 * @param {() => void} reload
 */
export const askRemove = (selection, reload) => attempt(async () => {
  const look = await api.post("api/history/remove", { ...selection, dry_run: true });
  if (!look.event_count) return toast(t("remove.none"));
  return confirm(t("remove.confirm", { n: look.event_count }), look, t("remove.do", { n: look.event_count }), () => attempt(async () => {
    const done = await api.post("api/history/remove", selection);
    changed({ undo_id: done.undo_id, text: t("remove.done", { n: done.event_count }), undone: t("undo.remove", { n: done.event_count }) }, reload);
    reload();
  }));
});

/**
 * Shows whose listens it would be, and asks.
 * @param {string} question
 * @param {{by_profile: Record<string, number>}} look
 * @param {string} label
 * @param {() => void} act
 */
function confirm(question, look, label, act) {
  sheet(t("confirm.title"), (close) => [
    h("p", { class: "lead" }, question),
    h("ul", { class: "plain-list", "aria-label": t("confirm.whose") }, Object.entries(look.by_profile).sort((one, other) => other[1] - one[1]).map(([name, count]) =>
      h("li", {}, avatar(name, "small"), h("span", { class: "grow" }, nameOf(name)), h("span", { class: "count" }, t("plays.n", { n: count }))))),
    h("p", { class: "quiet" }, t("confirm.undo")),
    h("div", { class: "actions" }, button(label, () => { close(); act(); }, { class: "button primary" }), button(t("cancel"), close, { class: "button soft" })),
  ]);
}
