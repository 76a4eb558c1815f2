import type { Value } from "../../cel/values/index.ts";
import { changesBetween, type JsonChange, type JsonObject } from "../../field/index.ts";
import { decode } from "../../service/decode/index.ts";
import { describe } from "../../service/findings/index.ts";
import { fillStaticDefaults } from "../../service/index.ts";
import type { ObjectMeta, Service } from "../../service/schema/index.ts";
import { pendingJson } from "../expressions/index.ts";
import type { PolicyContext } from "../model/index.ts";
import { applyConfiguration } from "./apply-configuration.ts";
import { applyJsonPatch, PatchFailure } from "./json-patch.ts";
import { patchSteps } from "./patch-steps.ts";

/** That the API server fails on what a mutation has made: then the request is refused, whatever the failure policy says. */
export class ServerFailure extends Error {}

/** What a mutation has made of a Service. */
export interface MutatedService {
  readonly service: Service;
  /** What it has changed, without the static defaults that follow from it. */
  readonly changes: readonly JsonChange[];
}

/**
 * Takes a Service through one mutation.
 * @param json the Service as JSON, see `pendingJson`
 * @throws PatchFailure where the mutation fails, ServerFailure where the API server does
 */
export function mutated(
  service: Service,
  json: JsonObject,
  { kind, value }: { readonly kind: "JSONPatch" | "ApplyConfiguration"; readonly value: Value },
  context: PolicyContext,
): MutatedService {
  const { minor } = context.version;
  const made = kind === "JSONPatch" ? applyJsonPatch(json, patchSteps(value)) : applyConfiguration(json, value, minor);
  if (made === json) return { service, changes: [] };
  const decoded = decodedFrom(made, kind, context);
  const metadata = withServersPart(decoded.metadata, service.metadata, context);
  const result = { ...decoded, metadata };
  const changes = changesBetween(json, pendingJson(result, context));
  if (changes.length === 0) return { service, changes };
  fillStaticDefaults(result, context.version);
  return { service: result, changes };
}

/** A JSON patch is decoded strictly, and on failure the server takes the mistake for one of its own. */
function decodedFrom(made: unknown, kind: "JSONPatch" | "ApplyConfiguration", { version }: PolicyContext): Service {
  const { service, problems, unknown } = decode(made, { version, skipManagedFields: true, maxPerCode: MOST_PROBLEMS });
  const isPatch = kind === "JSONPatch";
  if (service === undefined) {
    const text = problems.map((problem) => describe(problem).message).join("; ");
    throw isPatch ? new ServerFailure(`Internal error occurred: ${text}`) : new PatchFailure(text);
  }
  if (isPatch && unknown.length > 0) {
    const names = unknown.map(({ path }) => `unknown field ${JSON.stringify(path.toString())}`).join(", ");
    throw new ServerFailure(`Internal error occurred: strict decoding error: ${names}`);
  }
  return service;
}

const MOST_PROBLEMS = 5;

/** What only the server sets stays as it is: it sets it once more after mutation. */
function withServersPart(metadata: ObjectMeta, before: ObjectMeta, { operation, facts }: PolicyContext): ObjectMeta {
  if (metadata.namespace !== (before.namespace ?? facts.namespace)) {
    throw new ServerFailure("the namespace of the provided object does not match the namespace sent on the request");
  }
  const result = { ...metadata };
  if (before.managedFields !== undefined) result.managedFields = before.managedFields;
  if (operation === "create") {
    delete result.uid;
    delete result.selfLink;
    delete result.creationTimestamp;
    delete result.deletionTimestamp;
    delete result.deletionGracePeriodSeconds;
  }
  return result;
}
