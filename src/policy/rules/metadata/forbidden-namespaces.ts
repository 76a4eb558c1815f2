import { matchesGlobs } from "../../in-cel/index.ts";
import { compileGlobs } from "../../match/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, METADATA } from "../kit/index.ts";

export const forbiddenNamespaces = defineRule({
  meta: {
    id: "forbidden-namespaces",
    title: "Some namespaces have no Services",
    fault: "a Service is in a forbidden namespace",
    why: "Most Services in the namespace default were applied there by mistake and have no owner.",
    group: "team",
    operations: ["create"],
  },
  parameters: {
    namespaces: withDefault(
      listOf("the namespaces", text("a name, with * and ?", { format: "name-glob" }), { minItems: 1 }),
      ["default"],
    ),
  },
  messages: {
    forbidden: {
      text: "Services must not be created in the namespace {found}",
      fix: "set metadata.namespace to the team's own",
    },
  },
  check: ({ namespaces }) => {
    const matches = compileGlobs(namespaces);
    return (_, { facts: { namespace: found } }) =>
      matches(found) ? [{ says: "forbidden", path: METADATA.child("namespace"), found }] : [];
  },
  cel: ({ namespaces }) => [
    {
      says: "forbidden",
      where: matchesGlobs("request.namespace", namespaces),
      path: "metadata.namespace",
      found: byCel("request.namespace"),
    },
  ],
  examples: {
    good: [{ name: "a team's namespace", namespace: "shop" }],
    bad: [{ name: "the namespace default", namespace: "default", finds: ["metadata.namespace"] }],
  },
});
