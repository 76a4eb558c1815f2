import type { AdmissionSettings } from "#src/admission/settings.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";

/** The settings of a webhook with these policies. */
export function settingsWith(policies: PolicySet): AdmissionSettings {
  return {
    policies,
    cluster: PROFILES.ipv4,
    version: { minor: 36 },
    ipFamilyPolicy: "server",
    validity: "warn",
    exempt: { namespaces: ["kube-system"], services: ["default/kubernetes"] },
    today: "2027-01-01",
    namespaceLabels: () => ({ tier: "gold" }),
  };
}
