import { isObject, type JsonObject, objectsWithin } from "../../field/index.ts";
import { containerPorts } from "../../inventory/extract/index.ts";
import type { ContainerPort } from "../../inventory/model/index.ts";
import { itemsAt, textAt, textsAt } from "../../inventory/read/index.ts";

/** What a kustomization may change of an object so that what is written about it does not hold any more. */
export type ChangedField = "ports" | "part of a port" | "replicas" | "clusterIP";

/** A change that a kustomization makes. */
export interface ObjectChange {
  /** The kind of the objects that it changes; undefined for all. */
  readonly kind: string | undefined;
  /** Their name, with or without what inner kustomizations add to it; undefined for all. */
  readonly name: string | undefined;
  readonly fields: readonly ChangedField[];
  /** The ports of containers that it has, whole. */
  readonly containerPorts?: readonly ContainerPort[];
}

/** Where a kustomization has a patch. */
export type PatchSource = {
  /** What it says that the patch changes; undefined if the patch itself names the object. */
  readonly target: Pick<ObjectChange, "kind" | "name"> | undefined;
} & ({ readonly path: string } | { readonly patch: string });

/** The patches of a kustomization, by https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/. */
export function patchSources(kustomization: JsonObject): readonly PatchSource[] {
  return [
    ...["patches", "patchesJson6902"].flatMap((field) => itemsAt(kustomization, [field]).flatMap(sourceOf)),
    ...(textsAt(kustomization, ["patchesStrategicMerge"]) ?? []).map((text) => ({
      target: undefined,
      ...(isPath(text) ? { path: text } : { patch: text }),
    })),
  ];
}

function sourceOf(item: JsonObject): readonly PatchSource[] {
  const target = targetOf(item["target"]);
  const [patch, path] = [textAt(item, ["patch"]), textAt(item, ["path"])];
  if (patch !== undefined) return [{ target, patch }];
  return path === undefined ? [] : [{ target, path }];
}

/** Whether a patch is in a file: a text of several lines, or in braces, is the patch itself. */
function isPath(text: string): boolean {
  return !/\n|^\s*\{/.test(text);
}

/** The numbers of Pods that a kustomization sets by its field `replicas`. */
export function replicaChanges(kustomization: JsonObject): readonly ObjectChange[] {
  return itemsAt(kustomization, ["replicas"]).flatMap((item) => {
    const name = textAt(item, ["name"]);
    return name === undefined ? [] : [{ kind: undefined, name, fields: ["replicas"] }];
  });
}

/**
 * What a document of a patch changes: a part of an object to merge, or a list of operations.
 * @param target undefined if the patch itself names the object
 */
export function changesOf(document: unknown, target: PatchSource["target"]): readonly ObjectChange[] {
  const change = changeIn(document);
  if (change.fields.length === 0) return [];
  if (target !== undefined) return [{ ...target, ...change }];
  if (!isObject(document)) return [];
  return [{ kind: textAt(document, ["kind"]), name: textAt(document, ["metadata", "name"]), ...change }];
}

/** Whether a change is about an object. @param applied the name that the outermost kustomization gives it */
export function isAbout(
  { kind, name }: ObjectChange,
  object: { readonly kind: string; readonly name: string },
  applied: string,
): boolean {
  if (kind !== undefined && kind !== object.kind) return false;
  // Each kustomization knows the object by the names that the inner ones gave it.
  return name === undefined || (name.includes(object.name) && applied.includes(name));
}

function targetOf(target: unknown): PatchSource["target"] {
  if (!isObject(target)) return undefined;
  const [kind, name] = [textAt(target, ["kind"]), textAt(target, ["name"])];
  return { kind: isPlainName(kind) ? kind : undefined, name: isPlainName(name) ? name : undefined };
}

/** Kinds and names of a target are regular expressions: those that are more than a name may mean any object. */
function isPlainName(text: string | undefined): boolean {
  return text !== undefined && /^[A-Za-z0-9-]+$/.test(text);
}

/** The fields of an object, or of the path of an operation, that a change is told by. */
const FIELDS: Readonly<Record<string, ChangedField>> = {
  ports: "ports",
  replicas: "replicas",
  clusterIP: "clusterIP",
  clusterIPs: "clusterIP",
};

/** As deep as a container's port is: `spec.jobTemplate.spec.template.spec.containers[].ports`. Enough for a patch that somebody wrote. */
const LIMITS = { depth: 12, values: 5000 } as const;

function changeIn(document: unknown): Pick<ObjectChange, "fields" | "containerPorts"> {
  const fields = new Set<ChangedField>();
  const ports: ContainerPort[] = [];
  for (const value of objectsWithin(document, LIMITS)) {
    ports.push(...containerPorts(value));
    const path = pathOf(value);
    for (const key of [...path, ...Object.keys(value)]) {
      if (Object.hasOwn(FIELDS, key) && FIELDS[key] !== undefined) fields.add(FIELDS[key]);
    }
    if (path.includes("ports") && typeof value["value"] !== "object") fields.add("part of a port");
  }
  return { fields: [...fields], ...(ports.length > 0 && { containerPorts: ports }) };
}

/** The keys of an operation's path, by RFC 6902; none for all else. */
function pathOf({ op, path }: JsonObject): readonly string[] {
  return typeof op === "string" && typeof path === "string" ? path.split("/") : [];
}
