import { judge } from "../../engine/index.ts";
import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import { identityOf as identityOfObject, type ObjectType, typeOf } from "../../inventory/read/index.ts";
import { NO_POLICIES } from "../../policy/model/index.ts";
import { Lines } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";
import { LAST_APPLIED } from "../../service/merge/index.ts";
import { manifestsOf, placeholderOnLine, templateAction } from "../manifests/index.ts";
import type { Settings } from "../settings/index.ts";
import { type Identity, identityOf } from "./identity.ts";

/** One Service of the previous state: plain data, so that it can be sent to a worker thread. */
export interface OldService {
  readonly object: JsonObject;
  /** Whether it was exported from a cluster: nothing of it is unknown. */
  readonly isStored: boolean;
  /** JSON pointers of values that the server allocated, and that are therefore unknown. */
  readonly allocated: readonly string[];
  /** What was applied last; absent if nobody knows. */
  readonly applied?: unknown;
  /** Whether `applied` is only assumed to be the manifest itself: it has no last-applied annotation. */
  readonly isAppliedAssumed?: boolean;
}

/** The Services of the previous state, by `namespace/name`. */
export type OldServices = ReadonlyMap<string, OldService>;

/** The previous state. */
export interface OldState {
  readonly services: OldServices;
  /** What else it has. */
  readonly others: readonly (ObjectType & Identity)[];
}

/** One text of the previous state. */
export interface OldText {
  readonly file: string;
  readonly text: string;
  /** Whether it was found in a folder: then it may be a template, which holds no Services. */
  readonly isFound?: boolean;
}

/**
 * Reads the previous state from manifests. A manifest that was exported from a cluster is taken as it is; of one that
 * was written by hand, the object that the server would have stored is taken.
 * @param complain called for each text that cannot be read completely, with one sentence
 */
export function readOldState(
  texts: Iterable<OldText>,
  settings: Settings,
  complain: (sentence: string) => void,
): OldState {
  const services = new Map<string, OldService>();
  const others: (ObjectType & Identity)[] = [];
  for (const { file, text, isFound = false } of texts) {
    const { documents, problems } = readText(text, { format: "auto" });
    const [problem] = problems;
    if (problem !== undefined && !(isFound && isTemplate(text, problem.region.startLine))) {
      complain(`${file}:${problem.region.startLine}: the state before cannot be read: ${problem.message}`);
    }
    for (const document of documents) {
      for (const manifest of manifestsOf(document, false)) {
        if (manifest.type === "other") others.push(...otherOf(manifest.value, settings));
        if (manifest.type !== "service") continue;
        const { namespace, name } = identityOf(manifest.value, settings.namespace);
        services.set(`${namespace}/${name}`, storedService(manifest.value, namespace, settings));
      }
    }
  }
  return { services, others };
}

function otherOf(object: JsonObject, settings: Settings): readonly (ObjectType & Identity)[] {
  const type = typeOf(object);
  const { namespace, name } = identityOfObject(object, settings);
  return type === undefined ? [] : [{ ...type, namespace, name }];
}

/** @param line where the text cannot be read */
function isTemplate(text: string, line: number): boolean {
  if (templateAction(text) !== undefined) return true;
  return placeholderOnLine(new Lines(text), line) !== undefined;
}

/**
 * What a server stores for a manifest; of one that was exported from a cluster, that object.
 * @param namespace the namespace of the Service
 */
export function storedService(manifest: unknown, namespace: string, settings: Settings): OldService {
  if (isObject(manifest) && isExported(manifest))
    return { object: manifest, isStored: true, allocated: [], applied: lastApplied(manifest) };
  const { stored, admitted, allocated } = judge({
    operation: "create",
    object: manifest,
    dryRun: true,
    fieldValidation: "Ignore",
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today: settings.today },
  });
  const object: unknown = stored ?? admitted ?? manifest;
  return {
    object: isObject(object) ? object : {},
    isStored: false,
    allocated: stored === undefined ? [] : allocated,
    applied: lastApplied(manifest) ?? manifest,
    isAppliedAssumed: lastApplied(manifest) === undefined,
  };
}

/** Whether a manifest came from a cluster and still has what the server allocated. */
function isExported(manifest: JsonObject): boolean {
  const serverField = valueAt(manifest, ["metadata", "uid"]) ?? valueAt(manifest, ["metadata", "resourceVersion"]);
  const hasAddress = valueAt(manifest, ["spec", "clusterIP"]) ?? valueAt(manifest, ["spec", "clusterIPs"]);
  const isName = valueAt(manifest, ["spec", "type"]) === "ExternalName";
  return serverField !== undefined && (isName || hasAddress !== undefined);
}

/** The manifest that `kubectl apply` has noted in the object. */
function lastApplied(manifest: unknown): unknown {
  const text = valueAt(manifest, ["metadata", "annotations", LAST_APPLIED]);
  const [document] = typeof text === "string" ? readText(text, { format: "json" }).documents : [];
  return document?.value;
}
