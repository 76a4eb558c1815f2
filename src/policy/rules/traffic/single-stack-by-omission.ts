import { cidrFamily, parseCIDR } from "../../../net/index.ts";
import type { ClusterProfile } from "../../../service/cluster/index.ts";
import { and, isWritten, not } from "../../in-cel/index.ts";
import { defineRule, isExternalName, SPEC } from "../kit/index.ts";

/** The fields by which an author chooses the families. */
const CHOICES = ["ipFamilyPolicy", "ipFamilies", "clusterIPs", "clusterIP"];

export const singleStackByOmission = defineRule({
  meta: {
    id: "single-stack-by-omission",
    title: "On a dual-stack cluster, a Service sets its families",
    fault: "a Service has one IP family only because none is set",
    why:
      "If nothing is set, a Service gets one family, the cluster's primary one, and its first family can never change: " +
      "clients of the other family do not reach it.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    operations: ["create"],
  },
  parameters: {},
  messages: {
    omitted: {
      text: "the cluster has two address families, and the Service gets only the primary one",
      fix: "set spec.ipFamilyPolicy to PreferDualStack, or to SingleStack if you want one family",
    },
  },
  check:
    () =>
    (service, { cluster, isWritten }) => {
      if (isExternalName(service) || familiesOf(cluster) < 2) return [];
      const { ipFamilyPolicy = "SingleStack" } = service.spec;
      const isChosen = CHOICES.some((field) => isWritten(SPEC.child(field)));
      return isChosen || ipFamilyPolicy !== "SingleStack"
        ? []
        : [{ says: "omitted", path: SPEC.child("ipFamilyPolicy") }];
    },
  cel: (_, cluster) => {
    if (cluster.areRangesUnknown === true) {
      return {
        cannot: "the address families of the cluster are not known: give a profile of the cluster (--cluster-profile)",
      };
    }
    if (familiesOf(cluster) < 2) return [];
    return [
      {
        says: "omitted",
        where: and(
          'variables.type != "ExternalName"',
          'object.spec.?ipFamilyPolicy.orValue("SingleStack") == "SingleStack"',
          ...CHOICES.map((field) => not(and(`has(object.spec.${field})`, isWritten(field)))),
        ),
        path: "spec.ipFamilyPolicy",
      },
    ];
  },
  examples: {
    good: [
      { name: "both families", cluster: "dual", spec: { ipFamilyPolicy: "PreferDualStack" } },
      { name: "explicitly one family", cluster: "dual", spec: { ipFamilyPolicy: "SingleStack" } },
      { name: "a cluster with one family", cluster: "ipv4" },
    ],
    bad: [{ name: "no field about families", cluster: "dual", finds: ["spec.ipFamilyPolicy"] }],
  },
});

/** How many families the cluster is known to have. */
function familiesOf({ serviceCIDRs, areRangesUnknown }: ClusterProfile): number {
  if (areRangesUnknown === true) return 0;
  const ranges = serviceCIDRs.map(parseCIDR).filter((range) => range !== undefined);
  return new Set(ranges.map(cidrFamily)).size;
}
