import type { ClusterProfile } from "../../../service/cluster/index.ts";
import { and, isNodePortWritten } from "../../in-cel/index.ts";
import { byCel, defineRule, EACH_PORT, isExternalName, portsOf } from "../kit/index.ts";

export const staticNodePort = defineRule({
  meta: {
    id: "static-node-port",
    title: "Chosen node ports are from the lower band",
    fault: "a chosen node port may be allocated to another Service first",
    why:
      "The API server allocates node ports at random from the upper part of the range, and from the lower part (the first " +
      "32nd, 16 to 128 ports) only when the upper one is full. A fixed port in the upper part is taken sooner or later.",
    group: "advice",
    types: ["NodePort", "LoadBalancer"],
  },
  parameters: {},
  messages: {
    random: {
      text: "the API server may allocate the node port {found} to another Service first",
      fix: "use a port from {first} to {last}, or leave nodePort out",
    },
  },
  check:
    () =>
    (service, { isWritten, cluster, operation }) => {
      // A stored port cannot be taken by another Service.
      // An ExternalName opens no port, whatever it says.
      if (operation !== "create" || isExternalName(service)) return [];
      const band = staticBand(cluster);
      // A range this small has no static band.
      if (band.size === 0) return [];
      return portsOf(service).flatMap(({ port: { nodePort: found }, path }) => {
        const at = path.child("nodePort");
        if (found === undefined || found < band.first + band.size || !isWritten(at)) return [];
        const facts = { first: band.first, last: band.first + band.size - 1 };
        return [{ says: "random", path: at, found, facts }];
      });
    },
  cel: (_, cluster) => {
    const band = staticBand(cluster);
    if (band.size === 0) return [];
    const end = band.first + band.size;
    return [
      {
        says: "random",
        each: EACH_PORT,
        where: and(
          'request.operation == "CREATE"',
          'variables.type != "ExternalName"',
          `port.?nodePort.orValue(0) >= ${end}`,
          isNodePortWritten("port"),
        ),
        path: "spec.ports[{index}].nodePort",
        found: byCel("string(port.nodePort)"),
        facts: { first: band.first, last: end - 1 },
      },
    ];
  },
  examples: {
    good: [
      { name: "a node port in the lower band", spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30085 }] } },
      { name: "a node port that the API server allocates", spec: { type: "NodePort" } },
    ],
    bad: [
      {
        name: "a node port in the upper band",
        spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30086 }] },
        finds: ["spec.ports[0].nodePort"],
      },
    ],
  },
});

const MIN_BAND = 16;
const MAX_BAND = 128;
const SHARE = 32;

/**
 * The ports that the API server allocates last. Source: the Kubernetes reference on the static band of the node port
 * allocator.
 */
function staticBand({ nodePortRange: { first, last } }: ClusterProfile): {
  readonly first: number;
  readonly size: number;
} {
  const all = last - first + 1;
  return { first, size: all < MIN_BAND ? 0 : Math.min(MAX_BAND, Math.max(MIN_BAND, Math.floor(all / SHARE))) };
}
