import { join } from "node:path";
import { isObject, type JsonObject } from "../../field/index.ts";
import { isBuiltInSet } from "../../policy/files/index.ts";

/** What the user has set in the editor: `fairlead.*`. */
export interface ClientSettings {
  /** False: nothing is shown. */
  readonly enable: boolean;
  /** Whether the defaults that a Service gets are shown beside what is written. */
  readonly inlayHints: boolean;
  readonly kubernetesVersion?: string;
  /** Ready-made sets, files and folders of policies; files from the workspace folder on. */
  readonly policy?: readonly string[];
  /** A commit, branch or tag that manifests are judged against. */
  readonly against?: string;
}

/** Reads what the editor sends, which may be anything: what is not of the right type does not count. */
export function clientSettingsOf(value: unknown): ClientSettings {
  const settings = isObject(value) ? value : {};
  const { enable, inlayHints, kubernetesVersion, against } = settings;
  const policy = [settings["policy"]].flat().filter((one) => typeof one === "string" && one !== "");
  return {
    enable: enable !== false,
    inlayHints: inlayHints === true,
    ...(isText(kubernetesVersion) && { kubernetesVersion }),
    ...(isText(against) && { against }),
    ...(policy.length > 0 && { policy: policy.map(String) }),
  };
}

/** The settings under `fairlead`, if the editor sends them so, or else the value itself. */
export function fairleadSection(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, "fairlead") ? value["fairlead"] : value;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/**
 * The settings as options of the check: they take the place of those of the configuration, as options of a command line do.
 * @param folder what paths are relative to
 */
export function checkOptionsOf({ kubernetesVersion, policy, against }: ClientSettings, folder: string): JsonObject {
  return {
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    ...(policy !== undefined && { policy: policy.map((source) => policySource(source, folder)) }),
    ...(against !== undefined && { against: against.startsWith("git:") ? against : `git:${against}` }),
  };
}

function policySource(source: string, folder: string): string {
  return isBuiltInSet(source) || source.startsWith("git:") ? source : join(folder, source);
}
