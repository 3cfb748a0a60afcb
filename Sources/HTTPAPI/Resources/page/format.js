// @ts-check
/** Times, lengths and numbers in the browser's zone and the reader's words. */
import { isolated, locale, t } from "./text.js";

const DAY = 86_400_000;
/** @type {Map<string, any>} */
const formats = new Map();

/**
 * @param {string} name
 * @param {() => any} make
 */
function format(name, make) {
  if (!formats.has(name)) formats.set(name, make());
  return formats.get(name);
}

/** @param {Intl.DateTimeFormatOptions} options */
export const dates = (options) => format(JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options));

/** @param {Date} date */
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/**
 * Hours and minutes.
 * @param {string} at RFC 3339
 */
export const time = (at) => dates({ hour: "2-digit", minute: "2-digit" }).format(new Date(at));

/**
 * A day: today, yesterday, a weekday of the last week, else with its date.
 * @param {string} at
 */
export function day(at) {
  const date = new Date(at);
  const days = Math.round((midnight(new Date()) - midnight(date)) / DAY);
  if (days === 0 || days === 1) return capital(relative().format(-days, "day"));
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return capital(dates(/** @type {any} */ ({ weekday: "long", day: "numeric", month: "long", ...year })).format(date));
}

/**
 * A time in the words of somebody who looks back: the time of today, else the day.
 * @param {string} at
 */
export function when(at) {
  const age = midnight(new Date()) - midnight(new Date(at));
  return age < DAY / 2 ? time(at) : age < 2 * DAY ? `${day(at)}, ${time(at)}` : date(at);
}

/**
 * A date without the time.
 * @param {string | Date} at
 */
export const date = (at) => dates({ day: "numeric", month: "short", year: "numeric" }).format(new Date(at));

/**
 * How long ago something was.
 * @param {string} at
 */
export function ago(at) {
  const seconds = (Date.now() - new Date(at).getTime()) / 1000;
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["minute", 0];
  return length ? relative().format(-Math.floor(seconds / length), unit) : t("time.now");
}

const relative = () => format("relative", () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));

/**
 * A length in minutes, or hours and minutes.
 * @param {number} seconds
 */
export function length(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours && unit(hours, "hour"), (rest || !hours) && unit(rest, "minute")].filter(Boolean).join(" ");
}

/**
 * @param {number} value
 * @param {string} name
 */
const unit = (value, name) =>
  format(`unit ${name}`, () => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" })).format(value);

/**
 * Minutes and seconds of a track.
 * @param {number | null} seconds
 */
export const clock = (seconds) =>
  seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** @param {number} value */
export const number = (value) => format("number", () => new Intl.NumberFormat(locale)).format(value);

/**
 * A share; what is not quite certain is not rounded up to 100 %.
 * @param {number} share 0 to 1
 */
export const percent = (share) =>
  format("percent", () => new Intl.NumberFormat(locale, { style: "percent" })).format(share < 1 ? Math.min(share, 0.99) : 1);

/**
 * Names with commas and “and”.
 * @param {string[]} names
 */
export const all = (names) => format("list", () => new Intl.ListFormat(locale, { type: "conjunction" })).format(names.map(isolated));

/**
 * Some facts in a row; empty ones are left out.
 * @param {(string | number | null | undefined | false)[]} texts
 * @param {string} [between]
 */
export const facts = (texts, between = " · ") => texts.filter(Boolean).map((text) => isolated(String(text))).join(between);

/** @param {string} text */
export const capital = (text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
