// Runs before the page is drawn, so that a chosen look does not flash: not a module on purpose.

(() => {
  const chosen = localStorage.getItem("sandbox.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
