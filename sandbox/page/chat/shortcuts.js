// The lightning button below the message box: the app's global shortcuts.

import { iconButton } from "../dom.js";
import { perform, refreshViews } from "../load.js";
import { menu } from "../overlays/popup.js";
import { on, store } from "../store.js";

const shortcuts = () => (store.workspace?.app.shortcuts ?? []).filter(
  (shortcut) => shortcut.type === "global",
);

/** Stays hidden while the app has none. */
export function shortcutsButton() {
  const items = () => shortcuts().map(
    (shortcut) => ({ label: shortcut.name, detail: shortcut.description, choose: () => use(shortcut.callback_id) }),
  );
  const button = iconButton(
    "bolt",
    "Shortcuts",
    () => menu(button, items(), "Shortcuts"),
    { "aria-haspopup": "menu", data: { testid: "shortcuts" } },
  );
  on(["workspace"], () => { button.hidden = !shortcuts().length; });
  return button;
}

/** @param {string} callbackId */
async function use(callbackId) {
  await perform("shortcut", { callback_id: callbackId });
  await refreshViews();
}
