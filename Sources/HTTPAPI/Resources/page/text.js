// @ts-check
/** The words of the page in the reader's language. */

/** @typedef {Record<string, string | Record<string, string>>} Words */

/** Each language by its own name. */
export const languages = { en: "English", de: "Deutsch", es: "Español", fr: "Français", it: "Italiano", nl: "Nederlands" };

const KEPT = "haunt.language";
/** @type {Words} */
let words = {};
/** The reader's locale: the language of the words, with the region of the browser if it has one. */
export let locale = "en";
export let language = "en";
let plurals = new Intl.PluralRules("en");

/** Loads the words: those that were chosen here, else of the first language of the browser that there are words for. */
export async function loadWords() {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages];
  const found = wanted.find((tag) => tag.slice(0, 2).toLowerCase() in languages) ?? "en";
  language = found.slice(0, 2).toLowerCase();
  locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
  plurals = new Intl.PluralRules(locale);
  words = (await import(`./lang/${language}.js`)).default;
  document.documentElement.lang = language;
}

/**
 * Keeps the choice of a language in this browser.
 * @param {string} tag
 */
export const chooseLanguage = (tag) => localStorage.setItem(KEPT, tag);

/**
 * A text with its values. A text with a plural takes the form for the value `n`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const entry = words[key];
  if (entry === undefined) return key;
  const form = typeof entry === "string" ? entry : entry[plurals.select(Number(values.n))] ?? entry.other;
  return form.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** @param {string | number | undefined} value */
const shown = (value) => (typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : isolated(value ?? ""));

/**
 * A name from right to left within words from left to right does not move those around it.
 * @param {string} text
 */
export const isolated = (text) => (/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/.test(text) ? `\u2068${text}\u2069` : text);

/**
 * Whether there are words for a key: for values that a later version of the daemon may send.
 * @param {string} key
 */
export const has = (key) => key in words;
