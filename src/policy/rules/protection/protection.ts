import type { Service } from "../../../service/schema/index.ts";
import { compileGlobs } from "../../match/index.ts";
import type { RequestFacts } from "../../model/index.ts";
import { listOf, type ObjectOf, text, withDefault } from "../../schema/index.ts";
import { and, type Cel, hasGroup, isOneOf, matchesGlobs, not, quoted, USER_NAME } from "../../in-cel/index.ts";
import { ownValue } from "../kit/index.ts";

/** The parameters shared by the rules that protect Services: the label that marks them, and who is exempt. */
export const protection = {
  label: withDefault(
    text("the label that marks a Service as protected", { format: "qualified-name" }),
    "fairlead.dev/protected",
  ),
  value: withDefault(text("the value of the label", { format: "label-value" }), "true"),
  users: withDefault(
    listOf("who may do it nevertheless: user names", text("a name, with * and ?", { format: "user-glob" })),
    [],
  ),
  groups: withDefault(
    listOf("who may do it nevertheless: groups", text("a name, with * and ?", { format: "user-glob" })),
    [],
  ),
};

/** Returns a function that says whether the Service is protected from the user of the request. */
export function compileProtection({ label, value, users, groups }: ObjectOf<typeof protection>) {
  const isUser = compileGlobs(users);
  const isGroup = compileGlobs(groups);
  const mayPass = (user: RequestFacts["user"]): boolean =>
    user !== undefined && (isUser(user.name) || user.groups.some(isGroup));
  return ({ metadata }: Service, { user }: RequestFacts): boolean =>
    ownValue(metadata.labels, label) === value && !mayPass(user);
}

/** Whether the stored Service is protected from the user of the request, in CEL. */
export function celOfProtection({ label, value, users, groups }: ObjectOf<typeof protection>): Cel {
  const stored = "oldObject.metadata.?labels.orValue({})";
  return and(
    `${quoted(label)} in ${stored}`,
    isOneOf(`${stored}[${quoted(label)}]`, [value]),
    not(matchesGlobs(USER_NAME, users)),
    not(hasGroup(groups)),
  );
}
