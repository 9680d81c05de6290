// Pictures of blocks: shown where they are ours, else described with a way to them, for the page asks
// no other host for anything.

import { h, icon } from "../dom.js";
import { safeUrl } from "../text/entities.js";
import { link } from "../text/inline.js";
import { textNodes } from "../text/text_object.js";

/**
 * @param {Record<string, any>} source an image block or an image element
 * @param {"image-large"|"hero"|"thumbnail"|"context-image"|"card-icon"} kind
 */
export function picture(source, kind) {
  const alt = String(source.alt_text ?? "");
  const url = String(source.image_url ?? addressOf(source.slack_file) ?? "");
  if (isOurs(url)) return h("img", { class: kind, src: url, alt });
  return kind === "image-large" || kind === "hero" ? described(kind, alt, url) : small(kind, alt, url);
}

/** @param {string} kind @param {string} alt @param {string} url */
function described(kind, alt, url) {
  const why = kind === "image-large" && h(
    "span",
    { class: "muted" },
    "Pictures from other hosts are not fetched. ",
  );
  return h(
    "span",
    { class: `${kind} absent` },
    icon("image"),
    h("span", { class: "alt-text" }, alt),
    why,
    url && link(url, "Open it"),
  );
}

/** @param {string} kind @param {string} alt @param {string} url */
function small(kind, alt, url) {
  const href = safeUrl(url);
  if (!href) {
    return h("span", { class: `${kind} absent`, role: "img", "aria-label": alt, title: alt }, icon("image"));
  }
  const attributes = { href, target: "_blank", rel: "noopener noreferrer", "aria-label": `Picture: ${alt}` };
  return h("a", { class: `${kind} absent`, title: alt, ...attributes }, icon("image"));
}

/** The image block. @param {import("../types.js").Block} block */
export function imageBlock(block) {
  const caption = block.title && h("figcaption", {}, ...textNodes(block.title));
  return h("figure", { class: "block image" }, caption, picture(block, "image-large"));
}

/** Files that were sent here are fetched from here. @param {Record<string, any>|undefined} file */
function addressOf(file) {
  return file?.id ? `/_sandbox/files/${encodeURIComponent(file.id)}` : file?.url;
}

/** @param {string} url */
function isOurs(url) {
  try {
    return Boolean(url) && new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}
