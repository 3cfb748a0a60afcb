// @ts-check
/** A speaker on the first view. */
import { button, h, icon, show } from "../dom.js";
import { ago, time } from "../format.js";
import { house, sharers } from "../house.js";
import { speakerName } from "../people.js";
import { t } from "../text.js";
import { api } from "../api.js";
import { setGuest } from "./guest.js";
import { like, notThis } from "./feedback.js";
import { openPlaylist, playlistTitle } from "./playlist.js";
import { whose } from "./whose.js";
import { openWish } from "./wish.js";

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
    const state = JSON.stringify([speaker, listener, names]);
    if (state === this.#shown) return;
    this.#shown = state;
    const isPlaying = Boolean(speaker.now_playing);
    if (!isPlaying) this.#findLastListen(speaker);
    this.node.classList.toggle("is-playing", speaker.now_playing?.state === "playing");
    show(this.node,
      h("header", {}, h("h3", {}, speakerName(this.name)), h("p", { class: "state" }, this.#state(speaker))),
      speaker.now_playing && track(speaker.now_playing),
      whose(speaker, listener, isPlaying),
      this.#actions(speaker, isPlaying),
      speaker.last_playlist && lastList(speaker.last_playlist));
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
  #actions(speaker, isPlaying) {
    return h("div", { class: "actions" },
      isPlaying && !speaker.guest && button(t("like"), () => like(speaker), { icon: "like", "data-key": "like", class: "button soft" }),
      isPlaying && !speaker.guest && button(t("not"), () => notThis(speaker), { icon: "not", "data-key": "not", class: "button soft" }),
      button(t("play.something"), () => openWish(speaker), { icon: "play", "data-key": "wish", class: isPlaying ? "button soft" : "button primary" }),
      button(t("guest.mode"), () => setGuest(speaker, !speaker.guest),
        { icon: "guest", "data-key": "guest", class: "button soft", "aria-pressed": String(speaker.guest) }));
  }

  /** @param {Speaker} speaker */
  async #findLastListen(speaker) {
    if (speaker.last_listen !== undefined) return;
    const page = await api.get("api/history", { speaker_name: this.name, limit: 1 }).catch(() => null);
    if (!page) return;
    this.#lastListen = page.history[0]?.started_at ?? null;
    const line = this.node.querySelector(".state");
    if (line && !house.speakers.get(this.name)?.now_playing) line.textContent = this.#state(speaker);
  }
}

/** @param {import("../house.js").NowPlaying} playing */
const track = (playing) =>
  h("div", { class: "track" },
    h("p", { class: "title" }, playing.title ?? t("track.untitled")),
    h("p", { class: "artist" }, [playing.artist, playing.album].filter(Boolean).join(" · ") || t("track.nobody")));

/** @param {import("../house.js").LastPlaylist} list */
const lastList = (list) =>
  h("button", { type: "button", class: "row-button", "data-key": "list", onclick: () => openPlaylist(list.id) },
    icon("list"), h("span", { class: "grow" }, h("span", { class: "label" }, playlistTitle(list)),
      h("small", {}, t("list.sent", { ago: ago(list.created_at), n: list.track_count }))), icon("next"));
