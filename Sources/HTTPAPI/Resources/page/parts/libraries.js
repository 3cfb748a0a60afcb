// @ts-check
/** Where the music of the house is. */
import { Problem, api, part } from "../api.js";
import { button, h } from "../dom.js";
import { ago } from "../format.js";
import { house } from "../house.js";
import { empty, fill } from "../states.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

const REFRESH_MS = 3000;

/**
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function libraries(box, signal) {
  let timer = 0;
  const load = () => fill(box, async () => {
    try {
      return (await api.get("api/libraries")).libraries;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return [];
      throw error;
    }
  }, (list) => {
    clearTimeout(timer);
    if (list.some((/** @type {any} */ each) => each.syncing)) timer = window.setTimeout(load, REFRESH_MS);
    return list.length ? h("ul", { class: "plain-list" }, list.map((/** @type {any} */ each) => row(each, load))) : empty(t("libraries.none"), t("libraries.none.help"));
  }, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));
  house.watch(({ type }) => { if (/^library_/.test(type)) load(); }, signal);
  load();
}

/**
 * @param {any} library
 * @param {() => void} reload
 */
function row({ name, kind, tracks, last_sync, problem, syncing }, reload) {
  const facts = [kind, t("library.tracks", { n: tracks ?? 0 }), last_sync ? t("library.synced", { ago: ago(last_sync) }) : t("library.never")];
  return h("li", {}, h("span", { class: problem ? "lamp bad" : "lamp good", "aria-hidden": "true" }),
    h("span", { class: "grow" }, h("span", { class: "label" }, name), h("small", {}, facts.join(" · ")), problem && h("small", { class: "bad" }, problem)),
    syncing ? h("span", { class: "quiet" }, t("library.syncing")) : button(t("library.sync"), () => attempt(async () => {
      await api.post(`api/libraries/${part(name)}/sync`);
      toast(t("library.started", { name }));
      setTimeout(reload, REFRESH_MS / 3);
    }), { class: "button soft", "aria-label": t("library.sync.of", { name }) }));
}
