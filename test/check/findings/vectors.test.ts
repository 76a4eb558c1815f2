import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { isObject, valueAt } from "#src/field/json.ts";
import { versionText } from "#src/service/versions/version.ts";
import { readRun, type Run, type Vector } from "#test/conformance/vectors.ts";
import { fairlead } from "../run-cli.ts";
import { ROOT } from "#test/paths.ts";

const FILES = ["1.33-dual", "1.36-dual", "1.36-dual-write", "1.36-dual6", "1.36-ipv4", "1.36-ipv6"];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-vectors-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The answers of the API server, or of the command, by vector: decision and causes as comparable text. */
type Answers = ReadonlyMap<string, string>;

function expected(vectors: readonly Vector[]): Answers {
  return new Map(
    vectors.map(({ id, expect: { allowed, code, causes = [] } }) => {
      const texts = causes.map(({ field, reason }) => `${field} ${reason}`);
      // A decoding error and a failing server have no causes.
      return [id, allowed ? "allowed" : code === 422 ? [...new Set(texts)].sort().join(", ") : "refused"];
    }),
  );
}

async function answered(paths: readonly string[], run: Run, more: readonly string[]): Promise<Answers> {
  const { first, last } = run.cluster.nodePortRange;
  const { stdout } = await fairlead([
    "check",
    "--format",
    "json",
    ...["--kubernetes-version", versionText(run.version), "--node-port-range", `${first}-${last}`],
    ...run.cluster.serviceCIDRs.flatMap((cidr) => ["--service-cidr", cidr]),
    ...(run.dryRun ? ["--server-dry-run"] : []),
    ...more,
    ...paths,
  ]);
  const report: unknown = JSON.parse(stdout);
  const findings: unknown = valueAt(report, ["findings"]);
  const errors = new Map<string, string[]>();
  for (const finding of Array.isArray(findings) ? findings : []) {
    if (!isObject(finding) || finding["severity"] !== "error") continue;
    // Conflicts between the Services of one run: each vector was recorded on its own.
    if (String(finding["rule"]).endsWith("-twice")) continue;
    const id = /([^/]+)\.(yaml|json)$/.exec(String(finding["file"]))?.[1] ?? "";
    const { field, reason } = finding;
    const cause = typeof reason === "string" ? `${String(field)} ${reason}` : "refused";
    errors.set(id, [...(errors.get(id) ?? []), cause]);
  }
  return new Map(
    [...errors].map(([id, causes]) => [
      id,
      causes.includes("refused") ? "refused" : [...new Set(causes)].sort().join(", "),
    ]),
  );
}

/** The server answers for one stage at a time; the command names what it would answer next, too. */
function disagreements(want: Answers, found: Answers): string[] {
  return [...want].flatMap(([id, answer]) => {
    const actual = found.get(id) ?? "allowed";
    const named = new Set(actual.split(", "));
    const isNamed = answer !== "allowed" && answer.split(", ").every((cause) => named.has(cause));
    return actual === answer || isNamed || (answer === "refused" && actual !== "allowed")
      ? []
      : [`${id}: ${answer}; the command: ${actual}`];
  });
}

/**
 * The vectors that create a Service, including objects without a kind or with another version, which the endpoint for
 * Services accepts. A few are left out: they name another namespace than the endpoint's, which a manifest may do.
 */
function creates(run: Run): readonly Vector[] {
  return run.vectors.filter(
    ({ operation, object }) =>
      operation === "create" &&
      isObject(object) &&
      ["Service", "", undefined].some((kind) => object["kind"] === kind) &&
      valueAt(object, ["metadata", "namespace"]) !== "other",
  );
}

describe("the command's answers equal the API server's", () => {
  it.each(
    FILES.flatMap((file) => [
      { file, format: "yaml" },
      { file, format: "json" },
    ]),
  )("for every object of $file as $format", async ({ file, format }) => {
    const run = readRun(join(ROOT, "test/conformance", `${file}.jsonl.gz`));
    const vectors = creates(run);
    const directory = join(folder, `${file}-${format}`);
    mkdirSync(directory);
    for (const { id, object } of vectors) {
      const text = format === "json" ? JSON.stringify(object) : stringify(object, { version: "1.1" });
      writeFileSync(join(directory, `${id}.${format}`), text);
    }
    const found = await answered([directory], run, ["--field-validation", "warn", "--assume-service"]);
    const services = run.vectors.filter(
      ({ operation, object }) => operation === "create" && valueAt(object, ["kind"]) === "Service",
    );
    expect(services.filter((vector) => !vectors.includes(vector)).length).toBeLessThan(10);
    expect(vectors.length).toBeGreaterThan(1000);
    expect(disagreements(expected(vectors), found)).toEqual([]);
  });

  it.each(["Strict", "Warn", "Ignore"])("for every recorded text with field validation %s", async (validation) => {
    const run = readRun(join(ROOT, "test/conformance/1.36-dual-text.jsonl.gz"));
    const vectors = run.vectors.filter(({ fieldValidation }) => fieldValidation === validation);
    const directory = join(folder, `text-${validation}`);
    mkdirSync(directory);
    for (const { id, text, contentType } of vectors) {
      writeFileSync(join(directory, `${id}.${contentType === "application/json" ? "json" : "yaml"}`), text ?? "");
    }
    const found = await answered([directory], run, [
      "--field-validation",
      validation.toLowerCase(),
      "--assume-service",
    ]);
    expect(disagreements(expected(vectors), found)).toEqual([]);
  });
});
