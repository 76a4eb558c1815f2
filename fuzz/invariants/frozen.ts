/** Freezes a JSON value with all that is in it: what is judged must not be changed, and changing this throws. */
export function frozen<T>(value: T): T {
  const open: unknown[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    for (const part of Object.values(one)) if (typeof part === "object" && part !== null) open.push(part);
  }
  return value;
}
