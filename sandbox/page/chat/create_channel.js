// The dialog that makes a channel, public or private.

import { act } from "../api.js";
import { refreshWorkspace } from "../load.js";
import { openChannel } from "../navigation.js";
import { openForm } from "../overlays/form_dialog.js";
import { store } from "../store.js";

const LONGEST = 80;

export function askForChannel() {
  openForm({
    title: "Create a channel",
    submit: "Create",
    testid: "create-channel",
    fields: [
      {
        name: "name",
        label: "Name",
        most: LONGEST,
        hint: "Lower-case letters, digits, hyphens and underscores.",
      },
      { name: "is_private", label: "Make it private", kind: "checkbox", optional: true },
    ],
    send: async ({ name, is_private }) => {
      const tidy = String(name).replace(/^#/, "").toLowerCase().replace(/\s+/g, "-");
      const { channel } = await act("act/create_channel", { user: store.me, name: tidy, is_private });
      await refreshWorkspace();
      await openChannel(channel);
    },
  });
}
