import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { isObject, type JsonObject } from "../../field/index.ts";
import { readSource } from "../../files/index.ts";
import { readText } from "../../text/index.ts";
import { KUSTOMIZATION_NAMES, parseKustomization } from "../layout/index.ts";

/** The files and folders whose resources a kustomization takes, as paths like its own. URLs stay what they are. */
export function referredPaths(file: string): string[] {
  const source = readSource(file);
  const resources = "text" in source ? parseKustomization(source.text)?.resources : undefined;
  return (resources ?? []).map((item) => normalize(join(dirname(file), item)).replace(/\/$/, ""));
}

/** All files of resources of the kustomization in a folder, including those of the kustomizations that it refers to. */
export function resourceFiles(folder: string): string[] {
  const files: string[] = [];
  const seen = new Set<string>();
  const open = [folder];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    if (!statSync(path).isDirectory()) files.push(path);
    else
      open.push(
        ...KUSTOMIZATION_NAMES.map((name) => join(path, name))
          .filter((file) => existsSync(file))
          .flatMap(referredPaths),
      );
  }
  return files;
}

/** The first document of a file; an empty object for one that cannot be read: rendering then reports why. */
export function firstDocument(file: string): JsonObject {
  const source = readSource(file);
  if (!("text" in source)) return {};
  const value = readText(source.text, { format: "auto" }).documents.at(0)?.value;
  return isObject(value) ? value : {};
}
