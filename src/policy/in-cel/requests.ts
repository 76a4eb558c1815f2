import { type Cel, FALSE } from "./logic.ts";
import { matchesGlobs } from "./names.ts";

/** The user of a request; in CEL, a field of the request that is empty is absent. */
export const USER_NAME: Cel = 'request.userInfo.?username.orValue("")';

/** Whether the user is in a group that one of the globs matches. */
export function hasGroup(globs: readonly string[]): Cel {
  const matches = matchesGlobs("group", globs);
  return matches === FALSE ? FALSE : `request.userInfo.?groups.orValue([]).exists(group, ${matches})`;
}
