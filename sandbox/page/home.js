// The app's own page: its Home tab, and what the manifest says about it.

import { appTabs } from "./app_tabs.js";
import { about } from "./about.js";
import { renderBlocks } from "./blocks/render.js";
import { byId, h } from "./dom.js";
import { avatar } from "./people.js";
import { on, store } from "./store.js";
import { viewSurface } from "./surfaces.js";

const name = h("h1", { class: "channel-name", data: { testid: "home-title" } });
const tabs = h("div", {});
const content = h("div", { class: "home-content", data: { testid: "home" } });
let drawn = "";
/** @type {import("./types.js").Surface|undefined} */
let surface;

export function drawHome() {
  const head = h("header", { class: "channel-head" }, h("div", { class: "channel-words" }, name));
  byId("main").append(
    h(
      "div",
      { id: "home-view", class: "view", hidden: true },
      head,
      tabs,
      h(
        "div",
        { class: "scroller", tabindex: "0", role: "region", "aria-label": "The app’s page" },
        content,
      ),
    ),
  );
  on(["place", "views", "workspace", "me"], refresh);
}

function refresh() {
  const { kind } = store.place;
  const here = kind === "home" || kind === "about";
  byId("home-view").hidden = !here;
  if (!here || !store.workspace) return;
  const { app } = store.workspace;
  const view = store.views.home;
  const now = JSON.stringify([kind, store.me, app, kind === "home" && view]);
  if (now === drawn) return;
  drawn = now;
  const focused = tabs.contains(document.activeElement);
  name.replaceChildren(avatar(app.bot_user_id, "tiny"), app.name);
  tabs.replaceChildren(appTabs(kind));
  if (focused) /** @type {HTMLElement|null} */ (tabs.querySelector("[aria-current]"))?.focus();
  content.replaceChildren(kind === "about" ? about(app) : home(app.name, view));
}

/** @param {string} app @param {import("./types.js").View|null} view */
function home(app, view) {
  surface = view ? viewSurface(view, surface?.form) : undefined;
  return view && surface ? renderBlocks(view.blocks, surface) : nothing(app);
}

/** @param {string} app */
function nothing(app) {
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, "Nothing here yet"),
    h("p", { class: "muted" }, `${app} has not published a Home tab for this person.`),
  );
}
