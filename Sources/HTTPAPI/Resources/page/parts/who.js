// @ts-check
/** “Who is listening?”: one tap and a name. */
import { api, part } from "../api.js";
import { h } from "../dom.js";
import { percent, time } from "../format.js";
import { sharers } from "../house.js";
import { avatar, guestAvatar, nameOf, speakerName } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";
import { giveAway, sessionOf } from "./give.js";
import { setGuest } from "./guest.js";
import { askOwner } from "./owner.js";

/** @typedef {import("../house.js").Speaker} Speaker */
/** @typedef {import("../house.js").Listener} Listener */

/**
 * @param {Speaker} speaker
 * @param {Listener | null} listener
 */
export const askWho = (speaker, listener) => (listener ? askShared(speaker, listener) : askOwned(speaker));

/**
 * On a shared speaker the answer holds for the session.
 * @param {Speaker} speaker
 * @param {Listener} listener
 */
function askShared(speaker, listener) {
  const now = listener.verdict === "assigned" ? listener.profile : null;
  const shared = sharers(speaker);
  const of = (/** @type {string} */ name) => listener.likely.find((each) => each.profile === name)?.p;
  sheet(t("who.title"), (close) => [
    h("p", { class: "quiet" }, listener.since ? t("who.since", { speaker: speakerName(speaker.speaker_name), time: time(listener.since) })
      : speakerName(speaker.speaker_name)),
    listener.evidence.length && listener.verdict !== "unknown" && evidence(listener),
    choiceList([
      ...personChoices((profile) => setListener(speaker, { profile }), now, shared).map((choice, place) => {
        const p = place < shared.length ? of(shared[place]) : undefined;
        return { ...choice, help: p === undefined ? "" : t("likely", { percent: percent(p) }) };
      }),
      { label: t("whose.somebody"), help: t("who.nobody.help"), sign: avatar(null), act: () => setListener(speaker, { profile: null }) },
      { label: t("who.guest"), help: t("who.guest.help"), sign: guestAvatar(), act: () => setListener(speaker, { guest: true }) },
      ...(listener.rule === "said" ? [{ label: t("who.auto"), help: t("who.auto.help"), sign: avatar(null), act: () => setListener(speaker, { profile: "auto" }) }] : []),
    ], close),
    ownerButton(speaker, close),
  ]);
}

/**
 * What speaks for the listener, each kind in words.
 * @param {Listener} listener
 */
const evidence = (listener) =>
  h("ul", { class: "evidence" }, listener.evidence.map((each) =>
    h("li", {}, t(`evidence.${each.kind}`, { name: nameOf(listener.profile) }), " ", h("span", { class: "quiet" }, percent(each.weight)))));

/**
 * On a speaker of one person, or of nobody, what was heard since the last pause is given to somebody.
 * @param {Speaker} speaker
 */
async function askOwned(speaker) {
  const heard = await attempt(() => sessionOf(speaker));
  if (!heard) return;
  const since = heard.since ?? speaker.now_playing?.started_at;
  sheet(t("who.title"), (close) => [
    since ? h("p", { class: "quiet" }, t("who.owned", { speaker: speakerName(speaker.speaker_name), time: time(since), n: heard.listens.length }),
      speaker.now_playing ? ` ${t("who.pending")}` : "")
      : h("p", { class: "quiet" }, t("who.nothing", { speaker: speakerName(speaker.speaker_name) })),
    choiceList([
      ...(since ? personChoices((name) => giveAway(speaker, heard.listens, name), speaker.mapping) : []),
      { label: t("who.guest"), help: t("who.guest.owned"), sign: guestAvatar(), act: () => setGuest(speaker, true) },
    ], close),
    ownerButton(speaker, close),
  ]);
}

/**
 * @param {Speaker} speaker
 * @param {() => void} close
 */
const ownerButton = (speaker, close) =>
  h("button", { type: "button", class: "link", onclick: () => { close(); askOwner(speaker); } }, t("owner.ask"));

/**
 * Says who is listening at a shared speaker.
 * @param {Speaker} speaker
 * @param {{profile?: string | null, guest?: boolean}} word
 */
export const setListener = (speaker, word) => attempt(async () => {
  const path = `api/speakers/${part(speaker.speaker_name)}/listener`;
  const before = await api.get(path);
  const answer = await api.put(path, word);
  if (word.guest) return toast(t("guest.session", { speaker: speakerName(speaker.speaker_name) }), async () => {
    await api.put(`api/speakers/${part(speaker.speaker_name)}/guest`, { guest: false });
  });
  const session = answer.session === null ? {} : { session: answer.session };
  if (word.profile === "auto") return toast(t("who.auto.done"), async () => { await api.put(path, { profile: before.profile, ...session }); });
  const back = before.rule === "said" ? before.profile : "auto";
  const name = word.profile ? nameOf(word.profile) : t("whose.somebody");
  return toast(t("who.done", { name, speaker: speakerName(speaker.speaker_name) }), async () => {
    await api.put(path, { profile: back, ...session });
  });
});
