// @ts-check
/** The lists that were made for somebody. */
import { api } from "../api.js";
import { h, icon } from "../dom.js";
import { facts, when } from "../format.js";
import { playlistTitle, speakerName } from "../people.js";
import { fill } from "../states.js";
import { t } from "../text.js";
import { openPlaylist } from "./later.js";

const SHOWN = 8;

/**
 * @param {HTMLElement} box
 * @param {string} profile
 * @param {AbortSignal} signal
 */
export const drawLists = (box, profile, signal) =>
  fill(box, () => api.get("api/playlists", { limit: 200 }), ({ playlists }) => {
    const theirs = playlists.filter((/** @type {any} */ list) => list.profile === profile || list.profiles?.includes(profile)).slice(0, SHOWN);
    if (!theirs.length) return h("p", { class: "quiet" }, t("lists.none"));
    return h("ul", { class: "plain-list" }, theirs.map((/** @type {any} */ list) =>
      h("li", {}, h("button", { type: "button", class: "row-button", onclick: () => openPlaylist(list.id) }, icon("list"),
        h("span", { class: "grow" }, h("span", { class: "label" }, playlistTitle(list)),
          h("small", {}, facts([when(list.created_at), list.speaker_name && speakerName(list.speaker_name), t("wish.tracks", { n: list.tracks.length })]))),
        icon("next")))));
  }, signal);
