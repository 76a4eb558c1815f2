import { existsSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import type { Kustomizations } from "../layout/index.ts";

/** The files and folders whose resources the kustomization of a folder takes, as paths like its own. URLs stay what they are. */
export function referredPaths(folder: string, kustomizations: Kustomizations): string[] {
  const resources = kustomizations.in(folder)?.resources ?? [];
  return resources.map((item) => normalize(join(folder, item)).replace(/\/$/, ""));
}

/** All files of resources of the kustomization in a folder, including those of the kustomizations that it refers to. */
export function resourceFiles(folder: string, kustomizations: Kustomizations): string[] {
  const files: string[] = [];
  const seen = new Set<string>();
  const open = [folder];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    if (statSync(path).isDirectory()) open.push(...referredPaths(path, kustomizations));
    else files.push(path);
  }
  return files;
}
