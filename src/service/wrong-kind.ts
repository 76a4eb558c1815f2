import { isObject, valueAt } from "../field/json.ts";
import { Path } from "../field/path.ts";
import type { Finding } from "./finding.ts";
import type { Service } from "./types.ts";

const KIND = [
  { field: "apiVersion", anyCase: /^apiversion$/iu, want: "v1" },
  { field: "kind", anyCase: /^kind$/iu, want: "Service" },
] as const;

/**
 * An absent `apiVersion` or `kind` is taken from the endpoint; another one is refused. Before it reads the rest, the
 * server looks for the two in any case, and takes the last that it finds.
 */
export function wrongKind(service: Service, given: unknown): Finding[] {
  const problems: Finding[] = [];
  const names = Object.keys(isObject(given) ? given : {});
  for (const { field, anyCase, want } of KIND) {
    let wrong: string | undefined;
    for (const name of names) {
      if (name !== field && !(name.length === field.length && anyCase.test(name))) continue;
      const found = valueAt(given, [name]);
      if (typeof found === "string") wrong = found === "" || found === want ? undefined : name;
      else if (found !== null && found !== undefined) problems.push(wrongKindAt(name, found, want));
    }
    if (wrong !== undefined) problems.push(wrongKindAt(wrong, valueAt(given, [wrong]), want));
    service[field] = want;
  }
  return problems;
}

function wrongKindAt(name: string, found: unknown, want: string): Finding {
  return { code: "wrong-kind", path: Path.root.child(name), found, facts: { want } };
}
