import { type OldService, storedService, updateOf } from "../examine/before/index.ts";
import type { Settings } from "../examine/settings/index.ts";
import { judge, type Judgement, type JudgeRequest } from "../engine/index.ts";
import type { JsonObject } from "../field/index.ts";
import { NO_POLICIES } from "../policy/model/index.ts";
import { decode, sparseSpec } from "../service/decode/index.ts";
import { applyStaticDefaults, withoutServersFields } from "../service/index.ts";
import type { KubernetesVersion } from "../service/versions/index.ts";

/** What happens to a Service: it is created, or it is written again over the stored one. */
export const WAYS = ["create", "update"] as const;
export type Way = (typeof WAYS)[number];

/** How two versions answer the same request. */
export interface Answers {
  readonly way: Way;
  readonly from: Judgement;
  readonly to: Judgement;
}

/** The two versions that are compared, and what else the judgement depends on. */
export interface Versions {
  readonly from: KubernetesVersion;
  readonly to: KubernetesVersion;
  readonly settings: Settings;
}

/**
 * How both versions answer what happens to a Service around an upgrade:
 * - it is created: in a new namespace, in another cluster, from a backup;
 * - the same manifest is applied again, or the stored object written unchanged, to what the older version has stored. Until
 *   then nobody validates what is stored; but each server fills in its own defaults when it reads it.
 * @param manifest a manifest, or an object as a cluster stores it; of the latter, kubectl's own annotation has the manifest
 */
export function answersOf(manifest: unknown, namespace: string, versions: Versions): Answers[] {
  const { from, to, settings } = versions;
  const before = storedService(manifest, namespace, { ...settings, version: from });
  const written = before.isStored ? (before.applied ?? withoutServersFields(before.object)) : manifest;
  const ask = (request: Partial<JudgeRequest>, version: KubernetesVersion): Judgement =>
    judge({ ...requestOf(namespace, settings), operation: "create", object: written, ...request, version });
  const created = { way: "create", from: ask({}, from), to: ask({}, to) } as const;
  // What is refused was never stored.
  if (!before.isStored && !created.from.decision.allowed) return [created];
  const update = (version: KubernetesVersion): Judgement => {
    const live = { ...before, object: asRead(before, namespace, version) };
    // Whether kubectl can make a patch of it, and who owns a field, does not depend on the version.
    const { request } = updateOf(live, before.isStored ? (before.applied ?? live.object) : manifest, settings);
    return ask({ operation: "update", ...request }, version);
  };
  return [created, { way: "update", from: update(from), to: update(to) }];
}

function requestOf(namespace: string, { cluster, fieldValidation, today }: Settings) {
  return {
    // Which node ports a cluster has does not depend on its version: a refusal for that would hide everything else.
    dryRun: true,
    fieldValidation,
    cluster,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today },
  } as const;
}

/**
 * A stored object as a server of the version reads it: without what it does not know, and with its own defaults.
 * @param namespace its namespace, which an exported object may have lost
 */
function asRead({ object }: OldService, namespace: string, version: KubernetesVersion): JsonObject {
  const { service } = decode(object, { version, ignoreUnknown: true });
  if (service === undefined) return object;
  const { metadata, spec, ...read } = applyStaticDefaults(service, version);
  return { ...read, spec: sparseSpec(spec), metadata: { namespace, ...metadata } };
}
