/** Freezes a JSON value deeply: the code under test must not modify its input, and modifying a frozen value throws. */
export function frozen<T>(value: T): T {
  const open: unknown[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    for (const part of Object.values(one)) if (typeof part === "object" && part !== null) open.push(part);
  }
  return value;
}
