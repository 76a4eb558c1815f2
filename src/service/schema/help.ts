import type { Code } from "../messages/index.ts";
import type { Feature } from "../versions/index.ts";

/** The help for one field: the source of `fairlead explain` and docs/service.md. */
export interface FieldHelp {
  /** What the field is for. */
  readonly purpose: string;
  /** The value if the user leaves the field out. */
  readonly default?: string;
  /** The valid values. */
  readonly values?: readonly string[];
  /** The rules that apply to it. */
  readonly rules?: readonly Code[];
  /** The rules whose violation the API server accepts with a warning. */
  readonly warnings?: readonly Code[];
  /** When an update clears it. */
  readonly wiped?: string;
  /** The feature that introduced it, or the minor version; absent for metadata, which every version has. */
  readonly since?: Feature | number;
}
