// @ts-check
/** Somebody who comes through Home Assistant: asked once who they are, and greeted by their own view from then on. */
import { api } from "./api.js";
import { house } from "./house.js";
import { h } from "./dom.js";
import { t } from "./text.js";
import { attempt, toast } from "./toast.js";

const ASKED = "haunt.asked";
/** The profile of who looks at the page; null where nobody knows. */
/** @type {string | null} */
export let visitor = null;

/** Finds out who looks at the page, and opens their view if the address names none. */
export async function greet() {
  const who = await api.get("api/visitor").catch(() => null);
  if (!who?.id) return;
  visitor = who.profile ?? null;
  if (visitor && house.profile(visitor)) {
    if (!location.hash) history.replaceState(null, "", `#/person/${encodeURIComponent(visitor)}`);
  } else if (localStorage.getItem(ASKED) !== who.id && house.profiles.length > 1) {
    await ask(who);
  }
}

/** @param {{id: string, name: string | null, display_name: string | null}} who */
async function ask(who) {
  const { choiceList, personChoices, sheet } = await import("./sheet.js");
  const shown = who.display_name ?? who.name ?? "";
  const guess = house.profiles.find((profile) =>
    [profile.name, profile.display_name].some((name) => name.toLowerCase() === shown.toLowerCase()));
  sheet(t("visitor.title", { name: shown }), (close) => [
    h("p", { class: "quiet" }, t("visitor.help")),
    choiceList([
      ...personChoices((name) => remember(name), null, guess ? [guess.name] : []),
      { label: t("visitor.none"), act: () => {} },
    ], close),
  ], { onclose: () => localStorage.setItem(ASKED, who.id) });
}

/** @param {string} name */
async function remember(name) {
  await attempt(async () => {
    visitor = (await api.put("api/visitor", { profile: name })).profile;
    location.hash = `#/person/${encodeURIComponent(name)}`;
    toast(t("visitor.kept"), async () => {
      await api.put("api/visitor", { profile: null });
      visitor = null;
    });
  });
}
