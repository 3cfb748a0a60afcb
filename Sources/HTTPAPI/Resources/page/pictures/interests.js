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
/** Width of a letter, and height of a line, as parts of the letters' size. */
const LETTER = 0.58;
const LINE = 1.15;
/** Sizes of letters in a circle. A name for which the least is too large stands below its circle. */
const SIZES = [18, 17, 16, 15, 14, 13, 12, 11];
const SIZE_BELOW = 11.5;
const LETTERS_BELOW = 13;

/** The name of the interest that was looked at last: it stays chosen when the picture is drawn anew. */
let looked = "";

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
  let chosen = Math.max(0, interests.findIndex((each) => interestName(each) === looked));
  let isWide = /** @type {boolean | null} */ (null);

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    looked = interestName(interests[index]);
    box.querySelectorAll("[role=button]").forEach((each, place) => each.setAttribute("aria-pressed", String(place === index)));
    show(detail, behind(interests[index], index));
  }

  function draw() {
    const size = isWide ? { width: 720, height: 380 } : { width: 320, height: 330 + 12 * interests.length };
    const circles = arrange(interests, size, (index, r) => {
      const { lines, isInside } = written(interestName(interests[index]), r);
      return isInside ? null : { width: longest(lines) * SIZE_BELOW * LETTER, height: lines.length * SIZE_BELOW * LINE + 2 };
    });
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
  const { lines, size, isInside } = written(name, r);
  const top = isInside ? y - ((lines.length - 1) * size * LINE) / 2 + size * 0.35 : y + r + size + 1;
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
  lines.map((line, place) => s("text", { x, y: top + place * size * LINE, "font-size": size, "text-anchor": "middle" }, line)));
}

/**
 * A name as large as a circle has room for, else for the place below it.
 * @param {string} name
 * @param {number} r
 */
function written(name, r) {
  for (const size of SIZES) {
    const letters = (1.6 * r) / (size * LETTER);
    const lines = broken(name, letters);
    if (longest(lines) <= letters && lines.length * size * LINE < 1.3 * r) return { lines, size, isInside: true };
  }
  return { lines: broken(name, LETTERS_BELOW), size: SIZE_BELOW, isInside: false };
}

/** @param {string[]} lines */
const longest = (lines) => Math.max(...lines.map((line) => line.length));

/**
 * A name in lines; a word stays whole.
 * @param {string} name
 * @param {number} most letters of a line
 */
function broken(name, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
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
