import { fieldName, type Message, oneOf, slug, valueText } from "./message.ts";
import { lookalikeFault, nameFault, placeholderFault } from "./text-faults.ts";

const LABEL = { max: 63, allowed: /[a-z0-9-]/ } as const;
const LABEL_VALUE = { max: 63, allowed: /[A-Za-z0-9._-]/ } as const;

/** Why a key is no qualified name: a missing blank, an odd character, the length of one of its parts. */
function keyFault(found: unknown): string {
  if (typeof found !== "string") return `use ${QUALIFIED}`;
  const [, key, value] = /^([^:\s]+):(\S+)$/.exec(found) ?? [];
  if (key !== undefined && value !== undefined) return `a space is missing after the colon: ${key}: ${value}`;
  const name = found.slice(found.indexOf("/") + 1);
  if (name.length > LABEL_VALUE.max)
    return `its name has ${name.length} characters, and ${LABEL_VALUE.max} are allowed`;
  return placeholderFault(found) ?? lookalikeFault(found) ?? `use ${QUALIFIED}`;
}

const QUALIFIED = "letters, digits and inner - _ . up to 63, optionally after a DNS name and a slash";

/** The rules of metadata. */
export const METADATA_MESSAGES = {
  "name-required": {
    reason: "FieldValueRequired",
    title: "a Service has a name",
    message: () => "the Service has no name; metadata.name (or generateName) is needed",
  },
  "name-format": {
    reason: "FieldValueInvalid",
    title: "a Service's name is a DNS label",
    message: ({ found, facts }) =>
      `${valueText(found)} cannot be a Service's name: ${nameFault(found, LABEL) ?? `it becomes a DNS label, so use lower-case letters, digits and inner hyphens, up to 63, beginning with ${facts?.startsWith ?? "a letter"}`}`,
    fix: ({ found, facts }) => {
      const beforeStart = facts?.startsWith === "a letter or digit" ? /^-+/ : /^[0-9-]+/;
      const name = slug(found, 63)?.replace(beforeStart, "");
      return name === undefined || name === "" ? undefined : `name it ${name}`;
    },
  },
  "name-in-path": {
    reason: "FieldValueInvalid",
    title: "a name can stand in a URL",
    message: ({ path, found }) =>
      `${fieldName(path)} is ${valueText(found)}, and a name with / or % cannot stand in a URL`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "namespace-format": {
    reason: "FieldValueInvalid",
    title: "a namespace's name is a DNS label",
    message: ({ found }) =>
      `${valueText(found)} cannot be a namespace: ${nameFault(found, LABEL) ?? "use lower-case letters, digits and inner hyphens, up to 63"}`,
  },
  negative: {
    reason: "FieldValueInvalid",
    title: "a generation is not negative",
    message: ({ found }) => `${valueText(found)} is negative; it must be 0 or more`,
  },
  "resource-version-on-create": {
    serverFails: true,
    title: "an object that is yet to be made has no version",
    message: ({ found }) =>
      `resourceVersion is ${valueText(found)}: a POST or a server-side apply fails with one; kubectl create and apply clear it first, and a later apply with it conflicts`,
    fix: () => "leave resourceVersion out",
  },
  "label-key": {
    reason: "FieldValueInvalid",
    title: "a label's key is a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be a label's key: ${keyFault(found)}`,
  },
  "label-value": {
    reason: "FieldValueInvalid",
    title: "a label's value is short and plain",
    reportedAtParent: true,
    message: ({ found }) =>
      `${valueText(found)} cannot be a label's value: ${nameFault(found, LABEL_VALUE) ?? "use nothing, or up to 63 letters, digits and inner - _ . (the first and the last a letter or digit)"}`,
  },
  "annotation-key": {
    reason: "FieldValueInvalid",
    title: "an annotation's key is a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be an annotation's key: ${keyFault(found)}`,
  },
  "annotations-too-long": {
    reason: "FieldValueTooLong",
    title: "annotations take up to 256 KiB in all",
    message: ({ found, facts }) =>
      `the annotations take ${valueText(found)} bytes; up to ${facts?.max ?? 0} in all are kept`,
  },
  "topology-annotations-differ": {
    reason: "FieldValueInvalid",
    title: "the two topology annotations agree",
    message: ({ found, facts }) =>
      `topology-mode is ${valueText(found)} and the older topology-aware-hints is ${valueText(facts?.other)}; where both are set they must agree`,
    fix: () => "leave the annotation topology-aware-hints out",
  },
  "owner-api-version": {
    reason: "FieldValueInvalid",
    title: "an owner names its API version",
    message: ({ found }) => `${valueText(found)} names no API version; write one like v1 or apps/v1`,
  },
  "owner-field-empty": {
    reason: "FieldValueInvalid",
    title: "an owner names its kind, name and uid",
    message: ({ path }) => `${path.toString()} is empty; an owner is named by apiVersion, kind, name and uid`,
  },
  "owner-forbidden": {
    reason: "FieldValueInvalid",
    title: "an Event owns nothing",
    message: () => "an Event cannot own an object",
  },
  "two-controllers": {
    reason: "FieldValueInvalid",
    title: "at most one owner is the controller",
    message: ({ found }) => `more than one owner is marked as the controller: ${valueText(found)}; only one may be`,
    fix: () => "keep controller: true on one of them",
  },
  "finalizer-format": {
    reason: "FieldValueInvalid",
    title: "a finalizer is a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be a finalizer: ${keyFault(found)}`,
  },
  "finalizer-unqualified": {
    reason: "FieldValueInvalid",
    title: "a finalizer has a prefix of its own",
    message: ({ found, facts }) =>
      `${valueText(found)} is neither ${oneOf(facts?.allowed)} nor a name with a prefix, like example.com/cleanup`,
  },
  "finalizers-conflict": {
    reason: "FieldValueInvalid",
    title: "dependents are either orphaned or deleted first",
    message: () => "the finalizers orphan and foregroundDeletion contradict each other; keep one",
  },
  "finalizer-while-deleted": {
    reason: "FieldValueForbidden",
    title: "an object that is being deleted gets no new finalizers",
    message: ({ found }) => `the object is being deleted: the finalizers ${valueText(found)} cannot be added any more`,
  },
} as const satisfies Record<string, Message>;
