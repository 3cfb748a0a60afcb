// @ts-check
/** One listen in the history. */
import { h } from "../dom.js";
import { facts, percent, time } from "../format.js";
import { avatar, nameOf, speakerName } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { has, t } from "../text.js";
import { reassign } from "./give.js";

/** @typedef {import("./give.js").Listen} Listen */

/**
 * @param {Listen} listen
 * @param {{select: (id: number, isOn: boolean) => void, reload: () => void}} acts
 */
export function listenRow(listen, { select, reload }) {
  const id = `listen-${listen.id}`;
  const title = listen.title ?? t("track.untitled");
  const check = h("input", { type: "checkbox", id, "data-id": listen.id,
    onchange: (/** @type {Event} */ event) => select(listen.id, /** @type {HTMLInputElement} */ (event.target).checked) });
  const outcome = listen.outcome === "completed" ? "" : t(`outcome.${listen.outcome}`);
  return h("li", { class: listen.outcome === "skipped" ? "listen skipped" : "listen" },
    h("label", { class: "grow", for: id }, check,
      h("span", { class: "grow" }, h("span", { class: "label" }, title), h("span", { class: "by" }, listen.artist ?? t("track.nobody")),
        h("small", {}, facts([time(listen.started_at), listen.speaker_name && speakerName(listen.speaker_name), outcome])))),
    ownerButton(listen, title, reload));
}

/**
 * Whose it is and why; a tap and a name put it right.
 * @param {Listen} listen
 * @param {string} title
 * @param {() => void} reload
 */
function ownerButton(listen, title, reload) {
  const why = whyOf(listen);
  const name = isOpen(listen) ? t("listen.open") : nameOf(listen.profile);
  return h("button", {
    type: "button", class: "owner", "data-key": `owner-${listen.id}`, "aria-label": `${title}: ${name}. ${why}. ${t("whose.change")}`,
    onclick: () => sheet(t("listen.whose", { title }), (close) => [
      h("p", { class: "quiet" }, `${name}. ${why}.`), likely(listen),
      choiceList([
        ...personChoices(async (to) => { await reassign({ ids: [listen.id] }, to, reload); reload(); }, listen.profile, listen.likely?.map((each) => each.profile ?? "") ?? []),
        { label: t("person.nobody"), help: t("listen.nobody.help"), sign: avatar(null), isNow: !listen.profile && !isOpen(listen),
          act: async () => { await reassign({ ids: [listen.id] }, "default", reload); reload(); } },
      ], close),
    ]),
  }, avatar(isOpen(listen) ? null : listen.profile), h("span", { class: "owner-words" }, h("span", { class: "label" }, name), h("small", {}, why)));
}

/**
 * Of a shared speaker and given to nobody yet.
 * @param {Listen} listen
 */
const isOpen = (listen) => !listen.profile && Boolean(listen.likely) && !/^(said|payload|corrected)$/.test(listen.rule);

/**
 * The rule in words, and how sure.
 * @param {Listen} listen
 */
function whyOf(listen) {
  if (isOpen(listen)) {
    const best = listen.likely?.find((each) => each.profile);
    return best ? t("why.open.best", { name: nameOf(best.profile), percent: percent(best.p) }) : t("why.open");
  }
  const rule = has(`rule.${listen.rule}`) ? t(`rule.${listen.rule}`, { name: nameOf(listen.profile) }) : listen.rule;
  return listen.confidence === null || listen.confidence === undefined ? rule : `${rule}, ${t("sure", { percent: percent(listen.confidence) })}`;
}

/**
 * Who may have heard it.
 * @param {Listen} listen
 */
const likely = (listen) => listen.likely?.length
  ? h("ul", { class: "evidence", "aria-label": t("likely.title") }, listen.likely.filter((each) => each.p >= 0.005).map((each) =>
    h("li", {}, each.profile ? nameOf(each.profile) : t("whose.somebody"), " ", h("span", { class: "quiet" }, percent(each.p)))))
  : null;
