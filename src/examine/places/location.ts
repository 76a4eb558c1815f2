import { isObject, valueAt } from "../../field/index.ts";
import type { Finding } from "../../service/findings/index.ts";
import { beginsWithDash } from "../../service/messages/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import { isAboutKey } from "../edits/index.ts";

/** Where a finding points in the text. */
export interface Location {
  readonly keys: KeyPath;
  readonly about: "key" | "value";
}

/** Findings whose place in the text is not the field that the API server names, by their code. */
const OTHER_PLACES: Readonly<Partial<Record<Finding["code"], KeyPath>>> = {
  // The server fails on the address; what is missing is the name.
  "address-without-name": ["metadata"],
};

/**
 * Where a finding points in the text of a manifest.
 * @param inText the keys in the document for keys of the manifest
 */
export function locationOf(finding: Finding, inText: (keys: KeyPath) => KeyPath): Location {
  const other = OTHER_PLACES[finding.code];
  if (other !== undefined) return { keys: inText(other), about: "key" };
  const dashed = dashedKey(finding);
  if (dashed !== undefined) return { keys: inText([...finding.path.keys(), dashed]), about: "key" };
  return { keys: inText(finding.path.keys()), about: isAboutKey(finding) ? "key" : "value" };
}

/** The key of an object in place of a list that begins with a dash other than `-`. */
function dashedKey({ found, facts }: Finding): string | undefined {
  const [key] = facts?.want === "list" && isObject(found) ? Object.keys(found) : [];
  return key !== undefined && beginsWithDash(key) ? key : undefined;
}

/** What to say of a value that the manifest does not have, in place of what is said of one that is there. */
interface MissingText {
  readonly message: (finding: Finding) => string;
  readonly fix?: string;
}

const MISSING: Readonly<Partial<Record<Finding["code"], MissingText>>> = {
  // The API server reads 0 for a port, and takes a target port from it.
  "port-range": {
    message: ({ path, found }) =>
      path.keys().at(-1) === "targetPort"
        ? `targetPort is taken from port, which is ${String(found)}; a port number is 1 to 65535`
        : `${String(path.keys().at(-1))} is missing; a port number is 1 to 65535`,
  },
  // The API server keeps the stored one.
  "headless-type": {
    message: ({ facts }) => `the stored Service is headless, and a Service of type ${facts?.type ?? ""} cannot be`,
    fix: "delete the Service and create it again",
  },
};

/** The texts for a value that is missing; undefined for a finding about one that is there. */
export function missingText(finding: Finding, manifest: unknown): { message: string; fix?: string } | undefined {
  const text = MISSING[finding.code];
  if (text === undefined || (valueAt(manifest, finding.path.keys()) ?? undefined) !== undefined) return undefined;
  const message = text.message(finding);
  return text.fix === undefined ? { message } : { message, fix: text.fix };
}
