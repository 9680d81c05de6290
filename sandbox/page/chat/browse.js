// The list of all channels one may see, to look into them, join or leave them.

import { freshId, h, icon, iconButton } from "../dom.js";
import { perform, refreshWorkspace } from "../load.js";
import { openChannel, visibleChannels } from "../navigation.js";
import { closeDialog, openDialog } from "../overlays/dialog.js";
import { isMember } from "../people.js";
import { readable } from "./typed_text.js";

/** @typedef {import("../types.js").Channel} Channel */

export function browseChannels() {
  const opener = /** @type {HTMLElement|null} */ (document.activeElement);
  const heading = freshId("browse");
  const list = h("ul", { class: "browse-list", role: "list", tabindex: "-1" });
  const label = "Search channels";
  const search = /** @type {HTMLInputElement} */ (
    h("input", { type: "search", class: "text-field", placeholder: label, "aria-label": label })
  );
  const close = () => {
    closeDialog(dialog);
    opener?.focus?.();
  };
  const fill = () => {
    const wanted = search.value.trim().toLowerCase().replace(/^#/, "");
    const found = visibleChannels()
      .filter((channel) => !channel.is_im && channel.name.includes(wanted))
      .sort((a, b) => a.name.localeCompare(b.name));
    const rows = found.map((channel) => row(channel, close, fill));
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "nothing muted" }, "No such channel.")]));
  };
  search.addEventListener("input", fill);
  const head = h(
    "header",
    { class: "modal-head" },
    h("h2", { id: heading, class: "dialog-title" }, "All channels"),
    iconButton("close", "Close this dialog", close),
  );
  const options = { testid: "browse", labelledBy: heading, class: "dialog", cancel: close };
  const dialog = openDialog(options, head, h("div", { class: "dialog-body browse" }, search, list));
  fill();
  search.focus();
}

/** @param {Channel} channel @param {() => void} close @param {() => void} redraw */
function row(channel, close, redraw) {
  const sign = channel.is_archived ? "archive" : channel.is_private ? "lock" : "hash";
  const members = channel.members.length === 1 ? "1 member" : `${channel.members.length} members`;
  const states = [isMember(channel) && "Joined", members, channel.is_archived && "archived", readable(channel.purpose)];
  const look = () => {
    close();
    openChannel(channel.id);
  };
  const change = async (/** @type {string} */ what) => {
    await perform(what, { channel: channel.id });
    await refreshWorkspace();
    redraw();
  };
  const toggle = isMember(channel) ? "leave" : "join";
  return h(
    "li",
    { class: "browse-row" },
    h(
      "span",
      { class: "browse-words" },
      h("strong", {}, icon(sign), channel.name),
      h("span", { class: "muted" }, states.filter(Boolean).join(" · ")),
    ),
    button("View", `View ${channel.name}`, look),
    !channel.is_archived && button(
      toggle === "join" ? "Join" : "Leave",
      `${toggle === "join" ? "Join" : "Leave"} ${channel.name}`,
      () => change(toggle),
    ),
  );
}

/** @param {string} word @param {string} label @param {() => void} press */
function button(word, label, press) {
  return h(
    "button",
    { type: "button", class: "button", "aria-label": label, on: { click: press } },
    word,
  );
}
