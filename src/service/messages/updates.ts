import { fieldName, type Message, valueText } from "./message.ts";

/** The rules of updates: what must not change on a stored object. */
export const UPDATE_MESSAGES = {
  immutable: {
    reason: "FieldValueInvalid",
    title: "what is fixed at creation stays",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} cannot change: it is ${facts?.other === undefined ? "not set" : valueText(facts.other)} and would ${found === undefined ? "be removed" : `become ${valueText(found)}`}`,
    fix: ({ path, facts }) =>
      facts?.other === undefined
        ? `leave ${fieldName(path)} out, or delete the Service and create it again`
        : "keep the stored value, or delete the Service and create it again",
  },
  "health-check-port-immutable": {
    reason: "FieldValueForbidden",
    title: "a health check port in use stays",
    message: ({ found, facts }) =>
      `healthCheckNodePort cannot change while it is in use: it is ${facts?.other ?? ""} and would become ${valueText(found)}`,
    fix: () => "leave it out: the stored one is kept",
  },
  "primary-unset": {
    reason: "FieldValueInvalid",
    title: "the first address and family are for life",
    message: ({ path, facts }) =>
      `the first entry of ${fieldName(path)}, ${valueText(facts?.other)}, cannot be taken away`,
    fix: ({ facts }) => `keep ${facts?.other ?? "it"} as the first entry`,
  },
  "downgrade-without-single-stack": {
    reason: "FieldValueInvalid",
    title: "the second address and family go only with SingleStack",
    message: ({ found, facts }) =>
      `${facts?.other ?? ""} loses its second entry, and ipFamilyPolicy is ${valueText(found)}`,
    fix: () => "say ipFamilyPolicy: SingleStack: the second address and family then go by themselves",
  },
} as const satisfies Record<string, Message>;
