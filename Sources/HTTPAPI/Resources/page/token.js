// @ts-check
/** The dialog that asks for the token. */
import { button, h } from "./dom.js";
import { t } from "./text.js";

/**
 * Asks for the token until something is entered.
 * @param {boolean} isWrong whether one was tried in vain
 * @returns {Promise<string>}
 */
export function askForToken(isWrong) {
  return new Promise((resolve) => {
    const field = /** @type {HTMLInputElement} */ (h("input", {
      id: "token", type: "password", autocomplete: "current-password", required: true, autofocus: true,
      "aria-describedby": "token-help",
    }));
    const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "sheet", "aria-labelledby": "token-title" },
      h("form", { class: "stack", onsubmit: enter },
        h("h2", { id: "token-title" }, t("token.title")),
        isWrong && h("p", { class: "problem", role: "alert" }, t("token.wrong")),
        h("p", { id: "token-help", class: "quiet" }, t("token.help")),
        h("label", { for: "token" }, t("token.label")), field,
        button(t("token.enter"), () => {}, { type: "submit", class: "button primary" }))));
    /** @param {Event} event */
    function enter(event) {
      event.preventDefault();
      const token = field.value.trim();
      if (!token) return;
      dialog.close();
      dialog.remove();
      resolve(token);
    }
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}
