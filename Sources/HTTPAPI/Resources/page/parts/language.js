// @ts-check
/** The language of the page. */
import { h } from "../dom.js";
import { chooseLanguage, language as current, languages, t } from "../text.js";

/** @param {HTMLElement} box */
export function language(box) {
  const field = /** @type {HTMLSelectElement} */ (h("select", {
    id: "language", onchange: () => { chooseLanguage(field.value); location.reload(); },
  }, Object.entries(languages).map(([tag, name]) => h("option", { value: tag, lang: tag, selected: tag === current }, name))));
  box.append(h("div", { class: "field" }, h("label", { for: "language" }, t("language.label")), field));
}
