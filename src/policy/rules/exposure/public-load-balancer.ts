import {
  EXTERNAL_CLASSES,
  INTERNAL_ANNOTATIONS,
  INTERNAL_CLASSES,
  PUBLIC_ANNOTATIONS,
} from "../../annotations/index.ts";
import { and, isOneOf, not, or, quoted, TRUE } from "../../in-cel/index.ts";
import { listOf, mapOf, text, withDefault } from "../../schema/index.ts";
import { defineRule, isLoadBalancer, ownValue, SOURCE_RANGES } from "../kit/index.ts";
import { LIMITS_SOURCES, limitsSources, RANGE_VARIABLES, SOURCE_RANGES_FIELD } from "./source-ranges.ts";

/** The annotation that replaces an older one. */
const REPLACED_BY: ReadonlyMap<string, string | undefined> = new Map(
  INTERNAL_ANNOTATIONS.map(({ key, replacedBy }) => [key, replacedBy]),
);

/** The annotations that decide in place of a class. */
const UNLESS: ReadonlyMap<string, readonly string[] | undefined> = new Map(
  INTERNAL_CLASSES.map(({ name, unless }) => [name, unless]),
);

const NO = /^(|0|f|false|n|no|off)$/i;

export const publicLoadBalancer = defineRule({
  meta: {
    id: "public-load-balancer",
    title: "A load balancer is not open to the internet by omission",
    fault: "a load balancer may be open to the internet",
    why: "On most clouds a load balancer faces the internet unless an annotation says otherwise, and admits everyone unless source ranges say otherwise.",
    group: "advice",
    types: ["LoadBalancer"],
    inStatus: ["annotations"],
  },
  parameters: {
    internal: withDefault(
      mapOf(
        "annotations that make a load balancer internal, with the value that the cloud expects: alternatives separated by |, or * for any value but a no",
        text("the value"),
      ),
      Object.fromEntries(INTERNAL_ANNOTATIONS.map(({ key, values }) => [key, values])),
    ),
    internalClasses: withDefault(
      listOf("classes whose load balancers are internal unless an annotation says otherwise", text("a class")),
      INTERNAL_CLASSES.map(({ name }) => name),
    ),
  },
  messages: {
    open: {
      text: "the load balancer may be open to the internet: no range limits it, and it is not internal",
      fix: "set source ranges narrower than the whole internet, or the cloud's annotation for internal load balancers",
    },
  },
  check: ({ internal, internalClasses }) => {
    const classes = new Set(internalClasses);
    const indicators = new Map(Object.entries(internal).map(([key, accepted]) => [key, compileYes(accepted)]));
    return (service) => {
      if (!isLoadBalancer(service) || limitsSources(service)) return [];
      const { loadBalancerClass } = service.spec;
      const valueOf = (key: string) => ownValue(service.metadata.annotations, key);
      const isInternalClass = (name: string) =>
        classes.has(name) && (UNLESS.get(name) ?? []).every((key) => valueOf(key) === undefined);
      const isInternalBy = ([key, value]: readonly [string, string]): boolean => {
        const newer = REPLACED_BY.get(key);
        return indicators.get(key)?.(value) === true && (newer === undefined || valueOf(newer) === undefined);
      };
      const annotations = Object.entries(service.metadata.annotations ?? {});
      const isPublic =
        (loadBalancerClass !== undefined && EXTERNAL_CLASSES.includes(loadBalancerClass)) ||
        annotations.some(([key, value]) => PUBLIC_ANNOTATIONS.get(key) === value);
      const isInternal =
        !isPublic &&
        ((loadBalancerClass !== undefined && isInternalClass(loadBalancerClass)) || annotations.some(isInternalBy));
      return isInternal ? [] : [{ says: "open", path: SOURCE_RANGES_FIELD }];
    };
  },
  cel: ({ internal, internalClasses }) => {
    const isPresent = (key: string) => `${quoted(key)} in variables.annotations`;
    const valueOf = (key: string) => `variables.annotations[${quoted(key)}]`;
    const isOfClass = (names: readonly string[]) => isOneOf('object.spec.?loadBalancerClass.orValue("")', names);
    const indicators = Object.entries(internal).map(([key, accepted]) => {
      const newer = REPLACED_BY.get(key);
      const isYes =
        accepted === "*"
          ? `!${valueOf(key)}.trim().matches(${quoted(`(?i)${NO.source}`)})`
          : isOneOf(valueOf(key), accepted.split("|"));
      return and(isPresent(key), isYes, newer === undefined ? TRUE : not(isPresent(newer)));
    });
    const classes = internalClasses.map((name) =>
      and(isOfClass([name]), ...(UNLESS.get(name) ?? []).map((key) => not(isPresent(key)))),
    );
    const isPublic = or(
      isOfClass(EXTERNAL_CLASSES),
      ...Array.from(PUBLIC_ANNOTATIONS, ([key, value]) => and(isPresent(key), isOneOf(valueOf(key), [value]))),
    );
    return [
      {
        says: "open",
        where: and(
          'variables.type == "LoadBalancer"',
          not(LIMITS_SOURCES),
          or(isPublic, not(or(...classes, ...indicators))),
        ),
        path: "spec.loadBalancerSourceRanges",
        variables: RANGE_VARIABLES,
      },
    ];
  },
  examples: {
    good: [
      { name: "with source ranges", spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] } },
      {
        name: "an internal load balancer",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
        spec: { type: "LoadBalancer" },
      },
      {
        name: "a class that is internal by default",
        spec: { type: "LoadBalancer", loadBalancerClass: "networking.gke.io/l4-regional-internal" },
      },
    ],
    bad: [
      {
        name: "a source range that lets everyone in",
        spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "a class that is internal by default, made public",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "a class that is internal by default, made public by the older annotation",
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "false" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "an annotation that the class overrules",
        metadata: { annotations: { "networking.gke.io/load-balancer-type": "Internal" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "networking.gke.io/l4-regional-external" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "neither ranges nor an annotation",
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "an annotation for source ranges that is blank",
        metadata: { annotations: { [SOURCE_RANGES]: " " } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "an older annotation that the newer one overrules",
        metadata: {
          annotations: {
            "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
          },
        },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
      {
        name: "explicitly not internal",
        metadata: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "false" } },
        spec: { type: "LoadBalancer" },
        finds: ["spec.loadBalancerSourceRanges"],
      },
    ],
  },
});

function compileYes(accepted: string): (value: string) => boolean {
  if (accepted === "*") return (value) => !NO.test(value.trim());
  const values = new Set(accepted.split("|"));
  return (value) => values.has(value);
}
