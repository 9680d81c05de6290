// The tabs above the app's own places: its Home, the conversation with it, and what it is.

import { h } from "./dom.js";
import { openAbout, openDirect, openHome } from "./navigation.js";
import { store } from "./store.js";

/** @param {"home"|"messages"|"about"} current */
export function appTabs(current) {
  const app = store.workspace?.app;
  const tabs = /** @type {const} */ ([
    ["home", "Home", openHome, app?.home_tab !== false],
    ["messages", "Messages", openDirect, app?.messages_tab !== false || current === "messages"],
    ["about", "About", openAbout, true],
  ]);
  const shown = tabs.filter(([, , , exists]) => exists).map(([name, label, go]) => h(
    "button",
    {
      type: "button",
      class: "tab",
      "aria-current": name === current ? "page" : null,
      data: { testid: `app-tab-${name}` },
      on: { click: () => go() },
    },
    label,
  ));
  return h("nav", { class: "tabs", "aria-label": "App" }, ...shown);
}
