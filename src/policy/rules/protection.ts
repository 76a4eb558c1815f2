import { compileGlobs } from "../match/glob.ts";
import { listOf, text, withDefault, type ObjectOf } from "../schema/shape.ts";
import type { Service } from "../../service/types.ts";
import type { RequestFacts } from "../types.ts";
import { entryOf } from "./shared.ts";

/** What the rules that protect Services have in common: by which label, and from whom. */
export const protection = {
  label: withDefault(
    text("the label that marks a Service as protected", { format: "qualified-name" }),
    "fairlead.dev/protected",
  ),
  value: withDefault(text("the value of the label", { format: "label-value" }), "true"),
  users: withDefault(
    listOf("who may do it all the same: user names", text("a name, with * and ?", { format: "user-glob" })),
    [],
  ),
  groups: withDefault(
    listOf("who may do it all the same: groups", text("a name, with * and ?", { format: "user-glob" })),
    [],
  ),
};

/** A function that says whether the Service is protected from whoever asks. */
export function compileProtection({ label, value, users, groups }: ObjectOf<typeof protection>) {
  const isUser = compileGlobs(users);
  const isGroup = compileGlobs(groups);
  const mayPass = (user: RequestFacts["user"]): boolean =>
    user !== undefined && (isUser(user.name) || user.groups.some(isGroup));
  return ({ metadata }: Service, { user }: RequestFacts): boolean =>
    entryOf(metadata.labels, label) === value && !mayPass(user);
}
