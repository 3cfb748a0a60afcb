// @ts-check
/** Where the music of the house is, and how far each library is read. */
import { api, part } from "../api.js";
import { button, empty, h } from "../dom.js";
import { ago, facts } from "../format.js";
import { house } from "../house.js";
import { sheet } from "../sheet.js";
import { fill } from "../states.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

const REFRESH_MS = 2000;
const LAMPS = { waiting: "", syncing: "warn", synced: "good", needs_confirmation: "warn", failed: "bad" };

/** @typedef {{name: string, kind: string, state: keyof typeof LAMPS, tracks: number, last_sync: string | null,
 *   problem: string | null, progress: {read: number, total: number | null} | null}} Library */

/**
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function libraries(box, signal) {
  let timer = 0;
  const load = () => fill(box, () => api.get("api/libraries", { limit: 1000 }), ({ libraries: list }) => {
    clearTimeout(timer);
    if (list.some((/** @type {Library} */ each) => each.state === "syncing" || each.state === "waiting")) timer = window.setTimeout(load, REFRESH_MS);
    return list.length ? h("ul", { class: "plain-list" }, list.map((/** @type {Library} */ each) => row(each, load))) : empty(t("libraries.none"), t("libraries.none.help"));
  }, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));
  house.watch(({ type }) => { if (/^(library_|state$)/.test(type)) load(); }, signal);
  load();
}

/**
 * @param {Library} library
 * @param {() => void} reload
 */
function row(library, reload) {
  const { name, kind, state, tracks, last_sync, problem, progress } = library;
  return h("li", { class: "library" }, h("span", { class: `lamp ${LAMPS[state] ?? ""}`, "aria-hidden": "true" }),
    h("div", { class: "grow" }, h("p", { class: "label" }, name),
      h("small", {}, facts([t(`library.kind.${kind}`), t("library.tracks", { n: tracks }), last_sync ? t("library.synced", { ago: ago(last_sync) }) : t("library.never")])),
      progress && reading(name, progress), problem && h("small", { class: state === "failed" ? "bad" : "warn" }, problem)),
    action(library, reload));
}

/**
 * @param {string} name
 * @param {{read: number, total: number | null}} progress
 */
const reading = (name, { read, total }) => [
  h("progress", { max: total ?? 1, value: total ? read : null, "aria-label": t("library.progress", { name }) }),
  h("small", {}, total ? t("library.read.of", { n: read, total }) : t("library.read", { n: read })),
];

/**
 * What can be done with a library now.
 * @param {Library} library
 * @param {() => void} reload
 */
function action({ name, state, problem }, reload) {
  if (state === "syncing") return null;
  const sync = (/** @type {boolean} */ isConfirmed) => attempt(async () => {
    await api.post(`api/libraries/${part(name)}/sync`, isConfirmed ? { confirm: true } : {});
    toast(t("library.started", { name }));
    reload();
  });
  if (state === "needs_confirmation") return button(t("library.confirm"), () => askConfirm(problem ?? "", () => sync(true)), { class: "button primary" });
  return button(t("library.sync"), () => sync(false), { class: "button soft", "aria-label": t("library.sync.of", { name }) });
}

/**
 * Asks first, because more than half of the library would go.
 * @param {string} problem
 * @param {() => void} act
 */
const askConfirm = (problem, act) => sheet(t("confirm.title"), (close) => [
  h("p", { class: "lead" }, problem), h("p", { class: "quiet" }, t("library.confirm.help")),
  h("div", { class: "actions" }, button(t("library.confirm.do"), () => { close(); act(); }, { class: "button primary" }), button(t("cancel"), close, { class: "button soft" })),
]);
