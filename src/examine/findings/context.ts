import type { Need } from "../../inventory/model/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import type { OldServices } from "../before/index.ts";
import type { Settings } from "../settings/index.ts";
import type { ObjectsAround, SetView } from "./objects-around.ts";

/** What the examination of a text needs. */
export interface Context {
  readonly settings: Settings;
  readonly policies: PolicySet;
  /** The previous state, if manifests are judged as updates of it. */
  readonly old: OldServices | undefined;
  /** What is around the Services; undefined if no policy looks at it. */
  readonly inventory?: ObjectsAround | undefined;
  /** What the rules need that look at other objects, by their ids. */
  readonly needs?: ReadonlyMap<string, readonly Need[]>;
  /** What is around the objects of the file, for each set that it belongs to. */
  readonly views?: readonly SetView[];
  /** Whether the caller wants the Services too, not only the findings. */
  readonly wantsServices: boolean;
  /** Whether the caller wants the edits that fix the findings. */
  readonly wantsEdits?: boolean;
  /** The folder of the Helm chart that a file belongs to, where somebody knows. */
  readonly chartOf?: (file: string) => string | undefined;
  /** False for a file that was found in a folder rather than named by the user. */
  readonly isNamed?: boolean;
}
