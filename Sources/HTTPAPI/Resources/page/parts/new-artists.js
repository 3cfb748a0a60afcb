// @ts-check
/** Artists that somebody heard for the first time, by month. */
import { h } from "../dom.js";
import { monthName } from "../pictures/calendar.js";
import { t } from "../text.js";

const SHOWN_MONTHS = 6;
const SHOWN_NAMES = 8;

/** @param {{month: string, new_artists: number, new: {artist: string, plays: number}[]}[]} months */
export function newArtists(months) {
  const withNews = months.filter((month) => month.new_artists > 0).reverse().slice(0, SHOWN_MONTHS);
  if (!withNews.length) return h("p", { class: "quiet" }, t("new.none"));
  return h("ul", { class: "plain-list months-list" }, withNews.map((month) => {
    const names = month.new.slice(0, SHOWN_NAMES);
    const others = month.new_artists - names.length;
    return h("li", {}, h("div", { class: "month-name" }, h("span", { class: "label" }, monthName(month.month)), h("small", {}, t("new.n", { n: month.new_artists }))),
      h("p", { class: "tags" }, names.map(({ artist, plays }) => h("span", { class: "tag", title: t("plays.n", { n: plays }) }, artist)),
        others > 0 && h("span", { class: "quiet" }, t("and.more", { n: others }))));
  }));
}
