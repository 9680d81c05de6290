// Begins a conversation with somebody: a menu of the people and the app.

import { act } from "../api.js";
import { perform } from "../load.js";
import { openMade } from "../navigation.js";
import { openForm } from "../overlays/form_dialog.js";
import { menu } from "../overlays/popup.js";
import { choosable, displayName } from "../people.js";
import { store } from "../store.js";

/** @param {HTMLElement} anchor */
export function chooseDirect(anchor) {
  const items = choosable().map((user) => ({
    label: user.id === store.me ? `${displayName(user.id)} (you)` : displayName(user.id),
    detail: user.title ?? "",
    choose: () => talkTo(user.id),
  }));
  const several = { label: "Several people…", detail: "", choose: askForSeveral };
  menu(anchor, [...items, several], "New direct message");
}

function askForSeveral() {
  const others = choosable().filter((user) => user.id !== store.me);
  openForm({
    title: "Talk to several people",
    submit: "Start",
    testid: "group-direct",
    fields: others.map(({ id }) => (
      { name: id, label: displayName(id), kind: "checkbox", optional: true }
    )),
    send: async (chosen) => {
      const users = Object.keys(chosen).filter((id) => chosen[id]);
      await openMade(act("act/open_group_dm", { user: store.me, users }));
    },
  });
}

/** @param {string} user */
export async function talkTo(user) {
  await openMade(perform("open_dm", { with: user }));
}
