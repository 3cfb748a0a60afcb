// @ts-check
/** What somebody said of music, the bans first, each to be taken back. */
import { api } from "../api.js";
import { button, h } from "../dom.js";
import { date } from "../format.js";
import { nameOf } from "../people.js";
import { fill } from "../states.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

const ORDER = ["ban_artist", "ban_track", "dislike", "snooze", "like"];

/**
 * @param {HTMLElement} box
 * @param {string} profile
 * @param {AbortSignal} signal
 */
export function drawBans(box, profile, signal) {
  const load = () => fill(box, () => api.get("api/feedback", { profile, limit: 1000 }), ({ feedback }) => {
    if (!feedback.length) return h("p", { class: "quiet" }, t("bans.none", { name: nameOf(profile) }));
    const sorted = [...feedback].sort((/** @type {any} */ one, /** @type {any} */ other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
    return h("ul", { class: "plain-list" }, sorted.map((/** @type {any} */ each) => row(each, load)));
  }, signal);
  load();
}

/**
 * @param {any} said
 * @param {() => void} reload
 */
function row(said, reload) {
  const isArtist = said.verdict === "ban_artist";
  const until = said.expires_at ? ` · ${t("until", { date: date(said.expires_at) })}` : "";
  return h("li", {},
    h("div", { class: "grow" }, h("p", { class: "label" }, isArtist ? said.artist : said.title),
      h("small", {}, `${t(`verdict.${said.verdict}`)}${isArtist || !said.artist ? "" : ` · ${said.artist}`}${until}`)),
    button(t("take.back"), () => takeBack(said, reload), { class: "button soft", "aria-label": t("take.back.of", { title: isArtist ? said.artist : said.title }) }));
}

/**
 * @param {any} said
 * @param {() => void} reload
 */
const takeBack = (said, reload) => attempt(async () => {
  await api.remove(`api/feedback/${said.id}`);
  reload();
  toast(t("taken.back"), async () => {
    await api.post("api/feedback", { verdict: said.verdict, profile: said.profile, track_id: said.track_id });
    reload();
  });
});
