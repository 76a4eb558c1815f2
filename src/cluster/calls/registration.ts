import type { JsonObject } from "../../field/index.ts";
import type { Operation } from "../../policy/model/index.ts";
import { getIfPresent, type KubernetesApi, objectsAt, textAt, textsAt } from "../api/index.ts";
import { collectionOf, type WebhookConfigurationName } from "../certificates/index.ts";
import type { Purpose } from "./expression.ts";

/** The name of the match condition that Fairlead writes; all others are the chart's and the user's. */
export const CONDITION = "asked-for";

/** An entry of a webhook configuration that is about Services. */
export interface ServiceWebhook {
  /** The path of the configuration, and its `resourceVersion` when it was read. */
  readonly configuration: string;
  readonly version: string;
  readonly name: string;
  readonly purpose: Purpose;
  /** Whether a request is admitted that the webhook does not answer. */
  readonly mayBeMissed: boolean;
  /** The operations that it is registered for. */
  readonly operations: ReadonlySet<Operation>;
  /** The expression of Fairlead's own match condition; undefined without one. */
  readonly condition: string | undefined;
}

/** Reads the entries about Services of these configurations. One that does not exist has none. */
export async function readServiceWebhooks(
  api: KubernetesApi,
  configurations: readonly WebhookConfigurationName[],
): Promise<readonly ServiceWebhook[]> {
  const paths = configurations.map((one) => `${collectionOf(one)}/${one.name}`);
  const found = await Promise.all(paths.map((path) => getIfPresent(api, path)));
  return paths.flatMap((path, index) => webhooksIn(path, found[index]));
}

/**
 * Writes the condition into these entries, or takes it away, and changes nothing else.
 * @returns whether the API server keeps it: one before 1.28 drops it.
 * @throws ApiError with status 409 if a configuration was written since it was read.
 */
export async function writeCondition(
  api: KubernetesApi,
  webhooks: readonly ServiceWebhook[],
  expressionFor: (webhook: ServiceWebhook) => string | undefined,
): Promise<boolean> {
  let isKept = true;
  for (const [path, ours] of Map.groupBy(webhooks, ({ configuration }) => configuration)) {
    const changes = ours.map((webhook) => {
      const expression = expressionFor(webhook);
      const change = expression === undefined ? { $patch: "delete" } : { expression };
      return { name: webhook.name, matchConditions: [{ name: CONDITION, ...change }] };
    });
    const metadata = { resourceVersion: ours[0]?.version };
    const written = webhooksIn(path, await api.patch(path, "strategic", { metadata, webhooks: changes }));
    isKept &&= ours.every((one) => written.find(({ name }) => name === one.name)?.condition === expressionFor(one));
  }
  return isKept;
}

function webhooksIn(path: string, configuration: JsonObject | undefined): readonly ServiceWebhook[] {
  const version = textAt(configuration, "metadata", "resourceVersion") ?? "";
  return objectsAt(configuration, "webhooks").flatMap((webhook) => {
    const purpose = purposeOf(webhook);
    if (purpose === undefined) return [];
    const condition = objectsAt(webhook, "matchConditions").find(({ name }) => name === CONDITION);
    return {
      configuration: path,
      version,
      name: textAt(webhook, "name") ?? "",
      purpose,
      mayBeMissed: webhook.failurePolicy === "Ignore",
      operations: new Set(objectsAt(webhook, "rules").flatMap(operationsIn)),
      condition: textAt(condition, "expression"),
    };
  });
}

/** What a webhook does, by the path at which it is called. */
function purposeOf(webhook: JsonObject): Purpose | undefined {
  const url = textAt(webhook, "clientConfig", "url");
  const path = url === undefined ? textAt(webhook, "clientConfig", "service", "path") : URL.parse(url)?.pathname;
  if (path === undefined) return undefined;
  if (path.endsWith("/mutate")) return "mutate";
  return /\/validate(\/(deny|warn))?$/.test(path) ? "validate" : undefined;
}

const OF_SERVICES = { CREATE: ["create"], UPDATE: ["update"], DELETE: ["delete"] } as const;
const OF_STATUSES = { CREATE: [], UPDATE: ["status"], DELETE: [] } as const;

function operationsIn(rule: JsonObject): readonly Operation[] {
  const resources = textsAt(rule, "resources");
  const operations = textsAt(rule, "operations");
  return (["CREATE", "UPDATE", "DELETE"] as const)
    .filter((operation) => operations.includes(operation) || operations.includes("*"))
    .flatMap((operation) => [
      ...(resources.some((one) => one === "services" || one === "*" || one === "*/*") ? OF_SERVICES[operation] : []),
      ...(resources.some((one) => ["services/status", "services/*", "*/*"].includes(one))
        ? OF_STATUSES[operation]
        : []),
    ]);
}
