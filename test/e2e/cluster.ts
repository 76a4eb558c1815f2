import { readFile } from "node:fs/promises";
import {
  AdmissionregistrationV1Api,
  CoreV1Api,
  KubeConfig,
  type V1MutatingWebhook,
  VersionApi,
} from "@kubernetes/client-node";
import { tools } from "#scripts/tools.ts";
import { connect as connectApi } from "#src/cluster/api/connect.ts";
import type { KubernetesApi } from "#src/cluster/api/kubernetes-api.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { type Outcome, run } from "./process.ts";

/** The cluster of `KUBECONFIG`, through the API and through a real kubectl and helm. */
export interface Cluster {
  readonly core: CoreV1Api;
  readonly admission: AdmissionregistrationV1Api;
  /** Objects of any type, as plain JSON. */
  readonly api: KubernetesApi;
  /** The API server's address, and its CA in PEM. */
  readonly server: string;
  readonly ca: string;
  /** The version that the server reports: `1.20`. */
  readonly version: string;
  kubectl(args: readonly string[], input?: string): Promise<Outcome>;
  helm(args: readonly string[], input?: string): Promise<Outcome>;
}

/** @throws if `KUBECONFIG` is not set or the cluster does not answer. */
export async function connect(): Promise<Cluster> {
  if (process.env["KUBECONFIG"] === undefined)
    throw new Error("KUBECONFIG is not set: name the cluster to run against");
  const config = new KubeConfig();
  config.loadFromDefault();
  const { helm, kubectl } = await tools();
  const current = config.getCurrentCluster();
  if (current === null) throw new Error("KUBECONFIG names no current cluster");
  const { major, minor } = await config.makeApiClient(VersionApi).getCode();
  return {
    core: config.makeApiClient(CoreV1Api),
    admission: config.makeApiClient(AdmissionregistrationV1Api),
    api: connectApi(),
    server: current.server,
    ca: await caOf(current),
    version: `${major}.${minor.replace(/\D/g, "")}`,
    kubectl: (args, input) => run(kubectl, args, input),
    helm: (args, input) => run(helm, args, input),
  };
}

async function caOf({ caData, caFile }: { readonly caData?: string; readonly caFile?: string }): Promise<string> {
  if (caData !== undefined) return Buffer.from(caData, "base64").toString();
  return caFile === undefined ? "" : readFile(caFile, "utf8");
}

/** Creates a namespace for the suite, labelled so that the webhooks apply only to it. Returns its name. */
export async function makeNamespace(cluster: Cluster, label: string): Promise<string> {
  const name = `fairlead-e2e-${Math.random().toString(36).slice(2, 8)}`;
  // API servers before 1.21 do not label a namespace with its name.
  const labels = { [label]: name, "kubernetes.io/metadata.name": name };
  await cluster.core.createNamespace({ body: { metadata: { name, labels } } });
  return name;
}

/**
 * Removes a namespace with all Services in it. Without controllers it must be finalized here; with them, that would
 * leave objects behind that they are about to remove. Every namespace that they manage has a service account.
 */
export async function removeNamespace(cluster: Cluster, name: string): Promise<void> {
  const isLookedAfter = await hasControllers(cluster, name);
  const { items } = await cluster.core.listNamespacedService({ namespace: name });
  for (const { metadata } of items) {
    if (metadata?.name !== undefined)
      await cluster.core.deleteNamespacedService({ namespace: name, name: metadata.name });
  }
  await cluster.core.deleteNamespace({ name });
  if (isLookedAfter) return;
  const left = await cluster.core.readNamespace({ name }).catch(() => undefined);
  if (left !== undefined)
    await cluster.core.replaceNamespaceFinalize({ name, body: { ...left, spec: { finalizers: [] } } });
}

/** Whether the cluster's controllers manage a namespace. */
export function hasControllers(cluster: Cluster, namespace: string): Promise<boolean> {
  return cluster.core.readNamespacedServiceAccount({ namespace, name: "default" }).then(
    () => true,
    () => false,
  );
}

/**
 * Creates a webhook configuration with a URL, for Services of the labelled namespace only. Returns a function that
 * removes it.
 */
export async function register(
  cluster: Cluster,
  settings: { readonly url: string; readonly ca: string; readonly label: string; readonly namespace: string },
): Promise<() => Promise<void>> {
  const name = `fairlead-e2e-${settings.namespace}`;
  const webhook = (path: string): V1MutatingWebhook => ({
    name: `${path}.e2e.fairlead.dev`,
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
    failurePolicy: "Fail",
    timeoutSeconds: 10,
    clientConfig: { url: `${settings.url}/${path}`, caBundle: Buffer.from(settings.ca).toString("base64") },
    namespaceSelector: { matchLabels: { [settings.label]: settings.namespace } },
    rules: [
      {
        apiGroups: [""],
        apiVersions: ["v1"],
        resources: ["services", "services/status"],
        operations: ["CREATE", "UPDATE", "DELETE"],
      },
    ],
  });
  const remove = async (): Promise<void> => {
    await Promise.allSettled([
      cluster.admission.deleteMutatingWebhookConfiguration({ name }),
      cluster.admission.deleteValidatingWebhookConfiguration({ name }),
    ]);
  };
  try {
    await cluster.admission.createMutatingWebhookConfiguration({
      body: { metadata: { name }, webhooks: [webhook("mutate")] },
    });
    await cluster.admission.createValidatingWebhookConfiguration({
      body: { metadata: { name }, webhooks: [webhook("validate")] },
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

/**
 * Reads an object with kubectl.
 * @throws with kubectl's message if it does not exist.
 */
export async function get(cluster: Cluster, namespace: string, service: string): Promise<JsonObject> {
  const { code, stdout, stderr } = await cluster.kubectl(["-n", namespace, "get", "service", service, "-o", "json"]);
  if (code !== 0) throw new Error(stderr);
  const value: unknown = JSON.parse(stdout);
  if (!isObject(value)) throw new Error(`kubectl printed no object: ${stdout}`);
  return value;
}
