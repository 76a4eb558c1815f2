import type { Code } from "../rules.ts";
import type { Feature } from "../version.ts";

/** What there is to say of one field: `fairlead explain` and docs/service.md are made of it. */
export interface FieldHelp {
  /** What it is for. */
  readonly purpose: string;
  /** What it is where the user leaves it out. */
  readonly default?: string;
  /** The values it can have. */
  readonly values?: readonly string[];
  /** The rules that it is held to. */
  readonly rules?: readonly Code[];
  /** What the server accepts with a warning. */
  readonly warnings?: readonly Code[];
  /** What takes it away again. */
  readonly wiped?: string;
  /** The feature that it came with. */
  readonly since?: Feature;
}
