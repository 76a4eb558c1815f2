import { parseCIDR } from "../../net/index.ts";
import type { SourceFile } from "../../policy/files/index.ts";
import {
  type ClusterProfile,
  parsePortRange,
  UNKNOWN_CLUSTER,
  UNKNOWN_CLUSTER_NAME,
} from "../../service/cluster/index.ts";
import type { FieldValidation } from "../../service/decode/index.ts";
import { APPLY_MODES, type ApplyMode } from "../../service/merge/index.ts";
import { type KubernetesVersion, NEWEST_KNOWN } from "../../service/versions/index.ts";
import { Unusable } from "../../usage/index.ts";
import type { NamespaceLabels } from "./namespaces.ts";

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

const FIELD_VALIDATION: ReadonlyMap<string, FieldValidation> = new Map([
  ["strict", "Strict"],
  ["warn", "Warn"],
  ["ignore", "Ignore"],
]);

/** Reads how unknown and duplicate fields are treated: `strict`, `warn` or `ignore`. @throws {Unusable} */
export function readFieldValidation(text: string): FieldValidation {
  const found = FIELD_VALIDATION.get(text.toLowerCase());
  if (found === undefined)
    throw new Unusable(`${quote(text)} is not a mode of field validation; write strict, warn or ignore`);
  return found;
}

/** Reads how manifests are applied: `client`, `server-side` or `replace`. @throws {Unusable} */
export function readApplyMode(text: string): ApplyMode {
  const found = APPLY_MODES.find((mode) => mode === text);
  if (found === undefined)
    throw new Unusable(`${quote(text)} is not a way to apply; write client, server-side or replace`);
  return found;
}

/** Reads `30000-32767`: the first and the last port of a range. @throws {Unusable} */
export function readPortRange(text: string): ClusterProfile["nodePortRange"] {
  const range = parsePortRange(text.trim());
  if (range === undefined) throw new Unusable(`${quote(text)} is not a range of ports; write one like 30000-32767`);
  return range;
}

/** Reads service CIDRs, separated by commas; the first one is of the primary family. @throws {Unusable} */
export function readServiceCIDRs(texts: readonly string[]): string[] {
  const ranges = texts.flatMap((text) => text.split(",")).map((text) => text.trim());
  for (const range of ranges) {
    if (parseCIDR(range) === undefined) {
      throw new Unusable(`${quote(range)} is not a CIDR; write one like 10.96.0.0/16 or fd00:10:96::/112`);
    }
  }
  return ranges;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
