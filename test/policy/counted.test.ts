import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { readReviewFile } from "../reviews/reviews.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";
import { policies } from "./support.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    policies: policies(
      {
        exempt: [{ names: ["shop"], rules: ["named-ports"], reason: "moving" }],
        defaults: { labels: { team: "a" }, ipFamilyPolicy: "RequireDualStack" },
        rules: [
          { rule: "named-ports", parameters: { pattern: "x" } },
          { rule: "allowed-types", parameters: { types: ["ClusterIP"] } },
          { rule: "source-ranges-required", action: "warn" },
          { rule: "load-balancer-class-missing", action: "audit" },
        ],
      },
      { defaults: { labels: { team: "b" } } },
    ),
    facts: { current: () => ({ profile: PROFILES.ipv4, version: { minor: 36 } }) },
  });
});
afterAll(() => server.stop());

async function annotations(path: string, file: string) {
  const { text } = await server.post(path, readReviewFile(file).review);
  return checkedReply(JSON.parse(text)).auditAnnotations;
}

it("each phase audits, logs and counts what is its own, so that nothing is counted twice", async () => {
  const create = "create-main-kubectl-client-side-apply-shop";
  expect(await annotations("/mutate", `${create}-mutating.json`)).toEqual({
    defaults: "/metadata/labels/team, /spec/ipFamilyPolicy",
    policies: "a",
    skipped: expect.stringMatching(
      /^b metadata\.labels\[team\]: the policy a comes first by name .*, a spec\.ipFamilyPolicy: the API server would refuse it: /,
    ),
  });
  expect(await annotations("/validate/deny", `${create}-validating.json`)).toEqual({
    rules: "a/allowed-types=deny",
    suppressed: "a/named-ports: moving",
  });
  expect(await annotations("/validate/warn", `${create}-validating.json`)).toEqual({
    rules: "a/source-ranges-required=warn, a/load-balancer-class-missing=audit",
  });

  const { text } = await server.get("/metrics");
  const counts = text.split("\n").filter((line) => /^fairlead_(findings|exemptions)_total\{/.test(line));
  expect(counts.sort()).toEqual([
    'fairlead_exemptions_total{by="policy"} 2',
    'fairlead_findings_total{rule="allowed-types",policy="a",action="deny"} 1',
    'fairlead_findings_total{rule="load-balancer-class-missing",policy="a",action="audit"} 1',
    'fairlead_findings_total{rule="named-ports",policy="a",action="suppressed"} 2',
    'fairlead_findings_total{rule="source-ranges-required",policy="a",action="warn"} 1',
  ]);
  const lines = server.logged.map((line): unknown => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({
      phase: "mutate",
      skipped: [expect.stringContaining("b metadata.labels[team]"), expect.anything()],
    }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({
      phase: "deny",
      policies: ["a/named-ports=suppressed", "a/named-ports=suppressed", "a/allowed-types=deny"],
    }),
  );
});
