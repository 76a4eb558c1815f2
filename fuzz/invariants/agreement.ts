import { profileForAllocated, isAllocated } from "#src/admission/allocated.ts";
import type { Answer } from "#src/admission/facts.ts";
import type { AdmissionSettings, Phase } from "#src/admission/settings.ts";
import { judge } from "#src/engine/judge.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { Operation } from "#src/policy/model/types.ts";
import { Broken } from "../target.ts";

/** The webhook refuses exactly what `judge` and the policies refuse. @throws Broken */
export function agreesWithJudge({ facts, body }: Answer, phase: Phase, settings: AdmissionSettings): void {
  const { request, decision } = facts;
  const { allowed } = body.response;
  if (request === undefined) {
    if (allowed) throw new Broken("webhook and judge agree", "what is no review was allowed");
    return;
  }
  if (decision === "passed" || decision === "exempt") {
    if (!allowed) throw new Broken("webhook and judge agree", `${decision}, and yet refused`);
    return;
  }
  const refused = isRefused(request, phase, settings);
  if (allowed === refused) {
    throw new Broken(
      "webhook and judge agree",
      `the webhook ${allowed ? "allows" : "refuses"}, judge ${refused ? "refuses" : "allows"}`,
    );
  }
}

type Request = NonNullable<Answer["facts"]["request"]>;

function isRefused(request: Request, phase: Phase, settings: AdmissionSettings): boolean {
  if (phase === "warn") return false;
  const isMutation = phase === "mutate";
  const isComplete = !isMutation && isAllocated(request.object);
  const namespaceLabels = settings.namespaceLabels?.(request.namespace);
  const { causes, policy } = judge({
    operation: operationOf(request),
    object: withoutManagedFields(request.object),
    ...(isObject(request.oldObject) ? { oldObject: withoutManagedFields(request.oldObject) } : {}),
    dryRun: isComplete || request.dryRun,
    passPreconditions: true,
    fieldValidation: "Ignore",
    cluster: isComplete ? profileForAllocated(request.object, settings.cluster) : settings.cluster,
    version: settings.version,
    ipFamilyPolicy: settings.ipFamilyPolicy,
    policies: isMutation
      ? { ...settings.policies, judge: () => [] }
      : isComplete
        ? { ...settings.policies, applyDefaults: (service) => ({ service, applied: [], skipped: [] }) }
        : settings.policies,
    facts: {
      namespace: request.namespace,
      user: request.user,
      today: settings.today,
      ...(namespaceLabels === undefined ? {} : { namespaceLabels }),
    },
    toPolicies: { given: request.object, cluster: settings.cluster },
  });
  const isDenied = policy.findings.some(({ action, suppressed }) => action === "deny" && suppressed === undefined);
  return isDenied || (!isMutation && settings.validity === "deny" && causes.length > 0);
}

function operationOf({ operation, subResource }: Request): Operation {
  if (operation === "DELETE") return "delete";
  if (operation === "CREATE") return "create";
  return subResource === "status" ? "status" : "update";
}

/** The API server's own record, of which no decision depends. */
function withoutManagedFields(object: unknown): unknown {
  const metadata = isObject(object) ? object["metadata"] : undefined;
  if (!isObject(object) || !isObject(metadata) || !Object.hasOwn(metadata, "managedFields")) return object;
  const rest: JsonObject = Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== "managedFields"));
  return { ...object, metadata: rest };
}
