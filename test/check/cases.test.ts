import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { isObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "../paths.ts";
import { fairlead } from "./run-cli.ts";

const CASES = join(ROOT, "test/cases");

/** An input from practice with the answer that is right for it. */
interface Case {
  readonly file: string;
  /** The state before, where it is an update. */
  readonly against?: string;
  readonly code: number;
  /** `SEVERITY RULE LINE:COLUMN` of each finding. */
  readonly found: readonly string[];
}

function isCase(value: unknown): value is Case {
  return isObject(value) && typeof value["file"] === "string" && Array.isArray(value["found"]);
}

const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "cases.json"), "utf8"));
const ROWS = (Array.isArray(parsed) ? parsed : []).filter(isCase);

async function findingsOf({ file, against }: Case): Promise<{ code: number | null; findings: readonly unknown[] }> {
  const before = against === undefined ? [] : ["--against", against];
  const { code, stdout } = await fairlead(["check", "--format", "json", ...before, file], { cwd: CASES });
  const findings: unknown = valueAt(JSON.parse(stdout), ["findings"]);
  return { code, findings: Array.isArray(findings) ? findings : [] };
}

function summary(finding: unknown): string {
  const at = ["startLine", "startColumn"].map((key) => String(valueAt(finding, ["region", key]))).join(":");
  return `${String(valueAt(finding, ["severity"]))} ${String(valueAt(finding, ["rule"]))} ${at}`;
}

describe("inputs from practice", () => {
  it("are all in the table", () => {
    const used = new Set(ROWS.flatMap(({ file, against }) => [file, against]));
    const inputs = readdirSync(CASES).filter((name) => !name.endsWith(".expect.txt"));
    expect(inputs.length).toBeGreaterThan(100);
    expect(inputs.filter((name) => !used.has(name) && !/old\.yaml$/.test(name))).toEqual([]);
  });

  it.each(ROWS)("$file", async (row) => {
    const { code, findings } = await findingsOf(row);
    expect([code, findings.map(summary)]).toEqual([row.code, row.found]);
  });
});

/** What must be said, where the place alone would not help the author. */
const WORDS = [
  {
    file: "07-ipfamily-switch.yaml",
    says: "the primary family of a stored Service cannot change: it is IPv4 (10.96.1.1)",
  },
  { file: "08-lbclass-later.yaml", says: "it was created without one" },
  { file: "10-source-ranges-one-string.yaml", says: "it holds 3 ranges" },
  { file: "12-externalname-port.yaml", says: "without a port", fix: "leave :5432 out" },
  { file: "14-externalname-underscore.yaml", says: '"_" is not allowed' },
  { file: "18-targetport-long.yaml", says: "it has 16 characters, and 15 are allowed" },
  {
    file: "216-flat.yaml",
    says: "metadata and spec are empty: what belongs in them is not indented",
    fix: "indent name under metadata, and type, selector and ports under spec",
  },
  { file: "225-td-PreferZone.yaml", fix: "write PreferSameZone" },
  { file: "241b-label-long.yaml", says: "it has 64 characters, and 63 are allowed" },
  { file: "249f-apiversion-case.yaml", says: "did you mean apiVersion?" },
  { file: "251-noname.yaml", says: "the Service has no name" },
  { file: "254-port-23.yaml", says: "port must be a whole number", fix: undefined },
  { file: "255-tp-09.yaml", says: "it has 21 characters, and 15 are allowed" },
  { file: "255-tp-14.yaml", says: "the placeholder $PORT has not been filled in", fix: undefined },
  { file: "255-tp-16.yaml", says: "the placeholder <port> has not been filled in", fix: undefined },
  { file: "274-topologykeys.yaml", says: "its successor is trafficDistribution" },
  { file: "30-nodeport-in-selector.yaml", says: "it belongs under spec.ports", fix: undefined },
  { file: "300b-clusterip-none.new.yaml", says: "clusterIP cannot change" },
  { file: "301g-headless-to-np.new.yaml", fix: "delete the Service and create it again" },
  { file: "44-nbsp.yaml", says: "a no-break space (U+00A0)" },
  { file: "47-flow-nospace.yaml", says: "a space is missing after the colon: app: web" },
  { file: "48-selector-list.yaml", says: "leave matchLabels out" },
  { file: "50-containerPort.yaml", says: "a Service's port has port and targetPort" },
  { file: "523-emdash.yaml", says: "an en dash (U+2013)" },
  { file: "60-clusterip-none-lower.yaml", fix: "write None" },
  { file: "78-ports-missing-port.yaml", says: "port is missing" },
  { file: "90-tab-and-alert-text.yaml", says: "a tab indents this line" },
  { file: "b2-placeholder-flux.yaml", says: "the placeholder ${DNS_IP} has not been filled in" },
] as const;

describe("the words for inputs from practice", () => {
  it.each(WORDS)("$file", async (row) => {
    const found = ROWS.find(({ file }) => file === row.file);
    if (found === undefined) throw new Error(`no case ${row.file}`);
    const [first] = (await findingsOf(found)).findings;
    if ("says" in row) expect(valueAt(first, ["message"])).toContain(row.says);
    if ("fix" in row) expect(valueAt(first, ["fix"])).toBe(row.fix);
  });
});
