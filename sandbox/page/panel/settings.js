// How strict the sandbox is, how it reaches the app, and how the page looks.

import { act } from "../api.js";
import { h, freshId } from "../dom.js";
import { refreshPanel, refreshWorkspace } from "../load.js";
import { confirmed } from "../overlays/confirm.js";
import { openForm } from "../overlays/form_dialog.js";
import { complain } from "../overlays/toast.js";
import { on, store } from "../store.js";
import { chooseTheme, chosenTheme } from "../theme_switch.js";

const body = h("div", { class: "settings", data: { testid: "settings" } });

export function settingsTab() {
  on(["panel"], draw);
  return h("div", { class: "tab-body" }, body);
}

function draw() {
  const settings = store.panel?.settings;
  // What somebody is choosing from is not taken out of their hands.
  if (!settings || document.activeElement?.matches(".settings :is(select, input)")) return;
  const focused = body.contains(document.activeElement) ? document.activeElement?.textContent : "";
  body.replaceChildren(
    choice("Rate limits", settings.rate_limit_profiles, settings.rate_limits, (value) => set({ rate_limits: value })),
    tick("The app may notify everybody", settings.broadcasts_allowed, (value) => set({ broadcasts_allowed: value })),
    fact("Deliveries", transport(settings)),
    ...(settings.socket_mode ? [] : [fact("App URL", settings.app_url || "not set")]),
    h("div", { class: "tab-buttons" }, !settings.socket_mode && button("Change the app URL", askForUrl), button("Add a person", askForPerson)),
    ...(store.workspace?.events_disabled ? [
      fact("Events", "Switched off, because the app failed too often"),
      h("div", { class: "tab-buttons" }, button("Switch events on again", enableEvents)),
    ] : []),
    choice("Look", ["system", "light", "dark"], chosenTheme(), (value) => chooseTheme(/** @type {any} */ (value))),
    h("div", { class: "tab-buttons" }, button("Reset the workspace", reset, "danger")),
  );
  if (focused) [...body.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
}

/** @param {Record<string, any>} settings */
function transport(settings) {
  if (!settings.socket_mode) return "HTTP, to the app’s URL";
  return settings.socket_connected ? "Socket Mode, connected" : "Socket Mode, the app is not connected";
}

/** @param {Record<string, any>} settings */
async function set(settings) {
  try {
    await act("settings", settings);
  } catch (refusal) {
    complain(refusal);
  }
  await refreshPanel();
}

/** @param {string} label @param {string[]} options @param {string} value @param {(value: string) => void} changed */
function choice(label, options, value, changed) {
  const id = freshId("setting");
  const select = /** @type {HTMLSelectElement} */ (
    h(
      "select",
      { id, class: "text-field", on: { change: () => changed(select.value) } },
      ...options.map((one) => h("option", { value: one }, one)),
    )
  );
  select.value = value;
  return h("div", { class: "setting" }, h("label", { for: id }, label), select);
}

/** @param {string} label @param {boolean} value @param {(value: boolean) => void} changed */
function tick(label, value, changed) {
  const box = /** @type {HTMLInputElement} */ (
    h("input", { type: "checkbox", set: { checked: value }, on: { change: () => changed(box.checked) } })
  );
  return h("label", { class: "choice setting" }, box, h("span", {}, label));
}

/** @param {string} label @param {string} words */
function fact(label, words) {
  return h("p", { class: "setting" }, h("span", {}, label), h("span", { class: "muted" }, words));
}

/** @param {string} word @param {() => void} press @param {string} [kind] */
function button(word, press, kind = "") {
  return h("button", { type: "button", class: `button ${kind}`, on: { click: press } }, word);
}

async function enableEvents() {
  await act("subscriptions/enable", {}).catch(complain);
  await refreshWorkspace();
  await refreshPanel();
}

function askForUrl() {
  openForm({
    title: "Where the app listens",
    submit: "Save",
    testid: "app-url",
    fields: [{ name: "app_url", label: "URL", kind: "url", value: store.panel?.settings.app_url }],
    send: async ({ app_url }) => {
      await act("settings", { app_url });
      await refreshPanel();
    },
  });
}

function askForPerson() {
  openForm({
    title: "Add a person",
    submit: "Add",
    testid: "person",
    fields: [
      { name: "name", label: "Short name", hint: "As in @dana.", most: 21 },
      { name: "real_name", label: "Full name", most: 80 },
      { name: "is_restricted", label: "A guest", kind: "checkbox", optional: true },
    ],
    send: async (person) => {
      await act("act/add_person", { user: store.me, ...person });
      await refreshWorkspace();
    },
  });
}

async function reset() {
  const text = (/** @type {string} */ words) => ({ type: "plain_text", text: words });
  const sure = await confirmed({
    title: text("Reset the workspace"),
    text: text("Channels, messages, faults and the log begin anew. The app is not told."),
    confirm: text("Reset"),
    deny: text("Cancel"),
    style: "danger",
  });
  if (!sure) return;
  await act("reset", {}).catch(complain);
  location.reload();
}
