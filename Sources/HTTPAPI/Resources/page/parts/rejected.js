// @ts-check
/** Listens that could not be taken, what to do about each, and doing it. */
import { api } from "../api.js";
import { button, empty, h } from "../dom.js";
import { facts, when } from "../format.js";
import { house } from "../house.js";
import { speakerName } from "../people.js";
import { sheet } from "../sheet.js";
import { fill, settled } from "../states.js";
import { has, t } from "../text.js";
import { attempt, toast } from "../toast.js";

/**
 * @param {HTMLElement} main
 * @param {URLSearchParams} _query
 * @param {AbortSignal} signal
 */
export function rejected(main, _query, signal) {
  const box = h("div", {});
  main.append(h("p", { class: "quiet" }, t("rejected.help")), box);
  const load = () => fill(box, () => api.get("api/rejected", { limit: 200 }), (page) => draw(page.rejected, load), signal);
  const reload = settled(load, 1000, signal);
  house.watch(({ type }) => { if (type === "rejected") reload(); }, signal);
  load();
}

/**
 * @param {any[]} rows
 * @param {() => void} reload
 */
function draw(rows, reload) {
  if (!rows.length) return empty(t("rejected.empty"));
  return [
    h("ul", { class: "plain-list panel" }, rows.map((each) => row(each, reload))),
    rows.length > 1 && h("div", { class: "actions" }, button(t("rejected.replay.all"), () => replay(undefined, reload), { class: "button soft" }),
      button(t("rejected.drop.all"), () => askDrop(undefined, rows.length, reload), { class: "button soft" })),
  ];
}

/**
 * @param {any} each
 * @param {() => void} reload
 */
function row(each, reload) {
  const sent = parsed(each.payload);
  const title = sent.title ?? t("rejected.unreadable");
  const name = each.error.code === "not_found" && /^[a-z0-9][a-z0-9_-]{0,62}$/.test(sent.profile ?? "") ? sent.profile : null;
  const door = has(`door.${each.door}`) ? t(`door.${each.door}`) : each.door;
  return h("li", { class: "rejected" }, h("div", { class: "grow" },
    h("p", { class: "label" }, facts([title, sent.artist], " – ")), h("p", { class: "reason" }, name ? t("rejected.unknown", { name }) : each.error.message),
    h("small", {}, facts([when(each.received_at), sent.speaker_name && speakerName(sent.speaker_name), door]))),
  h("div", { class: "actions" },
    name && !house.profile(name) && button(t("rejected.add", { name }), () => addAndReplay(name, each.id, reload), { class: "button primary" }),
    button(t("rejected.replay"), () => replay([each.id], reload), { class: "button soft" }),
    button(t("rejected.drop"), () => askDrop([each.id], 1, reload), { class: "button soft" })));
}

/**
 * What was sent, as far as it can be read.
 * @param {string} payload
 * @returns {any}
 */
function parsed(payload) {
  try {
    const sent = JSON.parse(payload);
    const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value : undefined);
    return { title: text(sent.title), artist: text(sent.artist), profile: text(sent.profile), speaker_name: text(sent.speaker_name ?? sent.speaker_entity) };
  } catch {
    return {};
  }
}

/**
 * @param {number[] | undefined} ids
 * @param {() => void} reload
 */
const replay = (ids, reload) => attempt(async () => {
  const answer = await api.post("api/rejected/replay", ids ? { ids } : {});
  reload();
  toast(answer.replayed ? t("rejected.replayed", { n: answer.replayed }) : answer.failed[0]?.error.message ?? t("rejected.failed"), null, answer.replayed ? "" : "bad");
});

/**
 * @param {string} name
 * @param {number} id
 * @param {() => void} reload
 */
const addAndReplay = (name, id, reload) => attempt(async () => {
  await api.post("api/profiles", { name });
  await house.loadProfiles();
  await replay([id], reload);
});

/**
 * Asks first, because dropping cannot be undone.
 * @param {number[] | undefined} ids
 * @param {number} count
 * @param {() => void} reload
 */
function askDrop(ids, count, reload) {
  const drop = () => attempt(async () => {
    await api.post("api/rejected/drop", ids ? { ids } : {});
    reload();
    toast(t("rejected.dropped", { n: count }));
  });
  sheet(t("confirm.title"), (close) => [
    h("p", { class: "lead" }, t("rejected.drop.confirm", { n: count })),
    h("div", { class: "actions" }, button(t("rejected.drop.do"), () => { close(); drop(); }, { class: "button primary" }), button(t("cancel"), close, { class: "button soft" })),
  ]);
}
