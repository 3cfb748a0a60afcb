// @ts-check
/** The artists or tracks that somebody played most. */
import { button, h } from "../dom.js";
import { ago } from "../format.js";
import { t } from "../text.js";

const FIRST = 10;

/**
 * @param {any[]} rows
 * @param {"artist" | "track"} kind
 * @param {string} profile
 */
export function drawTop(rows, kind, profile) {
  if (!rows.length) return h("p", { class: "quiet" }, t("top.none"));
  const most = rows[0].plays;
  const items = rows.map((row) => line(row, kind, most, profile));
  const list = h("ol", { class: "top" }, items.slice(0, FIRST));
  const more = items.length > FIRST && button(t("more.n", { n: items.length - FIRST }), () => {
    list.append(...items.slice(FIRST));
    if (more) more.remove();
  }, { class: "link" });
  return h("div", {}, list, more);
}

/**
 * @param {any} row
 * @param {"artist" | "track"} kind
 * @param {number} most
 * @param {string} profile
 */
function line(row, kind, most, profile) {
  const bar = h("span", { class: "bar-fill", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(row.plays / most));
  const title = kind === "artist" ? row.artist : row.title;
  const help = kind === "artist" ? t("top.tracks.n", { n: row.tracks }) : row.artist ?? "";
  return h("li", {}, bar,
    h("a", { class: "grow", href: `#/history?profile=${encodeURIComponent(profile)}&artist=${encodeURIComponent(row.artist ?? "")}` },
      h("span", { class: "label" }, title), h("small", {}, `${help} · ${ago(row.last_played_at)}`)),
    h("span", { class: "count" }, t("plays.n", { n: row.plays })));
}
