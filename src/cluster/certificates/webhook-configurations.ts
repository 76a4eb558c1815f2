import type { JsonObject } from "../../field/index.ts";
import { getIfPresent, type KubernetesApi, objectsAt, textAt } from "../api/index.ts";

/** The name of a webhook configuration under which the API server calls Fairlead. */
export interface WebhookConfigurationName {
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly name: string;
}

/** One webhook of a configuration. */
export interface ConfiguredWebhook {
  readonly configuration: WebhookConfigurationName;
  readonly name: string;
  /** The CA certificates that the API server trusts for this webhook, in PEM. */
  readonly caBundle: string;
}

/** The webhook configurations as they were read. */
export interface WebhookConfigurations {
  readonly webhooks: readonly ConfiguredWebhook[];
  /** The configurations that do not exist, a sentence for each. */
  readonly missing: readonly string[];
  /** Each configuration's `resourceVersion`, by {@link pathOf}; a write is based on it. */
  readonly versions: ReadonlyMap<string, string>;
}

const GROUP = "/apis/admissionregistration.k8s.io/v1";
const COLLECTIONS = {
  MutatingWebhookConfiguration: `${GROUP}/mutatingwebhookconfigurations`,
  ValidatingWebhookConfiguration: `${GROUP}/validatingwebhookconfigurations`,
} as const satisfies Record<WebhookConfigurationName["kind"], string>;

/** The path of the collection of this kind of configuration. */
export function collectionOf({ kind }: WebhookConfigurationName): string {
  return COLLECTIONS[kind];
}

/** The path of a configuration. */
function pathOf(configuration: WebhookConfigurationName): string {
  return `${collectionOf(configuration)}/${configuration.name}`;
}

/** Reads the configurations, in parallel. */
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
 * Sets the caBundle of these webhooks, and nothing else, if the configurations are unchanged since they were read.
 * @throws ApiError with status 409 if one of them was written meanwhile.
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
