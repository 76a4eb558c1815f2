import { isObject, type JsonObject, valueAt } from "../../field/index.ts";
import type { ContainerPort, Labels, WorkloadEntry } from "../model/index.ts";
import { type ExtractOptions, identityOf, integerAt, itemsAt, labelsAt, textAt } from "../read/index.ts";

/** How the number of Pods is told. `written`: spec.replicas, and 1 if it is absent. */
type Replicas = "written" | "written-only" | "one" | "not-fixed";

/** Where a kind of workload has what an inventory keeps. */
interface WorkloadKind {
  /** Where its Pods' template is. */
  readonly template: readonly string[];
  readonly replicas: Replicas;
  /** The labels that its controller gives to all its Pods, besides those of the template. */
  readonly addedLabels?: (name: string) => Labels;
}

const SPEC_TEMPLATE = ["spec", "template"];

/** The workloads by group and kind; all versions of a group are the same in these fields. */
const WORKLOAD_KINDS: Readonly<Record<string, WorkloadKind>> = {
  "/Pod": { template: [], replicas: "one" },
  "/ReplicationController": { template: SPEC_TEMPLATE, replicas: "written" },
  "apps/Deployment": { template: SPEC_TEMPLATE, replicas: "written" },
  "apps/ReplicaSet": { template: SPEC_TEMPLATE, replicas: "written" },
  "apps/StatefulSet": { template: SPEC_TEMPLATE, replicas: "written" },
  "apps/DaemonSet": { template: SPEC_TEMPLATE, replicas: "not-fixed" },
  // Where these were before Kubernetes 1.16, and still are in old manifests.
  "extensions/Deployment": { template: SPEC_TEMPLATE, replicas: "written" },
  "extensions/ReplicaSet": { template: SPEC_TEMPLATE, replicas: "written" },
  "extensions/DaemonSet": { template: SPEC_TEMPLATE, replicas: "not-fixed" },
  "batch/Job": { template: SPEC_TEMPLATE, replicas: "not-fixed", addedLabels: jobLabels },
  "batch/CronJob": { template: ["spec", "jobTemplate", "spec", "template"], replicas: "not-fixed" },
  "argoproj.io/Rollout": { template: SPEC_TEMPLATE, replicas: "written" },
  "apps.openshift.io/DeploymentConfig": {
    template: SPEC_TEMPLATE,
    // Where it is absent, OpenShift keeps what is stored, and a new one has none.
    replicas: "written-only",
    addedLabels: (name) => ({ deploymentconfig: name }),
  },
};

/** Whether it is known how this kind makes Pods. */
export function isWorkloadKind(group: string, kind: string): boolean {
  return Object.hasOwn(WORKLOAD_KINDS, `${group}/${kind}`);
}

/** The entry of a workload; undefined for other kinds, and for one without a template of its own. */
export function workloadEntry(
  group: string,
  kind: string,
  object: JsonObject,
  options: ExtractOptions,
): WorkloadEntry | undefined {
  const key = `${group}/${kind}`;
  const workload = Object.hasOwn(WORKLOAD_KINDS, key) ? WORKLOAD_KINDS[key] : undefined;
  if (workload === undefined) return undefined;
  const template = valueAt(object, workload.template);
  if (!isObject(template)) return undefined;
  const identity = identityOf(object, options);
  const ports = portsOf(template);
  const replicas = replicasOf(workload.replicas, object);
  return {
    ...identity,
    kind,
    labels: { ...labelsAt(template, ["metadata", "labels"]), ...workload.addedLabels?.(identity.name) },
    ...(ports !== undefined && { ports }),
    ...(isSilent(template) && { isSilent: true }),
    ...(replicas !== undefined && { replicas }),
  };
}

/** The Job controller's labels, with and without the prefix that batch/v1 has had since Kubernetes 1.27. */
function jobLabels(name: string): Labels {
  return { "job-name": name, "batch.kubernetes.io/job-name": name };
}

function replicasOf(replicas: Replicas, object: JsonObject): number | undefined {
  if (replicas === "one") return 1;
  if (replicas === "not-fixed") return undefined;
  const written = valueAt(object, ["spec", "replicas"]);
  if (written === undefined || written === null) return replicas === "written" ? 1 : undefined;
  return integerAt(object, ["spec", "replicas"]);
}

/**
 * The ports of a PodSpec's containers, sidecars among them (init containers that are always restarted); undefined if only
 * the metadata is known. Ephemeral containers have none.
 */
function portsOf(template: JsonObject): readonly ContainerPort[] | undefined {
  const spec = template["spec"];
  if (!isObject(spec)) return undefined;
  const sidecars = itemsAt(spec, ["initContainers"]).filter(({ restartPolicy }) => restartPolicy === "Always");
  return [...itemsAt(spec, ["containers"]), ...sidecars].flatMap((container) =>
    itemsAt(container, ["ports"]).flatMap(containerPorts),
  );
}

function isSilent(template: JsonObject): boolean {
  const containers = itemsAt(template, ["spec", "containers"]).map((container) => itemsAt(container, ["ports"]));
  return containers.some((ports) => ports.length === 0) || (containers.length > 0 && containers.every(isOfGateway));
}

/**
 * Whether a container is a gateway of Istio: it listens on whatever Gateways say. Its proxy by itself is one, beside other containers it is
 * their sidecar. Source: istio/istio `manifests/charts/gateway/templates/deployment.yaml`.
 */
function isOfGateway(ports: readonly JsonObject[]): boolean {
  return ports.some(({ name }) => name === "http-envoy-prom");
}

/** The port of an item of a container's `ports`, in a list; an empty one if it has no number. */
export function containerPorts(item: JsonObject): readonly ContainerPort[] {
  const port = integerAt(item, ["containerPort"]);
  if (port === undefined) return [];
  const name = textAt(item, ["name"]);
  return [{ port, protocol: textAt(item, ["protocol"]) ?? "TCP", ...(name !== undefined && { name }) }];
}
