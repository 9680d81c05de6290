// Goes from place to place; the address bar remembers where, so that a reload stays there.

import { perform, refreshMessages, refreshViews, refreshWorkspace } from "./load.js";
import { isMember, partner } from "./people.js";
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
  const known = appConversation();
  if (known) return openChannel(known.id);
  const answer = await perform("open_dm", {});
  await refreshWorkspace();
  if (answer) await openChannel(answer.channel);
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
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted === HOME) return openHome();
  const channels = visibleChannels();
  const channel = wanted ? channels.find(
    (one) => one.id === wanted || one.name === wanted,
  ) : undefined;
  const first = channels.find(
    (one) => !one.is_im && !one.is_archived && isMember(one),
  ) ?? channels[0];
  if (channel ?? first) await openChannel((channel ?? first).id);
}

/** The channels the person may look into. */
export function visibleChannels() {
  return (store.workspace?.channels ?? []).filter(
    (channel) => isMember(channel) || !(channel.is_private || channel.is_im),
  );
}

/** @param {string} hash */
function arrive(hash) {
  if (location.hash !== `#${hash}`) history.pushState(null, "", `#${hash}`);
  emit("place");
  emit("thread");
}
