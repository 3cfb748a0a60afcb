// @ts-check
/** Files that are dropped onto the page, or chosen, and imported with progress. */
import { api } from "../api.js";
import { h, icon, show } from "../dom.js";
import { facts } from "../format.js";
import { house } from "../house.js";
import { avatar, nameOf } from "../people.js";
import { choiceList, personChoices, sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt } from "../toast.js";

/** @typedef {{id: string, kind: string, name: string | null, profile: string | null, state: string, bytes: number, bytes_read: number,
 *   added: number, known: number, not_music: number, unreadable: number, problems: {line: number, message: string}[], message: string | null}} Import */

/**
 * @param {HTMLElement} box
 * @param {AbortSignal} signal
 */
export function imports(box, signal) {
  const choose = /** @type {HTMLInputElement} */ (h("input", { type: "file", id: "file", multiple: true, class: "hidden", onchange: () => take(choose.files) }));
  const list = h("ul", { class: "plain-list imports", "aria-live": "polite" });
  const zone = h("label", { class: "drop", for: "file" }, icon("file"), h("span", { class: "label" }, t("import.drop")), h("small", {}, t("import.help")));
  box.append(choose, zone, list);
  dropAnywhere(zone, signal);
  const draw = () => show(list, [...house.imports.values()].reverse().map(row));
  house.watch(({ type }) => { if (type === "import_changed" || type === "state") draw(); }, signal);
  draw();
}

/**
 * The whole page takes files while this view is open.
 * @param {HTMLElement} zone
 * @param {AbortSignal} signal
 */
function dropAnywhere(zone, signal) {
  const mark = (/** @type {boolean} */ isOver) => zone.classList.toggle("is-over", isOver);
  document.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); }, { signal });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); }, { signal });
  document.addEventListener("drop", (event) => { event.preventDefault(); mark(false); take(event.dataTransfer?.files ?? null); }, { signal });
}

/** @param {FileList | null} files */
function take(files) {
  for (const file of files ?? []) ask(file);
}

/**
 * Asks what is in a file and whose it is.
 * @param {File} file
 */
function ask(file) {
  sheet(t("import.title", { name: file.name }), (close) => [
    h("p", { class: "quiet" }, t("import.ask")),
    choiceList([
      ...personChoices((profile) => send(file, "listens", { profile })).map((choice) => ({ ...choice, help: t("import.listens.of") })),
      { label: t("import.listens"), help: t("import.listens.help"), sign: avatar(null), act: () => send(file, "listens", {}) },
      { label: t("import.catalog"), help: t("import.catalog.help"), sign: avatar(null), act: () => send(file, "catalog", {}) },
    ], close),
  ]);
}

/**
 * @param {File} file
 * @param {string} kind
 * @param {Record<string, string>} query
 */
const send = (file, kind, query) => attempt(async () => {
  const started = await api.post(`api/import/${kind}`, file, { ...query, name: file.name });
  // The stream may have told more of it already.
  if (!house.imports.has(started.id)) house.imports.set(started.id, started);
  const list = document.querySelector(".imports");
  if (list) show(list, [...house.imports.values()].reverse().map(row));
});

/** @param {Import} each */
function row(each) {
  const isOver = each.state !== "waiting" && each.state !== "running";
  const title = each.name ?? t(`import.${each.kind}`);
  return h("li", { class: `import is-${each.state}` }, h("div", { class: "grow" },
    h("p", { class: "label" }, title, each.profile ? h("span", { class: "quiet" }, ` · ${nameOf(each.profile)}`) : null),
    isOver ? null : h("progress", { max: Math.max(1, each.bytes), value: each.bytes_read, "aria-label": t("import.progress", { name: title }) }),
    h("small", {}, summary(each)), problems(each)));
}

/** @param {Import} each */
function summary(each) {
  if (each.state === "failed") return each.message ?? t("import.failed");
  if (each.state === "lost") return t("import.lost");
  if (each.state === "waiting") return t("import.waiting");
  const parts = [t(`import.added.${each.kind}`, { n: each.added }), each.known && t("import.known", { n: each.known }),
    each.not_music && t("import.not_music", { n: each.not_music }), each.unreadable && t("import.unreadable", { n: each.unreadable })];
  return (each.state === "done" ? "" : `${t("import.running")} `) + facts(parts);
}

/** @param {Import} each */
const problems = (each) => each.problems.length
  ? h("details", {}, h("summary", {}, t("import.problems")), h("ul", { class: "problems" }, each.problems.slice(0, 20).map(({ line, message }) =>
    h("li", {}, t("import.line", { line }), " ", message))))
  : null;
