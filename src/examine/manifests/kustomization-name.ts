/** The names that kustomize looks for, in its order. */
export const KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

const NAMES: ReadonlySet<string> = new Set(KUSTOMIZATION_NAMES);

/** Whether the file's name makes it a kustomization. */
export function isKustomization(file: string): boolean {
  return NAMES.has(file.replace(/^.*[\\/]/s, ""));
}
