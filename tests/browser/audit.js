// Looks at the page as it stands and says what keeps people from using it: names, ids, contrast.

() => {
  const found = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const where = (node) => `<${node.tagName.toLowerCase()} class="${node.getAttribute("class") ?? ""}">`;

  const words = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const nameOf = (node) =>
    [
      node.getAttribute("aria-label"),
      words(node.getAttribute("aria-labelledby") ?? ""),
      ...[...(node.labels ?? [])].map((label) => label.textContent),
      node.matches("button, a, summary, [role]") ? node.textContent : "",
    ].join("").trim();

  const named = "button, a[href], input, select, textarea, summary, dialog, nav, aside, [role=dialog],"
    + " [role=menu], [role=listbox], [role=log], [role=toolbar], [role=tablist], [role=tabpanel], [role=img],"
    + " [role=group], [role=region]";
  for (const node of document.querySelectorAll(named)) {
    if (shown(node) && !nameOf(node)) found.push(`${where(node)} has no name`);
  }
  for (const image of document.querySelectorAll("img")) {
    if (!image.hasAttribute("alt")) found.push(`${where(image)} has no alt`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`two are #${id}`);
  for (const node of document.querySelectorAll("[aria-controls], [aria-describedby]")) {
    for (const id of (node.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean)) {
      if (!document.getElementById(id)) found.push(`${where(node)} is described by nothing`);
    }
  }
  for (const landmark of ["main", "nav", "header"]) {
    if (!document.querySelector(landmark)) found.push(`there is no ${landmark}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { channels: [red, green, blue], alpha: alpha / 255 };
  };
  const over = (top, below) => top.channels.map((one, at) => one * top.alpha + below[at] * (1 - top.alpha));
  // A gradient is judged by both of its ends: the worse one counts.
  const layers = (node) => {
    const style = getComputedStyle(node);
    const ends = style.backgroundImage.match(/rgba?\([^)]*\)/g);
    return (ends ?? [style.backgroundColor]).map(rgba);
  };
  const grounds = (node) => {
    if (!node) return [[255, 255, 255]];
    const mine = layers(node);
    if (mine.every((one) => one.alpha === 1)) return mine.map((one) => one.channels);
    return grounds(node.parentElement).flatMap((below) => mine.map((one) => over(one, below)));
  };
  const light = (channels) => {
    const [red, green, blue] = channels.map((one) => one / 255).map(
      (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4),
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((one, two) => one - two);
    return (high + 0.05) / (low + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    const hidden = !text.data.trim() || !shown(node) || node.closest(".visually-hidden, .skip, :disabled, .emoji");
    if (hidden || getComputedStyle(node).color === "rgba(0, 0, 0, 0)") continue;
    const modal = document.querySelector("dialog:modal");
    if (modal && !modal.contains(node)) continue;
    const ink = rgba(getComputedStyle(node).color);
    const worst = Math.min(...grounds(node).map((ground) => contrast(over(ink, ground), ground)));
    if (worst < 4.5) found.push(`${where(node)} “${text.data.trim().slice(0, 20)}” has a contrast of ${worst.toFixed(2)}`);
  }
  return found;
}
