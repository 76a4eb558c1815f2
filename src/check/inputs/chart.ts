import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the Helm chart that the file belongs to: the nearest one above with a Chart.yaml. */
export function chartOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
