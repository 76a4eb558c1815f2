import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject } from "#src/field/json.ts";

/** What kubectl made of a file. Objects and errors come through two pipes, so that their common order is not known. */
export interface KubectlReading {
  /** The JSON texts of the objects that it printed. */
  readonly objects: string[];
  readonly errors: KubectlError[];
}

export interface KubectlError {
  /** `parse`: what stands there could not be read, and ends the file; `decode`: it was read, but is no object of a kind. */
  readonly type: "parse" | "decode";
  readonly message: string;
}

/** Printed between two files, to know where the objects of one end. */
const MARKER = "FileEnd";

/**
 * What kubectl reads of each file, all in one process. `kubectl patch --local` with a patch that changes nothing prints
 * what it reads, needs no API server, and reads files as `create` and `apply` do (`resource.Builder`).
 * @throws Error if kubectl ends early
 */
export function readByKubectl(kubectl: string, files: readonly Buffer[]): KubectlReading[] {
  const home = mkdtempSync(join(tmpdir(), "fairlead-dialect-"));
  try {
    const folder = join(home, "files");
    mkdirSync(folder);
    for (const [index, bytes] of files.entries()) {
      const name = String(index).padStart(6, "0");
      writeFileSync(join(folder, `${name}.yaml`), bytes);
      writeFileSync(join(folder, `${name}_end.yaml`), `kind: ${MARKER}\n`);
    }
    const args = ["patch", "--local", "--show-managed-fields", "--type=json", "-p", "[]", "-o", "json", "-f", folder];
    const { stdout, stderr, error } = spawnSync(kubectl, args, {
      encoding: "utf8",
      env: { HOME: home, KUBECONFIG: "/dev/null" },
      maxBuffer: 2 ** 30,
      timeout: 300_000,
    });
    if (error !== undefined) throw error;
    const objects = objectsIn(stdout);
    if (objects.length !== files.length) {
      throw new Error(`kubectl read ${objects.length} of ${files.length} files: ${stderr.slice(0, 5000)}`);
    }
    const errors = errorsIn(stderr, folder);
    return objects.map((list, index) => ({ objects: list, errors: errors.get(index) ?? [] }));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Printed JSON has strings without line breaks: a brace in the first column starts or ends an object. */
function objectsIn(stdout: string): string[][] {
  const files: string[][] = [];
  let current: string[] = [];
  for (const text of stdout.split(/(?<=^\}\n)(?=\{\n)/m)) {
    if (text === "") continue;
    const value: unknown = JSON.parse(text);
    if (isObject(value) && value["kind"] === MARKER) {
      files.push(current);
      current = [];
    } else current.push(text);
  }
  return files;
}

/** The errors by the number of their file. */
function errorsIn(stderr: string, folder: string): Map<number, KubectlError[]> {
  const start = new RegExp(
    String.raw`^(?:error: )?(error parsing|unable to decode) "?${folder}/(\d+)\.yaml"?: |^(?:error: )?\[?unable to get type info`,
    "gm",
  );
  const errors = new Map<number, KubectlError[]>();
  const found = [...stderr.matchAll(start)];
  for (const [index, match] of found.entries()) {
    const [all, what, file] = match;
    // Of a List's item, kubectl does not say where it stands.
    if (file === undefined) continue;
    const message = stderr.slice(match.index + all.length, found[index + 1]?.index).trimEnd();
    const list = errors.get(Number(file)) ?? [];
    list.push({ type: what === "error parsing" ? "parse" : "decode", message });
    errors.set(Number(file), list);
  }
  return errors;
}
