// What may be meant by what was typed so far: commands, people, groups, channels, emoji.

import { channelName, choosable } from "../people.js";
import { store } from "../store.js";
import { EMOJI } from "../text/emoji.js";
import { readable } from "./typed_text.js";

/** @typedef {{text: string, label: string, detail: string, sign?: string}} Suggestion */

const MENTION = /(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}._-]*)$/u;
const EMOJI_BEGUN = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{2,})$/u;

/**
 * @param {string} before the text left of the caret
 * @returns {{start: number, found: Suggestion[]}}
 */
export function suggestions(before) {
  const command = before.match(/^\/\S*$/);
  if (command) return { start: 0, found: commands(command[0]) };
  const emoji = before.match(EMOJI_BEGUN);
  if (emoji) return { start: before.length - emoji[0].length, found: emojiNames(emoji[1]) };
  const mention = before.match(MENTION);
  if (!mention) return { start: 0, found: [] };
  const names = mention[1] === "@" ? [...peopleNames(), ...EVERYBODY] : channelNames();
  const wanted = mention[2].toLowerCase();
  const found = names.filter(
    ({ text, label }) => text.slice(1).startsWith(wanted) || words(label).some((word) => word.startsWith(wanted)),
  );
  return { start: before.length - mention[0].length, found };
}

/** @param {string} label */
const words = (label) => label.toLowerCase().split(/[\s_-]+/);

/** @param {string} typed @returns {Suggestion[]} */
function commands(typed) {
  return (store.workspace?.app.commands ?? [])
    .filter(({ command }) => command.startsWith(typed))
    .map(
      ({ command, usage_hint: hint = "", description = "" }) => ({
        text: command,
        label: `${command} ${hint}`.trim(),
        detail: description,
      }),
    );
}

/** @type {Suggestion[]} */
const EVERYBODY = [
  { text: "@here", label: "@here", detail: "Notify everybody online in this channel" },
  { text: "@channel", label: "@channel", detail: "Notify everybody in this channel" },
];

/** @returns {Suggestion[]} */
function peopleNames() {
  return choosable().map(
    (user) => ({ text: `@${user.name}`, label: user.real_name, detail: user.title ?? "" }),
  );
}

/** @returns {Suggestion[]} */
function channelNames() {
  const channels = (store.workspace?.channels ?? []).filter(
    (channel) => !channel.is_im && !channel.is_mpim && !channel.is_archived,
  );
  return channels
    .filter((channel) => !channel.is_private || channel.members.includes(store.me))
    .map((channel) => ({ text: `#${channel.name}`, label: channelName(channel.id), detail: readable(channel.purpose) }));
}

/** @param {string} typed @returns {Suggestion[]} */
function emojiNames(typed) {
  const names = Object.keys(EMOJI).filter((name) => name.includes(typed));
  names.sort((a, b) => Number(b.startsWith(typed)) - Number(a.startsWith(typed)));
  return names.map((name) => ({ text: `:${name}:`, label: `:${name}:`, detail: "", sign: EMOJI[name] }));
}
