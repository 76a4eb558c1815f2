import { expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { parse } from "yaml";
import { fairlead } from "../run-cli.ts";

const UNKNOWN = "<depends on the cluster>";

/** The families and addresses of the Service as `--show stored` prints it. */
async function stored(spec: JsonObject, ...args: readonly string[]): Promise<JsonObject> {
  const manifest = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { ports: [{ port: 80 }], ...spec },
  };
  const { stdout } = await fairlead(["check", "--no-config", "--show", "stored", ...args, "-"], {
    input: JSON.stringify(manifest),
  });
  const shown: unknown = parse(stdout);
  if (!isObject(shown) || !isObject(shown["spec"])) throw new Error(stdout);
  const { ipFamilies, clusterIPs, clusterIP } = shown["spec"];
  return { ipFamilies, clusterIPs, clusterIP };
}

it.each([
  { name: "nothing", spec: {}, ipFamilies: [UNKNOWN], clusterIPs: ["<allocated>"] },
  {
    name: "both families if there are two",
    spec: { ipFamilyPolicy: "PreferDualStack" },
    ipFamilies: [UNKNOWN],
    clusterIPs: ["<allocated>"],
  },
  {
    name: "both families",
    spec: { ipFamilyPolicy: "RequireDualStack" },
    ipFamilies: [UNKNOWN, UNKNOWN],
    clusterIPs: ["<allocated>", "<allocated>"],
  },
  {
    name: "a family",
    spec: { ipFamilies: ["IPv6"] },
    ipFamilies: ["IPv6"],
    clusterIPs: ["<allocated IPv6>"],
  },
  {
    name: "an address",
    spec: { clusterIP: "10.43.0.7" },
    ipFamilies: ["IPv4"],
    clusterIPs: ["10.43.0.7"],
  },
  {
    name: "an address, and both families if there are two",
    spec: { clusterIP: "10.43.0.7", ipFamilyPolicy: "PreferDualStack" },
    ipFamilies: ["IPv4", UNKNOWN],
    clusterIPs: ["10.43.0.7", "<allocated>"],
  },
  {
    name: "an address, and both families",
    spec: { clusterIP: "10.43.0.7", ipFamilyPolicy: "RequireDualStack" },
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.43.0.7", "<allocated IPv6>"],
  },
  { name: "None", spec: { clusterIP: "None" }, ipFamilies: [UNKNOWN, UNKNOWN], clusterIPs: ["None"] },
])(
  "with unknown ranges, only the families that follow from the manifest are shown: $name",
  async ({ spec, ipFamilies, clusterIPs }) => {
    expect(await stored(spec)).toEqual({ ipFamilies, clusterIPs, clusterIP: clusterIPs[0] });
  },
);

it("with known ranges, all families are shown", async () => {
  expect(await stored({}, "--cluster-profile", "ipv6")).toEqual({
    ipFamilies: ["IPv6"],
    clusterIPs: ["<allocated IPv6>"],
    clusterIP: "<allocated IPv6>",
  });
});

it("an ExternalName has none", async () => {
  const spec = { type: "ExternalName", externalName: "db.example.com" };
  expect(await stored(spec)).toEqual({ ipFamilies: undefined, clusterIPs: undefined, clusterIP: undefined });
});
