import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "../paths.ts";

/** A step of a job. */
export interface Step {
  readonly name: string;
  readonly uses: string | undefined;
  readonly run: string | undefined;
  /** The step's own variables, above those of the workflow. */
  readonly env: Readonly<Record<string, string>>;
}

/** A job of a workflow. */
export interface Job {
  readonly name: string;
  readonly needs: readonly string[];
  readonly permissions: unknown;
  readonly environment: unknown;
  readonly steps: readonly Step[];
}

/** A workflow as the runner reads it. */
export interface Workflow {
  readonly content: JsonObject;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: readonly Job[];
}

/** Reads a file of `.github/workflows`. */
export function workflow(name: string): Workflow {
  const content: unknown = parse(readFileSync(join(ROOT, ".github", "workflows", name), "utf8"));
  if (!isObject(content)) throw new Error(`${name} is not a workflow`);
  return {
    content,
    env: texts(content["env"]),
    jobs: Object.entries(objectOf(content["jobs"])).map(([job, value]) => ({
      name: job,
      needs: [valueAt(value, ["needs"]) ?? []].flat().map(String),
      permissions: valueAt(value, ["permissions"]),
      environment: valueAt(value, ["environment"]),
      steps: listAt(value, "steps").map(stepOf),
    })),
  };
}

function stepOf(value: unknown): Step {
  const textAt = (key: string): string | undefined => {
    const found = valueAt(value, [key]);
    return typeof found === "string" ? found : undefined;
  };
  const run = textAt("run");
  return { name: textAt("name") ?? run ?? "", uses: textAt("uses"), run, env: texts(valueAt(value, ["env"])) };
}

/** A text of the workflow with its expressions replaced by their values. */
export function evaluated(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ ([a-zA-Z_.]+) \}\}/g, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the test has no value for ${name}`);
    return value;
  });
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, text]) => [name, String(text)]));
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = valueAt(value, [key]);
  return Array.isArray(found) ? found : [];
}
