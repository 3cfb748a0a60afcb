// @ts-check
/** History: what was heard, what was not counted, and what could not be taken. */
import { h } from "../dom.js";
import { t } from "../text.js";
import { heard } from "../parts/heard.js";
import { ignored } from "../parts/ignored.js";
import { rejected } from "../parts/rejected.js";

const tabs = { heard, ignored, rejected };

/** @type {import("../main.js").OpenView} */
export function open(main, { query }, signal) {
  const chosen = /** @type {keyof typeof tabs} */ (query.get("tab") ?? "heard");
  main.append(
    h("h1", {}, t("nav.history")),
    h("nav", { class: "segments", "aria-label": t("nav.history") }, Object.keys(tabs).map((tab) =>
      h("a", { href: tab === "heard" ? "#/history" : `#/history?tab=${tab}`, "aria-current": tab === chosen ? "true" : null }, t(`tab.${tab}`)))));
  (tabs[chosen] ?? heard)(main, query, signal);
}
