// @ts-check
/** Adding and renaming people. */
import { api, part } from "../api.js";
import { button, h } from "../dom.js";
import { house } from "../house.js";
import { nameOf } from "../people.js";
import { sheet } from "../sheet.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

/**
 * Asks for a name.
 * @param {string} title
 * @param {string} value
 * @param {string} help
 * @param {(name: string) => Promise<void>} act
 */
function askName(title, value, help, act) {
  const field = /** @type {HTMLInputElement} */ (h("input", { id: "person-name", type: "text", required: true, maxlength: 100, value, autocomplete: "off" }));
  sheet(title, (close) => h("form", {
    class: "stack", onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (!name) return;
      close();
      attempt(() => act(name));
    },
  }, h("label", { for: "person-name" }, t("person.name")), field, h("p", { class: "quiet" }, help),
  button(t("save"), () => {}, { type: "submit", class: "button primary" })));
  field.focus();
}

/**
 * The permanent name for what people call somebody: `Zoë` is `zoe`.
 * @param {string} shown
 */
const permanent = (shown) =>
  shown.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[^a-z0-9_-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "").slice(0, 63);

export const addPerson = () => askName(t("person.add"), "", t("person.add.help"), async (shown) => {
  const name = permanent(shown) || `person-${house.profiles.length}`;
  await api.post("api/profiles", { name, display_name: shown });
  await house.loadProfiles();
  location.hash = `#/person/${name}`;
  toast(t("person.added", { name: shown }), async () => {
    await api.remove(`api/profiles/${part(name)}`);
    await house.loadProfiles();
    location.hash = "#/person";
  });
});

/** @param {string} name */
export const renamePerson = (name) => askName(t("person.rename"), nameOf(name), t("person.rename.help"), async (shown) => {
  const before = house.profile(name)?.display_name ?? name;
  await api.patch(`api/profiles/${part(name)}`, { display_name: shown });
  toast(t("person.renamed", { name: shown }), async () => { await api.patch(`api/profiles/${part(name)}`, { display_name: before }); });
});
