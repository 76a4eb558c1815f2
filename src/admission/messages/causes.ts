import { countText, totalCount } from "../../service/findings/index.ts";
import type { StatusCause } from "../review/index.ts";
import { truncate } from "./truncate.ts";

/** The maximum number of causes in a reply, and of their characters; the rest is counted. */
export const MOST_CAUSES = 100;
const LONGEST_CAUSES = 32 * 1024;
/** A field path and a message may quote user input of any length. */
const LONGEST_FIELD = 512;
const LONGEST_SENTENCE = 2048;

/** A cause that is rendered only if there is room for it. */
export interface PendingCause {
  readonly render: () => StatusCause;
  /** How many more findings of the same kind are only counted. */
  readonly more?: number | undefined;
  readonly orMore?: true | undefined;
}

/** The causes that fit into a reply, and one that counts the rest. */
export function limitCauses(pending: readonly PendingCause[]): readonly StatusCause[] {
  const rendered: StatusCause[] = [];
  let length = 0;
  for (const { render } of pending.slice(0, MOST_CAUSES)) {
    const cause = shortened(render());
    length += cause.message.length + (cause.field?.length ?? 0);
    if (length > LONGEST_CAUSES) break;
    rendered.push(cause);
  }
  const left = totalCount(pending) - rendered.length;
  return left === 0
    ? rendered
    : [...rendered, { message: `and ${countText(left, pending)} more, for which there is no room here (Fairlead)` }];
}

function shortened({ field, message, ...rest }: StatusCause): StatusCause {
  const shortField = field === undefined ? {} : { field: truncate(field, LONGEST_FIELD) };
  return { ...rest, message: truncate(message, LONGEST_SENTENCE), ...shortField };
}
