import type { KubernetesVersion } from "./version.ts";

/**
 * The minor version of Kubernetes that each minor version of OpenShift 4 is made of. Source: the release notes of each
 * version of OpenShift Container Platform ("This release uses Kubernetes 1.N with CRI-O runtime").
 */
const KUBERNETES_OF: ReadonlyMap<number, number> = new Map([
  [14, 27],
  [15, 28],
  [16, 29],
  [17, 30],
  [18, 31],
  [19, 32],
  [20, 33],
  [21, 34],
  [22, 35],
]);

/** The versions of OpenShift whose Kubernetes version is known, the oldest first: `4.14`. */
export const OPENSHIFT_VERSIONS: readonly string[] = [...KUBERNETES_OF.keys()].map((minor) => `4.${minor}`);

/** The Kubernetes version of OpenShift `4.16`, `v4.16.3` or `4.16.0-rc.1`; undefined for any other text or version. */
export function kubernetesOf(text: string): KubernetesVersion | undefined {
  const [, minor] = /^v?4\.(\d{1,3})(?:[.+-].*)?$/.exec(text.trim()) ?? [];
  const kubernetes = KUBERNETES_OF.get(Number(minor));
  return kubernetes === undefined ? undefined : { minor: kubernetes };
}
