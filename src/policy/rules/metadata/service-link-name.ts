import { and, isOneOf } from "../../in-cel/index.ts";
import { listOf, text, withDefault } from "../../schema/index.ts";
import { byCel, defineRule, hasClusterIP, METADATA } from "../kit/index.ts";

/** Names whose variable NAME_PORT a well-known program or framework reads as its own setting. */
const READ_BY_PROGRAMS = [
  "server",
  "management-server",
  "kibana",
  "grafana",
  "redis",
  "mysql",
  "postgres",
  "postgresql",
  "mongo",
  "mongodb",
  "rabbitmq",
  "nats",
  "vault",
  "minio",
  "db",
  "database",
  "app",
  "api",
  "http",
];

export const serviceLinkName = defineRule({
  meta: {
    id: "service-link-name",
    title: "The name does not set an environment variable that programs read",
    fault: "the name of a Service sets an environment variable that programs read",
    why:
      "Kubernetes gives every Pod a variable NAME_PORT=tcp://... for each Service of its namespace. A program that " +
      "reads its port from a variable of that name then does not start: Spring Boot with SERVER_PORT, Kibana with KIBANA_PORT.",
    group: "advice",
    types: ["ClusterIP", "NodePort", "LoadBalancer"],
    operations: ["create"],
  },
  parameters: { names: withDefault(listOf("the names", text("a Service's name")), READ_BY_PROGRAMS) },
  messages: {
    link: {
      text: "Pods of the namespace get {variable}=tcp://..., which programs read as their own setting",
      fix: "use another name, or set enableServiceLinks: false on the Pods",
    },
  },
  check: ({ names }) => {
    const known = new Set(names);
    return (service) => {
      const { name: found = "" } = service.metadata;
      if (!known.has(found) || !hasClusterIP(service)) return [];
      const variable = `${found.toUpperCase().replaceAll("-", "_")}_PORT`;
      return [{ says: "link", path: METADATA.child("name"), found, facts: { variable } }];
    };
  },
  cel: ({ names }) => [
    {
      says: "link",
      where: and("variables.hasClusterIP", isOneOf('object.metadata.?name.orValue("")', names)),
      path: "metadata.name",
      found: byCel("object.metadata.name"),
      facts: { variable: byCel('object.metadata.name.upperAscii().replace("-", "_") + "_PORT"') },
    },
  ],
  examples: {
    good: [
      { name: "a name that no program reads", metadata: { name: "shop-server" } },
      { name: "a headless Service, which sets no variables", metadata: { name: "redis" }, spec: { clusterIP: "None" } },
    ],
    bad: [{ name: "Spring Boot's SERVER_PORT", metadata: { name: "server" }, finds: ["metadata.name"] }],
  },
});
