import { isObject } from "#src/field/index.ts";
import type { PlaygroundState } from "../state/index.ts";

/** A case of the catalogue. */
export interface PlaygroundExample {
  /** The finding's code, or the rule as reports show it: `policy/named-ports`. */
  readonly code: string;
  /** What it is about; absent where the rule has a title. */
  readonly title?: string;
  readonly state: Partial<PlaygroundState>;
}

/** Cases that belong together. */
export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly PlaygroundExample[];
}

/** What the page brings along besides its code. The build writes it into the page. */
export interface PlaygroundData {
  /** The texts of the ready-made sets of policies, by their names. */
  readonly sets: Readonly<Record<string, string>>;
  readonly examples: readonly ExampleGroup[];
}

/** The data of the page, which the build has written. */
export function readData(text: string): PlaygroundData {
  const data: unknown = JSON.parse(text);
  return isData(data) ? data : { sets: {}, examples: [] };
}

function isData(value: unknown): value is PlaygroundData {
  return isObject(value) && isObject(value["sets"]) && Array.isArray(value["examples"]);
}
