// @ts-check
/** How the daemon is, in words. */
import { api } from "../api.js";
import { h, icon, show } from "../dom.js";
import { length, number } from "../format.js";
import { house } from "../house.js";
import { fill } from "../states.js";
import { t } from "../text.js";

/**
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function health(box, signal) {
  /** @type {any} */
  let checked = null;
  const redraw = () => { if (checked) show(box, draw(checked)); };
  const load = () => fill(box, () => api.get("healthz"), (answer) => draw(checked = answer), signal);
  house.watch(({ type }) => {
    if (type === "health" || type === "line") load();
    if (type === "state") redraw();
  }, signal);
  load();
}

/** @param {any} checked */
function draw(checked) {
  const { health: seen } = house;
  const counters = seen?.counters;
  const lost = counters ? [
    counters.dropped && t("health.dropped", { n: counters.dropped }), counters.lost && t("health.lost", { n: counters.lost }),
  ].filter(Boolean) : [];
  return h("div", { class: "stack" },
    h("p", { class: checked.away.length ? "verdict bad" : "verdict good" }, icon(checked.away.length ? "warn" : "check"),
      checked.away.length ? t("health.bad") : t("health.good")),
    h("ul", { class: "plain-list" },
      line(checked.broker.ok, t(checked.broker.ok ? "health.broker" : "health.broker.away"), checked.broker.problem),
      line(checked.store.ok, t(checked.store.ok ? "health.store" : "health.store.away"), checked.store.problem),
      lost.map((text) => line(false, String(text), null)),
      counters?.rejected ? h("li", {}, h("span", { class: "lamp warn", "aria-hidden": "true" }),
        h("a", { class: "grow", href: "#/history?tab=rejected" }, t("health.rejected", { n: counters.rejected }))) : null),
    seen && h("p", { class: "quiet" }, t("health.facts", {
      uptime: length(seen.uptime_s), memory: number(Math.round(seen.memory_bytes / 1e6)), store: number(Math.round(seen.store.bytes / 1e5) / 10),
      tracks: number(seen.catalog.tracks ?? 0),
    })),
    h("p", { class: "quiet" }, t("health.version", { version: checked.version })));
}

/**
 * @param {boolean} isGood
 * @param {string} text
 * @param {string | null} problem
 */
const line = (isGood, text, problem) =>
  h("li", {}, h("span", { class: isGood ? "lamp good" : "lamp bad", "aria-hidden": "true" }), h("span", { class: "grow" }, text, problem && h("small", {}, problem)));
