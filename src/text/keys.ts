import { Path } from "../field/path.ts";
import type { Keys } from "./types.ts";

/** The path of the keys. */
export function pathOf(keys: Keys): Path {
  return keys.reduce<Path>((path, key) => (typeof key === "number" ? path.index(key) : path.child(key)), Path.root);
}
