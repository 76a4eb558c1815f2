import { isObject, valueAt } from "../../field/index.ts";

/** The namespace and name of a Service, as its manifest gives them. */
export interface Identity {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Kubernetes allows 253 characters. A longer text is not a name, and would be repeated in each finding of its Service.
 */
const MAX_NAME_LENGTH = 256;

/** The identity that a manifest gives. @param namespace the namespace of a manifest that names none */
export function identityOf(manifest: unknown, namespace: string): Identity {
  const metadata = isObject(manifest) ? manifest["metadata"] : undefined;
  const generated = textAt(metadata, "generateName");
  const name = textAt(metadata, "name") ?? (generated === undefined ? "(no name)" : `${generated}*`);
  return { namespace: textAt(metadata, "namespace") ?? namespace, name };
}

function textAt(value: unknown, key: string): string | undefined {
  const text = valueAt(value, [key]);
  if (typeof text !== "string" || text === "") return undefined;
  return text.length > MAX_NAME_LENGTH ? `${text.slice(0, MAX_NAME_LENGTH)}…` : text;
}
