// @ts-check
/** The page: finds the view that the address names, and opens it. */
import { h, icon, show } from "./dom.js";
import { house } from "./house.js";
import { loadWords, t } from "./text.js";
import { words } from "./toast.js";
import { greet } from "./visitor.js";

/** @typedef {(main: HTMLElement, route: {name: string, query: URLSearchParams}, signal: AbortSignal) => void} OpenView */

/** @type {Record<string, {icon: any, load: () => Promise<{open: OpenView}>}>} */
const views = {
  now: { icon: "now", load: () => import("./views/now.js") },
  person: { icon: "person", load: () => import("./views/person.js") },
  history: { icon: "history", load: () => import("./views/history.js") },
  setup: { icon: "setup", load: () => import("./views/setup.js") },
};

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const nav = /** @type {HTMLElement} */ (document.getElementById("nav"));
let leaving = new AbortController();

/** The address is `#/view/name?query`. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, name] = path.split("/");
  return { view: view in views ? view : "now", name: decodeURIComponent(name ?? ""), query: new URLSearchParams(query ?? "") };
}

async function openView() {
  const { view, name, query } = route();
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  for (const link of nav.querySelectorAll("a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${t(`nav.${view}`)} · Haunt`;
  try {
    const { open } = await views[view].load();
    if (signal.aborted) return;
    main.replaceChildren();
    main.className = `view view-${view}`;
    window.scrollTo(0, 0);
    open(main, { name, query }, signal);
  } catch (error) {
    show(main, h("p", { class: "problem", role: "alert" }, words(error)));
  }
}

function drawFrame() {
  nav.setAttribute("aria-label", t("nav"));
  show(nav, Object.entries(views).map(([name, view]) =>
    h("a", { href: `#/${name}`, "data-view": name }, icon(view.icon), h("span", {}, t(`nav.${name}`)))));
  const skip = /** @type {HTMLElement} */ (document.getElementById("skip"));
  skip.textContent = t("skip");
  skip.addEventListener("click", () => main.focus());
}

/** Says when what is shown may be old. */
function watchLine() {
  const line = /** @type {HTMLElement} */ (document.getElementById("line"));
  let timer = 0;
  house.watch((event) => {
    if (event.type !== "line") return;
    clearTimeout(timer);
    if (house.isLive) line.textContent = "";
    else timer = window.setTimeout(() => { line.textContent = t("line.away"); }, 3000);
  }, new AbortController().signal);
}

async function begin() {
  await loadWords();
  drawFrame();
  show(main, h("p", { class: "quiet waiting" }, t("loading")));
  watchLine();
  for (let wait = 1000; ; wait = Math.min(2 * wait, 30_000)) {
    try {
      await house.begin();
      break;
    } catch (error) {
      show(main, h("p", { class: "problem", role: "alert" }, words(error)));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await greet();
  window.addEventListener("hashchange", openView);
  await openView();
}

begin();
