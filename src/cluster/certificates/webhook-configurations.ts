import type { JsonObject } from "../../field/index.ts";
import { getIfPresent, type KubernetesApi, objectsAt, textAt } from "../api/index.ts";

/** A webhook configuration that has the API server call Fairlead. */
export interface WebhookConfigurationName {
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly name: string;
}

/** One of its entries. */
export interface WebhookEntry {
  readonly registration: WebhookConfigurationName;
  readonly name: string;
  /** The CA certificates that the API server trusts for it, in PEM. */
  readonly bundle: string;
}

/** All registrations as they were found. */
export interface WebhookConfigurations {
  readonly entries: readonly WebhookEntry[];
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
function pathOf(registration: WebhookConfigurationName): string {
  return `${collectionOf(registration)}/${registration.name}`;
}

/** Reads the configurations, all at once. */
export async function readWebhookConfigurations(
  api: KubernetesApi,
  all: readonly WebhookConfigurationName[],
): Promise<WebhookConfigurations> {
  const found = await Promise.all(all.map((registration) => getIfPresent(api, pathOf(registration))));
  const entries: WebhookEntry[] = [];
  const missing: string[] = [];
  const versions = new Map<string, string>();
  for (const [position, registration] of all.entries()) {
    const object = found[position];
    if (object === undefined) {
      missing.push(`${registration.kind} ${registration.name} does not exist`);
      continue;
    }
    versions.set(pathOf(registration), textAt(object, "metadata", "resourceVersion") ?? "");
    entries.push(...entriesOf(registration, object));
  }
  return { entries, missing, versions };
}

function entriesOf(registration: WebhookConfigurationName, object: JsonObject): WebhookEntry[] {
  return objectsAt(object, "webhooks").map((webhook) => {
    const name = textAt(webhook, "name") ?? "";
    const bundle = Buffer.from(textAt(webhook, "clientConfig", "caBundle") ?? "", "base64").toString("utf8");
    return { registration, name, bundle };
  });
}

/**
 * Has the API server trust the bundle for these entries, which are named and nothing else of which is touched, as long
 * as nobody has written the configurations since they were read.
 * @throws ApiError with status 409 if somebody was faster.
 */
export async function writeCABundle(
  api: KubernetesApi,
  registered: WebhookConfigurations,
  entries: readonly WebhookEntry[],
  bundle: string,
): Promise<void> {
  const caBundle = Buffer.from(bundle, "utf8").toString("base64");
  const byPath = Map.groupBy(entries, ({ registration }) => pathOf(registration));
  for (const [path, ours] of byPath) {
    await api.patch(path, "strategic", {
      metadata: { resourceVersion: registered.versions.get(path) },
      webhooks: ours.map(({ name }) => ({ name, clientConfig: { caBundle } })),
    });
  }
}
