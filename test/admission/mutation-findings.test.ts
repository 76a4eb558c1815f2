import { describe, expect, it } from "@jest/globals";
import type { Phase } from "#src/admission/settings.ts";
import type { JsonObject } from "#src/field/json.ts";
import { admissionSet, bindingOf, mutatingPolicy } from "../policy/admission-policies/documents.ts";
import { answerReview, defaulted } from "./answer-review.ts";

/** A policy whose only mutation is a JSON patch. */
function setOf(jsonPatch: string, spec: JsonObject = {}) {
  const policy = mutatingPolicy("map", [{ jsonPatch }], spec);
  return admissionSet(policy, bindingOf(policy, "map"));
}

const FAILING = setOf(`[JSONPatch{op: "remove", path: "/spec/nothing"}]`);
const UNKNOWN = setOf(`[JSONPatch{op: "add", path: "/metadata/labels", value: namespaceObject.metadata.annotations}]`);
const UID = { uid: "8f6c1f0e-0000-0000-0000-000000000000" };

describe("what MutatingAdmissionPolicies have to say, by phase", () => {
  it.each<{ phase: Phase; does: string; object: JsonObject; allowed: boolean }>([
    { phase: "mutate", does: "denies", object: defaulted(), allowed: false },
    // A review that no API server has sent: nothing has been mutated yet.
    { phase: "validate", does: "denies", object: defaulted(), allowed: false },
    { phase: "deny", does: "denies", object: defaulted(), allowed: false },
    { phase: "warn", does: "leaves it to the other half", object: defaulted(), allowed: true },
    { phase: "validate", does: "sees an object that has been mutated", object: defaulted({}, UID), allowed: true },
  ])("/$phase $does", ({ phase, object, allowed }) => {
    const { response } = answerReview(phase, { object }, { policies: FAILING });
    expect(response.allowed).toBe(allowed);
    expect(response.warnings ?? []).toEqual([]);
    if (!allowed) expect(response.status?.message).toContain("JSON Patch: error in remove for path: '/spec/nothing'");
  });

  it.each<{ phase: Phase; warns: boolean }>([
    { phase: "mutate", warns: true },
    { phase: "deny", warns: false },
    { phase: "warn", warns: true },
  ])("/$phase and what cannot be told", ({ phase, warns }) => {
    const { response } = answerReview(phase, { object: defaulted() }, { policies: UNKNOWN });
    expect(response.allowed).toBe(true);
    expect(response.warnings ?? []).toHaveLength(warns ? 1 : 0);
  });
});
