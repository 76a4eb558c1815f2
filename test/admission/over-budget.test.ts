import { expect, test } from "@jest/globals";
import type { Phase } from "#src/admission/settings.ts";
import { type Checkpoint, TimeBudgetExceeded } from "#src/field/budget.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { answerReview, type ReviewInput, service } from "./answer-review.ts";

const POLICIES = policiesOf({
  defaults: { type: "NodePort", labels: { team: "a" } },
  rules: [{ rule: "external-ips" }, { rule: "named-ports", action: "warn" }],
});

const LARGE = service(
  {
    ports: Array.from({ length: 600 }, (_, i) => ({ port: i + 1, name: `p${i}` })),
    externalIPs: Array.from({ length: 600 }, (_, i) => `192.0.${i >> 8}.${i & 255}`),
  },
  {
    ownerReferences: Array.from({ length: 600 }, (_, i) => ({
      apiVersion: "v1",
      kind: "Pod",
      name: `o${i}`,
      uid: "u",
    })),
  },
);

const INPUTS: readonly ReviewInput[] = [
  { object: LARGE },
  { operation: "UPDATE", object: LARGE, oldObject: LARGE },
  { operation: "UPDATE", object: LARGE, oldObject: LARGE, rest: { subResource: "status" } },
  { operation: "DELETE", oldObject: LARGE },
];

const CASES = INPUTS.flatMap((input) =>
  (["mutate", "validate", "deny", "warn"] as const satisfies readonly Phase[]).flatMap((phase) =>
    [POLICIES, NO_POLICIES].map((policies) => ({
      input,
      phase,
      policies,
      what: `${input.operation ?? "CREATE"}${input.rest === undefined ? "" : " of the status"}`,
      under: policies.size > 0 ? "policies" : "no policy",
    })),
  ),
);

test.each(CASES)(
  "$phase of $what under $under: whenever the time is up, it is answered",
  ({ input, phase, policies }) => {
    const calls = callsOf((checkpoint) => answerReview(phase, input, { policies, checkpoint }));
    for (const nth of someOf(calls)) {
      const { status, response, facts } = answerReview(phase, input, { policies, checkpoint: endingAt(nth) });
      expect(status).toBe(200);
      expect(facts).toMatchObject({ decision: "unjudged", reason: "the judgement took longer than it may" });
      const decides = (phase === "validate" || phase === "deny") && policies.size > 0;
      expect(response.allowed).toBe(!decides);
      if (decides)
        expect(response.status).toMatchObject({ code: 403, message: expect.stringContaining("was not judged") });
      else expect(response.warnings).toEqual([expect.stringContaining("was not judged")]);
    }
  },
);

test("a name of any length makes no long answer", () => {
  const input = { object: LARGE, rest: { name: "n".repeat(1_000_000) } };
  const { response } = answerReview("validate", input, { policies: POLICIES, checkpoint: endingAt(1) });
  expect(response.allowed).toBe(false);
  expect(JSON.stringify(response).length).toBeLessThan(2000);
});

test("a large object is looked at from time to time, whatever is asked", () => {
  expect(callsOf((checkpoint) => answerReview("validate", { object: LARGE }, { checkpoint }))).toBeGreaterThan(10);
});

test("an error of another kind is no matter of time", () => {
  const checkpoint = (): void => {
    throw new TypeError("a bug");
  };
  expect(() => answerReview("validate", { object: LARGE }, { checkpoint })).toThrow("a bug");
});

function policiesOf(spec: object): PolicySet {
  const document = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "all" }, spec };
  const reading = readPolicy(document);
  if ("problems" in reading) throw new Error(reading.problems.map(({ message }) => message).join());
  return compilePolicies([reading.policy]);
}

function callsOf(asking: (checkpoint: Checkpoint) => unknown): number {
  let calls = 0;
  asking(() => calls++);
  return calls;
}

function endingAt(nth: number): Checkpoint {
  let calls = 0;
  return () => {
    if (++calls === nth) throw new TimeBudgetExceeded();
  };
}

/** Each of the first and the last calls, and some in between. */
function someOf(calls: number): readonly number[] {
  const all = Array.from({ length: calls }, (_, i) => i + 1);
  return all.filter((nth) => nth <= 20 || nth > calls - 20 || nth % 37 === 0);
}
