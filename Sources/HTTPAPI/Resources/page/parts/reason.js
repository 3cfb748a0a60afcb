// @ts-check
/** Why a track is on a list, as a sentence. */
import { all } from "../format.js";
import { nameOf } from "../people.js";
import { has, language, t } from "../text.js";

/**
 * The daemon gives the whole reason in English; in other languages the page says its kind.
 * @param {{kind: string, text: string, interest: string | null, for?: string[] | null}} reason
 */
export function reasonWords({ kind, text, interest, for: names }) {
  const key = interest && has(`reason.${kind}.interest`) ? `reason.${kind}.interest` : `reason.${kind}`;
  const words = language === "en" || !has(key) ? sentence(text) : t(key, { interest: interest ?? "" });
  return names?.length ? `${words} ${t("reason.for", { names: all(names.map(nameOf)) })}` : words;
}

/**
 * A reason without its subject becomes a sentence.
 * @param {string} text
 */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
