// The thread panel: a message, its replies, and a box to reply.

import { byId, h, iconButton } from "../dom.js";
import { perform, refreshMessages, refreshThread } from "../load.js";
import { channelName } from "../people.js";
import { channelById, emit, on, store } from "../store.js";
import { toast } from "../overlays/toast.js";
import { Composer } from "./composer.js";
import { MessageList } from "./message_list.js";

const title = h("div", { class: "panel-title" });
const node = h("div", { class: "messages" });
const scroller = h(
  "div",
  { class: "scroller", tabindex: "0", role: "log", "aria-live": "off", "aria-label": "Replies" },
  node,
);
/** @type {MessageList|undefined} */
let list;
let shown = "";

export function drawThread() {
  list = new MessageList(node, true);
  const composer = new Composer({ id: "thread-composer", testid: "thread", send: reply });
  composer.label("Reply…");
  const close = iconButton(
    "close",
    "Close thread",
    closeThread,
    { data: { testid: "thread-close" } },
  );
  byId("thread").append(
    h("header", { class: "panel-head" }, title, close),
    scroller,
    composer.node,
  );
  byId("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });
  on(["thread"], refresh);
}

/** @param {string} channel @param {string} ts */
export async function openThread(channel, ts) {
  const parent = store.messages.filter((message) => message.ts === ts);
  store.thread = { channel, ts, messages: parent };
  emit("thread");
  await refreshThread();
  byId("thread-composer").focus();
}

function closeThread() {
  store.thread = null;
  emit("thread");
  byId("composer")?.focus();
}

function refresh() {
  const thread = store.thread;
  byId("thread").hidden = !thread;
  byId("frame").classList.toggle("with-thread", Boolean(thread));
  if (!thread || !list) return;
  if (shown !== thread.ts) list.clear();
  shown = thread.ts;
  const channel = channelById(thread.channel);
  title.replaceChildren(
    h("h2", {}, "Thread"),
    h(
      "span",
      { class: "muted" },
      channel?.is_im ? channelName(thread.channel) : `#${channelName(thread.channel)}`,
    ),
  );
  list.show(thread.messages, thread.channel);
  scroller.scrollTop = scroller.scrollHeight;
}

/** @param {string} typed */
async function reply(typed) {
  if (!store.thread) return false;
  if (typed.startsWith("/")) {
    toast(`${typed.split(/\s/)[0]} is not supported in threads. Sorry!`, "error");
    return false;
  }
  const { channel, ts } = store.thread;
  const posted = await perform("post", { channel, text: typed.trim(), thread_ts: ts });
  await Promise.all([refreshThread(), refreshMessages()]);
  return Boolean(posted);
}
