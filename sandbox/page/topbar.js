// The bar on top: the workspace, whom one acts as, the clock, and the switch of the side panel.

import { byId, h, icon, iconButton } from "./dom.js";
import { toggleSidePanel } from "./panel/side_panel.js";
import { clockView } from "./panel/clock.js";
import { avatar, displayName, rememberPerson } from "./people.js";
import { emit, on, people, store } from "./store.js";
import { themeButton } from "./theme_switch.js";
import { countUnread } from "./unread.js";

const select = /** @type {HTMLSelectElement} */ (
  h("select", {
    id: "act-as",
    class: "act-as",
    "aria-label": "Act as",
    data: { testid: "act-as" },
    on: { change: () => choose() },
  })
);
const name = h("span", { class: "workspace-name" });
const face = h("span", { class: "act-as-face" });
const badge = h("span", { class: "badge", hidden: true });
const offline = h("span", { class: "offline", role: "status", hidden: true }, "Reconnecting…");
const eye = h(
  "button",
  {
    type: "button",
    class: "icon-button panel-toggle",
    "aria-label": "What the sandbox saw",
    title: "Deliveries, API calls, findings",
    "aria-controls": "side-panel",
    "aria-expanded": "false",
    data: { testid: "side-panel-toggle" },
    on: { click: () => toggleSidePanel() },
  },
  icon("pulse"),
  badge,
);

export function drawTopbar() {
  const menu = iconButton(
    "menu",
    "Channels",
    () => showSidebar(true),
    { class: "icon-button only-narrow", data: { testid: "drawer-toggle" } },
  );
  const logo = h("img", { src: "bell.svg", alt: "", class: "logo" });
  const acting = h(
    "label",
    { class: "acting", for: "act-as" },
    h("span", { class: "acting-word" }, "Acting as"),
    face,
    select,
  );
  byId("topbar").append(
    menu,
    logo,
    name,
    offline,
    h("span", { class: "spring" }),
    clockView(),
    acting,
    themeButton(),
    eye,
  );
  byId("backdrop").addEventListener("click", () => showSidebar(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") showSidebar(false);
  });
  on(["workspace", "me"], refresh);
  on(["place"], () => showSidebar(false));
  on(["journal"], showFindings);
  on(["connection"], (alive) => { offline.hidden = alive; });
}

function refresh() {
  name.textContent = store.workspace?.team.name ?? "";
  document.title = `${store.workspace?.team.name ?? "Sandbox"} · sandbox`;
  const options = people().map(
    (user) => h(
      "option",
      { value: user.id },
      user.title ? `${displayName(user.id)} (${user.title})` : displayName(user.id),
    ),
  );
  select.replaceChildren(...options);
  select.value = store.me;
  face.replaceChildren(avatar(store.me, "small"));
}

async function choose() {
  store.me = select.value;
  rememberPerson(store.me);
  await countUnread();
  emit("me");
}

function showFindings() {
  const count = store.findings.length;
  badge.hidden = !count;
  badge.textContent = String(count);
  const words = count ? `What the sandbox saw, ${count} findings` : "What the sandbox saw";
  eye.setAttribute("aria-label", words);
}

/** On a narrow screen the sidebar is a drawer. @param {boolean} shown */
export function showSidebar(shown) {
  byId("frame").classList.toggle("drawer-open", shown);
  byId("backdrop").hidden = !shown;
  const sidebar = byId("sidebar");
  const first = sidebar.querySelector("[aria-current]") ?? sidebar.querySelector("button");
  if (shown) /** @type {HTMLElement|null} */ (first)?.focus();
}
