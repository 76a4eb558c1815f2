import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdmissionSettings } from "#src/admission/settings.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import { readPolicy } from "#src/policy/compile/validate.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { SETTINGS } from "../test/admission/answer-review.ts";
import { LOAD_BALANCER_DEFAULTS } from "../test/policy/support.ts";

/** Named settings that input is judged with: clusters, versions, and policies of each kind. */
interface Situation {
  readonly name: string;
  readonly settings: AdmissionSettings;
}

const ALL_DEFAULTS = {
  undetermined: "fill",
  allowAnnotation: true,
  defaults: {
    ...LOAD_BALANCER_DEFAULTS,
    type: "NodePort",
    timeoutSeconds: 60,
    ports: [
      { name: "web*", appProtocol: "http" },
      { port: 443, protocol: "TCP", appProtocol: "https" },
    ],
  },
  rules: [
    { rule: "external-ips" },
    { rule: "named-ports", action: "warn" },
    { rule: "required-labels", parameters: { labels: [{ key: "team" }] } },
  ],
};

const SITUATIONS: readonly Situation[] = [
  situation("plain", {}),
  situation("warn", { validity: "warn" }),
  situation("ipv4", { cluster: PROFILES.ipv4, version: { minor: 33 }, ipFamilyPolicy: "PreferDualStack" }),
  situation("ipv6", { cluster: PROFILES.ipv6, ipFamilyPolicy: "RequireDualStack" }),
  ...["baseline", "restricted", "advice", "consistency", "dual-stack"].map((name) =>
    situation(name, { policies: builtInSet(name) }),
  ),
  situation("restricted-warn", { policies: builtInSet("restricted"), validity: "warn" }),
  situation("defaults", { policies: own(ALL_DEFAULTS) }),
  situation("defaults-kept", { policies: own({ ...ALL_DEFAULTS, undetermined: "keep" }) }),
];

const byName = new Map(SITUATIONS.map((one) => [one.name, one]));

export const SITUATION_NAMES: readonly string[] = SITUATIONS.map(({ name }) => name);

export function isSituation(name: unknown): name is string {
  return typeof name === "string" && byName.has(name);
}

/** @throws RangeError for an unknown name */
export function situationNamed(name: string): Situation {
  const found = byName.get(name);
  if (found === undefined) throw new RangeError(`no situation ${name}`);
  return found;
}

function situation(name: string, settings: Partial<AdmissionSettings>): Situation {
  return { name, settings: { ...SETTINGS, ...settings } };
}

function builtInSet(name: string): PolicySet {
  const file = join(import.meta.dirname, "..", "policies", `${name}.yaml`);
  const { policies, problems } = compileFiles([{ file, text: readFileSync(file, "utf8") }]);
  if (problems.length > 0) throw new Error(`${file}: ${problems.map(({ message }) => message).join("; ")}`);
  return policies;
}

function own(spec: object): PolicySet {
  const reading = readPolicy({
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "own" },
    spec,
  });
  if ("problems" in reading) throw new Error(reading.problems.map(({ message }) => message).join("; "));
  return compilePolicies([reading.policy]);
}
