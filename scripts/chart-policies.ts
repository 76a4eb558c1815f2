/** The ready-made policies in the chart: Helm reads no file outside of it, so it holds a copy of `policies/`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOrCheck } from "./generated.ts";

const FOLDER = join(import.meta.dirname, "..", "policies");
const COPIES = join(import.meta.dirname, "..", "charts", "fairlead", "files", "policies");
const EDITOR_LINE = /^# yaml-language-server:.*\n/;

/** The names of the ready-made policies, in order. */
export function readyMadePolicies(): readonly string[] {
  return readdirSync(FOLDER)
    .flatMap((name) => (/^[a-z-]+\.yaml$/.test(name) ? [name.replace(".yaml", "")] : []))
    .toSorted();
}

/** Writes the copies, or checks that they are current. */
export function writePolicyCopies(): void {
  for (const name of readyMadePolicies()) {
    const text = readFileSync(join(FOLDER, `${name}.yaml`), "utf8").replace(EDITOR_LINE, "");
    const copy = `# Copied from policies/${name}.yaml by scripts/chart-policies.ts: change it there.\n${text}`;
    writeOrCheck(join(COPIES, `${name}.yaml`), copy);
  }
}
