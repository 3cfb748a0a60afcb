// @ts-check
/** What the page knows of the house: speakers, listeners and people, kept up to date by the event stream. */
import { api } from "./api.js";
import { follow } from "./stream.js";

/** @typedef {{name: string, display_name: string, created_at: string, speakers: string[],
 *   stats: {event_count: number, track_count: number, last_listen: string | null},
 *   taste: {version: number, top_artists: string[], interests: string[]}}} Profile */
/** @typedef {{title: string | null, artist: string | null, album: string | null, duration_s: number | null,
 *   state: string, started_at: string}} NowPlaying */
/** @typedef {{speaker_name: string, topic: string, profile: string | null, rule: string, mapping: string | null,
 *   shared?: string[] | null, guest: boolean, total_tracks: number, mode: string, now_playing: NowPlaying | null,
 *   last_listen?: string | null, last_playlist: LastPlaylist | null}} Speaker */
/** @typedef {{id: string, created_at: string, vibe: string | null, profile: string | null, profiles: string[] | null, track_count: number}} LastPlaylist */
/** @typedef {{profile: string | null, p: number}} Likely */
/** @typedef {{speaker_name: string, profile: string | null, p: number | null, verdict: string, rule: string | null,
 *   likely: Likely[], evidence: {kind: string, weight: number}[], session: number | null, since: string | null}} Listener */
/** @typedef {import("./stream.js").StreamEvent} StreamEvent */

class House {
  /** @type {Map<string, Speaker>} */
  speakers = new Map();
  /** @type {Map<string, Listener>} */
  listeners = new Map();
  /** @type {Profile[]} */
  profiles = [];
  /** @type {Map<string, any>} */
  imports = new Map();
  /** @type {any} */
  health = null;
  /** Whether the stream is open; null before the first attempt. */
  /** @type {boolean | null} */
  isLive = null;
  /** @type {Set<(event: StreamEvent) => void>} */
  #watchers = new Set();

  /** Loads the people, then follows the stream. */
  async begin() {
    await this.loadProfiles();
    const first = new Promise((resolve) => {
      follow((event) => {
        this.#take(event);
        if (event.type === "state") resolve(undefined);
      }, (isLive) => {
        if (isLive === this.isLive) return;
        this.isLive = isLive;
        this.#tell({ id: "", type: "line", data: { is_live: isLive } });
      });
    });
    await first;
  }

  async loadProfiles() {
    const page = await api.get("api/profiles", { limit: 1000 });
    this.profiles = page.profiles;
    this.#sortProfiles();
  }

  /** @param {string | null | undefined} name */
  profile(name) {
    return this.profiles.find((profile) => profile.name === name);
  }

  /**
   * Calls a function with every event from now on, until the signal ends it.
   * @param {(event: StreamEvent) => void} watcher
   * @param {AbortSignal} signal
   */
  watch(watcher, signal) {
    this.#watchers.add(watcher);
    signal.addEventListener("abort", () => this.#watchers.delete(watcher));
  }

  /** @param {StreamEvent} event */
  #tell(event) {
    for (const watcher of [...this.#watchers]) watcher(event);
  }

  /** @param {StreamEvent} event */
  #take(event) {
    const data = event.data?.data;
    if (!data) return;
    this.#apply(event.type, data);
    this.#tell({ ...event, data });
  }

  /**
   * @param {string} type
   * @param {any} data
   */
  #apply(type, data) {
    switch (type) {
      case "state":
        this.speakers = new Map(data.speakers.map((/** @type {Speaker} */ each) => [each.speaker_name, each]));
        this.listeners = new Map(data.listeners.map((/** @type {Listener} */ each) => [each.speaker_name, each]));
        this.imports = new Map([...lost(this.imports), ...(data.imports ?? []).map((/** @type {any} */ each) => [each.id, each])]);
        this.health = data.health;
        break;
      case "speaker_changed": this.speakers.set(data.speaker_name, data); break;
      case "speaker_removed": this.#forget(data.topic, true); break;
      case "listener_changed": this.listeners.set(data.speaker_name, data); break;
      case "listener_removed": this.#forget(data.topic, false); break;
      case "profile_created": case "profile_changed": this.#putProfile(data); break;
      case "profile_removed": this.profiles = this.profiles.filter((each) => each.name !== data.name); break;
      case "import_changed": this.imports.set(data.id, data); break;
      case "health": this.health = data; break;
      case "reset": this.loadProfiles().catch(() => {}); break;
    }
  }

  /**
   * @param {string} topic
   * @param {boolean} isGone
   */
  #forget(topic, isGone) {
    for (const [name, speaker] of this.speakers) {
      if (speaker.topic !== topic) continue;
      this.listeners.delete(name);
      if (isGone) this.speakers.delete(name);
    }
  }

  /** @param {Profile} profile */
  #putProfile(profile) {
    this.profiles = [...this.profiles.filter((each) => each.name !== profile.name), profile];
    this.#sortProfiles();
  }

  /** By age, so that colours stay when somebody is added. */
  #sortProfiles() {
    this.profiles.sort((one, other) => one.created_at.localeCompare(other.created_at) || one.name.localeCompare(other.name));
  }
}

/**
 * Imports that the daemon may know nothing of any more: what was not over is lost with a restart.
 * @param {Map<string, any>} imports
 * @returns {[string, any][]}
 */
const lost = (imports) => [...imports].map(([id, each]) => [id, /^(waiting|running)$/.test(each.state) ? { ...each, state: "lost" } : each]);

export const house = new House();

/**
 * Who shares a speaker; empty for one that is not shared.
 * @param {Speaker} speaker
 * @returns {string[]}
 */
export function sharers(speaker) {
  if (speaker.shared) return speaker.shared;
  const listener = house.listeners.get(speaker.speaker_name);
  if (!listener) return [];
  const named = listener.likely.flatMap((each) => each.profile ?? []);
  return named.length ? [...named].sort() : house.profiles.map((each) => each.name).filter((name) => name !== "default");
}
