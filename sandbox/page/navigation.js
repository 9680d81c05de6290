// Goes from place to place; the address bar remembers where, so that a reload stays there.

import { revealMessage } from "./chat/message_list.js";
import { noticed } from "./first_steps.js";
import { perform, refreshMessages, refreshThread, refreshViews, refreshWorkspace } from "./load.js";
import { isMember, partner } from "./people.js";
import { channelById, emit, store } from "./store.js";

const HOME = "home";
const ABOUT = "about";

/** @param {string} id @param {string} [thread] the ts of a thread to open beside it */
export async function openChannel(id, thread = "") {
  if (!channelById(id)) return;
  store.place = { kind: "channel", id };
  if (thread) store.thread = { channel: id, ts: thread, messages: [] };
  else if (store.thread?.channel !== id) store.thread = null;
  arrive(id);
  await Promise.all([refreshMessages(), refreshThread()]);
}

export async function openHome() {
  store.place = { kind: "home", id: HOME };
  store.thread = null;
  arrive(HOME);
  await perform("open_home", {});
  noticed("home", HOME);
  await refreshViews();
}

export function openAbout() {
  store.place = { kind: "about", id: ABOUT };
  store.thread = null;
  arrive(ABOUT);
}

/** Opens the conversation with the app, making it first where there is none. */
export async function openDirect() {
  const known = appConversation();
  if (known) return openChannel(known.id);
  await openMade(perform("open_dm", {}));
}

/**
 * Opens a channel once it is made, unless somebody else is acted as by then.
 *
 * @param {Promise<{channel: string}|null>} making
 */
export async function openMade(making) {
  const asking = store.me;
  const made = await making;
  await refreshWorkspace();
  if (made && store.me === asking) await openChannel(made.channel);
}

/** The person's conversation with the app, if they have had one. */
export function appConversation() {
  const { channels = [], app } = store.workspace ?? {};
  return channels.find(
    (channel) => channel.is_im && isMember(channel) && partner(channel) === app?.bot_user_id,
  );
}

/** Where the address says, or the first channel the person is in. */
export async function openFromAddress() {
  const [wanted, thread = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (wanted === HOME) return openHome();
  if (wanted === ABOUT) return openAbout();
  const channels = visibleChannels();
  const channel = wanted ? channels.find(
    (one) => one.id === wanted || one.name === wanted,
  ) : undefined;
  const first = channels.find(
    (one) => !one.is_im && !one.is_archived && isMember(one),
  ) ?? channels[0];
  if (channel && thread.startsWith("p")) {
    await openChannel(channel.id);
    await revealMessage(thread.slice(1));
  } else if (channel) await openChannel(channel.id, thread);
  else if (first) await openChannel(first.id);
}

/** The channels the person may look into. */
export function visibleChannels() {
  return (store.workspace?.channels ?? []).filter(
    (channel) => isMember(channel) || !(channel.is_private || channel.is_im),
  );
}

/** A link to one message. @param {string} channel @param {string} ts */
export const linkTo = (channel, ts) => `${location.origin}${location.pathname}#${channel}/p${ts}`;

/** The address of a place, with the thread that is open beside it. */
function address() {
  const { thread, place } = store;
  return thread && thread.channel === place.id ? `#${place.id}/${thread.ts}` : `#${place.id}`;
}

/** Keeps the address as it is when only a thread was opened or closed. */
export function rememberThread() {
  if (store.place.kind === "channel") history.replaceState(null, "", address());
}

/** @param {string} id */
function arrive(id) {
  const here = location.hash.slice(1).split("/")[0];
  if (here === id) history.replaceState(null, "", address());
  else history.pushState(null, "", address());
  emit("place");
  emit("thread");
}
