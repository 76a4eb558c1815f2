import { randomUUID } from "node:crypto";
import jsonPatch, { type Operation as PatchOperation } from "fast-json-patch";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import type { ClusterProfile } from "#src/service/cluster/cluster-profile.ts";
import { decode } from "#src/service/decode/decode.ts";
import { type CheckedReply, checkedReply, patchOf } from "../admission/response-schema.ts";
import { partOf } from "../reviews/reviews.ts";
import type { TestServer } from "../webhook/harness.ts";
import { applied } from "./three-way.ts";

export const VERSION = { minor: 36 };

/** How a client writes, which determines what the API server records about who wrote which field. */
export type Client = "create" | "client-side apply" | "server-side apply";

/** A write on its way through the API server. */
export interface Write {
  readonly manifest: JsonObject;
  /** The stored object and the manifest that it was created from; present for an update. */
  readonly stored?: { readonly live: JsonObject; readonly manifest: JsonObject } | undefined;
  readonly client: Client;
  readonly cluster: ClusterProfile;
  readonly user?: { readonly name: string; readonly groups: readonly string[] } | undefined;
}

/** The result of a write: the answers of both phases, the admitted object and the stored one. */
export interface Written {
  readonly mutated: CheckedReply["response"];
  readonly validated: CheckedReply["response"];
  readonly admitted: JsonObject;
  readonly stored: JsonObject;
}

type Response = CheckedReply["response"];

/** Takes a write through the steps of an API server, and sends the webhook real reviews at the steps for admission. */
export async function write(server: TestServer, input: Write): Promise<Written> {
  const sent = sentObject(input);
  const mutated = await sendReview(server, "/mutate", input, sent);
  const operations = patchOf(mutated).filter(isOperation);
  const patched: unknown = jsonPatch.applyPatch(structuredClone(sent), operations, true).newDocument;
  const admitted = defaulted(object(patched));
  const stored = storedObject(admitted, input);
  return { mutated, validated: await sendReview(server, "/validate", input, stored), admitted, stored };
}

/** The object as mutating admission receives it: with static defaults and `managedFields`. */
function sentObject({ manifest, client, stored }: Write): JsonObject {
  const full = defaulted(
    stored === undefined || client === "create" ? manifest : applied(stored.live, stored.manifest, manifest),
  );
  const metadata = partOf(full, "metadata");
  const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
  const lastApplied = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(manifest) };
  const uid = stored === undefined ? {} : { uid: partOf(stored.live, "metadata")["uid"] };
  const entry =
    client === "server-side apply"
      ? { operation: "Apply", fieldsV1: fieldsOf(manifest) }
      : { operation: "Update", fieldsV1: fieldsOf(full) };
  return {
    ...full,
    metadata: {
      ...metadata,
      ...uid,
      ...(client === "client-side apply" && { annotations: { ...annotations, ...lastApplied } }),
      managedFields: [{ manager: "test", apiVersion: "v1", fieldsType: "FieldsV1", ...entry }],
    },
  };
}

/** Set fields in the notation of `managedFields`; items of `spec.ports` are identified by number and protocol. */
function fieldsOf(value: unknown): JsonObject {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter(([name, inner]) => inner !== null && name !== "managedFields");
  return Object.fromEntries(
    entries.map(([name, inner]) => [`f:${name}`, name === "ports" ? portFields(inner) : fieldsOf(inner)]),
  );
}

function portFields(ports: unknown): JsonObject {
  const items: unknown[] = Array.isArray(ports) ? ports : [];
  return Object.fromEntries(
    items.filter(isObject).map((item) => {
      const { port, protocol = "TCP" } = item;
      return [`k:${JSON.stringify({ port, protocol })}`, { ".": {}, ...fieldsOf(item) }];
    }),
  );
}

function defaulted(manifest: JsonObject): JsonObject {
  const { service } = decode({ ...manifest, metadata: { ...partOf(manifest, "metadata"), managedFields: undefined } });
  if (service === undefined) throw new Error("the manifest cannot be decoded");
  const plain: unknown = JSON.parse(JSON.stringify(applyStaticDefaults(service, VERSION)));
  const { managedFields } = partOf(manifest, "metadata");
  const full = object(plain);
  return { ...full, metadata: { ...partOf(full, "metadata"), ...(managedFields !== undefined && { managedFields }) } };
}

/**
 * The object as stored, as the engine predicts it (the conformance tests compare that with a real API server), with
 * values in place of the placeholders for allocated values.
 */
function storedObject(admitted: JsonObject, { cluster, stored: old, manifest }: Write): JsonObject {
  const { stored, causes } = judge({
    operation: old === undefined ? "create" : "update",
    object: admitted,
    ...(old !== undefined && { oldObject: old.live }),
    dryRun: false,
    fieldValidation: "Strict",
    cluster,
    version: VERSION,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: namespaceOf(manifest), today: "2026-11-24" },
  });
  if (stored === undefined) throw new Error(`the API server would refuse it: ${JSON.stringify(causes)}`);
  let port = 31_000;
  const text = JSON.stringify(stored)
    .replaceAll("<allocated IPv4>", "10.96.7.7")
    .replaceAll("<allocated IPv6>", "fd00:10:96::7")
    .replaceAll(/"(nodePort|healthCheckNodePort)":0/g, (_, name: string) => `"${name}":${port++}`);
  const allocated = object(JSON.parse(text));
  const { managedFields } = partOf(admitted, "metadata");
  const metadata = { uid: randomUUID(), ...partOf(allocated, "metadata"), managedFields };
  return { apiVersion: "v1", kind: "Service", ...allocated, metadata };
}

async function sendReview(server: TestServer, path: string, input: Write, sent: JsonObject): Promise<Response> {
  const { stored, manifest, user = { name: "jo", groups: ["developers"] } } = input;
  const { name = "" } = partOf(manifest, "metadata");
  const request = {
    uid: randomUUID(),
    kind: { group: "", version: "v1", kind: "Service" },
    resource: { group: "", version: "v1", resource: "services" },
    name,
    namespace: namespaceOf(manifest),
    operation: stored === undefined ? "CREATE" : "UPDATE",
    userInfo: { username: user.name, groups: user.groups },
    object: sent,
    oldObject: stored?.live ?? null,
    dryRun: false,
  };
  const reply = await server.post(path, { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request });
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
  return checkedReply(JSON.parse(reply.text));
}

function namespaceOf(manifest: JsonObject): string {
  const { namespace } = partOf(manifest, "metadata");
  return typeof namespace === "string" ? namespace : "default";
}

function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error(`no object: ${JSON.stringify(value)}`);
  return value;
}

function isOperation(value: unknown): value is PatchOperation {
  return isObject(value) && "op" in value && "path" in value;
}
