import type { SourceFile } from "../../policy/files/index.ts";
import { type ClusterProfile, UNKNOWN_CLUSTER, UNKNOWN_CLUSTER_NAME } from "../../service/cluster/index.ts";
import type { FieldValidation } from "../../service/decode/index.ts";
import type { ApplyMode } from "../../service/merge/index.ts";
import { type KubernetesVersion, NEWEST_KNOWN } from "../../service/versions/index.ts";

/** The labels of namespaces, by name. */
export type NamespaceLabels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the judgement depends on besides the manifests: plain data, so that it can be sent to a worker thread. */
export interface Settings {
  /** The version that is judged by, with the feature gates of the API server. */
  readonly version: KubernetesVersion;
  /** The version that was asked for; another one than `version` if that is not known. */
  readonly askedVersion: KubernetesVersion;
  readonly cluster: ClusterProfile;
  /** The profile's name, for reports. */
  readonly clusterName: string;
  readonly fieldValidation: FieldValidation;
  readonly dryRun: boolean;
  /** How manifests are applied over the previous state. */
  readonly apply: ApplyMode;
  /** The namespace of manifests without one. */
  readonly namespace: string;
  /** Whether that is certain: by default, the command that applies a manifest may choose another one. */
  readonly isNamespaceCertain: boolean;
  /** Policy files, as they were read at the start of the run. */
  readonly policies: readonly SourceFile[];
  /** Labels of the namespaces whose labels are known. */
  readonly namespaceLabels: NamespaceLabels;
  /** `YYYY-MM-DD`: policies' exemptions expire by it. */
  readonly today: string;
  /** Whether a document without a `kind` is taken for a Service, as the API server's endpoint for Services does. */
  readonly assumeService: boolean;
  /** Whether a file that was found in a folder and is no manifest is an error. */
  readonly strictFiles: boolean;
}

/** The default settings. @param today `YYYY-MM-DD` */
export function defaultSettings(today: string): Settings {
  return {
    version: NEWEST_KNOWN,
    askedVersion: NEWEST_KNOWN,
    cluster: UNKNOWN_CLUSTER,
    clusterName: UNKNOWN_CLUSTER_NAME,
    fieldValidation: "Strict",
    dryRun: false,
    apply: "client",
    namespace: "default",
    isNamespaceCertain: false,
    policies: [],
    namespaceLabels: {},
    today,
    assumeService: false,
    strictFiles: false,
  };
}
