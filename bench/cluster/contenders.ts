import { stringify } from "yaml";
import type { JsonObject } from "#src/field/json.ts";
import { type Cluster, makeNamespace, removeNamespace } from "#test/e2e/cluster.ts";
import type { Way } from "./ways.ts";

/** What is compared: a namespace, and what the API server does with a Service that is created in it. */
export interface Contender {
  readonly name: string;
  /** Where Services are created; undefined where the cluster does not have it, and why. */
  readonly namespace: string | undefined;
  readonly why?: string;
  /** Whether it enforces the rule: every Service has a label `team`. */
  readonly enforces: boolean;
  /** How many calls its webhooks have answered so far; absent where there are none. */
  readonly reviews?: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const LABEL = "bench.fairlead.dev/namespace";
const GROUP = "/apis/admissionregistration.k8s.io/v1";

/** The API server alone: no webhook and no policy selects the namespace. */
export async function nothing(cluster: Cluster): Promise<Contender> {
  const namespace = await makeNamespace(cluster, LABEL);
  return {
    name: "no webhook",
    namespace,
    enforces: false,
    close: () => removeNamespace(cluster, namespace),
  };
}

/** Fairlead with its chart and these values, and the rule as a ServicePolicy. */
export async function fairlead(cluster: Cluster, name: string, way: Way, values: JsonObject): Promise<Contender> {
  const installed = await way(cluster, values);
  const { namespace, close } = installed;
  const policy = {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: namespace },
    spec: {
      match: { namespaces: [namespace] },
      rules: [{ rule: "required-labels", action: "deny", parameters: { labels: [{ key: "team" }] } }],
    },
  };
  const withdraw = async (): Promise<void> => {
    await cluster.kubectl(["delete", "servicepolicy", namespace, "--ignore-not-found"]);
    await close();
  };
  try {
    await apply(cluster, policy);
    const wait = ["wait", "servicepolicy", namespace, "--for=condition=InForce", "--timeout=30s"];
    const { code, stderr } = await cluster.kubectl(wait);
    if (code !== 0) throw new Error(stderr);
    await installed.settled();
  } catch (error) {
    await withdraw();
    throw error;
  }
  return { name, namespace, enforces: true, reviews: () => installed.reviews(), close: withdraw };
}

/** The rule as a ValidatingAdmissionPolicy, where the API server has them. */
export async function admissionPolicy(cluster: Cluster): Promise<Contender> {
  const name = "ValidatingAdmissionPolicy";
  const { code } = await cluster.kubectl(["get", "--raw", `${GROUP}/validatingadmissionpolicies?limit=1`]);
  if (code !== 0) {
    const why = `not there: Kubernetes ${cluster.version} has none (1.30 has)`;
    return { name, namespace: undefined, why, enforces: true, close: () => Promise.resolve() };
  }
  const namespace = await makeNamespace(cluster, LABEL);
  const common = { apiVersion: "admissionregistration.k8s.io/v1", metadata: { name: namespace } };
  await apply(
    cluster,
    {
      ...common,
      kind: "ValidatingAdmissionPolicy",
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          namespaceSelector: { matchLabels: { [LABEL]: namespace } },
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], resources: ["services"], operations: ["CREATE", "UPDATE"] },
          ],
        },
        validations: [
          {
            expression:
              "has(object.metadata.labels) && 'team' in object.metadata.labels && object.metadata.labels['team'] != ''",
            message: "a Service has a label team",
          },
        ],
      },
    },
    {
      ...common,
      kind: "ValidatingAdmissionPolicyBinding",
      spec: { policyName: namespace, validationActions: ["Deny"] },
    },
  );
  return {
    name,
    namespace,
    enforces: true,
    close: async () => {
      await cluster.kubectl(["delete", "validatingadmissionpolicybinding,validatingadmissionpolicy", namespace]);
      await removeNamespace(cluster, namespace);
    },
  };
}

async function apply(cluster: Cluster, ...objects: readonly JsonObject[]): Promise<void> {
  const text = objects.map((object) => stringify(object)).join("---\n");
  const { code, stderr } = await cluster.kubectl(["apply", "--server-side", "-f", "-"], text);
  if (code !== 0) throw new Error(stderr);
}
