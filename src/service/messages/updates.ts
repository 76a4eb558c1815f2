import { fieldName, type Message, valueText } from "./message.ts";

/** Whether a stored value is the placeholder of one that the server has allocated. */
function isUnknown(stored: string): boolean {
  return stored.startsWith("<");
}

/** Whether a value may happen to be the unknown one. */
function canBeAllocated(found: unknown): boolean {
  return valueText(found) !== '"None"';
}

/** The rules of updates: what must not change on a stored object. */
export const UPDATE_MESSAGES = {
  "uid-conflict": {
    status: 409,
    title: "an update names another uid",
    message: ({ found, facts }) =>
      facts?.other === undefined
        ? `uid is ${valueText(found)}, but no Service has it: the server gives a new one its own`
        : `uid is ${valueText(found)}, but the stored Service has ${valueText(facts.other)}: it is another object`,
    fix: () => "leave uid out",
  },
  "stale-resource-version": {
    status: 409,
    title: "an update names another resourceVersion",
    message: ({ found, facts }) =>
      `resourceVersion is ${valueText(found)}, but ${valueText(facts?.other)} is stored: the Service has changed since`,
    fix: () => "leave resourceVersion out",
  },
  "resource-version-format": {
    status: 500,
    title: "a resourceVersion is no number",
    message: ({ found }) => `${valueText(found)} is no resourceVersion: the API server fails with an internal error`,
    fix: () => "leave resourceVersion out",
  },
  immutable: {
    reason: "FieldValueInvalid",
    title: "an immutable field changes",
    message: ({ path, found, facts }) =>
      facts?.other === undefined
        ? fieldName(path) === "uid"
          ? "the stored Service has a uid of its own, which is not known here: an update with another one is refused"
          : `${fieldName(path)} cannot be set on a stored Service: it was created without one`
        : found === undefined
          ? `${fieldName(path)} cannot be removed: it is ${valueText(facts.other)}`
          : isUnknown(facts.other)
            ? `${fieldName(path)} cannot change: the server has allocated an address that is not known here, and it would become ${valueText(found)}${canBeAllocated(found) ? ", unless it happens to be the same" : ""}`
            : `${fieldName(path)} cannot change: it is ${valueText(facts.other)} and would become ${valueText(found)}`,
    fix: ({ path, facts }) =>
      fieldName(path) === "uid"
        ? "leave uid out"
        : facts?.other === undefined || isUnknown(facts.other)
          ? `leave ${fieldName(path)} out, or delete the Service and create it again`
          : "keep the stored value, or delete the Service and create it again",
  },
  "primary-family-immutable": {
    reason: "FieldValueInvalid",
    title: "the primary IP family changes",
    message: ({ facts }) => `the primary family of a stored Service cannot change: it is ${facts?.other ?? ""}`,
    fix: ({ facts }) => `put ${facts?.want ?? "it"} first in ipFamilies, or delete the Service and create it again`,
  },
  "health-check-port-immutable": {
    reason: "FieldValueForbidden",
    title: "a health check node port changes while in use",
    message: ({ found, facts }) =>
      `healthCheckNodePort cannot change while it is in use: it is ${facts?.other ?? ""} and would become ${valueText(found)}`,
    fix: () => "leave it out: the stored one is kept",
  },
  "primary-unset": {
    reason: "FieldValueInvalid",
    title: "the first cluster IP or family is removed",
    message: ({ path, facts }) =>
      `the first entry of ${fieldName(path)}, ${valueText(facts?.other)}, cannot be removed`,
    fix: ({ facts }) => `keep ${facts?.other ?? "it"} as the first entry`,
  },
  "downgrade-without-single-stack": {
    reason: "FieldValueInvalid",
    title: "the second address or family is removed without SingleStack",
    message: ({ found, facts }) =>
      `${facts?.other ?? ""} loses its second entry, but ipFamilyPolicy is ${valueText(found)}`,
    fix: () => "set ipFamilyPolicy: SingleStack, which removes the second address and family",
  },
} as const satisfies Record<string, Message>;
