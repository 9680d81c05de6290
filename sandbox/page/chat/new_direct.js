// Begins a conversation with somebody: a menu of the people and the app.

import { act } from "../api.js";
import { perform, refreshWorkspace } from "../load.js";
import { openChannel } from "../navigation.js";
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
      const { channel } = await act("act/open_group_dm", { user: store.me, users });
      await refreshWorkspace();
      await openChannel(channel);
    },
  });
}

/** @param {string} user */
export async function talkTo(user) {
  const answer = await perform("open_dm", { with: user });
  await refreshWorkspace();
  if (answer) await openChannel(answer.channel);
}
