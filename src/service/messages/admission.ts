import { type Message, oneOf, valueText } from "./message.ts";

const WHO_MAY = "or have it applied by a user who may create service/externalips in network.openshift.io";

/** What admission plugins of the API server refuse, with the code 403. */
export const ADMISSION_MESSAGES = {
  "external-ips-disabled": {
    reason: "FieldValueForbidden",
    status: 403,
    title: "external IPs are set where OpenShift's policy allows none",
    message: ({ found }) =>
      `externalIPs is ${valueText(found)}, but the cluster's externalIP policy allows no external IPs`,
    fix: () => `leave externalIPs out, ${WHO_MAY}`,
  },
  "external-ip-not-allowed": {
    reason: "FieldValueForbidden",
    status: 403,
    title: "an external IP is not among those that OpenShift's policy allows",
    message: ({ found, facts }) => {
      if (facts?.other !== undefined) {
        return `the external IP ${valueText(found)} is in ${facts.other}, which the cluster's externalIP policy rejects`;
      }
      return facts?.allowed === undefined
        ? `the external IP ${valueText(found)} is no address: the cluster's externalIP policy refuses it`
        : `the external IP ${valueText(found)} is not allowed by the cluster's externalIP policy, only those in ${oneOf(facts.allowed)}`;
    },
    fix: () => `use an address that the policy allows, ${WHO_MAY}`,
  },
} as const satisfies Record<string, Message>;
