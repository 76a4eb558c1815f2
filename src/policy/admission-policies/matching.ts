import { compileSelector } from "../../inventory/model/index.ts";
import { type MatchSubject, OPERATION_NAMES } from "../match/index.ts";
import type { Operation } from "../model/index.ts";
import type { MatchResources, ResourceRule } from "../schema/index.ts";

/** A request, as the resource rules of admission policies look at it. */
export interface ResourceRequest {
  readonly operation: MatchSubject["operation"];
  readonly subResource: "" | "status";
  /** The name in the request; undefined if the server is to choose it. */
  readonly name: string | undefined;
  readonly namespaceLabels: MatchSubject["labels"];
  /** The labels of the object and of the old object: a selector may match either. */
  readonly labels: readonly MatchSubject["labels"][];
}

const RESOURCE = "services";

/**
 * Returns a function that says whether a policy or a binding is about a write of a Service. Source: the matcher of the API
 * server's admission policies; other versions of a resource (`matchPolicy`) do not matter, as Services have one version only.
 */
export function compileMatchResources(match: MatchResources): (request: ResourceRequest) => boolean {
  const { namespaceSelector, objectSelector, resourceRules, excludeResourceRules } = match;
  const selectsNamespace = compileSelector(namespaceSelector);
  const selectsObject = compileSelector(objectSelector);
  return (request) =>
    selectsNamespace(request.namespaceLabels) &&
    request.labels.some(selectsObject) &&
    !excludeResourceRules.some((rule) => isAbout(rule, request)) &&
    (resourceRules.length === 0 || resourceRules.some((rule) => isAbout(rule, request)));
}

/** Whether there is any write of a Service that the policy is about. */
export function concernsServices(match: MatchResources): boolean {
  return OPERATIONS.some((operation) => isPossible(match, operation));
}

/** Whether there is any such write that the policy is about. */
export function looksAtOperation(
  { spec: { matchConstraints } }: { readonly spec: { readonly matchConstraints: MatchResources } },
  operation: Operation,
): boolean {
  return isPossible(matchConstraints, operation);
}

const OPERATIONS = ["create", "update", "status", "delete"] as const satisfies readonly Operation[];

function isPossible({ resourceRules, excludeResourceRules }: MatchResources, operation: Operation): boolean {
  const request = {
    operation: OPERATION_NAMES[operation],
    subResource: operation === "status" ? "status" : "",
    name: undefined,
    namespaceLabels: {},
    labels: [],
  } as const;
  const ofAnyName = (rule: ResourceRule): boolean => isAbout({ ...rule, resourceNames: [] }, request);
  const excluding = excludeResourceRules.filter(({ resourceNames = [] }) => resourceNames.length === 0);
  return resourceRules.some(ofAnyName) && !excluding.some(ofAnyName);
}

function isAbout(rule: ResourceRule, { operation, subResource, name }: ResourceRequest): boolean {
  const { apiGroups = [], apiVersions = [], operations = [], resources = [], resourceNames = [], scope } = rule;
  return (
    scope !== "Cluster" &&
    (apiGroups.includes("*") || apiGroups.includes("")) &&
    (apiVersions.includes("*") || apiVersions.includes("v1")) &&
    operations.some((one) => one === "*" || one === operation) &&
    resources.some((resource) => matchesResource(resource, subResource)) &&
    (resourceNames.length === 0 || resourceNames.includes(name ?? ""))
  );
}

function matchesResource(text: string, subResource: string): boolean {
  const [resource = "", own = ""] = text.split("/", 2);
  return (resource === "*" || resource === RESOURCE) && (own === "*" || own === subResource);
}
