import { byCel, defineRule, EACH_PORT, SPEC } from "../kit/index.ts";

export const samePortTwoProtocols = defineRule({
  meta: {
    id: "same-port-two-protocols",
    title: "One port number, one protocol",
    fault: "a port number is used for two protocols",
    why:
      "Client-side apply merges ports by their number alone, so it cannot tell two protocols of one number apart: a changed " +
      "target port reaches the wrong one, a second protocol is not added, and one cannot be removed. Server-side apply can.",
    group: "advice",
  },
  parameters: {},
  messages: {
    same: {
      text: "two protocols use the port {found}: kubectl apply cannot tell them apart when one of them changes",
      fix: "apply with --server-side, or use one Service for each protocol",
    },
  },
  check: () => (service) => {
    const seen = new Map<number, string | undefined>();
    return (service.spec.ports ?? []).flatMap(({ port: found, protocol }, index) => {
      const isSecond = seen.has(found) && seen.get(found) !== protocol;
      if (!seen.has(found)) seen.set(found, protocol);
      return isSecond ? [{ says: "same", path: SPEC.child("ports").index(index).child("port"), found }] : [];
    });
  },
  cel: () => [
    {
      says: "same",
      each: EACH_PORT,
      where: "variables.ports.filter(other, other.port == port.port)[0].protocol != port.protocol",
      path: "spec.ports[{index}].port",
      found: byCel("string(port.port)"),
    },
  ],
  examples: {
    good: [
      {
        name: "two port numbers",
        spec: {
          ports: [
            { name: "a", port: 53, protocol: "UDP" },
            { name: "b", port: 80, protocol: "TCP" },
          ],
        },
      },
    ],
    bad: [
      {
        name: "DNS over TCP and UDP",
        spec: {
          ports: [
            { name: "udp", port: 53, protocol: "UDP" },
            { name: "tcp", port: 53, protocol: "TCP" },
          ],
        },
        finds: ["spec.ports[1].port"],
      },
    ],
  },
});
