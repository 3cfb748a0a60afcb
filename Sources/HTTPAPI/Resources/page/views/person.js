// @ts-check
/** A person: what they like, when they listen, what is new to them, what they never want to hear. */
import { api, part } from "../api.js";
import { empty, h } from "../dom.js";
import { date, number } from "../format.js";
import { house } from "../house.js";
import { avatar, nameOf, people } from "../people.js";
import { fill, settled } from "../states.js";
import { t } from "../text.js";
import { visitor } from "../visitor.js";
import { addPerson, renamePerson } from "../parts/edit-person.js";
import { Dates, daysAgo } from "../parts/dates.js";
import { drawBans } from "../parts/bans.js";
import { drawLists } from "../parts/person-lists.js";
import { drawTop } from "../parts/top.js";
import { clockPicture } from "../pictures/clock.js";
import { interestsPicture } from "../pictures/interests.js";
import { monthsPicture } from "../pictures/months.js";
import { newArtists } from "../parts/new-artists.js";

/** Days of each span; 0 is everything, or the days that are chosen. */
const SPANS = { month: 30, quarter: 91, year: 365, ever: 0, days: 0 };
/** How long the page waits after a listen before it draws a taste again. */
const NEWS_MS = 5000;

/** @type {import("../main.js").OpenView} */
export function open(main, { name: wanted, query }, signal) {
  const name = wanted || visitor || people()[0]?.name || "";
  if (!name) {
    main.append(h("h1", {}, t("nav.person")), empty(t("person.none"), t("person.none.help"), addButton()));
    return;
  }
  const span = query.get("span") ?? "quarter";
  const box = h("div", { class: "stack wide-gap" });
  main.append(switcher(name));
  main.querySelector(".people [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (!house.profile(name)) {
    main.append(empty(t("person.unknown", { name })));
    return;
  }
  const dates = new Dates(query, () => {
    history.replaceState(null, "", `${address(name, "days")}&${new URLSearchParams(dates.values)}`);
    load();
  });
  dates.node.hidden = span !== "days";
  main.append(head(name), spans(name, span), dates.node, box);
  const load = () => fill(box, () => api.get(`api/profiles/${part(name)}/taste`, {
    ...(span === "days" ? dates.span : { since: since(span) }), zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }), (taste) => sections(name, taste, signal), signal);
  const reload = settled(load, NEWS_MS, signal);
  house.watch(({ type, data }) => {
    if (type === "reset" || (type === "taste_rebuilt" && data.profile === name)) reload();
    if (type === "profile_changed" && data.name === name) main.querySelector(".person-head")?.replaceWith(head(name));
  }, signal);
  load();
}

/**
 * @param {string} name
 * @param {string} span
 */
const address = (name, span) => `#/person/${encodeURIComponent(name)}?span=${span}`;

/** @param {string} span */
function since(span) {
  const days = SPANS[/** @type {keyof typeof SPANS} */ (span)];
  return days ? daysAgo(days) : undefined;
}

/** @param {string} chosen */
const switcher = (chosen) =>
  h("nav", { class: "chips people", "aria-label": t("person.switch") },
    people().map(({ name }) => h("a", { class: "chip", href: `#/person/${encodeURIComponent(name)}`, "aria-current": name === chosen ? "page" : null },
      avatar(name, "small"), nameOf(name))),
    addButton());

const addButton = () => h("button", { type: "button", class: "chip add", onclick: addPerson }, "+ ", t("person.add"));

/** @param {string} name */
function head(name) {
  const profile = house.profile(name);
  const stats = profile?.stats ?? { event_count: 0, track_count: 0, last_listen: null };
  return h("header", { class: "person-head" }, avatar(name, "large"),
    h("div", { class: "grow" }, h("h1", {}, nameOf(name)),
      h("p", { class: "lead" }, stats.event_count
        ? t("person.lead", { n: stats.event_count, tracks: number(stats.track_count) }) : t("person.nothing")),
      h("button", { type: "button", class: "link", onclick: () => renamePerson(name) }, t("person.rename"))));
}

/**
 * @param {string} name
 * @param {string} chosen
 */
const spans = (name, chosen) =>
  h("nav", { class: "segments", "aria-label": t("span") }, Object.keys(SPANS).map((span) =>
    h("a", { href: address(name, span), "aria-current": span === chosen ? "true" : null }, t(`span.${span}`))));

/**
 * @param {string} name
 * @param {any} taste
 * @param {AbortSignal} signal
 */
function sections(name, taste, signal) {
  const more = [
    section(t("bans"), later((box) => drawBans(box, name, signal))),
    section(t("lists"), later((box) => drawLists(box, name, signal))),
  ];
  if (!taste.totals.plays) return [empty(t("taste.empty"), t("taste.empty.help")), ...more];
  return [
    h("p", { class: "facts" }, t("taste.facts", {
      n: taste.totals.plays, artists: taste.totals.artists, hours: Math.round(taste.totals.heard_s / 3600), since: date(taste.totals.first),
    })),
    section(t("interests"), interestsPicture(taste.interests, signal)),
    h("div", { class: "pair" }, section(t("clock"), clockPicture(taste.hours)),
      h("div", { class: "stack wide-gap" }, section(t("months"), monthsPicture(taste.months, taste.interests)), section(t("new"), newArtists(taste.months)))),
    h("div", { class: "pair" }, section(t("top.artists"), drawTop(taste.top_artists, "artist", name)), section(t("top.tracks"), drawTop(taste.top_tracks, "track", name))),
    h("div", { class: "pair" }, ...more),
  ];
}

/**
 * @param {string} title
 * @param {...import("../dom.js").Child} content
 */
const section = (title, ...content) => h("section", { class: "panel" }, h("h2", {}, title), ...content);

/** @param {(box: HTMLElement) => void} draw */
function later(draw) {
  const box = h("div", {});
  draw(box);
  return box;
}
