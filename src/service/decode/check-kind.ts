import { isObject, Path, valueAt } from "../../field/index.ts";
import type { Finding } from "../findings/index.ts";
import type { Service, ServiceSpec } from "../schema/index.ts";

// The core group has an empty name: the server reads `/v1` as `v1`.
const VERSION = { field: "apiVersion", anyCase: /^apiversion$/iu, want: "v1", means: /^\/?v1$/ } as const;
const NAME = { field: "kind", anyCase: /^kind$/iu, want: "Service", means: /^Service$/ } as const;
const KIND = [VERSION, NAME];

/**
 * Whether a Service without fields of other names needs no {@link checkKind}: `apiVersion` and `kind` are absent or what
 * they are by default.
 */
export function hasPlainKind({ apiVersion, kind }: Service): boolean {
  return (apiVersion === undefined || apiVersion === VERSION.want) && (kind === undefined || kind === NAME.want);
}

/** The Service with `apiVersion` and `kind`, and with its fields in the same order as every other one. */
export function withKind({ metadata, status }: Service, spec: ServiceSpec): Service {
  return { apiVersion: VERSION.want, kind: NAME.want, metadata, spec, status };
}

/**
 * Checks `apiVersion` and `kind`: an absent one is taken from the endpoint, a wrong one is refused. The server looks for
 * these two fields case-insensitively, before it reads the rest, and takes the last match.
 * @param manifest the object before it is decoded
 */
export function checkKind(manifest: unknown): Finding[] {
  const problems: Finding[] = [];
  const names = Object.keys(isObject(manifest) ? manifest : {});
  for (const { field, anyCase, want, means } of KIND) {
    let wrong: string | undefined;
    for (const name of names) {
      if (name !== field && !(name.length === field.length && anyCase.test(name))) continue;
      const found = valueAt(manifest, [name]);
      if (typeof found === "string") wrong = found === "" || means.test(found) ? undefined : name;
      else if (found !== null && found !== undefined) problems.push(wrongKindAt(name, found, want));
    }
    if (wrong !== undefined) problems.push(wrongKindAt(wrong, valueAt(manifest, [wrong]), want));
  }
  return problems;
}

function wrongKindAt(name: string, found: unknown, want: string): Finding {
  return { code: "wrong-kind", path: Path.root.child(name), found, facts: { want } };
}
