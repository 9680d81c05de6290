// The app's own page: its Home tab, with a way to the messages.

import { renderBlocks } from "./blocks/render.js";
import { byId, h } from "./dom.js";
import { openDirect } from "./navigation.js";
import { avatar } from "./people.js";
import { on, store } from "./store.js";
import { viewSurface } from "./surfaces.js";

const name = h("h1", { class: "channel-name", data: { testid: "home-title" } });
const content = h("div", { class: "home-content", data: { testid: "home" } });
let drawn = "";
/** @type {import("./types.js").Surface|undefined} */
let surface;

export function drawHome() {
  const tabs = h(
    "nav",
    { class: "tabs", "aria-label": "App" },
    h("button", { type: "button", class: "tab", "aria-current": "page" }, "Home"),
    h("button", { type: "button", class: "tab", on: { click: () => openDirect() } }, "Messages"),
  );
  const head = h("header", { class: "channel-head" }, h("div", { class: "channel-words" }, name));
  byId("main").append(
    h(
      "div",
      { id: "home-view", class: "view", hidden: true },
      head,
      tabs,
      h("div", { class: "scroller", tabindex: "0" }, content),
    ),
  );
  on(["place", "views", "workspace", "me"], refresh);
}

function refresh() {
  const here = store.place.kind === "home";
  byId("home-view").hidden = !here;
  if (!here || !store.workspace) return;
  const { app } = store.workspace;
  name.replaceChildren(avatar(app.bot_user_id, "tiny"), app.name);
  const view = store.views.home;
  const now = JSON.stringify([store.me, view]);
  if (now === drawn) return;
  drawn = now;
  surface = view ? viewSurface(view, surface?.form) : undefined;
  content.replaceChildren(view && surface ? renderBlocks(view.blocks, surface) : nothing(app.name));
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
