// The lightning button below the message box: the app's global shortcuts.

import { iconButton } from "../dom.js";
import { noticed } from "../first_steps.js";
import { perform, refreshViews } from "../load.js";
import { menu } from "../overlays/popup.js";
import { on, store } from "../store.js";

const shortcuts = () => (store.workspace?.app.shortcuts ?? []).filter(
  (shortcut) => shortcut.type === "global",
);

/** Stays hidden while the app has none. */
export function shortcutsButton() {
  const items = () => shortcuts().map(
    (shortcut) => ({ label: shortcut.name, detail: shortcut.description, choose: () => use(shortcut) }),
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

/** @param {{callback_id: string, name: string}} shortcut */
async function use(shortcut) {
  const answer = await perform("shortcut", { callback_id: shortcut.callback_id });
  if (answer) noticed("shortcut", shortcut.name);
  await refreshViews();
}
