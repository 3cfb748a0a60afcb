// @ts-check
/** Now: every speaker, what it plays, and whose that is. */
import { empty, h, show } from "../dom.js";
import { house } from "../house.js";
import { byName } from "../people.js";
import { t } from "../text.js";
import { SpeakerCard } from "../parts/speaker-card.js";

const REDRAW_MS = 60_000;

/** @type {import("../main.js").OpenView} */
export function open(main, _route, signal) {
  const summary = h("p", { class: "lead" });
  const playing = h("div", { class: "cards" });
  const quiet = h("div", { class: "cards quiet-cards" });
  const quietTitle = h("h2", { class: "section" }, t("now.quiet"));
  /** @type {Map<string, SpeakerCard>} */
  const cards = new Map();
  let order = "";
  main.append(h("h1", {}, t("nav.now")), summary, playing, quietTitle, quiet);

  function draw() {
    for (const name of [...cards.keys()]) if (!house.speakers.has(name)) cards.delete(name);
    for (const [name, speaker] of house.speakers) {
      if (!cards.has(name)) cards.set(name, new SpeakerCard(name));
      cards.get(name)?.draw(speaker);
    }
    arrange();
  }

  /** Puts each card into its group, and moves none that stands there already. */
  function arrange() {
    const sorted = byName(house.speakers.values());
    const loud = sorted.filter((speaker) => speaker.now_playing);
    const silent = sorted.filter((speaker) => !speaker.now_playing);
    const wanted = [loud, silent].map((group) => group.map((each) => each.speaker_name).join()).join("|");
    summary.textContent = loud.length ? t("now.playing", { n: loud.length }) : t("now.silent");
    if (wanted === order && sorted.length) return;
    order = wanted;
    quietTitle.hidden = !silent.length || !loud.length;
    show(playing, sorted.length ? loud.map((each) => cards.get(each.speaker_name)?.node) : empty(t("now.none"), t("now.none.help")));
    show(quiet, silent.map((each) => cards.get(each.speaker_name)?.node));
  }

  // “Five minutes ago” grows old by itself.
  const timer = setInterval(draw, REDRAW_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  house.watch((event) => {
    if (/^(state|speaker_|listener_|profile_|listen_recorded)/.test(event.type)) draw();
  }, signal);
  draw();
}
