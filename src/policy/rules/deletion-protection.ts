import { compileProtection, protection } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { LABELS } from "./shared.ts";

export const deletionProtection = defineRule({
  meta: {
    id: "deletion-protection",
    title: "Marked Services are not deleted",
    why: "A deleted Service takes its addresses with it: the new one of the same name has others, and DNS, firewalls and partners still have the old.",
    group: "team",
    operations: ["delete"],
  },
  parameters: protection,
  messages: {
    protected: {
      text: "the Service {name} is protected from deletion by the label {label}",
      fix: "take the label off first",
    },
  },
  check: (parameters) => {
    const isProtected = compileProtection(parameters);
    const { label, value } = parameters;
    return (service, { facts }) =>
      isProtected(service, facts)
        ? [{ says: "protected", path: LABELS.key(label), found: value, facts: { label } }]
        : [];
  },
  examples: {
    good: [
      { name: "not marked", operation: "delete", old: {} },
      {
        name: "marked, by one who may",
        operation: "delete",
        parameters: { users: ["admin-*"] },
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        user: { name: "admin-jo", groups: [] },
      },
    ],
    bad: [
      {
        name: "marked",
        operation: "delete",
        old: { metadata: { labels: { "fairlead.dev/protected": "true" } } },
        user: { name: "jo", groups: ["developers"] },
        finds: ["metadata.labels[fairlead.dev/protected]"],
      },
    ],
  },
});
