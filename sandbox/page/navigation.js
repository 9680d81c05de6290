// Goes from place to place; the address bar remembers where, so that a reload stays there.

import { perform, refreshMessages, refreshViews, refreshWorkspace } from "./load.js";
import { isMember } from "./people.js";
import { channelById, emit, store } from "./store.js";

const HOME = "home";

/** @param {string} id */
export async function openChannel(id) {
  if (!channelById(id)) return;
  store.place = { kind: "channel", id };
  if (store.thread?.channel !== id) store.thread = null;
  arrive(id);
  await refreshMessages();
}

export async function openHome() {
  store.place = { kind: "home", id: HOME };
  store.thread = null;
  arrive(HOME);
  await perform("open_home", {});
  await refreshViews();
}

/** Opens the conversation with the app, making it first where there is none. */
export async function openDirect() {
  const known = store.workspace?.channels.find((channel) => channel.is_im && isMember(channel));
  if (known) return openChannel(known.id);
  const answer = await perform("open_dm", {});
  await refreshWorkspace();
  const id = typeof answer?.channel === "string" ? answer.channel : answer?.channel?.id;
  const made = store.workspace?.channels.find((channel) => channel.id === id || (channel.is_im && isMember(channel)));
  if (made) await openChannel(made.id);
}

/** Where the address says, or the first channel the person is in. */
export async function openFromAddress() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted === HOME) return openHome();
  const channels = visibleChannels();
  const channel = channels.find((one) => one.id === wanted || one.name === wanted);
  const first = channels.find((one) => !one.is_im && !one.is_archived && isMember(one)) ?? channels[0];
  if (channel ?? first) await openChannel((channel ?? first).id);
}

/** The channels the person may look into. */
export function visibleChannels() {
  return (store.workspace?.channels ?? []).filter((channel) => isMember(channel) || !(channel.is_private || channel.is_im));
}

/** @param {string} hash */
function arrive(hash) {
  if (location.hash !== `#${hash}`) history.pushState(null, "", `#${hash}`);
  emit("place");
  emit("thread");
}
