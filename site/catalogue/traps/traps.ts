import { JSON_TRAPS } from "./json.ts";
import { SCALARS } from "./scalars.ts";
import { STRUCTURE } from "./structure.ts";
import type { Trap } from "./trap.ts";

/** What is read as something else than it looks like, by the last part of its page's path. */
export const TRAPS: Readonly<Record<string, Trap>> = { ...SCALARS, ...STRUCTURE, ...JSON_TRAPS };
