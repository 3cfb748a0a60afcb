// @ts-check
/** Two days, the first and the last of a span. */
import { h } from "../dom.js";
import { t } from "../text.js";

export class Dates {
  /**
   * @param {URLSearchParams} query has the days as `from` and `to`
   * @param {() => void} onChange
   */
  constructor(query, onChange) {
    const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (
      h("input", { id: `filter-${name}`, type: "date", value: query.get(name) ?? "", onchange: onChange }));
    this.from = field("from");
    this.to = field("to");
    this.node = h("div", { class: "dates" }, [this.from, this.to].map((field) =>
      h("div", { class: "field" }, h("label", { for: field.id }, t(field === this.from ? "filter.by.from" : "filter.by.to")), field)));
  }

  /** The days as they stand in the address. */
  get values() { return { from: this.from.value, to: this.to.value }; }

  /** The span as the API has it; the last day counts to its end. An empty day is no bound. */
  get span() {
    const end = this.to.value ? midnight(this.to.value) : null;
    end?.setDate(end.getDate() + 1);
    return { since: this.from.value ? midnight(this.from.value).toISOString() : "", until: end ? end.toISOString() : "" };
  }
}

/** @param {string} day */
const midnight = (day) => new Date(`${day}T00:00`);

/**
 * The beginning of a day that was some days ago, in the browser's zone.
 * @param {number} days
 */
export function daysAgo(days) {
  const from = new Date();
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - days);
  return from.toISOString();
}
