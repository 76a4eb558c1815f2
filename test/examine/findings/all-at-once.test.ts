import { describe, expect, it } from "@jest/globals";
import { makeContext } from "#src/check/context/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";

const HEAD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

async function errorsOf(text: string): Promise<string[]> {
  const settings = { ...defaultSettings("2026-11-27"), cluster: PROFILES.ipv4 };
  const context = await makeContext({ settings, old: undefined, wantsServices: false });
  return [...examine(text, "a.yaml", context)].flatMap((event) =>
    event.type === "finding" && event.finding.severity === "error"
      ? [`${event.finding.rule} ${event.finding.field} ${event.finding.region.startLine}`]
      : [],
  );
}

describe("everything that is wrong is told at once", () => {
  it.each([
    {
      name: "behind a family that cannot be allocated",
      text: `${HEAD}spec:\n  ipFamilies: [IPv6]\n  ports: [{ port: 70000, targetPort: 80 }]\n  sessionAffinity: x\n`,
      found: [
        "family-not-in-cluster spec.ipFamilies[0] 5",
        "port-range spec.ports[0].port 6",
        "unsupported-value spec.sessionAffinity 7",
      ],
    },
    {
      name: "of each node port",
      text: `${HEAD}spec:\n  type: NodePort\n  ports:\n    - { name: a, port: 80, nodePort: 80 }\n    - { name: B, port: 81, nodePort: 81 }\n`,
      found: [
        "node-port-out-of-range spec.ports[0].nodePort 7",
        "node-port-out-of-range spec.ports[1].nodePort 8",
        "port-name-format spec.ports[1].name 8",
      ],
    },
    {
      name: "behind values of wrong types, which are judged as what they are meant as",
      text: `${HEAD}spec:\n  type: nodeport\n  ports:\n    - { port: "80", nodePort: "80", targetPort: a_b }\n`,
      found: [
        "wrong-type spec.ports[0].port 7",
        "wrong-type spec.ports[0].nodePort 7",
        "target-port-name spec.ports[0].targetPort 7",
        "unsupported-value spec.type 5",
      ],
    },
    {
      name: "behind a value that cannot be read",
      text: `${HEAD}spec:\n  ports: [{ port: {}, targetPort: a_b }]\n  sessionAffinity: x\n`,
      found: [
        "wrong-type spec.ports[0].port 5",
        "target-port-name spec.ports[0].targetPort 5",
        "unsupported-value spec.sessionAffinity 6",
      ],
    },
    {
      name: "but not what depends on such a value",
      text: `${HEAD}spec:\n  type: []\n  loadBalancerClass: x\n  ports: [{ port: 80, nodePort: 30080 }]\n`,
      found: ["wrong-type spec.type 5"],
    },
    {
      name: "behind a field in the wrong place, which is judged where it belongs",
      text: `${HEAD}type: NodePort\nspec:\n  ports: [{ port: 80, nodePort: 30080 }]\n  targetPort: a_b\n`,
      found: ["unknown-field type 4", "unknown-field spec.targetPort 7", "target-port-name spec.ports[0].targetPort 7"],
    },
    {
      name: "in what is not a Service yet",
      text: `${HEAD.replace("Service", "service")}spec:\n  ports: [{ port: 0 }]\n`,
      found: ["kind-unknown kind 2", "port-range spec.ports[0].port 5", "port-range spec.ports[0].targetPort 5"],
    },
    {
      name: "but no port is missed where the address means none",
      text: `${HEAD}spec:\n  clusterIP: none\n`,
      found: ["ip-format spec.clusterIPs[0] 5"],
    },
    {
      name: "and a missing name once",
      text: "apiVersion: v1\nkind: Service\nmetadata: {}\nspec:\n  ports: [{ port: 80, name: a_b }]\n",
      found: ["address-without-name spec.clusterIPs 3", "port-name-format spec.ports[0].name 5"],
    },
    {
      name: "of labels that are not indented",
      text: "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels:\n  app: a b\nspec: { ports: [{ port: 80 }] }\n",
      found: ["not-indented metadata.app 6", "label-value metadata.labels 6"],
    },
  ])("$name", async ({ text, found }) => {
    expect(await errorsOf(text)).toEqual(found);
  });
});
