import { describe, expect, it } from "@jest/globals";
import { clusterStateOf, loadConfig } from "#src/serve/config/load.ts";
import { policies } from "#test/policy/support.ts";
import { answerReview, defaulted } from "./answer-review.ts";

/** The profile of a server that was told no ranges, before it has looked them up or if it may not. */
const cluster = clusterStateOf(loadConfig({ flags: {}, environment: {} })).profile;

const uid = "5f0c1d3e-0000-0000-0000-000000000000";
const ALLOCATED = {
  clusterIP: "172.20.1.1",
  clusterIPs: ["172.20.1.1"],
  ipFamilies: ["IPv4"],
  ipFamilyPolicy: "SingleStack",
};

describe("a webhook that does not know the ranges of its cluster", () => {
  it.each([
    { name: "an address", spec: { clusterIP: "172.20.1.1" } },
    { name: "an address of the other family", spec: { clusterIP: "fd00:1::1" } },
    { name: "two families", spec: { ipFamilyPolicy: "RequireDualStack" } },
    { name: "a family", spec: { ipFamilies: ["IPv6"] } },
    { name: "nothing of these", spec: {} },
  ])("neither warns of $name nor fills in what depends on them", ({ spec }) => {
    const { response, patch } = answerReview("mutate", { object: defaulted(spec) }, { cluster });
    expect(response.warnings).toBeUndefined();
    const paths = JSON.stringify(patch);
    expect(paths).not.toContain("ipFamilies");
    expect(paths).not.toContain("clusterIP");
  });

  it("refuses nothing that the API server has allocated", () => {
    const { response } = answerReview("validate", { object: defaulted(ALLOCATED, { uid }) }, { cluster });
    expect(response).toMatchObject({ allowed: true });
    expect(response.warnings).toBeUndefined();
  });

  it("does not take a Service for one that leaves out a family of the cluster", () => {
    const set = policies({ rules: [{ rule: "single-stack-by-omission", action: "deny" }] });
    const { response } = answerReview(
      "validate",
      { object: defaulted(ALLOCATED, { uid }) },
      { cluster, policies: set },
    );
    expect(response).toMatchObject({ allowed: true });
  });
});
