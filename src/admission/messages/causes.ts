import { countText, totalCount } from "../../service/findings/index.ts";
import type { StatusCause } from "../review/index.ts";
import { truncate } from "./truncate.ts";

/** How many causes a reply tells, and in how many characters; those beyond are counted. */
export const MOST_CAUSES = 100;
const LONGEST_CAUSES = 32 * 1024;
/** A place and a sentence may quote what the user wrote, at any length. */
const LONGEST_FIELD = 512;
const LONGEST_SENTENCE = 2048;

/** Something to be told, put in words only if there is room for it. */
export interface PendingCause {
  readonly tell: () => StatusCause;
  /** How many more there are of its kind, which are not told one by one. */
  readonly more?: number | undefined;
  readonly orMore?: true | undefined;
}

/** The causes that a reply has room for, and one that says how many more there are. */
export function limitCauses(untold: readonly PendingCause[]): readonly StatusCause[] {
  const told: StatusCause[] = [];
  let length = 0;
  for (const { tell } of untold.slice(0, MOST_CAUSES)) {
    const cause = shortened(tell());
    length += cause.message.length + (cause.field?.length ?? 0);
    if (length > LONGEST_CAUSES) break;
    told.push(cause);
  }
  const left = totalCount(untold) - told.length;
  return left === 0
    ? told
    : [...told, { message: `and ${countText(left, untold)} more, for which there is no room here (Fairlead)` }];
}

function shortened({ field, message, ...rest }: StatusCause): StatusCause {
  const place = field === undefined ? {} : { field: truncate(field, LONGEST_FIELD) };
  return { ...rest, message: truncate(message, LONGEST_SENTENCE), ...place };
}
