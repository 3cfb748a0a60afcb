// @ts-check
/** How a wish is understood, in a few words. */
import { api } from "../api.js";
import { h, show } from "../dom.js";
import { t } from "../text.js";
import { words } from "../toast.js";

/** Kinds of music that a mood leads to, as examples of it. */
const EXAMPLES = 4;

/**
 * Says how a wish is understood.
 * @param {string} text
 * @param {HTMLElement} line
 * @param {AbortSignal} signal
 */
export async function understand(text, line, signal) {
  if (!text.trim()) {
    line.textContent = t("wish.help");
    return;
  }
  try {
    const vibe = await api.get("api/vibe", { text: text.trim() }, signal);
    if (!signal.aborted) show(line, ...inWords(vibe));
  } catch (error) {
    if (!signal.aborted) line.textContent = words(error);
  }
}

/** @param {any} vibe */
function inWords(vibe) {
  const { artists, kinds, titles, decades } = vibe.unwanted;
  const wanted = [...new Set([...vibe.artists, ...vibe.kinds.flat(), ...vibe.concepts, ...vibe.decades.map(decade)])];
  const unwanted = [...artists, ...kinds, ...titles, ...decades.map(decade)];
  const size = vibe.total_tracks ? t("wish.tracks", { n: vibe.total_tracks }) : vibe.total_minutes ? t("wish.minutes", { n: Math.round(vibe.total_minutes) }) : "";
  const tags = [
    ...wanted.map((name) => tag(name)), ...unwanted.map((name) => tag(t("wish.without", { name }), "off")),
    vibe.only && tag(t("wish.only")), size && tag(size),
  ].filter(Boolean);
  const examples = vibe.concepts.length ? vibe.tags.map((/** @type {any} */ each) => each.tag).filter((/** @type {string} */ name) => !wanted.includes(name)) : [];
  return [
    ...(tags.length ? tags : [t("wish.unknown")]),
    examples.length ? h("span", { class: "quiet" }, t("wish.like", { kinds: examples.slice(0, EXAMPLES).join(", ") })) : null,
    vibe.unknown.length ? h("span", { class: "quiet" }, t("wish.unheard", { words: vibe.unknown.join(", ") })) : null,
  ];
}

/** @param {number} year */
const decade = (year) => t("decade", { year: String(year) });

/**
 * @param {string} text
 * @param {string} [kind]
 */
const tag = (text, kind = "") => h("span", { class: `tag ${kind}` }, text);
