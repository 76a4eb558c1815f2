/**
 * What is measured inside of the page. Each probe is an expression for the browser, whose value lists what is wrong:
 * an empty list is what a test wants.
 */

/** Text whose contrast to what lies behind it is below 4.5 (WCAG 2.2, 1.4.3, for text of any size). */
export const LOW_CONTRAST = String.raw`(() => {
  const parse = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };
  const over = (front, back) => front.channels.map((each, index) => each * front.alpha + back[index] * (1 - front.alpha));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.channels : over(own, behind(element.parentElement));
  };
  const luminance = (channels) => {
    const [red, green, blue] = channels.map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (element, pseudo) => {
    const back = behind(element);
    const front = over(parse(getComputedStyle(element, pseudo).color), back);
    const [dark, light] = [luminance(front), luminance(back)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const low = new Map();
  const check = (element, pseudo = null) => {
    const value = contrast(element, pseudo);
    if (value < 4.5) low.set(element.tagName + "." + element.className + (pseudo ?? ""), value.toFixed(2));
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.matches("script")) continue;
    if ([...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")) check(element);
    if (element.matches("input")) check(element, "::placeholder");
    for (const pseudo of ["::before", "::after"])
      if (!["none", "normal", '""'].includes(getComputedStyle(element, pseudo).content)) check(element, pseudo);
  }
  return [...low].map(([name, value]) => name + " " + value);
})()`;

/** What a reader who does not see the page would miss: names, one of each id, headings in their order. */
export const INACCESSIBLE = String.raw`(() => {
  const wrong = [];
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) wrong.push("two elements of id " + id);
  for (const element of document.querySelectorAll("a, button, input, select, summary")) {
    const name = element.ariaLabel ?? element.closest("label")?.textContent ?? "";
    if ((name + element.textContent).trim() === "") wrong.push("no name: " + element.outerHTML.slice(0, 80));
  }
  for (const part of document.querySelectorAll("[role], main section[id]"))
    if (!part.ariaLabel && !part.hasAttribute("aria-labelledby") && !part.matches("[role=status]"))
      wrong.push("no name: " + part.outerHTML.slice(0, 80));
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.hash.slice(1))) wrong.push("a link to nothing: " + link.hash);
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName.slice(1));
    if (own > level + 1) wrong.push("a heading is left out before: " + heading.textContent);
    level = own;
  }
  for (const box of document.querySelectorAll("pre"))
    if (box.scrollWidth > box.clientWidth && box.tabIndex !== 0) wrong.push("cannot be scrolled by keyboard: " + box.ariaLabel);
  if (!document.documentElement.lang) wrong.push("no language");
  return wrong;
})()`;

/** What sticks out of the page to the right, so that the page itself has to be scrolled sideways. */
export const TOO_WIDE = String.raw`(() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth && !element.closest("pre"))
    .map((element) => element.tagName + "." + element.className);
})()`;

/** Blocks of code that paper would cut off, since it cannot be scrolled. */
export const CUT_OFF = String.raw`[...document.querySelectorAll("pre")]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth)
  .map((box) => box.ariaLabel)`;

/** Rows of an open Service that do not stand at the height of the row that they belong to. */
export const MISALIGNED = String.raw`[...document.querySelectorAll(".service[open] .panes")].flatMap((panes) => {
  const [left = [], right = []] = [...panes.querySelectorAll("pre")].map((pre) => [...pre.querySelectorAll(".row")]);
  if (right.length === 0) return [];
  const top = (row) => row?.getBoundingClientRect().top;
  return left.filter((row, index) => top(row) !== top(right[index])).map((row) => row.textContent);
})`;

/** Whether the element in focus shows that it is, in words: empty if so. */
export const FOCUS_UNSEEN = String.raw`(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? [] : [element.outerHTML.slice(0, 80)];
})()`;
