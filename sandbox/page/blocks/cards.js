// Blocks that show one thing as a whole: alerts, cards and rows of them, videos, remote files.

import { freshId, h, icon } from "../dom.js";
import { link } from "../text/inline.js";
import { plainText, textNodes } from "../text/text_object.js";
import { drawElement } from "./elements.js";
import { picture } from "./pictures.js";
import { unknown } from "./raw.js";

/** @typedef {import("../types.js").Block} Block @typedef {import("../types.js").Surface} Surface */

/** @type {Record<string, {word: string, icon: string}>} what a level is called and drawn as */
const LEVELS = {
  default: { word: "Note", icon: "info" },
  info: { word: "Information", icon: "info" },
  warning: { word: "Warning", icon: "warning" },
  error: { word: "Error", icon: "warning" },
  success: { word: "Success", icon: "check" },
};

/** @param {Block} block */
export function alert(block) {
  const level = Object.hasOwn(LEVELS, block.level) ? block.level : "default";
  return h(
    "div",
    { class: `block alert level-${level}`, role: "note", "aria-label": LEVELS[level].word },
    icon(LEVELS[level].icon),
    h("div", { class: "text" }, ...textNodes(block.text)),
  );
}

/** @param {Block} block @param {Surface} surface */
export function card(block, surface) {
  const name = freshId("card");
  const title = block.title && h("div", { class: "card-title text", id: name }, ...textNodes(block.title));
  const subtitle = block.subtitle && h("div", { class: "card-subtitle muted text" }, ...textNodes(block.subtitle));
  const head = (title || subtitle || block.icon) && h(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "card-icon"),
    h("div", { class: "card-words" }, title, subtitle),
  );
  const buttons = block.actions?.map((/** @type {any} */ one) => drawElement(block, one, surface));
  const called = title ? { "aria-labelledby": name } : { "aria-label": "Card" };
  return h(
    "article",
    { class: "block card", ...called },
    block.hero_image && picture(block.hero_image, "hero"),
    head,
    block.body && h("div", { class: "card-body text" }, ...textNodes(block.body)),
    buttons?.length && h("div", { class: "card-actions actions" }, ...buttons),
  );
}

/** @param {Block} block @param {Surface} surface */
export function carousel(block, surface) {
  const cards = block.elements.map((/** @type {Block} */ one) => {
    if (one?.type !== "card") return unknown(one, "block");
    const node = card(one, surface);
    node.dataset.blockId = one.block_id ?? "";
    return node;
  });
  const label = `${cards.length} cards, side by side`;
  return h("div", { class: "block carousel", tabindex: "0", role: "group", "aria-label": label }, ...cards);
}

/** A card that leads to the video: nothing of another host is embedded. @param {Block} block */
export function video(block) {
  const title = plainText(block.title);
  const maker = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  const description = block.description && h("div", { class: "text" }, ...textNodes(block.description));
  return h(
    "article",
    { class: "block video", "aria-label": `Video: ${title}` },
    h("span", { class: "video-still absent", role: "img", "aria-label": block.alt_text }, icon("play")),
    h(
      "div",
      { class: "video-words" },
      maker && h("div", { class: "muted" }, maker),
      h("div", { class: "card-title" }, link(block.title_url ?? block.video_url, title)),
      description,
      h("div", { class: "muted" }, block.alt_text, " ", link(block.video_url, "Watch it")),
    ),
  );
}

/** @param {Block} block */
export function remoteFile(block) {
  return h(
    "div",
    { class: "block remote-file" },
    icon("file"),
    h("span", {}, "A remote file "),
    h("code", {}, String(block.external_id)),
  );
}
