import { expect, it } from "@jest/globals";
import { completeState, decodeState, encodeState, FIRST_STATE, type PlaygroundState } from "#playground/state/index.ts";

/** A case in which nothing is as usual. */
const UNUSUAL: PlaygroundState = {
  manifest: "kind: Service # ä €",
  before: "kind: Service",
  policy: "kind: ServicePolicy",
  policySet: "restricted",
  version: "openshift 4.20",
  profile: "dual",
  serviceCIDR: "10.0.0.0/16",
  nodePortRange: "30000-30100",
  externalIPs: "none",
  namespace: "shop",
  isComplete: true,
  operation: "create",
  apply: "replace",
  fieldValidation: "warn",
  dryRun: true,
};

it.each([
  { name: "the first case", state: FIRST_STATE },
  { name: "an unusual case", state: UNUSUAL },
])("a link keeps all of $name", async ({ state }) => {
  expect(await decodeState((await encodeState(state)) ?? "")).toEqual(state);
});

it("a link says nothing of what is as usual, and uses what is given", async () => {
  const whole = completeState({ manifest: "a", before: "b", policy: "c" });
  expect(whole).toMatchObject({ policySet: "own", operation: "update", namespace: "default", isComplete: false });
  expect((await encodeState({ manifest: "a" }))?.length).toBeLessThan(30);
});

it.each(["", "AAAA", "not base64!"])("%j is no case", async (text) => {
  const state = await decodeState(text);
  expect([undefined, completeState({})]).toContainEqual(state);
});

it("has no link for what no link could carry", async () => {
  expect(await encodeState({ manifest: "a".repeat(1_900_000) })).toBeDefined();
  expect(await encodeState({ manifest: "a".repeat(2_100_000) })).toBeUndefined();
});
