// @ts-check
/** Months: how much was played, and how it moved from interest to interest. */
import { h, s } from "../dom.js";
import { number } from "../format.js";
import { t } from "../text.js";
import { monthName } from "./calendar.js";
import { interestName } from "./interests.js";
import { asTable } from "./table.js";

const WIDTH = 360;
const HEIGHT = 220;
const FOOT = 26;
const TOP = 18;
const MOST_MONTHS = 24;

/** @typedef {{month: string, plays: number, interests: number[], new_artists: number}} Month */

/**
 * @param {Month[]} months
 * @param {import("./interests.js").Interest[]} interests
 */
export function monthsPicture(months, interests) {
  const shown = months.slice(-MOST_MONTHS);
  const most = Math.max(1, ...shown.map((month) => month.plays));
  const step = WIDTH / shown.length;
  const width = Math.min(56, step * 0.7);
  const used = interests.map((interest, index) => ({ interest, index })).filter(({ index }) => shown.some((month) => month.interests[index]));
  return h("div", {},
    h("div", { class: "picture" }, s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label(shown) },
      shown.map((month, place) => column(month, step * (place + 0.5), width, most, shown.length)))),
    h("p", { class: "legend" }, used.slice(0, 8).map(({ interest, index }) => 
      h("span", {}, h("span", { class: `dot fill-${index % 8}` }), interestName(interest)))),
    asTable(t("months"), [t("month"), t("plays"), ...interests.map(interestName)],
      months.map((month) => [monthName(month.month), number(month.plays), ...month.interests.map(number)])));
}

/** @param {Month[]} months */
function label(months) {
  const best = months.reduce((one, other) => (other.plays > one.plays ? other : one));
  return t("months.label", { month: monthName(best.month), n: best.plays });
}

/**
 * @param {Month} month
 * @param {number} centre
 * @param {number} width
 * @param {number} most
 * @param {number} count
 */
function column(month, centre, width, most, count) {
  const scale = (HEIGHT - FOOT - TOP) / most;
  const rest = Math.max(0, month.plays - month.interests.reduce((sum, plays) => sum + plays, 0));
  let y = HEIGHT - FOOT;
  const pieces = [...month.interests.map((plays, index) => ({ plays, kind: `fill-${index % 8}` })), { plays: rest, kind: "fill-rest" }]
    .filter(({ plays }) => plays > 0)
    .map(({ plays, kind }) => {
      const height = plays * scale;
      y -= height;
      return s("rect", { class: kind, x: centre - width / 2, y, width, height: Math.max(0.5, height - 1), rx: 2 });
    });
  const name = monthName(month.month, count > 12 ? "narrow" : "short");
  return s("g", {}, pieces,
    count <= 12 ? s("text", { class: "tick", x: centre, y: y - 5, "text-anchor": "middle" }, number(month.plays)) : null,
    s("text", { class: "tick", x: centre, y: HEIGHT - 8, "text-anchor": "middle" }, name));
}
