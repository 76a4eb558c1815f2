/** Labels, or a selector by labels. */
export type Labels = Readonly<Record<string, string>>;

/** What every entry of an inventory has. */
export interface Entry {
  /** Empty for objects that are in no namespace. */
  readonly namespace: string;
  readonly name: string;
  /**
   * Whether the manifest leaves its namespace open and only the command that applies it decides: nobody can say then that
   * something is not in the same namespace.
   */
  readonly isNamespaceOpen?: true;
}

/** A port of a Service. */
export interface PortEntry {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  /** As written; absent if it is `port`. */
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

/** A Service, reduced to what rules about several objects read. */
export interface ServiceEntry extends Entry {
  readonly type: string;
  /** Absent: it selects nothing. */
  readonly selector?: Labels;
  /** For ServiceMonitors, which select Services by label. */
  readonly labels?: Labels;
  readonly isHeadless: boolean;
  readonly ports: readonly PortEntry[];
  /** Whether something changes the ports that is not read. */
  readonly arePortsOpen?: true;
  /** The host of an ExternalName. */
  readonly externalName?: string;
  readonly externalIPs?: readonly string[];
  readonly loadBalancerIP?: string;
  readonly loadBalancerClass?: string;
  /** Kept if it is `Local`: who may share an address depends on it. */
  readonly externalTrafficPolicy?: string;
  readonly healthCheckNodePort?: number;
  /** Whether load balancers get node ports; absent: true. */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** Those by which something is claimed that others may claim, too; not all. */
  readonly annotations?: Labels;
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
}

/** What makes Pods, or a Pod that nothing known makes. */
export interface WorkloadEntry extends Entry {
  /** `Deployment`, `Pod`, ... */
  readonly kind: string;
  /** The labels of its Pods. */
  readonly labels: Labels;
  /** The ports that its containers declare; absent if they are not known. */
  readonly ports?: readonly ContainerPort[];
  /** Whether a container declares no port: what it listens on is not known. */
  readonly isSilent?: true;
  /** How many Pods it makes; absent if that is not known or not fixed (one a node, an autoscaler). */
  readonly replicas?: number;
}

/** What sets the number of a workload's Pods: that of the workload itself says nothing then. */
export interface ScalerEntry extends Entry {
  /** The workload, in the same namespace. */
  readonly workload: { readonly kind: string; readonly name: string };
}

/** Endpoints or an EndpointSlice of a Service: whoever wrote them, the Service has backends of its own. */
export interface EndpointsEntry extends Entry {
  /** The Service that they belong to, in the same namespace. */
  readonly service: string;
}

/** What a namespace's ResourceQuota allows of Services; absent: any number. */
export interface QuotaEntry extends Entry {
  readonly services?: number;
  readonly loadBalancers?: number;
  readonly nodePorts?: number;
}

/** A ReferenceGrant: routes of the one namespace may name Services of the other. */
export interface GrantEntry extends Entry {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  /** The names of the Services that may be named; undefined for all. */
  readonly services: readonly string[] | undefined;
}

/** How an object names a Service. */
export interface ReferenceEntry extends Entry {
  /** The object that needs the Service. */
  readonly group: string;
  readonly kind: string;
  /** Where in the object the Service is named, and where its port is. */
  readonly keys: readonly (string | number)[];
  readonly portKeys?: readonly (string | number)[];
  readonly target: ReferenceTarget;
  /** The port by number or name; absent if none is named. */
  readonly port?: number | string;
  /** Whether the Service has to be headless, as that of a StatefulSet. */
  readonly needsHeadless?: true;
  /** Whether a ReferenceGrant has to allow it if the Service is in another namespace. */
  readonly needsGrant?: true;
}

/** The Services that a reference is about. */
export type ReferenceTarget =
  | { readonly namespace: string; readonly service: string }
  /** All with these labels, as a ServiceMonitor names them; `namespaces` undefined for any. */
  | { readonly selector: LabelSelector; readonly namespaces: readonly string[] | undefined };

export interface LabelSelector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?:
    | readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] | undefined }[]
    | undefined;
}

/** What an object is in an inventory: usually one entry. */
export interface Entries {
  readonly services?: readonly ServiceEntry[];
  readonly workloads?: readonly WorkloadEntry[];
  readonly scalers?: readonly ScalerEntry[];
  readonly endpoints?: readonly EndpointsEntry[];
  readonly quotas?: readonly QuotaEntry[];
  readonly grants?: readonly GrantEntry[];
  readonly references?: readonly ReferenceEntry[];
}
