import { and, matchesPattern, not } from "../../in-cel/index.ts";
import { compilePattern, optional, text } from "../../schema/index.ts";
import { byCel, defineRule, EACH_PORT, portsOf, type Violation } from "../kit/index.ts";

export const namedPorts = defineRule({
  meta: {
    id: "named-ports",
    title: "Every port has a name",
    fault: "the name of a port is missing or does not match the pattern",
    why:
      "The API server requires names only if there is more than one port: adding a second one means naming the first, and " +
      "monitors, network policies and ingresses that use its number break when that changes.",
    group: "team",
  },
  parameters: {
    pattern: optional(text("a pattern in RE2 syntax that the whole name must match", { format: "pattern" })),
  },
  messages: {
    missing: { text: "the port {port} has no name", fix: "give the port a name, such as http" },
    pattern: { text: "the port's name must match {pattern}, not be {found}", fix: "use a name that matches {pattern}" },
  },
  check: ({ pattern }) => {
    const compiled = pattern === undefined ? undefined : compilePattern(pattern);
    return (service) =>
      portsOf(service).flatMap(({ port: { name: found, port }, path }): Violation<"missing" | "pattern">[] => {
        const at = path.child("name");
        if (found === undefined || found === "") return [{ says: "missing", path: at, facts: { port } }];
        return compiled === undefined || compiled.matches(found)
          ? []
          : [{ says: "pattern", path: at, found, facts: { pattern } }];
      });
  },
  cel: ({ pattern }) => {
    const at = { each: EACH_PORT, path: "spec.ports[{index}].name" };
    const name = 'port.?name.orValue("")';
    return [
      { ...at, says: "missing", where: `${name} == ""`, facts: { port: byCel("string(port.port)") } },
      ...(pattern === undefined
        ? []
        : [
            {
              ...at,
              says: "pattern" as const,
              where: and(`${name} != ""`, not(matchesPattern("port.name", pattern))),
              found: byCel("port.name"),
              facts: { pattern },
            },
          ]),
    ];
  },
  examples: {
    good: [
      { name: "a port with a name", spec: { ports: [{ name: "http", port: 80 }] } },
      {
        name: "the name matches the pattern",
        parameters: { pattern: "(http|grpc)(-.*)?" },
        spec: { ports: [{ name: "http-web", port: 80 }] },
      },
    ],
    bad: [
      { name: "a single port without a name", spec: { ports: [{ port: 80 }] }, finds: ["spec.ports[0].name"] },
      {
        name: "the name does not match the pattern",
        parameters: { pattern: "(http|grpc)(-.*)?" },
        spec: { ports: [{ name: "web", port: 80 }] },
        finds: ["spec.ports[0].name"],
      },
    ],
  },
});
