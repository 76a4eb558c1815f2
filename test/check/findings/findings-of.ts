import { isObject, valueAt } from "#src/field/json.ts";
import { fairlead } from "../run-cli.ts";

/** A finding of the real command, in short. */
export interface ShortFinding {
  readonly service: string;
  /** `SEVERITY RULE FIELD`. */
  readonly summary: string;
  readonly message: string;
}

/** The findings of `fairlead check` on these manifests, which are the documents of one text. */
export async function findingsOf(
  manifests: readonly object[],
  ...options: readonly string[]
): Promise<readonly ShortFinding[]> {
  const input = manifests.map((manifest) => `---\n${JSON.stringify(manifest)}\n`).join("");
  const { stdout } = await fairlead(["check", "--format", "json", ...options, "-"], { input });
  const findings: unknown = valueAt(JSON.parse(stdout), ["findings"]);
  return (Array.isArray(findings) ? findings : []).filter(isObject).map((finding) => ({
    service: String(valueAt(finding, ["service", "name"])),
    summary: ["severity", "rule", "field"].map((key) => String(finding[key])).join(" "),
    message: String(finding["message"]),
  }));
}
