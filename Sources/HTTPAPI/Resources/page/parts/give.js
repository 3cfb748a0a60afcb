// @ts-check
/** Giving listens to somebody else. */
import { api } from "../api.js";
import { house } from "../house.js";
import { nameOf } from "../people.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";
import { changed } from "./changes.js";

/** @typedef {import("../house.js").Speaker} Speaker */
/** @typedef {{id: number, event_id: string, title: string | null, artist: string | null, album: string | null,
 *   started_at: string, played_s: number | null, duration_s: number | null, outcome: string, speaker_name: string | null,
 *   profile: string | null, rule: string, confidence: number | null, likely: {profile: string | null, p: number}[] | null,
 *   session: number | null}} Listen */

/** A session ends with a pause of this length. */
const PAUSE_S = 1800;
const LONGEST_S = 12 * 3600;

/**
 * What a speaker played since its last long pause, if that is still going on.
 * @param {Speaker} speaker
 * @returns {Promise<{listens: Listen[], since: string | null}>}
 */
export async function sessionOf(speaker) {
  const since = new Date(Date.now() - LONGEST_S * 1000).toISOString();
  const { history } = await api.get("api/history", { speaker_name: speaker.speaker_name, since, limit: 300 });
  /** @type {Listen[]} */
  const listens = [];
  let next = speaker.now_playing ? Date.parse(speaker.now_playing.started_at) : null;
  for (const listen of history) {
    const start = Date.parse(listen.started_at);
    const end = start + (listen.played_s ?? listen.duration_s ?? 0) * 1000;
    if (next !== null && next - end >= PAUSE_S * 1000) break;
    listens.push(listen);
    next = start;
  }
  return { listens, since: listens.at(-1)?.started_at ?? null };
}

/**
 * Gives listens of a speaker to somebody, and the track that plays now when it is over.
 * @param {Speaker} speaker
 * @param {Listen[]} listens
 * @param {string} name
 */
export async function giveAway(speaker, listens, name) {
  const stop = speaker.now_playing ? followUp(speaker, name) : null;
  if (!listens.length) return toast(t("give.later", { name: nameOf(name) }), async () => stop?.abort());
  await reassign({ ids: listens.map((each) => each.id) }, name, () => stop?.abort());
}

/**
 * Gives selected listens to somebody, and offers to undo that.
 * @param {Record<string, any>} selection
 * @param {string} name
 * @param {() => void} [onUndo]
 */
export const reassign = (selection, name, onUndo) => attempt(async () => {
  const done = await api.post("api/history/reassign", { ...selection, to_profile: name });
  if (!done.event_count) {
    toast(t("give.none", { name: nameOf(name) }));
    return done;
  }
  changed({
    undo_id: done.undo_id, text: t("give.done", { n: done.event_count, name: nameOf(name) }), undone: t("undo.give", { n: done.event_count }),
  }, onUndo);
  return done;
});

/**
 * Waits for the end of the track that plays, as long as the page is open.
 * @param {Speaker} speaker
 * @param {string} name
 */
function followUp(speaker, name) {
  const stop = new AbortController();
  const begun = Date.parse(speaker.now_playing?.started_at ?? "");
  house.watch(({ type, data }) => {
    if (type === "speaker_changed" && data.speaker_name === speaker.speaker_name && data.now_playing === null) setTimeout(() => stop.abort(), 10_000);
    if (!/^listen_(recorded|skipped)$/.test(type) || data.speaker_name !== speaker.speaker_name) return;
    if (Math.abs(Date.parse(data.started_at) - begun) < 10_000 && data.profile !== name) reassign({ ids: [data.id] }, name);
    stop.abort();
  }, stop.signal);
  return stop;
}
