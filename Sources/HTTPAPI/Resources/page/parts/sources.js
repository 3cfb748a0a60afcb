// @ts-check
/** Where messages of players come from and when the last one came; the speakers that were silent, and those of nobody. */
import { empty, h, icon, show } from "../dom.js";
import { ago, all } from "../format.js";
import { house, sharers } from "../house.js";
import { byName, nameOf, speakerName } from "../people.js";
import { has, t } from "../text.js";
import { askOwner } from "./owner.js";

/** A source that was silent for longer is worth a look. */
const SILENT_MS = 86_400_000;
const REDRAW_MS = 60_000;

/**
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function sources(box, signal) {
  const draw = () => {
    const list = house.health?.sources ?? [];
    show(box, list.length ? h("ul", { class: "plain-list" }, list.map(source)) : empty(t("sources.none"), t("sources.none.help")));
  };
  house.watch(({ type }) => { if (type === "health" || type === "state") draw(); }, signal);
  const timer = setInterval(draw, REDRAW_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  draw();
}

/** @param {{dialect: string, base_topic: string | null, messages: number, last_heard_at: string | null}} each */
function source({ dialect, base_topic, messages, last_heard_at }) {
  const isSilent = !last_heard_at || Date.now() - Date.parse(last_heard_at) > SILENT_MS;
  const key = `dialect.${dialect}`;
  return h("li", {}, h("span", { class: isSilent ? "lamp warn" : "lamp good", "aria-hidden": "true" }),
    h("span", { class: "grow" }, h("span", { class: "label" }, has(key) ? t(key) : dialect), base_topic && h("small", {}, base_topic)),
    h("span", { class: "count" }, last_heard_at ? t("sources.heard", { ago: ago(last_heard_at) }) : t("sources.never"), h("small", {}, t("messages.n", { n: messages }))));
}

/**
 * Speakers, those of nobody first.
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function ownerless(box, signal) {
  const isNobodys = (/** @type {import("../house.js").Speaker} */ speaker) => !speaker.mapping && !house.listeners.has(speaker.speaker_name);
  const draw = () => {
    const speakers = byName(house.speakers.values()).sort((one, other) => Number(isNobodys(other)) - Number(isNobodys(one)));
    const count = speakers.filter(isNobodys).length;
    show(box, speakers.length ? [
      h("p", { class: count ? "verdict warn" : "verdict good" }, icon(count ? "warn" : "check"), count ? t("ownerless.n", { n: count }) : t("ownerless.none")),
      h("ul", { class: "plain-list" }, speakers.map((speaker) => row(speaker, isNobodys(speaker)))),
    ] : empty(t("now.none"), t("now.none.help")));
  };
  house.watch(({ type }) => { if (/^(state|speaker_|listener_|profile_)/.test(type)) draw(); }, signal);
  draw();
}

/**
 * @param {import("../house.js").Speaker} speaker
 * @param {boolean} isNobodys
 */
const row = (speaker, isNobodys) =>
  h("li", {}, h("button", { type: "button", class: "row-button", "data-key": `owner-${speaker.topic}`, onclick: () => askOwner(speaker) },
    h("span", { class: isNobodys ? "lamp warn" : "lamp good", "aria-hidden": "true" }),
    h("span", { class: "grow" }, h("span", { class: "label" }, speakerName(speaker.speaker_name)), h("small", {}, speaker.speaker_name)),
    h("span", { class: "count" }, ownership(speaker)), icon("next")));

/**
 * Whose a speaker is, in words.
 * @param {import("../house.js").Speaker} speaker
 */
function ownership(speaker) {
  if (house.listeners.has(speaker.speaker_name)) return all(sharers(speaker).map(nameOf));
  return speaker.mapping ? nameOf(speaker.mapping) : t("whose.nobody");
}
