import { and, matchesGlobs, not, USER_NAME } from "../../in-cel/index.ts";
import { compileGlobs } from "../../match/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { CLEANUP_CONTROLLERS, defineRule, LABELS } from "../kit/index.ts";
import { celOfProtection, compileProtection, protection } from "./protection.ts";

export const deletionProtection = defineRule({
  meta: {
    id: "deletion-protection",
    title: "Marked Services are not deleted",
    fault: "a protected Service is deleted",
    why: "A deleted Service loses its addresses: a new Service with the same name gets other ones, while DNS, firewalls and partners still use the old ones.",
    group: "team",
    operations: ["delete"],
  },
  parameters: {
    ...protection,
    controllers: withDefault(
      listOf(
        "the cluster's own controllers that may delete it nevertheless: otherwise the deletion of a namespace never completes",
        text("a user name, with * and ?", { format: "user-glob" }),
      ),
      CLEANUP_CONTROLLERS,
    ),
  },
  messages: {
    protected: {
      text: "the Service {name} is protected from deletion by the label {label}",
      fix: "remove the label first",
    },
  },
  check: (parameters) => {
    const isProtected = compileProtection(parameters);
    const { label, value } = parameters;
    const isController = compileGlobs(parameters.controllers);
    return (service, { facts }) =>
      !isProtected(service, facts) || (facts.user !== undefined && isController(facts.user.name))
        ? []
        : [{ says: "protected", path: LABELS.key(label), found: value, facts: { label } }];
  },
  cel: (parameters) => [
    {
      says: "protected",
      where: and(celOfProtection(parameters), not(matchesGlobs(USER_NAME, parameters.controllers))),
      path: `metadata.labels[${parameters.label}]`,
      found: parameters.value,
      facts: { label: parameters.label },
    },
  ],
  examples: {
    good: [
      { name: "no label", operation: "delete", old: {} },
      {
        name: "the label, and a user who may delete it",
        operation: "delete",
        parameters: { users: ["admin-*"] },
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        user: { name: "admin-jo", groups: [] },
      },
      {
        name: "the label, in a namespace that is being deleted",
        operation: "delete",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        user: { name: "system:serviceaccount:kube-system:namespace-controller", groups: [] },
      },
    ],
    bad: [
      {
        name: "the label",
        operation: "delete",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        user: { name: "jo", groups: ["developers"] },
        finds: ["metadata.labels[fairlead.dev/protected]"],
      },
    ],
  },
});
