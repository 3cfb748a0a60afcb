// @ts-check
/** Interests: circles whose size is importance and whose place is likeness. A tap shows what is behind one. */
import { h, s, show } from "../dom.js";
import { number, percent } from "../format.js";
import { t } from "../text.js";
import { asTable } from "./table.js";
import { arrange } from "./arrange.js";

/** @typedef {{name: string | null, importance: number, x: number, y: number, plays: number,
 *   artists: {artist: string, plays: number}[], tracks: {artist: string | null, title: string, plays: number}[]}} Interest */

const WIDE_FROM = 560;
/** Circles smaller than this have their name below. */
const NAMED_INSIDE = 34;
/** Width of a letter, as part of its size. */
const LETTER = 0.58;

/** @param {Interest} interest */
export const interestName = (interest) => interest.name ?? interest.artists[0]?.artist ?? t("interest.unnamed");

/**
 * @param {Interest[]} interests
 * @param {AbortSignal} signal
 */
export function interestsPicture(interests, signal) {
  if (!interests.length) return h("p", { class: "quiet" }, t("interests.none"));
  const detail = h("div", { class: "interest-detail", "aria-live": "polite" });
  const box = h("div", { class: "picture interests" });
  let chosen = 0;
  let isWide = /** @type {boolean | null} */ (null);

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    box.querySelectorAll("[role=button]").forEach((each, place) => each.setAttribute("aria-pressed", String(place === index)));
    show(detail, behind(interests[index], index));
  }

  function draw() {
    const size = isWide ? { width: 720, height: 380 } : { width: 360, height: 380 };
    const circles = arrange(interests, size);
    show(box, s("svg", { viewBox: `0 0 ${size.width} ${size.height}`, role: "group", "aria-label": t("interests") },
      circles.map((circle, index) => bubble(interests[index], circle, index, choose))));
    choose(chosen);
  }

  const observer = new ResizeObserver(([entry]) => {
    const wide = entry.contentRect.width >= WIDE_FROM;
    if (wide === isWide || !entry.contentRect.width) return;
    isWide = wide;
    draw();
  });
  observer.observe(box);
  signal.addEventListener("abort", () => observer.disconnect());
  return h("div", {}, h("p", { class: "quiet" }, t("interests.help")), box, detail, asTable(t("interests"),
    [t("interest"), t("share"), t("plays"), t("artists")],
    interests.map((each) => [interestName(each), percent(each.importance), number(each.plays),
      each.artists.map(({ artist, plays }) => `${artist} (${number(plays)})`).join(", ")])));
}

/**
 * @param {Interest} interest
 * @param {{x: number, y: number, r: number}} circle
 * @param {number} index
 * @param {(index: number) => void} choose
 */
function bubble(interest, { x, y, r }, index, choose) {
  const name = interestName(interest);
  const isInside = r >= NAMED_INSIDE;
  const size = isInside ? Math.max(11, Math.min(18, r / 3.2)) : 11.5;
  const lines = broken(name, isInside ? (1.7 * r) / (size * LETTER) : 18);
  const top = isInside ? y - ((lines.length - 1) * size * 1.15) / 2 + size * 0.35 : y + r + size + 2;
  return s("g", {
    role: "button", tabindex: 0, class: `bubble fill-${index % 8} ${isInside ? "inside" : "below"}`, "aria-pressed": "false",
    "aria-label": t("interest.label", { name, percent: percent(interest.importance), n: interest.plays }),
    onclick: () => choose(index),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(index);
    },
  }, s("circle", { cx: x, cy: y, r }),
  lines.map((line, place) => s("text", { x, y: top + place * size * 1.15, "font-size": size, "text-anchor": "middle" }, line)));
}

/**
 * A name in at most three lines.
 * @param {string} name
 * @param {number} most letters of a line
 */
function broken(name, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > most * 1.2 ? `${word.slice(0, most - 1)}…` : word);
  }
  return lines.slice(0, 3);
}

/**
 * @param {Interest} interest
 * @param {number} index
 */
const behind = (interest, index) => [
  h("h3", {}, h("span", { class: `dot fill-${index % 8}`, "aria-hidden": "true" }), interestName(interest)),
  h("p", { class: "quiet" }, t("interest.facts", { percent: percent(interest.importance), n: interest.plays })),
  h("div", { class: "pair tight" },
    h("ul", { class: "plain-list", "aria-label": t("artists") }, interest.artists.slice(0, 6).map(({ artist, plays }) =>
      h("li", {}, h("span", { class: "grow" }, artist), h("span", { class: "quiet" }, t("plays.n", { n: plays }))))),
    h("ul", { class: "plain-list", "aria-label": t("tracks") }, interest.tracks.slice(0, 6).map(({ artist, title, plays }) =>
      h("li", {}, h("span", { class: "grow" }, title, h("small", {}, artist ?? "")), h("span", { class: "quiet" }, t("plays.n", { n: plays })))))),
];
