// Where a select menu's choices come from: the element itself, the workspace, or the app.

import { plainText } from "../text/text_object.js";
import { choosable, displayName, isMember, partner } from "../people.js";
import { currentChannel, store, userById } from "../store.js";

/**
 * @typedef {{key: string, label: string, detail: string, chosen: any}} Choice `chosen` is what the state keeps
 */
/** @typedef {{label: string, choices: Choice[]}} Group */
/** @typedef {import("./elements.js").Drawing} Drawing */

/** @param {Drawing} drawing @param {string} typed @returns {Promise<Group[]>} */
export async function groupsOf({ block, element, surface }, typed) {
  const kind = element.type.replace("multi_", "");
  if (kind === "external_select") {
    const answer = await surface.options(block, element, typed);
    return grouped(answer);
  }
  const all = kind === "static_select" ? grouped(element) : [
    { label: "", choices: fromWorkspace(kind, element) },
  ];
  const wanted = typed.trim().toLowerCase();
  return all.map(
    ({ label, choices }) => ({ label, choices: choices.filter((one) => one.label.toLowerCase().includes(wanted)) }),
  );
}

/** @param {Record<string, any>} source options or option_groups @returns {Group[]} */
function grouped(source) {
  if (Array.isArray(source)) return [{ label: "", choices: source.map(fromOption) }];
  if (!source.option_groups) return [{ label: "", choices: (source.options ?? []).map(fromOption) }];
  return source.option_groups.map(
    (/** @type {any} */ group) => ({ label: plainText(group.label), choices: group.options.map(fromOption) }),
  );
}

/** @param {import("../types.js").Option} option @returns {Choice} */
function fromOption(option) {
  return {
    key: option.value,
    label: plainText(option.text),
    detail: plainText(option.description),
    chosen: option,
  };
}

/** @param {string} id @param {string} label @param {string} [detail] @returns {Choice} */
const fromId = (id, label, detail = "") => ({ key: id, label, detail, chosen: id });

/** @param {string} kind @param {Record<string, any>} element @returns {Choice[]} */
function fromWorkspace(kind, element) {
  const channels = store.workspace?.channels ?? [];
  if (kind === "users_select") return choosable().map(
    (user) => fromId(user.id, displayName(user.id), user.title ?? ""),
  );
  const open = channels.filter(
    (channel) => !channel.is_archived && (!channel.is_private || isMember(channel)),
  );
  const shown = kind === "channels_select" ? open.filter(
    (one) => !one.is_im && !one.is_private,
  ) : open.filter(allowedBy(element.filter));
  return shown.filter((one) => !one.is_im || isMember(one)).map(
    (one) => fromId(one.id, one.is_im ? displayName(partner(one)) : `#${one.name}`),
  );
}

/** @param {{include?: string[]}|undefined} filter */
function allowedBy(filter) {
  return (/** @type {import("../types.js").Channel} */ channel) => {
    const kind = channel.is_im ? "im" : channel.is_private ? "private" : "public";
    return !filter?.include || filter.include.includes(kind);
  };
}

/** How something already chosen is called. @param {any} chosen @returns {Choice} */
export function describe(chosen) {
  if (typeof chosen !== "string") return fromOption(chosen);
  if (userById(chosen)) return fromId(chosen, displayName(chosen));
  const channel = store.workspace?.channels.find((one) => one.id === chosen);
  return fromId(
    chosen,
    channel ? (channel.is_im ? displayName(partner(channel)) : `#${channel.name}`) : chosen,
  );
}

/** @param {Record<string, any>} element */
export function startingConversation(element) {
  const id = element.default_to_current_conversation ? currentChannel()?.id : undefined;
  return id && element.type.startsWith("multi_") ? [id] : id;
}
