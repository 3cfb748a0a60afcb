// @ts-check
/** When somebody listens: a clock of 24 hours, and the days of the week. */
import { h, s } from "../dom.js";
import { number } from "../format.js";
import { t } from "../text.js";
import { hourName, hourTime, weekdayName } from "./calendar.js";
import { asTable } from "./table.js";

const CENTRE = 150;
const INNER = 44;
const OUTER = 122;
const LABELS = 138;

/** @param {number[][]} hours plays of each hour, by weekday from Monday */
export function clockPicture(hours) {
  const week = sums(hours.slice(0, 5));
  const weekend = sums(hours.slice(5));
  const most = Math.max(1, ...week.map((plays, hour) => plays + weekend[hour]));
  const peak = week.map((plays, hour) => plays + weekend[hour]).reduce((best, plays, hour, all) => (plays > all[best] ? hour : best), 0);
  const days = hours.map((day) => day.reduce((sum, plays) => sum + plays, 0));
  return h("div", {},
    h("div", { class: "picture clock" },
      s("svg", { viewBox: "0 0 300 300", role: "img", "aria-label": t("clock.label", { hour: hourName(peak) }) },
        s("circle", { class: "face", cx: CENTRE, cy: CENTRE, r: OUTER }), s("circle", { class: "face", cx: CENTRE, cy: CENTRE, r: INNER }),
        week.map((plays, hour) => [
          wedge(hour, 0, plays / most, "week"), wedge(hour, plays / most, (plays + weekend[hour]) / most, "weekend"),
        ]).flat(),
        [0, 6, 12, 18].map((hour) => s("text", { ...at(hour, LABELS, 4), "text-anchor": "middle", class: "tick" }, hourName(hour))),
        s("text", { x: CENTRE, y: CENTRE - 2, "text-anchor": "middle", class: "centre" }, hourTime(peak)),
        s("text", { x: CENTRE, y: CENTRE + 14, "text-anchor": "middle", class: "tick" }, t("clock.most")))),
    h("p", { class: "legend" }, ["week", "weekend"].map((kind) => h("span", {}, h("span", { class: `dot ${kind}` }), t(`clock.${kind}`)))),
    weekdays(days),
    asTable(t("clock"), [t("hour"), ...hours.map((_, day) => weekdayName(day, "short"))],
      week.map((_, hour) => [hourName(hour), ...hours.map((day) => number(day[hour]))])));
}

/** @param {number[]} days */
function weekdays(days) {
  const most = Math.max(1, ...days);
  return h("ul", { class: "weekdays", "aria-label": t("weekdays") }, days.map((plays, day) => {
    const column = h("span", { class: day < 5 ? "column week" : "column weekend" });
    column.style.setProperty("--share", String(plays / most));
    return h("li", { title: t("plays.n", { n: plays }) }, h("span", { class: "column-box" }, column),
      h("span", { "aria-hidden": "true" }, weekdayName(day, "short")), h("span", { class: "hidden" }, `${weekdayName(day)}: ${t("plays.n", { n: plays })}`));
  }));
}

/** @param {number[][]} days */
const sums = (days) => days[0].map((_, hour) => days.reduce((sum, day) => sum + day[hour], 0));

/**
 * The part of a ring that stands for an hour; midnight is at the top.
 * @param {number} hour
 * @param {number} from 0…1 of the way from the inner to the outer circle
 * @param {number} to
 * @param {string} kind
 */
function wedge(hour, from, to, kind) {
  if (to <= from) return null;
  const [low, high] = [from, to].map((share) => INNER + (OUTER - INNER) * share);
  const point = (/** @type {number} */ radius, /** @type {number} */ when) => { const { x, y } = at(when, radius); return `${x} ${y}`; };
  const [start, end] = [hour - 0.42, hour + 0.42];
  return s("path", {
    class: kind,
    d: `M${point(low, start)}L${point(high, start)}A${high} ${high} 0 0 1 ${point(high, end)}L${point(low, end)}A${low} ${low} 0 0 0 ${point(low, start)}Z`,
  });
}

/**
 * @param {number} hour
 * @param {number} radius
 * @param {number} down
 */
function at(hour, radius, down = 0) {
  const angle = (hour / 24) * 2 * Math.PI;
  return { x: round(CENTRE + Math.sin(angle) * radius), y: round(CENTRE - Math.cos(angle) * radius + down) };
}

const round = (/** @type {number} */ value) => Math.round(value * 100) / 100;
