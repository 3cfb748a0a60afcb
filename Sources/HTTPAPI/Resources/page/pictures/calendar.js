// @ts-check
/** Names of months, weekdays and hours. */
import { dates } from "../format.js";

/**
 * @param {string} month as in 2026-09
 * @param {"long" | "short" | "narrow"} width
 */
export const monthName = (month, width = "long") => {
  const [year, number] = month.split("-").map(Number);
  return dates({ month: width, ...(width === "long" ? { year: "numeric" } : {}) }).format(new Date(year, number - 1, 15));
};

/**
 * @param {number} weekday 0 is Monday
 * @param {"long" | "short" | "narrow"} width
 */
export const weekdayName = (weekday, width = "long") => dates({ weekday: width }).format(new Date(2024, 0, 1 + weekday));

/**
 * An hour as a time.
 * @param {number} hour
 */
export const hourTime = (hour) => dates({ hour: "numeric", minute: "2-digit" }).format(new Date(2024, 0, 1, hour));

/** @param {number} hour */
export const hourName = (hour) => dates({ hour: "numeric" }).format(new Date(2024, 0, 1, hour));
