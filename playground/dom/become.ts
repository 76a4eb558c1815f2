/**
 * Gives an element the children of another one, and leaves those alone that are there already: whoever has selected a part of
 * them, or scrolled or tabbed into one, stays there, and the browser need not lay it out again.
 */
export function become(old: Element, fresh: Element): void {
  // Both lists change with each node that moves.
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  for (const [index, node] of after.entries()) {
    const there = before[index];
    if (there === undefined) old.append(node);
    else if (there.isEqualNode(node)) continue;
    else if (there instanceof Element && node instanceof Element && isSameElement(there, node)) become(there, node);
    else there.replaceWith(node);
  }
  for (const node of before.slice(after.length)) node.remove();
}

/** Whether only the children differ. */
function isSameElement(one: Element, other: Element): boolean {
  return one.cloneNode().isEqualNode(other.cloneNode());
}
