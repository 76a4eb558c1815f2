import { and, type Cel, not, or } from "../policy/in-cel/index.ts";
import type { Operation } from "../policy/model/index.ts";
import { CONDITION_PREFIX, type Named } from "./model.ts";
import { IS_STATUS_WRITE, mapOf, subjectIn } from "./subject.ts";

/** The requests that no policy may affect, as conditions: the rules of `isExcluded` in `src/policy/match`. */
export function exclusions(situations: ReadonlySet<Operation>): readonly Named[] {
  const subject = subjectIn(situations);
  const isOwn = and('request.namespace == "default"', `${subject}.metadata.?name.orValue("") == "kubernetes"`);
  return [
    { name: `${CONDITION_PREFIX}not-the-api-servers-own`, expression: not(isOwn) },
    ...(situations.has("update") || situations.has("status")
      ? [
          {
            name: `${CONDITION_PREFIX}not-housekeeping`,
            expression: or('request.operation != "UPDATE"', not(isHousekeeping(situations))),
          },
        ]
      : []),
    ...(situations.has("delete")
      ? [{ name: `${CONDITION_PREFIX}not-being-deleted`, expression: isFirstDeletion(situations) }]
      : []),
  ];
}

const DELETION = "oldObject.metadata.?deletionTimestamp.hasValue()";

function isFirstDeletion(situations: ReadonlySet<Operation>): Cel {
  return situations.size === 1 ? not(DELETION) : or('request.operation != "DELETE"', not(DELETION));
}

/** Whether nothing that users configure changes, and the stored Service is being deleted or only finalizers or owners change. */
function isHousekeeping(situations: ReadonlySet<Operation>): Cel {
  const isSame = [
    "object.spec == oldObject.spec",
    ...(["labels", "annotations"] as const).map((map) => `${mapOf("object", map)} == ${mapOf("oldObject", map)}`),
  ];
  const hasSameStatus = `object.?status.orValue({}) == oldObject.?status.orValue({})`;
  const [owners, finalizers] = [changeOf("ownerReferences"), changeOf("finalizers")];
  const hasNoNewOwner = `${owners.now}.all(owner, ${owners.before}.exists(known, known.uid == owner.uid))`;
  return and(
    ...isSame,
    ...(situations.has("status") ? [or(not(IS_STATUS_WRITE), hasSameStatus)] : []),
    or(DELETION, and(hasNoNewOwner, or(finalizers.isChange, owners.isChange))),
  );
}

function changeOf(field: string): Readonly<Record<"now" | "before" | "isChange", Cel>> {
  const [now, before] = ["object", "oldObject"].map((subject) => `${subject}.metadata.?${field}.orValue([])`);
  return { now: now ?? "", before: before ?? "", isChange: `${now ?? ""} != ${before ?? ""}` };
}
