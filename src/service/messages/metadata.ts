import { fieldName, type Message, oneOf, slug, valueText } from "./message.ts";
import { nameFault, textFault } from "./text-faults.ts";

const LABEL = { max: 63, allowed: /[a-z0-9-]/ } as const;
const LABEL_VALUE = { max: 63, allowed: /[A-Za-z0-9._-]/ } as const;

/** Why a key is no qualified name: a missing blank, an odd character, one of its parts. */
function keyFault(found: unknown): string {
  if (typeof found !== "string") return `use ${QUALIFIED}`;
  const [, key, value] = /^([^:\s]+):(\S+)$/.exec(found) ?? [];
  if (key !== undefined && value !== undefined) return `a space is missing after the colon: ${key}: ${value}`;
  return textFault(found) ?? partFault(found) ?? `use ${QUALIFIED}`;
}

const LONGEST_PREFIX = 253;

/** What is wrong with the prefix or the name of a key. */
function partFault(key: string): string | undefined {
  const [name = "", prefix, ...others] = key.split("/").toReversed();
  if (others.length > 0) return "it has more than one slash";
  if (key === "") return "it is empty";
  if (prefix === "" || name === "") return `its ${name === "" ? "name after" : "prefix before"} the slash is empty`;
  if (prefix !== undefined && prefix.length > LONGEST_PREFIX)
    return `its prefix has ${prefix.length} characters, and ${LONGEST_PREFIX} are allowed`;
  return name.length > LABEL_VALUE.max
    ? `its name has ${name.length} characters, and ${LABEL_VALUE.max} are allowed`
    : undefined;
}

const QUALIFIED = "letters, digits and inner - _ . up to 63, optionally after a DNS name and a slash";

/** The rules of metadata. */
export const METADATA_MESSAGES = {
  "name-required": {
    reason: "FieldValueRequired",
    title: "a Service has no name",
    message: () => "the Service has no name; metadata.name (or generateName) is needed",
  },
  "name-format": {
    reason: "FieldValueInvalid",
    title: "the name of a Service is not a DNS label",
    message: ({ found, facts }) =>
      `${valueText(found)} cannot be a Service's name: ${nameFault(found, LABEL) ?? `it is used as a DNS label, so use lower-case letters, digits and inner hyphens, up to 63, beginning with ${facts?.startsWith ?? "a letter"}`}`,
    fix: ({ found, facts }) => {
      const beforeStart = facts?.startsWith === "a letter or digit" ? /^-+/ : /^[0-9-]+/;
      const name = slug(found, 63)?.replace(beforeStart, "");
      return name === undefined || name === "" ? undefined : `name it ${name}`;
    },
  },
  "name-in-path": {
    reason: "FieldValueInvalid",
    title: "a name contains / or %",
    message: ({ path, found }) => `${fieldName(path)} is ${valueText(found)}, but a name must not contain / or %`,
    fix: ({ path }) => `leave ${fieldName(path)} out`,
  },
  "namespace-format": {
    reason: "FieldValueInvalid",
    title: "the name of a namespace is not a DNS label",
    message: ({ found }) =>
      `${valueText(found)} cannot be a namespace: ${nameFault(found, LABEL) ?? "use lower-case letters, digits and inner hyphens, up to 63"}`,
  },
  negative: {
    reason: "FieldValueInvalid",
    title: "a generation is negative",
    message: ({ found }) => `${valueText(found)} is negative; it must be 0 or more`,
  },
  "resource-version-on-create": {
    status: 500,
    title: "a new object has a resourceVersion",
    message: ({ found }) =>
      `resourceVersion is ${valueText(found)}: a POST fails with one; kubectl create and apply clear it first, and a later apply with it conflicts`,
    fix: () => "leave resourceVersion out",
  },
  "text-too-long": {
    reason: "FieldValueTooLong",
    title: "a text is too long",
    message: ({ path, found, facts }) =>
      `${fieldName(path)} has ${valueText(found)} bytes; the API server takes up to ${facts?.max ?? 0}`,
  },
  "manager-not-printable": {
    reason: "FieldValueInvalid",
    title: "the name of a field manager has control characters",
    message: ({ found }) => `${valueText(found)} cannot be a field manager: write printable characters only`,
  },
  "label-key": {
    reason: "FieldValueInvalid",
    title: "the key of a label is not a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be a label's key: ${keyFault(found)}`,
  },
  "label-value": {
    reason: "FieldValueInvalid",
    title: "the value of a label is not valid",
    reportedAtParent: true,
    message: ({ found }) =>
      `${valueText(found)} cannot be a label's value: ${nameFault(found, LABEL_VALUE) ?? "use nothing, or up to 63 letters, digits and inner - _ . (the first and the last a letter or digit)"}`,
  },
  "annotation-key": {
    reason: "FieldValueInvalid",
    title: "the key of an annotation is not a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be an annotation's key: ${keyFault(found)}`,
  },
  "annotations-too-long": {
    reason: "FieldValueTooLong",
    title: "the annotations are larger than 256 KiB",
    message: ({ found, facts }) =>
      `the annotations take ${valueText(found)} bytes; up to ${facts?.max ?? 0} in all are kept`,
  },
  "topology-annotations-differ": {
    reason: "FieldValueInvalid",
    title: "the two topology annotations differ",
    message: ({ found, facts }) =>
      `topology-mode is ${valueText(found)} and the deprecated topology-aware-hints is ${valueText(facts?.other)}; if both are set they must be the same`,
    fix: () => "leave the annotation topology-aware-hints out",
  },
  "owner-api-version": {
    reason: "FieldValueInvalid",
    title: "an owner has no API version",
    message: ({ found }) => `${valueText(found)} is not an API version; write one like v1 or apps/v1`,
  },
  "owner-field-empty": {
    reason: "FieldValueInvalid",
    title: "an owner has no kind, name or uid",
    message: ({ path }) => `${path.toString()} is empty; an owner needs apiVersion, kind, name and uid`,
  },
  "owner-forbidden": {
    reason: "FieldValueInvalid",
    title: "an Event is set as the owner",
    message: () => "an Event cannot own an object",
  },
  "two-controllers": {
    reason: "FieldValueInvalid",
    title: "more than one owner is the controller",
    message: ({ found }) => `more than one owner is marked as the controller: ${valueText(found)}; only one may be`,
    fix: () => "keep controller: true on one of them",
  },
  "finalizer-format": {
    reason: "FieldValueInvalid",
    title: "a finalizer is not a qualified name",
    reportedAtParent: true,
    message: ({ found }) => `${valueText(found)} cannot be a finalizer: ${keyFault(found)}`,
  },
  "finalizer-unqualified": {
    reason: "FieldValueInvalid",
    title: "a finalizer has no prefix",
    message: ({ found, facts }) =>
      `${valueText(found)} is neither ${oneOf(facts?.allowed)} nor a name with a prefix, like example.com/cleanup`,
  },
  "finalizers-conflict": {
    reason: "FieldValueInvalid",
    title: "the finalizers orphan and foregroundDeletion are both set",
    message: () => "the finalizers orphan and foregroundDeletion contradict each other; keep one",
  },
  "finalizer-while-deleted": {
    reason: "FieldValueForbidden",
    title: "a finalizer is added to an object that is being deleted",
    message: ({ found }) => `the object is being deleted: the finalizers ${valueText(found)} can no longer be added`,
  },
} as const satisfies Record<string, Message>;
