import { and, isNodePortWritten, isWritten } from "../../in-cel/index.ts";
import { integer } from "../../schema/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf, SPEC } from "../kit/index.ts";

const port = (description: string) => integer(description, { minimum: 1, maximum: 65_535 });

export const nodePortRange = defineRule({
  meta: {
    id: "node-port-range",
    title: "Chosen node ports are in a range",
    fault: "a node port is outside the allowed range",
    why: "Firewalls open a range for node ports, and teams that share a cluster divide it into ranges. A port that the API server allocates is not checked.",
    group: "team",
    types: ["NodePort", "LoadBalancer"],
  },
  parameters: { first: port("the first port of the range"), last: port("the last port of the range") },
  verify: ({ first, last }) => (first <= last ? undefined : `has a first port (${first}) behind the last (${last})`),
  messages: {
    outside: {
      text: "the node port must be between {first} and {last}, not {found}",
      fix: "use a port in the range, or leave nodePort out",
    },
  },
  check:
    ({ first, last }) =>
    (service, { isWritten, oldService }) => {
      // An ExternalName opens no port, whatever it says.
      if (isExternalName(service)) return [];
      const { healthCheckNodePort } = service.spec;
      const requested = [
        ...portsOf(service).map(({ port: { nodePort }, path }) => ({ found: nodePort, at: path.child("nodePort") })),
        // The API server may have allocated the stored one.
        {
          found: healthCheckNodePort === oldService?.spec.healthCheckNodePort ? undefined : healthCheckNodePort,
          at: SPEC.child("healthCheckNodePort"),
        },
      ];
      return requested.flatMap(({ found, at }) => {
        // Zero requests no port.
        if (found === undefined || found === 0 || (found >= first && found <= last) || !isWritten(at)) return [];
        return [{ says: "outside", path: at, found, facts: { first, last } }];
      });
    },
  cel: ({ first, last }) => {
    const isOutside = (found: string) => `${found} != 0 && (${found} < ${first} || ${found} > ${last})`;
    const isNotExternalName = 'variables.type != "ExternalName"';
    return [
      {
        says: "outside",
        each: EACH_PORT,
        where: and(isNotExternalName, "has(port.nodePort)", isOutside("port.nodePort"), isNodePortWritten("port")),
        path: "spec.ports[{index}].nodePort",
        found: byCel("string(port.nodePort)"),
        facts: { first, last },
      },
      {
        says: "outside",
        where: and(
          isNotExternalName,
          "has(object.spec.healthCheckNodePort)",
          isOutside("object.spec.healthCheckNodePort"),
          "oldObject == null || oldObject.spec.?healthCheckNodePort.orValue(0) != object.spec.healthCheckNodePort",
          isWritten("healthCheckNodePort"),
        ),
        path: "spec.healthCheckNodePort",
        found: byCel("string(object.spec.healthCheckNodePort)"),
        facts: { first, last },
      },
    ];
  },
  examples: {
    good: [
      {
        name: "a node port in the range",
        parameters: { first: 30000, last: 30085 },
        spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] },
      },
      {
        name: "a node port that the API server allocates",
        parameters: { first: 30000, last: 30085 },
        spec: { type: "NodePort" },
      },
    ],
    bad: [
      {
        name: "a health check node port outside the range",
        parameters: { first: 30000, last: 30085 },
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 31999 },
        finds: ["spec.healthCheckNodePort"],
      },
      {
        name: "a node port outside the range",
        parameters: { first: 30000, last: 30085 },
        spec: { type: "NodePort", ports: [{ port: 80, nodePort: 31000 }] },
        finds: ["spec.ports[0].nodePort"],
      },
    ],
  },
});
