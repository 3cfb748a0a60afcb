// @ts-check
/** What was played and not counted, and why. */
import { api } from "../api.js";
import { empty, h } from "../dom.js";
import { facts, length, when } from "../format.js";
import { house } from "../house.js";
import { speakerName } from "../people.js";
import { fill, settled } from "../states.js";
import { has, t } from "../text.js";

/**
 * @param {HTMLElement} main
 * @param {URLSearchParams} _query
 * @param {AbortSignal} signal
 */
export function ignored(main, _query, signal) {
  const box = h("div", {});
  main.append(h("p", { class: "quiet" }, t("ignored.help")), box);
  const load = () => fill(box, () => api.get("api/ignored", { limit: 200 }), (page) => (page.ignored.length
    ? h("ul", { class: "plain-list panel" }, page.ignored.map(row)) : empty(t("ignored.empty"))), signal);
  house.watch(({ type }) => { if (type === "play_ignored") reload(); }, signal);
  const reload = settled(load, 1000, signal);
  load();
}

/** @param {any} play */
function row(play) {
  const key = `ignored.${play.reason}`;
  const heard = play.played_s >= 1 ? t("ignored.heard", { length: seconds(play.played_s) }) : "";
  return h("li", { class: "ignored" }, h("div", { class: "grow" },
    h("p", { class: "label" }, play.title ?? t("track.untitled")), play.artist && h("p", { class: "by" }, play.artist), 
    h("small", {}, facts([when(play.started_at), play.speaker_name && speakerName(play.speaker_name), heard]))),
  h("span", { class: "tag" }, has(key) ? t(key) : play.reason));
}

/** @param {number} played */
const seconds = (played) => (played < 90 ? t("seconds.n", { n: Math.round(played) }) : length(played));
