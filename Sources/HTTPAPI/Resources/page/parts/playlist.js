// @ts-check
/** A list that was made: its tracks, each with its reason. */
import { api, part } from "../api.js";
import { empty, h, icon } from "../dom.js";
import { clock, facts, length, when } from "../format.js";
import { playlistTitle, speakerName } from "../people.js";
import { sheet } from "../sheet.js";
import { fill } from "../states.js";
import { t } from "../text.js";
import { reasonWords } from "./reason.js";
import { chooseDislike, say } from "./feedback.js";

/** @param {string} id */
export function openPlaylist(id) {
  const end = new AbortController();
  const box = h("div", {});
  sheet(t("list.title"), () => box, { onclose: () => end.abort(), wide: true });
  fill(box, () => api.get(`api/playlists/${part(id)}`), drawPlaylist, end.signal);
}

/** @param {any} list */
export function drawPlaylist(list) {
  return h("div", { class: "playlist" },
    h("p", { class: "list-title" }, playlistTitle(list)), h("p", { class: "quiet" }, facts([
      when(list.created_at), list.speaker_name && speakerName(list.speaker_name), list.duration_s && length(list.duration_s),
      list.vibe && playlistTitle({ ...list, vibe: null }),
    ])),
    list.notes.map((/** @type {string} */ note) => h("p", { class: "note" }, note)),
    list.tracks.length ? h("ol", { class: "tracks" }, list.tracks.map((/** @type {any} */ track) => row(track, list.profile)))
      : empty(t("list.empty")));
}

/**
 * @param {any} track
 * @param {string | null} profile
 */
function row(track, profile) {
  const subject = { title: track.title, artist: track.artist, track_id: track.track_id };
  return h("li", {},
    h("div", { class: "grow" },
      h("p", { class: "label" }, track.title),
      h("p", { class: "by" }, facts([track.artist, clock(track.duration_s)])),
      h("p", { class: "reason" }, reasonWords(track.reason))),
    profile && h("div", { class: "row-actions" },
      h("button", { type: "button", class: "plain round", "aria-label": t("like.of", { title: track.title }), onclick: () => say("like", profile, subject) }, icon("like")),
      h("button", { type: "button", class: "plain round", "aria-label": t("not.of", { title: track.title }), onclick: () => chooseDislike(profile, subject) }, icon("not"))));
}
