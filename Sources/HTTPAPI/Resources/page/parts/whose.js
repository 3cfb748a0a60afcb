// @ts-check
/** Whose a speaker's plays are, how sure that is, and why. */
import { h, icon } from "../dom.js";
import { percent } from "../format.js";
import { house } from "../house.js";
import { avatar, guestAvatar, nameOf } from "../people.js";
import { t } from "../text.js";
import { askWho, setListener } from "./later.js";

/** @typedef {import("../house.js").Speaker} Speaker */
/** @typedef {import("../house.js").Listener} Listener */

/** From this likelihood on somebody is offered as an answer. */
const WORTH_ASKING = 0.02;
const MOST_ANSWERS = 4;

/**
 * A row that says whose it is, and asks on a tap. Where Haunt is not sure, its question comes with the names.
 * @param {Speaker} speaker
 * @param {Listener | null} listener
 * @param {boolean} isPlaying
 * @param {Node[]} [head] what stands above the name in its place
 */
export function whose(speaker, listener, isPlaying, head = []) {
  const { name, label, why } = answer(speaker, listener);
  const words = head.length ? [...head, h("small", {}, label)] : [h("span", { class: "label" }, label), h("small", {}, why)];
  const row = h("button", {
    type: "button", class: "row-button whose", "data-key": "whose",
    "aria-label": `${label}. ${why}. ${t("whose.change")}`, onclick: () => askWho(speaker, listener),
  }, speaker.guest ? guestAvatar() : avatar(name),
  h("span", { class: "grow" }, words), icon("next"));
  const isOpen = isPlaying && listener && !speaker.guest && listener.verdict !== "assigned";
  return isOpen ? h("div", { class: "question" }, row, answers(speaker, listener)) : row;
}

/**
 * @param {Speaker} speaker
 * @param {Listener | null} listener
 */
function answer(speaker, listener) {
  if (speaker.guest || speaker.rule === "guest") return { name: null, label: t("whose.guest"), why: t("why.guest") };
  if (listener) return ofShared(listener);
  if (speaker.mapping) return { name: speaker.mapping, label: nameOf(speaker.mapping), why: t("why.mapping", { name: nameOf(speaker.mapping) }) };
  return { name: null, label: t("whose.nobody"), why: t("why.default") };
}

/** @param {Listener} listener */
function ofShared({ profile, p, verdict, rule, session, likely }) {
  if (session === null && verdict === "unknown" && p === null) return { name: null, label: t("whose.shared"), why: t("why.shared") };
  const sure = t("sure", { percent: percent(p ?? 0) });
  if (verdict === "assigned") {
    const name = profile ?? null;
    const why = rule === "said" ? t("why.said") : `${sure}, ${t(`by.${rule ?? "likeness"}`)}`;
    return { name, label: name ? nameOf(name) : t("whose.somebody"), why };
  }
  if (verdict === "suggested") return { name: profile, label: t("whose.probably", { name: nameOf(profile) }), why: `${sure}, ${t("why.ask")}` };
  const best = likely.find((each) => each.profile);
  const why = best ? t("why.open.best", { name: nameOf(best.profile), percent: percent(best.p) }) : t("why.open");
  return { name: null, label: t("whose.unknown"), why };
}

/**
 * The names to answer with, the likeliest first.
 * @param {Speaker} speaker
 * @param {Listener} listener
 */
function answers(speaker, listener) {
  const likely = listener.likely.filter((each) => each.profile && each.p >= WORTH_ASKING).map((each) => each.profile);
  const names = likely.length ? likely : listener.likely.map((each) => each.profile).filter(Boolean);
  return h("div", { class: "chips", role: "group", "aria-label": t("who.title") },
    names.slice(0, MOST_ANSWERS).map((name) => h("button", {
      type: "button", class: "chip", "data-key": `who-${name}`, onclick: () => setListener(speaker, { profile: name }),
    }, avatar(name, "small"), nameOf(name))),
    h("button", { type: "button", class: "chip", "data-key": "who-else", onclick: () => askWho(speaker, house.listeners.get(speaker.speaker_name) ?? null) },
      t("who.else")));
}
