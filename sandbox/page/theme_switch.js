// The switch between the light and the dark look; without a choice the person's system decides.

import { iconButton } from "./dom.js";

const REMEMBERED = "sandbox.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** @typedef {"system"|"light"|"dark"} Theme */

/** @returns {Theme} */
export function chosenTheme() {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** @param {Theme} theme */
export function chooseTheme(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(REMEMBERED);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(REMEMBERED, theme);
  }
  document.dispatchEvent(new Event("themechange"));
}

const isDark = () => (chosenTheme() === "system" ? dark.matches : chosenTheme() === "dark");

export function themeButton() {
  const press = () => chooseTheme(isDark() ? "light" : "dark");
  const button = iconButton("moon", "", press, { data: { testid: "theme" } });
  const label = () => {
    const words = isDark() ? "Use the light look" : "Use the dark look";
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  document.addEventListener("themechange", label);
  dark.addEventListener("change", label);
  label();
  return button;
}
