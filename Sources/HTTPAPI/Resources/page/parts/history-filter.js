// @ts-check
/** Which part of the history is looked at; it stands in the address, so that it can be linked to. */
import { button, h } from "../dom.js";
import { house } from "../house.js";
import { byName, nameOf, people, speakerName } from "../people.js";
import { t } from "../text.js";
import { Dates, daysAgo } from "./dates.js";

const DAYS = { today: 0, week: 6, month: 29, quarter: 90 };
const RULES = ["mapping", "payload", "said", "likeness", "voice", "user", "presence", "corrected", "default"];

export class HistoryFilter {
  #onChange;
  #artists = h("datalist", { id: "artists" });

  /**
   * @param {URLSearchParams} query
   * @param {() => void} onChange
   */
  constructor(query, onChange) {
    this.#onChange = onChange;
    this.profile = this.#select("profile", [["", t("filter.anybody")], ...people().map(({ name }) => [name, nameOf(name)]), ["default", t("person.nobody")]], query);
    this.speaker = this.#select("speaker", [["", t("filter.anywhere")], ...byName(house.speakers.values()).map(({ speaker_name: name }) => [name, speakerName(name)])], query);
    this.span = this.#select("when", [["", t("filter.ever")], ...Object.keys(DAYS).map((name) => [name, t(`filter.${name}`)]), ["days", t("filter.days")]], query);
    this.rule = this.#select("rule", [["", t("filter.anyhow")], ["open", t("filter.open")], ...RULES.map((name) => [name, t(`filter.rule.${name}`)])], query);
    this.artist = /** @type {HTMLInputElement} */ (h("input", {
      id: "filter-artist", type: "search", value: query.get("artist") ?? "", list: "artists", oninput: () => this.#changed(), placeholder: t("filter.artist.example"),
    }));
    this.dates = new Dates(query, () => this.#changed());
    this.node = h("form", { class: "filter", role: "search", "aria-label": t("filter"), onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); this.#changed(); } },
      this.#row("artist", this.artist), this.#toggle(), this.#row("profile", this.profile), this.#row("speaker", this.speaker), this.#row("when", this.span), this.#row("rule", this.rule), this.dates.node, this.#artists);
    this.#showDates();
  }

  /** The fields of a selection, as the API has them. */
  get selection() {
    const rule = this.rule.value;
    return Object.fromEntries(Object.entries({
      profile: this.profile.value, speaker_name: this.speaker.value, artist: this.artist.value.trim(), ...this.#times,
      rule: rule === "open" ? "" : rule, open: rule === "open" ? true : "",
    }).filter(([, value]) => value !== ""));
  }

  /**
   * Offers the artists that are in sight while a name is typed.
   * @param {(string | null)[]} names
   */
  offer(names) {
    const known = new Set([...this.#artists.querySelectorAll("option")].map((each) => each.value));
    for (const name of new Set(names)) if (name && !known.has(name)) this.#artists.append(h("option", { value: name }));
  }

  get isEmpty() { return !Object.keys(this.selection).length; }

  /** The filter in the address. */
  get text() {
    const values = {
      profile: this.profile.value, speaker: this.speaker.value, when: this.span.value, rule: this.rule.value, artist: this.artist.value,
      ...(this.span.value === "days" ? this.dates.values : {}),
    };
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
    return String(query) && `?${query}`;
  }

  get #times() {
    const span = this.span.value;
    if (span === "days") return this.dates.span;
    return { since: span in DAYS ? daysAgo(DAYS[/** @type {keyof typeof DAYS} */ (span)]) : "" };
  }

  /** On a phone the other fields are folded away until they are wanted. */
  #toggle() {
    const isOpen = this.profile.value || this.speaker.value || this.span.value || this.rule.value;
    const toggle = button(t("filter"), () => {
      const open = this.node.classList.toggle("is-open");
      toggle.setAttribute("aria-expanded", String(open));
    }, { class: "button filter-toggle", icon: "setup", "aria-expanded": String(Boolean(isOpen)) });
    queueMicrotask(() => this.node.classList.toggle("is-open", Boolean(isOpen)));
    return toggle;
  }

  #changed() {
    this.#showDates();
    this.#onChange();
  }

  #showDates() { this.dates.node.hidden = this.span.value !== "days"; }

  /**
   * @param {string} name
   * @param {string[][]} options
   * @param {URLSearchParams} query
   */
  #select(name, options, query) {
    return /** @type {HTMLSelectElement} */ (h("select", { id: `filter-${name}`, onchange: () => this.#changed() },
      options.map(([value, text]) => h("option", { value, selected: value === (query.get(name) ?? "") }, text))));
  }

  /**
   * @param {string} name
   * @param {HTMLElement} field
   */
  #row(name, field) { return h("div", { class: `field field-${name}` }, h("label", { for: field.id }, t(`filter.by.${name}`)), field); }
}
