/** More lines are no help: the examples themselves are as plain. */
const MOST = 8;

/**
 * The lines between the first and the last one that differ, as a diff shows them; undefined if the texts are equal, or if it
 * would be many lines.
 */
export function changedLines(before: string, after: string): string | undefined {
  const [old, now] = [before.trimEnd().split("\n"), after.trimEnd().split("\n")];
  const start = old.findIndex((line, i) => line !== now[i]);
  const first = start === -1 ? old.length : start;
  const shorter = Math.min(old.length, now.length) - first;
  let same = 0;
  while (same < shorter && old.at(-1 - same) === now.at(-1 - same)) same++;
  const removed = old.slice(first, old.length - same).map((line) => `-${line}`);
  const added = now.slice(first, now.length - same).map((line) => `+${line}`);
  const lines = [...removed, ...added];
  return lines.length === 0 || lines.length > MOST ? undefined : lines.join("\n");
}
