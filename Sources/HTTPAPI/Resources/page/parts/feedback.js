// @ts-check
/** Like and not this. */
import { api } from "../api.js";
import { h } from "../dom.js";
import { house, sharers } from "../house.js";
import { nameOf } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

/** @typedef {import("../house.js").Speaker} Speaker */
/** @typedef {{title: string, artist: string | null, speaker_name?: string, track_id?: number}} Subject */

/**
 * Who says it: the owner or the listener of a speaker; on a shared one with nobody assigned, whoever is chosen.
 * @param {Speaker} speaker
 * @param {(profile: string) => void} act
 */
function asWhom(speaker, act) {
  const listener = house.listeners.get(speaker.speaker_name);
  const known = listener ? (listener.verdict === "assigned" ? listener.profile : null) : speaker.mapping;
  if (known) return act(known);
  const shared = sharers(speaker);
  if (!listener && !house.profiles.some((each) => each.name !== "default")) return act("default");
  sheet(t("feedback.who"), (close) => choiceList(personChoices(act, null, shared), close));
}

/**
 * @param {Speaker} speaker
 * @returns {Subject}
 */
const playing = (speaker) => ({
  title: speaker.now_playing?.title ?? "", artist: speaker.now_playing?.artist ?? null, speaker_name: speaker.speaker_name,
});

/** @param {Speaker} speaker */
export const like = (speaker) => asWhom(speaker, (profile) => say("like", profile, playing(speaker)));

/** @param {Speaker} speaker */
export const notThis = (speaker) => asWhom(speaker, (profile) => chooseDislike(profile, playing(speaker)));

/**
 * Asks how far it goes.
 * @param {string} profile
 * @param {Subject} subject
 */
export function chooseDislike(profile, subject) {
  sheet(t("not.title", { title: subject.title }), (close) => [
    h("p", { class: "quiet" }, t("not.help", { name: nameOf(profile) })),
    choiceList([
      ...["snooze", "dislike", "ban_track"].map((verdict) => ({
        label: t(`not.${verdict}`), help: t(`not.${verdict}.help`), act: () => { say(verdict, profile, subject); },
      })),
      ...(subject.artist ? [{
        label: t("not.ban_artist", { artist: subject.artist }), act: () => { say("ban_artist", profile, subject); },
      }] : []),
    ], close),
  ]);
}

/**
 * Stores what somebody says of a track, and offers to take it back.
 * @param {string} verdict
 * @param {string} profile
 * @param {Subject} subject
 */
export const say = (verdict, profile, { title, artist, ...subject }) => attempt(async () => {
  const kept = await api.post("api/feedback", { verdict, profile, ...subject });
  toast(t(`said.${verdict}`, { name: nameOf(profile), title: kept.title, artist: kept.artist ?? "" }),
    async () => { await api.remove(`api/feedback/${kept.id}`); });
});
