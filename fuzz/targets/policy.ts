import { judge } from "#src/engine/judge.ts";
import { isObject } from "#src/field/json.ts";
import { type CompiledFiles, compileFiles } from "#src/policy/files/compile-files.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import type { Draws } from "../draws.ts";
import { drawPolicyText } from "../generators/policy.ts";
import { drawService } from "../generators/service.ts";
import { frozen } from "../invariants/frozen.ts";
import { checkObjectPrototype } from "../invariants/prototypes.ts";
import { inLinearTime } from "../invariants/time.ts";
import { Broken, type Target } from "../target.ts";

interface PolicyCase {
  readonly text: string;
  /** A Service to judge with the loaded policies. */
  readonly object: unknown;
  readonly isManifest: boolean;
}

type Load = (text: string) => CompiledFiles;

/** From a policy file to policies and a judgement. @param load the function under test; tests pass a broken one */
export function policyTarget(load: Load = (text) => compileFiles([{ file: "policy.yaml", text }])): Target<PolicyCase> {
  return {
    name: "policy",
    draw,
    isCase,
    runsOf: () => 1,
    check: (input) => {
      check(input, load);
    },
  };
}

function draw(draws: Draws): PolicyCase {
  return { text: drawPolicyText(draws), object: drawService(draws), isManifest: draws.oneIn(2) };
}

function isCase(value: unknown): value is PolicyCase {
  return (
    isObject(value) &&
    typeof value["text"] === "string" &&
    typeof value["isManifest"] === "boolean" &&
    "object" in value
  );
}

function check({ text, object, isManifest }: PolicyCase, load: Load): void {
  const bytes = Buffer.byteLength(text);
  const loaded = inLinearTime(bytes, () => load(text));
  checkObjectPrototype();
  const { problems, policies, documents, notes } = loaded;
  if (problems.length > 0) {
    checkProblems(loaded, text);
    return;
  }
  // A policy that is not about Services is passed over with a note.
  if (policies.size !== documents.length || policies.size + notes.length === 0)
    throw new Broken("whole or not at all", `${policies.size} policies`);
  const user = isManifest ? {} : { user: { name: "jo", groups: ["developers"] } };
  const request = {
    object: frozen(object),
    dryRun: false,
    fieldValidation: "Ignore",
    cluster: PROFILES.dual,
    version: { minor: 36 },
    ipFamilyPolicy: "server",
    policies,
    facts: { namespace: "team-a", namespaceLabels: { team: "a" }, today: "2026-11-24", ...user },
  } as const;
  const size = bytes + JSON.stringify(object).length;
  const created = inLinearTime(size, () => judge({ ...request, operation: "create" }));
  if (created.stored !== undefined) {
    judge({ ...request, operation: "update", oldObject: created.stored });
    judge({ ...request, operation: "delete", oldObject: created.stored });
  }
  checkObjectPrototype();
  for (const { message, rule } of created.policy.findings.slice(0, 20)) {
    if (message === "") throw new Broken("a sentence for each finding", rule);
  }
}

/** An invalid file is refused as a whole, and each problem has a position in the text. */
function checkProblems({ problems, policies }: CompiledFiles, text: string): void {
  if (policies.size > 0) throw new Broken("whole or not at all", `${policies.size} policies beside problems`);
  const lines = text.split("\n").length;
  for (const { line, column, message } of problems.slice(0, 20)) {
    if (message === "" || line < 1 || column < 1 || line > Math.max(lines, text.split(/\r\n?|\n/).length)) {
      throw new Broken("a place for each problem", `line ${line}, column ${column}: ${JSON.stringify(message)}`);
    }
  }
}
