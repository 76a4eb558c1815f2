import { objectYaml } from "../examine/yaml/index.ts";
import { logLine } from "./console/index.ts";
import { diffLines } from "./diff.ts";
import type { CheckedService } from "../examine/model/index.ts";
import type { ServiceView } from "./views.ts";

/** A Service to print: as checked, with its manifest and the object as admitted. */
export type ShownService = Pick<CheckedService, "file" | "region" | "namespace" | "name" | "stored" | "allocated"> & {
  /** The manifest as JSON values. */
  readonly manifest: unknown;
  readonly admitted?: unknown;
};

/** The type of {@link showService}, for callers that load it when they need it. */
export type ShowService = typeof showService;

/**
 * A Service as one YAML document for `--show`: as stored, as admitted, or as a diff between manifest and stored object.
 */
export function showService(service: ShownService, show: ServiceView): string {
  const { file, region, namespace, name } = service;
  const heading = `---\n${logLine(`# ${file}:${region.startLine} ${namespace}/${name}`)}`;
  const object = show === "admitted" ? service.admitted : service.stored;
  if (object === undefined) return `${heading}: refused\n`;
  const after = objectYaml(object, service.allocated);
  if (show !== "diff") return `${heading}\n${after}`;
  const lines = diffLines(linesOf(objectYaml(service.manifest)), linesOf(after));
  return `${heading}\n${lines.map(({ mark, text }) => `${mark} ${text}\n`).join("")}`;
}

function linesOf(text: string): string[] {
  return text.trimEnd().split("\n");
}
