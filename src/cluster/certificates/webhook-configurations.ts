import type { JsonObject } from "../../field/index.ts";
import { getIfPresent, type KubernetesApi, objectsAt, textAt } from "../api/index.ts";

/** A webhook configuration that has the API server call Fairlead. */
export interface WebhookConfigurationName {
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly name: string;
}

/** One of its webhooks. */
export interface ConfiguredWebhook {
  readonly configuration: WebhookConfigurationName;
  readonly name: string;
  /** The CA certificates that the API server trusts for it, in PEM. */
  readonly caBundle: string;
}

/** All webhookConfigurations as they were found. */
export interface WebhookConfigurations {
  readonly webhooks: readonly ConfiguredWebhook[];
  /** What should be there and is not, in words. */
  readonly missing: readonly string[];
  /** The configurations' versions, by {@link pathOf}, that a write builds on. */
  readonly versions: ReadonlyMap<string, string>;
}

const GROUP = "/apis/admissionregistration.k8s.io/v1";
const COLLECTIONS = {
  MutatingWebhookConfiguration: `${GROUP}/mutatingwebhookconfigurations`,
  ValidatingWebhookConfiguration: `${GROUP}/validatingwebhookconfigurations`,
} as const satisfies Record<WebhookConfigurationName["kind"], string>;

/** The path of the collection that a configuration is in. */
export function collectionOf({ kind }: WebhookConfigurationName): string {
  return COLLECTIONS[kind];
}

/** The path of a configuration. */
export function pathOf(configuration: WebhookConfigurationName): string {
  return `${collectionOf(configuration)}/${configuration.name}`;
}

/** Reads the configurations, all at once. */
export async function readWebhookConfigurations(
  api: KubernetesApi,
  all: readonly WebhookConfigurationName[],
): Promise<WebhookConfigurations> {
  const found = await Promise.all(all.map((configuration) => getIfPresent(api, pathOf(configuration))));
  const webhooks: ConfiguredWebhook[] = [];
  const missing: string[] = [];
  const versions = new Map<string, string>();
  for (const [position, configuration] of all.entries()) {
    const object = found[position];
    if (object === undefined) {
      missing.push(`${configuration.kind} ${configuration.name} does not exist`);
      continue;
    }
    versions.set(pathOf(configuration), textAt(object, "metadata", "resourceVersion") ?? "");
    webhooks.push(...webhooksOf(configuration, object));
  }
  return { webhooks, missing, versions };
}

function webhooksOf(configuration: WebhookConfigurationName, object: JsonObject): ConfiguredWebhook[] {
  return objectsAt(object, "webhooks").map((webhook) => {
    const name = textAt(webhook, "name") ?? "";
    const caBundle = Buffer.from(textAt(webhook, "clientConfig", "caBundle") ?? "", "base64").toString("utf8");
    return { configuration, name, caBundle };
  });
}

/**
 * Has the API server trust the caBundle for these webhooks, which are named and nothing else of which is touched, as long
 * as nobody has written the configurations since they were read.
 * @throws ApiError with status 409 if somebody was faster.
 */
export async function writeCABundle(
  api: KubernetesApi,
  configurations: WebhookConfigurations,
  webhooks: readonly ConfiguredWebhook[],
  caBundle: string,
): Promise<void> {
  const encoded = Buffer.from(caBundle, "utf8").toString("base64");
  const byPath = Map.groupBy(webhooks, ({ configuration }) => pathOf(configuration));
  for (const [path, ours] of byPath) {
    await api.patch(path, "strategic", {
      metadata: { resourceVersion: configurations.versions.get(path) },
      webhooks: ours.map(({ name }) => ({ name, clientConfig: { caBundle: encoded } })),
    });
  }
}
