// The thread panel: a message, its replies, and a box to reply.

import { byId, h, iconButton } from "../dom.js";
import { perform, refreshMessages, refreshThread } from "../load.js";
import { rememberThread } from "../navigation.js";
import { channelName } from "../people.js";
import { channelById, emit, on, store } from "../store.js";
import { toast } from "../overlays/toast.js";
import { Composer } from "./composer.js";
import { watchKeys } from "./message_keys.js";
import { MessageList } from "./message_list.js";
import { takeFiles } from "./upload.js";

const title = h("div", { class: "panel-title" });
const node = h("div", { class: "messages" });
const scroller = h(
  "div",
  { class: "scroller", tabindex: "0", role: "log", "aria-live": "off", "aria-label": "Replies" },
  node,
);
const also = /** @type {HTMLInputElement} */ (
  h("input", { type: "checkbox", data: { testid: "also-send" } })
);
/** @type {MessageList|undefined} */
let list;
let shown = "";
let drawn = 0;

export function drawThread() {
  list = new MessageList(node, true);
  const composer = new Composer({ id: "thread-composer", testid: "thread", send: reply });
  composer.label("Reply…");
  takeFiles(composer, place, () => Promise.all([refreshThread(), refreshMessages()]));
  composer.field.after(
    h("label", { class: "choice also" }, also, h("span", {}, "Also send to the channel")),
  );
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
  watchKeys(scroller, () => ({
    messages: store.thread?.messages ?? [],
    channel: store.thread?.channel ?? "",
  }));
  on(["thread"], refresh);
}

/** @type {HTMLElement|null} where the focus goes back to */
let opener = null;

/** @param {string} channel @param {string} ts */
export async function openThread(channel, ts) {
  opener = /** @type {HTMLElement|null} */ (document.activeElement?.closest("[data-ts]") ?? null);
  const parent = store.messages.filter((message) => message.ts === ts);
  store.thread = { channel, ts, messages: parent };
  rememberThread();
  emit("thread");
  await refreshThread();
  byId("thread-composer").focus();
}

function closeThread() {
  const parent = store.thread?.ts ?? "";
  store.thread = null;
  rememberThread();
  emit("thread");
  const back = opener?.isConnected ? opener : document.querySelector(`#channel-view [data-ts="${CSS.escape(parent)}"]`);
  /** @type {HTMLElement|null} */ (back ?? byId("composer"))?.focus();
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
  const follow = thread.messages.length !== drawn;
  drawn = thread.messages.length;
  list.show(thread.messages, thread.channel);
  if (follow) scroller.scrollTop = scroller.scrollHeight;
}

const place = () => ({ channel: store.thread?.channel ?? "", thread_ts: store.thread?.ts ?? "" });

/** @param {string} typed */
async function reply(typed) {
  if (!store.thread) return false;
  if (typed.startsWith("/")) {
    toast(`${typed.split(/\s/)[0]} is not supported in threads. Sorry!`, "error");
    return false;
  }
  const { channel, ts } = store.thread;
  const posted = await perform("post", {
    channel,
    text: typed.trim(),
    thread_ts: ts,
    broadcast: also.checked,
  });
  if (posted) also.checked = false;
  await Promise.all([refreshThread(), refreshMessages()]);
  return Boolean(posted);
}
