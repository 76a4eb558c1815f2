import type { Path } from "../../field/index.ts";
import type { Code, MessageFacts } from "../messages/index.ts";

/**
 * A fact about one value, without a message. `code` says which fact; `describe` makes the message, the fix and the API
 * server's own names of it, from the table in `rules.ts`.
 */
export interface Finding {
  readonly code: Code;
  /** Where the value is in the user's own manifest. */
  readonly path: Path;
  /** The path that the API server reports, if it differs from where the user wrote the value. */
  readonly reported?: Path;
  /** The value that was found; undefined if it is missing. */
  readonly found?: unknown;
  readonly facts?: MessageFacts;
  /** How many more findings of this code there are that are only counted. */
  readonly more?: number;
  /** Whether there may be still more: with this many, the search was stopped. */
  readonly orMore?: true;
}
