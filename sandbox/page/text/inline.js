// The small things inside a line of text: mentions, links, emoji. Each is a node made from plain data.

import { h } from "../dom.js";
import { channelById, store } from "../store.js";
import { channelName, displayName } from "../people.js";
import { EMOJI } from "./emoji.js";
import { safeUrl } from "./entities.js";

/** @param {string} id @param {string} [label] used when nobody has that id */
export function userMention(id, label = "") {
  const name = displayName(id);
  const shown = name === id && label ? label : name;
  return h("span", { class: id === store.me ? "mention me" : "mention" }, `@${shown}`);
}

/** @param {string} id @param {string} [label] */
export function channelMention(id, label = "") {
  const channel = channelById(id);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : "#unknown-channel");
  return h("a", { class: "mention", href: `#${id}` }, `#${channelName(id)}`);
}

/** @param {string} range channel, here or everyone */
export function broadcast(range) {
  return h("span", { class: "mention broadcast" }, `@${range}`);
}

/** @param {string} label */
export function groupMention(label) {
  return h("span", { class: "mention" }, label.startsWith("@") ? label : `@${label}`);
}

/**
 * A link if the address may be followed, else its text.
 *
 * @param {string} url
 * @param {...(Node|string)} children
 */
export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, ...(children.length ? children : [url]));
  return h(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer" },
    ...(children.length ? children : [url]),
  );
}

/** @param {string} name without its colons */
export function emoji(name) {
  const [base] = name.split("::");
  const drawn = EMOJI[base];
  if (!drawn) return document.createTextNode(`:${name}:`);
  return h(
    "span",
    {
      class: "emoji",
      role: "img",
      "aria-label": `${base.replaceAll("_", " ")} emoji`,
      title: `:${name}:`,
    },
    drawn,
  );
}

/** Text in which only emoji names are special. @param {string} text @returns {(Node|string)[]} */
export function withEmoji(text) {
  return text
    .split(/(:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:)/gi)
    .map(
      (part, index) => (index % 2 && EMOJI[part.slice(1, -1).split("::")[0]] ? emoji(part.slice(1, -1)) : part),
    );
}
