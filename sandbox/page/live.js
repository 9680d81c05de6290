// Listens to the sandbox's event stream and re-fetches what changed.

import { emit, store } from "./store.js";
import {
  refreshAll,
  refreshMessages,
  refreshThread,
  refreshViews,
  refreshWorkspace,
  takeEntry,
} from "./load.js";
import { refreshUnread } from "./unread.js";

/**
 * @typedef {{type: string, channel?: string, ts?: string, user?: string, entry?: import("./types.js").Entry}} Change
 */

/** Opens the stream; the browser reconnects by itself, after which everything may have changed. */
export function listen() {
  const source = new EventSource("/_sandbox/events");
  let lost = false;
  source.addEventListener("open", () => {
    emit("connection", true);
    if (lost) refreshAll();
    lost = false;
  });
  source.addEventListener("error", () => {
    lost = true;
    emit("connection", false);
  });
  source.addEventListener("message", (event) => apply(JSON.parse(event.data)));
}

/** @param {Change} change */
function apply(change) {
  switch (change.type) {
    case "message":
    case "ephemeral":
    case "message_changed":
    case "message_deleted":
    case "file":
      refreshUnread();
      return messagesChanged(change);
    case "channel":
      refreshWorkspace();
      return messagesChanged(change);
    case "user":
    case "usergroup":
      return refreshWorkspace();
    case "views":
      return !change.user || change.user === store.me ? refreshViews() : undefined;
    case "journal":
      return change.entry ? takeEntry(change.entry) : undefined;
  }
}

/** @param {Change} change */
function messagesChanged(change) {
  if (!change.channel || change.channel === store.place.id) refreshMessages();
  if (store.thread && (!change.channel || change.channel === store.thread.channel)) refreshThread();
}
