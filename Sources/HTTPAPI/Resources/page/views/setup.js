// @ts-check
/** Setting up: how the house is, what is heard, whose speakers are, where the music is, and files to import. */
import { h } from "../dom.js";
import { t } from "../text.js";
import { health } from "../parts/health.js";
import { imports } from "../parts/imports.js";
import { language } from "../parts/language.js";
import { libraries } from "../parts/libraries.js";
import { ownerless, sources } from "../parts/sources.js";

/** @type {import("../main.js").OpenView} */
export function open(main, _route, signal) {
  /**
   * @param {string} key
   * @param {(box: HTMLElement, signal: AbortSignal) => void} draw
   */
  const panel = (key, draw) => {
    const box = h("div", {});
    draw(box, signal);
    return h("section", { class: `panel panel-${key}` }, h("h2", {}, t(`setup.${key}`)), box);
  };
  main.append(h("h1", {}, t("nav.setup")), h("div", { class: "panels" },
    panel("health", health), panel("sources", sources), panel("speakers", ownerless),
    panel("import", imports), panel("libraries", libraries), panel("language", language)));
}
