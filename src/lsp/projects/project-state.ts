import type { Input } from "../../check/inputs/index.ts";
import type { InventoryData } from "../../check/inventory/index.ts";
import type { Layout } from "../../check/layout/index.ts";
import type { Context } from "../../examine/findings/index.ts";
import type { ProjectClaims } from "../claims/index.ts";
import type { ClientSettings } from "./client-settings.ts";
import type { FolderSettings } from "./load-settings.ts";
import type { ObjectIndex } from "./object-index.ts";

/** All that a file of the project is judged by: replaced as a whole when something changes. */
export interface ProjectState {
  readonly settings: FolderSettings;
  readonly layout: Layout;
  readonly inputs: readonly Input[];
  /** The paths of the inputs. */
  readonly files: ReadonlySet<string>;
  readonly index: ObjectIndex;
  /** What the Services of all files claim. */
  readonly claims: ProjectClaims;
  /** The objects of all files, if policies look at them. */
  readonly objects: InventoryData | undefined;
  /** The context of each file that was asked for. */
  readonly contexts: Map<string, Context>;
  readonly client: ClientSettings;
}
