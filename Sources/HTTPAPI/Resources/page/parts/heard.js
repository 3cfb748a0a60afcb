// @ts-check
/** What was heard: filter, select, give to somebody else, remove. */
import { api } from "../api.js";
import { button, empty, h, show } from "../dom.js";
import { day } from "../format.js";
import { house } from "../house.js";
import { fill, settled } from "../states.js";
import { t } from "../text.js";
import { attempt } from "../toast.js";
import { changeList } from "./changes.js";
import { askGive, askRemove } from "./correct.js";
import { HistoryFilter } from "./history-filter.js";
import { listenRow } from "./listen-row.js";

/** @typedef {import("./give.js").Listen} Listen */

const PAGE = 60;
const TYPING_MS = 350;

/**
 * @param {HTMLElement} main
 * @param {URLSearchParams} query
 * @param {AbortSignal} signal
 */
export function heard(main, query, signal) {
  const box = h("div", { class: "history" });
  const news = h("div", { class: "news", role: "status" });
  const bar = h("div", { class: "select-bar", role: "region", "aria-label": t("selection"), hidden: true });
  /** @type {Set<number>} */
  const selected = new Set();
  const filter = new HistoryFilter(query, settled(load, TYPING_MS, signal));
  let fresh = 0;
  const earlier = h("div", {});
  main.append(filter.node, earlier, news, box, bar);

  function load() {
    selected.clear();
    drawBar();
    fresh = 0;
    news.replaceChildren();
    show(earlier, changeList(load));
    history.replaceState(null, "", `#/history${filter.text}`);
    return fill(box, () => api.get("api/history", { ...filter.selection, limit: PAGE }), draw, signal);
  }

  /** @param {{history: Listen[], next_cursor: string | null}} page */
  function draw(page) {
    if (!page.history.length) return filter.isEmpty ? empty(t("history.empty"), t("history.empty.help")) : empty(t("history.nothing"), t("history.nothing.help"));
    const list = h("div", { class: "days" });
    append(list, page.history);
    return [filter.isEmpty ? null : wholeActions(), list, more(list, page.next_cursor)];
  }

  /** What can be done with everything that the filter finds. */
  const wholeActions = () => h("div", { class: "whole" }, h("span", { class: "grow quiet" }, t("history.whole")),
    button(t("give.all"), () => askGive(filter.selection, load), { class: "button soft" }),
    button(t("remove.all"), () => askRemove(filter.selection, load), { class: "button soft" }));

  /**
   * @param {HTMLElement} list
   * @param {Listen[]} listens
   */
  function append(list, listens) {
    filter.offer(listens.map((listen) => listen.artist));
    for (const listen of listens) {
      const name = day(listen.started_at);
      if (list.lastElementChild?.getAttribute("data-day") !== name) {
        list.append(h("section", { "data-day": name }, h("h2", { class: "day" }, name), h("ul", { class: "listens" })));
      }
      list.lastElementChild?.querySelector("ul")?.append(listenRow(listen, { select, reload: load }));
    }
  }

  /**
   * @param {HTMLElement} list
   * @param {string | null} cursor
   */
  function more(list, cursor) {
    if (!cursor) return h("p", { class: "quiet end" }, t("history.end"));
    const next = button(t("more"), () => attempt(async () => {
      const page = await api.get("api/history", { ...filter.selection, limit: PAGE, cursor });
      append(list, page.history);
      next.replaceWith(more(list, page.next_cursor));
    }), { class: "button soft more" });
    return next;
  }

  /**
   * @param {number} id
   * @param {boolean} isOn
   */
  function select(id, isOn) {
    if (isOn) selected.add(id);
    else selected.delete(id);
    drawBar();
  }

  function drawBar() {
    bar.hidden = !selected.size;
    if (!selected.size) return bar.replaceChildren();
    const selection = () => ({ ids: [...selected] });
    show(bar, h("span", { class: "grow", role: "status" }, t("selected.n", { n: selected.size })),
      button(t("give"), () => askGive(selection(), load), { class: "button primary", "data-key": "give" }),
      button(t("remove"), () => askRemove(selection(), load), { class: "button soft", "data-key": "remove" }),
      button(t("clear"), clear, { class: "link", "data-key": "clear" }));
  }

  function clear() {
    selected.clear();
    for (const check of box.querySelectorAll("input:checked")) /** @type {HTMLInputElement} */ (check).checked = false;
    drawBar();
  }

  // What is new waits for a tap, so that nothing moves away under a finger.
  house.watch(({ type }) => {
    if (!/^(listen_(recorded|skipped|attributed)|reset)$/.test(type)) return;
    fresh += /^listen_(recorded|skipped)$/.test(type) ? 1 : 0;
    show(news, button(fresh ? t("news.n", { n: fresh }) : t("news"), load, { class: "chip", "data-key": "news" }));
  }, signal);
  load();
}
