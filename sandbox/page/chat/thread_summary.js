// The line below a message that has replies: who replied, how often, and when last.

import { h } from "../dom.js";
import { avatar } from "../people.js";
import { ago, messageTime } from "../time.js";
import { openThread } from "./thread.js";

const FACES = 4;

/** @param {import("../types.js").Message} message @param {string} channel */
export function threadSummary(message, channel) {
  const count = message.reply_count;
  if (!count) return "";
  const words = count === 1 ? "1 reply" : `${count} replies`;
  const faces = (message.reply_users ?? []).slice(0, FACES).map((id) => avatar(id, "tiny"));
  const last = message.latest_reply ? `Last reply ${ago(messageTime(message.latest_reply))}` : "";
  return h(
    "button",
    {
      type: "button",
      class: "thread-button",
      "aria-label": `${words}. ${last}`,
      data: { actionId: "thread" },
      on: { click: () => openThread(channel, message.ts) },
    },
    h("span", { class: "faces", "aria-hidden": "true" }, ...faces),
    h("span", { data: { testid: "thread-count" } }, words),
    h("span", { class: "muted thread-last" }, last),
  );
}
