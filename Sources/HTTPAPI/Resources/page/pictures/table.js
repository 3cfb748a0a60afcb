// @ts-check
/** What a picture says, as a table. */
import { h } from "../dom.js";
import { t } from "../text.js";

/**
 * @param {string} caption
 * @param {string[]} head
 * @param {(string | number)[][]} rows the first cell of each row is its heading
 */
export const asTable = (caption, head, rows) =>
  h("details", { class: "as-table" }, h("summary", {}, t("table")),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
      h("table", {}, h("caption", { class: "hidden" }, caption),
        h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, rows.map(([first, ...others]) =>
          h("tr", {}, h("th", { scope: "row" }, first), others.map((cell) => h("td", {}, cell))))))));
