// @ts-check
/** Whose speaker it is: one person's, shared by several, or nobody's. */
import { api, part } from "../api.js";
import { button, h } from "../dom.js";
import { all } from "../format.js";
import { house, sharers } from "../house.js";
import { avatar, nameOf, people, speakerName } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

/** @typedef {import("../house.js").Speaker} Speaker */

/** @param {Speaker} speaker */
export function askOwner(speaker) {
  const isShared = house.listeners.has(speaker.speaker_name);
  sheet(t("owner.title", { speaker: speakerName(speaker.speaker_name) }), (close) => [
    h("p", { class: "quiet" }, t("owner.help")),
    choiceList([
      ...personChoices((name) => decide(speaker, { profile: name }), speaker.mapping),
      ...(people().length > 1 ? [{
        label: t("owner.shared"), help: t("owner.shared.help"), sign: avatar(null), isNow: isShared, act: () => askSharers(speaker),
      }] : []),
      { label: t("whose.nobody"), help: t("owner.nobody.help"), sign: avatar(null), isNow: !speaker.mapping && !isShared,
        act: () => decide(speaker, { profile: null }) },
    ], close),
  ]);
}

/** @param {Speaker} speaker */
function askSharers(speaker) {
  const already = house.listeners.has(speaker.speaker_name) ? sharers(speaker) : people().map((each) => each.name);
  sheet(t("owner.sharers"), (close) => {
    const boxes = people().map(({ name }) => /** @type {HTMLInputElement} */ (
      h("input", { type: "checkbox", value: name, id: `share-${name}`, checked: already.includes(name) })));
    const save = () => {
      const names = boxes.filter((box) => box.checked).map((box) => box.value);
      close();
      decide(speaker, { profiles: names.length ? names : null });
    };
    return [
      h("ul", { class: "choices" }, boxes.map((box) =>
        h("li", {}, h("label", { class: "choice", for: box.id }, avatar(box.value), h("span", { class: "grow label" }, nameOf(box.value)), box)))),
      button(t("save"), save, { class: "button primary" }),
    ];
  });
}

/**
 * Decides, and offers to go back to what was so before.
 * @param {Speaker} speaker
 * @param {{profile: string | null} | {profiles: string[] | null}} decision
 */
export const decide = (speaker, decision) => attempt(async () => {
  const isShared = house.listeners.has(speaker.speaker_name);
  const before = isShared ? { profiles: sharers(speaker) } : { profile: speaker.mapping };
  await put(speaker, decision);
  const shown = speakerName(speaker.speaker_name);
  const text = "profiles" in decision
    ? t("owner.done.shared", { speaker: shown, names: all((decision.profiles ?? []).map(nameOf)) })
    : decision.profile ? t("owner.done", { speaker: shown, name: nameOf(decision.profile) }) : t("owner.done.nobody", { speaker: shown });
  toast(text, () => put(speaker, before));
});

/**
 * @param {Speaker} speaker
 * @param {{profile: string | null} | {profiles: string[] | null}} decision
 */
async function put(speaker, decision) {
  const path = `api/speakers/${part(speaker.speaker_name)}`;
  if ("profiles" in decision) await api.put(`${path}/shared`, decision);
  else {
    // Nobody's is a decision about both.
    if (house.listeners.has(speaker.speaker_name)) await api.put(`${path}/shared`, { profiles: null });
    await api.put(`${path}/profile`, decision);
  }
}
