// @ts-check
/** A speaker on the first view. */
import { button, h, icon, show } from "../dom.js";
import { ago, facts, time } from "../format.js";
import { house } from "../house.js";
import { playlistTitle, speakerName } from "../people.js";
import { t } from "../text.js";
import { api } from "../api.js";
import { setGuest } from "./guest.js";
import { like, notThis, openPlaylist, openWish } from "./later.js";
import { whose } from "./whose.js";

/** @typedef {import("../house.js").Speaker} Speaker */

export class SpeakerCard {
  #shown = "";
  /** When the newest listen began, asked once where the speaker does not say it. */
  /** @type {string | null | undefined} */
  #lastListen;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.node = h("article", { class: "card speaker", "aria-label": speakerName(name), "data-speaker": name });
  }

  /**
   * Draws it again if something changed that it shows.
   * @param {Speaker} speaker
   */
  draw(speaker) {
    const listener = house.listeners.get(this.name) ?? null;
    const names = house.profiles.map((profile) => [profile.name, profile.display_name]);
    const shown = JSON.stringify([speaker, listener, names, this.#state(speaker), speaker.last_playlist && ago(speaker.last_playlist.created_at)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const isPlaying = Boolean(speaker.now_playing);
    if (!isPlaying) this.#findLastListen(speaker);
    this.node.classList.toggle("is-playing", speaker.now_playing?.state === "playing");
    this.node.classList.toggle("is-quiet", !isPlaying);
    const state = h("p", { class: "state" }, this.#state(speaker));
    if (!isPlaying) show(this.node, whose(speaker, listener, false, [h("h2", {}, speakerName(this.name)), state]), actions(speaker, false));
    else show(this.node, h("header", {}, h("h2", {}, speakerName(this.name)), state), track(speaker),
      whose(speaker, listener, true), actions(speaker, true), speaker.last_playlist && lastList(speaker.last_playlist));
  }

  /** @param {Speaker} speaker */
  #state(speaker) {
    const playing = speaker.now_playing;
    if (playing) return playing.state === "paused" ? t("speaker.paused") : t("speaker.playing", { time: time(playing.started_at) });
    const last = speaker.last_listen !== undefined ? speaker.last_listen : this.#lastListen;
    if (last === undefined) return " ";
    return last ? t("speaker.last", { ago: ago(last) }) : t("speaker.never");
  }

  /** @param {Speaker} speaker */
  async #findLastListen(speaker) {
    if (speaker.last_listen !== undefined) return;
    const page = await api.get("api/history", { speaker_name: this.name, limit: 1 }).catch(() => null);
    if (!page) return;
    this.#lastListen = page.history[0]?.started_at ?? null;
    const line = this.node.querySelector(".state");
    if (!line || house.speakers.get(this.name)?.now_playing) return;
    line.textContent = this.#state(speaker);
    line.classList.toggle("never", !this.#lastListen);
  }
}

/**
 * What plays, to be liked or not.
 * @param {Speaker} speaker
 */
function track(speaker) {
  const { title, artist, album } = /** @type {import("../house.js").NowPlaying} */ (speaker.now_playing);
  const verdict = (/** @type {"like" | "not"} */ name, /** @type {() => void} */ act) =>
    h("button", { type: "button", class: "plain round verdict-button", "data-key": name, "aria-label": t(name), title: t(name), onclick: act }, icon(name));
  return h("div", { class: "track" },
    h("div", { class: "grow" }, h("p", { class: "title" }, title ?? t("track.untitled")),
      h("p", { class: "artist" }, facts([artist, album]) || t("track.nobody"))),
    !speaker.guest && h("div", { class: "verdicts" }, verdict("like", () => like(speaker)), verdict("not", () => notThis(speaker))));
}

/**
 * @param {Speaker} speaker
 * @param {boolean} isPlaying
 */
const actions = (speaker, isPlaying) =>
  h("div", { class: "actions" },
    button(t("play.something"), () => openWish(speaker), { icon: "play", "data-key": "wish", class: "button play" }),
    button(t(speaker.guest ? "guest.end" : "guest.mode"), () => setGuest(speaker, !speaker.guest),
      { icon: "guest", "data-key": "guest", class: isPlaying || speaker.guest ? "button" : "button sparse", "aria-pressed": String(speaker.guest) }));

/** @param {import("../house.js").LastPlaylist} list */
const lastList = (list) =>
  h("button", { type: "button", class: "row-button", "data-key": "list", onclick: () => openPlaylist(list.id) },
    icon("list"), h("span", { class: "grow" }, h("span", { class: "label" }, playlistTitle(list)),
      h("small", {}, t("list.sent", { ago: ago(list.created_at), n: list.track_count }))), icon("next"));
