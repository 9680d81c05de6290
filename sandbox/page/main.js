// Puts the page together: draws the frame, fetches the workspace, chooses a person, opens a place, and listens.

import { drawChannel } from "./chat/channel.js";
import { drawSidebar } from "./chat/sidebar.js";
import { drawThread } from "./chat/thread.js";
import { drawHome } from "./home.js";
import { listen } from "./live.js";
import {
  refreshAll,
  refreshMessages,
  refreshThread,
  refreshTour,
  refreshViews,
  refreshWorkspace,
} from "./load.js";
import { openFromAddress, openHome, visibleChannels } from "./navigation.js";
import { watchModals } from "./overlays/modal.js";
import { drawSidePanel } from "./panel/side_panel.js";
import { rememberedPerson } from "./people.js";
import { emit, on, people, store } from "./store.js";
import { drawTopbar } from "./topbar.js";
import { countUnread, refreshUnread, takeUnread } from "./unread.js";

async function start() {
  drawTopbar();
  drawSidebar();
  drawChannel();
  drawHome();
  drawThread();
  drawSidePanel();
  watchModals();
  await Promise.all([refreshWorkspace(), refreshTour()]);
  store.me = rememberedPerson();
  emit("me");
  on(["me"], personChanged);
  on(["workspace"], personGone);
  listen();
  window.addEventListener("popstate", openFromAddress);
  document.addEventListener("visibilitychange", cameBack);
  document.querySelector(".skip")?.addEventListener("click", skip);
  await countUnread();
  await openFromAddress();
  await Promise.all([refreshAll(), refreshUnread()]);
}

/**
 * The link for keyboards leads to the message box without becoming a place in the address.
 *
 * @param {Event} event
 */
function skip(event) {
  event.preventDefault();
  document.getElementById("composer")?.focus();
}

/** Another person may not see what was open; then the first of their channels is opened. */
async function personChanged() {
  store.thread = null;
  emit("thread");
  await refreshViews();
  if (store.place.kind === "about") return;
  if (store.place.kind === "home") return openHome();
  if (!visibleChannels().some((channel) => channel.id === store.place.id)) return openFromAddress();
  await Promise.all([refreshMessages(), refreshThread()]);
}

/** Who was deactivated can do nothing any more, so somebody else is acted as. */
async function personGone() {
  if (people().some((user) => user.id === store.me)) return;
  store.me = rememberedPerson();
  await countUnread();
  emit("me");
}

function cameBack() {
  if (!document.hidden && store.place.kind === "channel") takeUnread(store.place.id);
}

start();
