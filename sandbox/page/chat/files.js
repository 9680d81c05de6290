// A file in a message: its name and size, the beginning of a text, and the way to get the whole.

import { h, icon } from "../dom.js";
import { safeUrl } from "../text/entities.js";

/** @typedef {Record<string, any>} File */

const UNITS = ["bytes", "kB", "MB", "GB"];
const KILO = 1000;

/** @param {File} file */
export function drawFile(file) {
  if (file.mode === "tombstone") return h("p", { class: "muted" }, "This file was deleted.");
  const name = String(file.title || file.name || "File");
  const given = String(file.url_private_download || file.url_private || "");
  const address = given && safeUrl(new URL(given, location.href).href);
  const words = h(
    "span",
    { class: "file-words" },
    h("strong", {}, name),
    h("span", { class: "muted" }, [file.pretty_type ?? file.filetype, size(file.size)].filter(Boolean).join(" · ")),
  );
  const get = address && h(
    "a",
    { class: "button", href: address, download: file.name ?? name, "aria-label": `Download ${name}` },
    "Download",
  );
  return h(
    "div",
    { class: "file", data: { testid: "file" } },
    h("div", { class: "file-head" }, icon("file"), words, get),
    file.preview && preview(String(file.preview), name),
  );
}

/** @param {string} text @param {string} name */
function preview(text, name) {
  return h(
    "pre",
    { tabindex: "0", "aria-label": `The beginning of ${name}`, data: { testid: "file-preview" } },
    h("code", {}, text),
  );
}

/** @param {number|undefined} bytes */
function size(bytes) {
  if (typeof bytes !== "number") return "";
  let value = bytes;
  let unit = 0;
  for (; value >= KILO && unit < UNITS.length - 1; unit += 1) value /= KILO;
  return `${unit ? value.toFixed(1) : value} ${UNITS[unit]}`;
}
