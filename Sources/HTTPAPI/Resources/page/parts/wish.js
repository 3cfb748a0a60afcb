// @ts-check
/** “Play something”, or what somebody asks for in words. */
import { api } from "../api.js";
import { button, h, show } from "../dom.js";
import { house, sharers } from "../house.js";
import { all } from "../format.js";
import { nameOf, people, speakerName } from "../people.js";
import { settled } from "../states.js";
import { sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";
import { drawPlaylist } from "./playlist.js";
import { understand } from "./understood.js";

/** @typedef {import("../house.js").Speaker} Speaker */

const TYPING_MS = 300;

/**
 * For whom a list on a speaker is: its owner, the listener, all who share it, or a guest.
 * @param {Speaker} speaker
 * @returns {{profile?: string, profiles?: string[], guest?: boolean}}
 */
export function forWhom(speaker) {
  if (speaker.guest) return { guest: true };
  const listener = house.listeners.get(speaker.speaker_name);
  if (!listener) return speaker.mapping ? { profile: speaker.mapping } : {};
  if (listener.verdict === "assigned" && listener.profile) return { profile: listener.profile };
  const names = sharers(speaker);
  return names.length > 1 ? { profiles: names } : names.length ? { profile: names[0] } : {};
}

/** @param {Speaker} speaker */
export function openWish(speaker) {
  const end = new AbortController();
  const vibe = /** @type {HTMLInputElement} */ (h("input", {
    id: "vibe", type: "text", maxlength: 1000, autocomplete: "off", enterkeyhint: "go", placeholder: t("wish.example"),
    "aria-describedby": "understood", oninput: onType,
  }));
  const understood = h("p", { id: "understood", class: "understood", "aria-live": "polite" }, t("wish.help"));
  const submit = button(t("play.something"), () => {}, { type: "submit", icon: "play", class: "button primary wide-button" });
  const forNames = select("wish-for", t("wish.for"), whomChoices(speaker));
  const mode = select("wish-mode", t("wish.mode"), ["familiar", "balanced", "discovery"].map((name) => [name, t(`mode.${name}`)]), speaker.mode);
  const size = select("wish-size", t("wish.size"), sizes(speaker), "");
  const result = h("div", { class: "result" });
  const form = h("form", { class: "stack", onsubmit: play },
    h("label", { for: "vibe", class: "big-label" }, t("wish.label")), vibe, understood,
    h("div", { class: "fields" }, forNames.row, size.row, mode.row), submit);
  const explain = settled(() => understand(vibe.value, understood, end.signal), TYPING_MS, end.signal);

  function onType() {
    const text = vibe.value.trim();
    const label = submit.querySelector("span");
    if (label) label.textContent = text ? t("wish.play") : t("play.something");
    explain();
  }

  /** @param {Event} event */
  async function play(event) {
    event.preventDefault();
    submit.setAttribute("disabled", "");
    const list = await attempt(() => api.post("api/playlists/generate", {
      ...JSON.parse(forNames.field.value), ...(size.field.value ? JSON.parse(size.field.value) : {}),
      ...(vibe.value.trim() ? { vibe: vibe.value.trim() } : {}),
      mode: mode.field.value, speaker_entity: speaker.speaker_name, auto_play: true,
    }));
    submit.removeAttribute("disabled");
    if (!list) return;
    toast(list.tracks.length ? t("wish.sent", { n: list.tracks.length, speaker: speakerName(speaker.speaker_name) }) : t("wish.nothing"));
    show(result, h("h3", {}, t("wish.result")), drawPlaylist(list));
    result.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  sheet(t("wish.title", { speaker: speakerName(speaker.speaker_name) }), () => [form, result], { onclose: () => end.abort(), wide: true });
  vibe.focus();
}

/**
 * The people a list can be for, whoever it would be for comes first.
 * @param {Speaker} speaker
 * @returns {[string, string][]}
 */
function whomChoices(speaker) {
  const first = forWhom(speaker);
  /** @type {[string, string][]} */
  const options = [
    [JSON.stringify(first), first.guest ? t("wish.guest") : first.profiles ? t("wish.together", { names: all(first.profiles.map(nameOf)) }) : first.profile ? nameOf(first.profile) : t("whose.nobody")],
    ...people().map(({ name }) => /** @type {[string, string]} */ ([JSON.stringify({ profile: name }), nameOf(name)])),
    [JSON.stringify({ guest: true }), t("wish.guest")],
  ];
  return options.filter(([value], place) => options.findIndex((each) => each[0] === value) === place);
}

/**
 * @param {Speaker} speaker
 * @returns {[string, string][]}
 */
const sizes = (speaker) => [
  ["", t("wish.tracks", { n: speaker.total_tracks })],
  ...[30, 60, 120].map((minutes) => /** @type {[string, string]} */ (
    [JSON.stringify({ total_minutes: minutes, total_tracks: 200 }), t("wish.minutes", { n: minutes })])),
];

/**
 * @param {string} id
 * @param {string} label
 * @param {string[][]} options
 * @param {string} [chosen]
 */
function select(id, label, options, chosen) {
  const field = /** @type {HTMLSelectElement} */ (h("select", { id },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
  return { field, row: h("div", { class: "field" }, h("label", { for: id }, label), field) };
}
