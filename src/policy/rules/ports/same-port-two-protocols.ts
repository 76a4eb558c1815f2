import { defineRule, SPEC } from "../kit/index.ts";

export const samePortTwoProtocols = defineRule({
  meta: {
    id: "same-port-two-protocols",
    title: "One port number, one protocol",
    fault: "a port number is used for two protocols",
    why:
      "Client-side apply merges ports by their number alone: of two ports with one number, one for TCP and one for " +
      "UDP, it drops one at the next change. Server-side apply tells them apart.",
    group: "advice",
  },
  parameters: {},
  messages: {
    same: {
      text: "two protocols use the port {found}: kubectl apply drops one of them at the next change",
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
