// @ts-check
/** How people and speakers are called and shown. */
import { h, icon } from "./dom.js";
import { all, capital } from "./format.js";
import { house } from "./house.js";
import { locale, t } from "./text.js";

/** @typedef {import("./house.js").Profile} Profile */

const HUES = 8;

/**
 * What people call somebody. Null and `default` are nobody in particular.
 * @param {string | null | undefined} name
 */
export function nameOf(name) {
  if (!name || name === "default") return t("person.nobody");
  const shown = house.profile(name)?.display_name ?? name;
  return shown === name ? capital(name) : shown;
}

/** The people of the house, without `default`. */
export const people = () => house.profiles.filter((profile) => profile.name !== "default");

/**
 * The number of somebody's colour, which stays the same while people are only added.
 * @param {string | null | undefined} name
 */
function hue(name) {
  const place = people().findIndex((profile) => profile.name === name);
  return place < 0 ? "none" : String(place % HUES);
}

/**
 * A round sign with the first letter of somebody's name.
 * @param {string | null | undefined} name
 * @param {string} [size] `small` or `large`
 */
export function avatar(name, size = "") {
  const letter = name && name !== "default" ? [...nameOf(name)][0].toLocaleUpperCase() : "–";
  return h("span", { class: `avatar hue-${hue(name)} ${size}`, "aria-hidden": "true" }, letter);
}

/** The sign of a guest. */
export const guestAvatar = () => h("span", { class: "avatar hue-none", "aria-hidden": "true" }, icon("guest"));

/**
 * What a list is called: its wish, else whose it is.
 * @param {{vibe: string | null, profile: string | null, profiles?: string[] | null}} list
 */
export function playlistTitle({ vibe, profile, profiles }) {
  if (vibe) return `“${vibe}”`;
  if (profiles?.length) return t("list.for", { name: all(profiles.map(nameOf)) });
  return profile ? t("list.for", { name: nameOf(profile) }) : t("list.guest");
}

/**
 * The name of a speaker as people say it: `media_player.study_speaker_2` is “Study speaker 2”.
 * @param {string | null | undefined} name
 */
export function speakerName(name) {
  if (!name) return t("speaker.unnamed");
  const words = name.replace(/^[a-z_]+\./, "").replace(/[_/]+/g, " ").trim();
  return capital(words || name);
}

/**
 * Speakers in the order of their names: “Room 2” before “Room 10”.
 * @param {Iterable<import("./house.js").Speaker>} speakers
 */
export const byName = (speakers) => [...speakers].sort((one, other) =>
  speakerName(one.speaker_name).localeCompare(speakerName(other.speaker_name), locale, { numeric: true }));
