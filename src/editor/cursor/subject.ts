import { SERVICE_SCHEMA } from "../../service/schema/index.ts";
import type { KeyPath } from "../../text/document/index.ts";
import { type DocumentSketch, entryNamed, nodeAt, scalarAt, type SketchNode } from "./sketch.ts";

/** What a manifest is: a Service, a policy, the settings of `fairlead check`, something else, or not said yet. */
export type SubjectKind = "service" | "policy" | "settings" | "other" | "none";

/** The manifest that a place is in. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Where it is in the document: the root, except in a List. */
  readonly keys: KeyPath;
  readonly node: SketchNode | undefined;
}

const SETTINGS_FILE = /(?:^|[/\\])\.fairlead\.ya?ml$/;

/**
 * The manifest of a document that the keys lead into: the document itself, or an item of a List.
 * @param assumeService whether a document without a kind is a Service
 */
export function subjectAt(file: string, { root }: DocumentSketch, keys: KeyPath, assumeService: boolean): Subject {
  if (SETTINGS_FILE.test(file)) return { kind: "settings", keys: [], node: root };
  let own: KeyPath = [];
  let node = root;
  let inherited: string | undefined;
  for (;;) {
    const kind = scalarAt(node, "kind") ?? "";
    const [first, index, ...rest] = keys.slice(own.length);
    const isList = kind.endsWith("List") && entryNamed(node, "items") !== undefined;
    if (!isList) return { kind: kindOf(node, assumeService, inherited), keys: own, node };
    if (first !== "items" || typeof index !== "number") return { kind: "other", keys: own, node };
    // The items of a ServiceList may leave out what they are.
    inherited = kind === "ServiceList" && scalarAt(node, "apiVersion") === "v1" ? "Service" : undefined;
    own = [...own, "items", index];
    node = nodeAt(root, own);
    if (rest.length === 0 && node === undefined)
      return { kind: inherited === undefined ? "none" : "service", keys: own, node };
  }
}

function kindOf(node: SketchNode | undefined, assumeService: boolean, inherited: string | undefined): SubjectKind {
  const kind = scalarAt(node, "kind") ?? "";
  const apiVersion = scalarAt(node, "apiVersion") ?? "";
  const isExtension = /\..*\//.test(apiVersion);
  if (kind === "Service" || inherited === "Service") return isExtension ? "other" : "service";
  if (kind === "ServicePolicy") return apiVersion === "" || apiVersion.startsWith("fairlead.dev/") ? "policy" : "other";
  if (kind === "" && assumeService && !isExtension) return "service";
  const isUnsaid =
    "ServicePolicy".startsWith(kind) && ("fairlead.dev/v1alpha1".startsWith(apiVersion) || apiVersion === "v1");
  return isUnsaid && mayBecomeManifest(node) ? "none" : "other";
}

/** The fields of a Service, among which are those of a policy. */
const FIELDS = Object.keys(SERVICE_SCHEMA.fields);

/** Whether nothing in a document belongs to another kind of file, such as a workflow or the values of a chart. */
function mayBecomeManifest(node: SketchNode | undefined): boolean {
  if (node?.kind === "list") return false;
  if (node?.kind !== "map") return true;
  return node.entries.every(
    ({ key, colon }) => colon === undefined || FIELDS.some((name) => name.startsWith(key.text)),
  );
}
